package io.dlms4j.benchmarks;

import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcParameters;
import io.dlms4j.hdlc.HdlcPrimary;
import io.dlms4j.hdlc.HdlcPrimaryConfig;
import io.dlms4j.hdlc.HdlcSecondary;
import io.dlms4j.hdlc.HdlcSecondaryConfig;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.Payload;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A short request and its answer of 1010 octets, in segments of 128, between two stations. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TransferBenchmark {
  private static final Payload REQUEST = Payload.of(new byte[13]);
  private static final Payload ANSWER = Payload.of(new byte[1010]);
  private static final int SEGMENT = 128;

  private HdlcPrimary primary = newPrimary();
  private HdlcSecondary secondary = newSecondary();
  private final byte[] line = new byte[SEGMENT + 32];

  private static HdlcPrimary newPrimary() {
    return new HdlcPrimary(
        HdlcPrimaryConfig.builder(16, HdlcAddress.logical(1))
            .parameters(new HdlcParameters(SEGMENT, SEGMENT))
            .build());
  }

  private static HdlcSecondary newSecondary() {
    return new HdlcSecondary(HdlcSecondaryConfig.builder().device(32, Set.of(1)).build());
  }

  /** Connects. */
  @Setup
  public void connect() {
    primary = newPrimary();
    secondary = newSecondary();
    primary.open(0);
    while (primary.pollEvent() == null) {
      pass(primary, secondary);
      pass(secondary, primary);
    }
    secondary.pollEvent();
  }

  private static void pass(Link from, Link to) {
    for (Payload octets = from.pollTransmit(0); octets != null; octets = from.pollTransmit(0)) {
      to.receive(octets.array(), octets.offset(), octets.length(), 0);
    }
  }

  /**
   * The library's stations.
   *
   * @return the answer, as it came
   */
  @Benchmark
  public Payload transfer() {
    LinkAddress address = primary.address();
    primary.send(address, REQUEST, 0);
    while (true) {
      pass(primary, secondary);
      if (secondary.pollEvent() instanceof LinkEvent.Received received) {
        secondary.send(received.address(), ANSWER, 0);
      }
      pass(secondary, primary);
      if (primary.pollEvent() instanceof LinkEvent.Received received) {
        return received.payload();
      }
    }
  }

  /**
   * The octets of the same segments copied, checked and put together by hand, without any protocol.
   *
   * @return the answer
   */
  @Benchmark
  public byte[] floor() {
    byte[] answer = new byte[ANSWER.length()];
    int check = 0;
    for (int at = 0; at < answer.length; at += SEGMENT) {
      int length = Math.min(SEGMENT, answer.length - at);
      System.arraycopy(ANSWER.array(), at, line, 8, length);
      // Each side computes HCS and FCS once: over the header, and over all.
      for (int side = 0; side < 2; side++) {
        check ^= Floor.fcs(line, 0, 6) ^ Floor.fcs(line, 0, length + 8);
      }
      System.arraycopy(line, 8, answer, at, length);
    }
    answer[0] = (byte) (check & 0);
    return answer;
  }
}
