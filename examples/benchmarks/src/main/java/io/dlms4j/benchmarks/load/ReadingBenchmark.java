package io.dlms4j.benchmarks.load;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.transport.TransportLoop;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One reading of a register after the other over the loopback interface. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the setup before anything else.
public class ReadingBenchmark {
  /** The link. */
  @Param({"wrapper", "hdlc"})
  public String link = "";

  private TransportLoop loop;
  private DlmsServer server;
  private BlockingDlmsClient lineThread;
  private BlockingDlmsClient callersThread;
  private BlockingEcho echo;

  /**
   * Begins a meter, two clients of it, and the floor.
   *
   * @throws IOException if there is no socket
   */
  @Setup(Level.Trial)
  public void begin() throws IOException {
    Meter meter = new Meter("hdlc".equals(link));
    loop = TransportLoop.create(1);
    server = meter.serve(loop, 2);
    int port = server.addresses().get(0).getPort();
    lineThread = meter.client(port).connect().blocking();
    callersThread = meter.socketClient(port).connect().blocking();
    echo = BlockingEcho.begin(Exchange.of(meter));
  }

  /**
   * Ends all of it.
   *
   * @throws IOException if a socket cannot be closed
   */
  @TearDown(Level.Trial)
  public void end() throws IOException {
    echo.close();
    callersThread.close();
    lineThread.close();
    server.close();
    loop.close();
  }

  /**
   * The line's own thread brings the answer.
   *
   * @return the register's value
   */
  @Benchmark
  public CosemData lineThread() {
    return lineThread.get(Meter.ENERGY);
  }

  /**
   * The thread that waits brings it itself.
   *
   * @return the register's value
   */
  @Benchmark
  public CosemData callersThread() {
    return callersThread.get(Meter.ENERGY);
  }

  /**
   * As many octets over blocking sockets.
   *
   * @return the octets of an answer
   * @throws IOException if the socket fails
   */
  @Benchmark
  public byte[] floor() throws IOException {
    return echo.exchange();
  }
}
