package io.dlms4j.benchmarks;

import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcFrame;
import io.dlms4j.hdlc.HdlcParameters;
import io.dlms4j.hdlc.HdlcSecondary;
import io.dlms4j.hdlc.HdlcSecondaryConfig;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.Payload;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An I frame of 23 octets: delimited, checked, and its APDU handed up. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBenchmark {
  private static final HdlcAddress SERVER = HdlcAddress.logical(1);
  private static final HdlcAddress CLIENT = HdlcAddress.client(16);

  /** LLC header and a Get-Request-Next: with flags, the frame has 23 octets and two flags. */
  private static final byte[] INFORMATION =
      HexFormat.of().parseHex("E6E600C00281000000010000000000".substring(0, 28));

  private final byte[][] frames = new byte[8][];
  private HdlcSecondary secondary = newSecondary();
  private int sequence;

  private static HdlcSecondary newSecondary() {
    return new HdlcSecondary(
        HdlcSecondaryConfig.builder()
            .device(32, Set.of(1))
            .parameters(new HdlcParameters(1010, 1010))
            .build());
  }

  /** Connects, and prepares a frame of each sequence number. */
  @Setup
  public void connect() {
    secondary = newSecondary();
    sequence = 0;
    byte[] snrm =
        new HdlcFrame.Snrm(SERVER, CLIENT, true, Payload.EMPTY).encodeWithFlags().toByteArray();
    secondary.receive(snrm, 0, snrm.length, 0);
    if (!(secondary.pollEvent() instanceof LinkEvent.Up) || secondary.pollTransmit(0) == null) {
      throw new IllegalStateException("the link is not up");
    }
    for (int i = 0; i < frames.length; i++) {
      frames[i] =
          new HdlcFrame.I(SERVER, CLIENT, false, false, i, 0, Payload.of(INFORMATION))
              .encodeWithFlags()
              .toByteArray();
    }
  }

  /**
   * The library's station.
   *
   * @return the event that carries the APDU
   */
  @Benchmark
  public @Nullable LinkEvent frame() {
    byte[] frame = frames[sequence];
    sequence = (sequence + 1) & 7;
    secondary.receive(frame, 0, frame.length, 0);
    return secondary.pollEvent();
  }

  /**
   * The same by hand, for this one kind of frame.
   *
   * @return the APDU
   */
  @Benchmark
  public byte[] floor() {
    int due = sequence;
    sequence = (sequence + 1) & 7;
    return Floor.information(frames[due], due);
  }
}
