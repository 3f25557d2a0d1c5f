package io.dlms4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.dlms4j.hdlc.Fcs16;
import io.dlms4j.link.LinkEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A floor that did not do the work would prove nothing. */
class FloorTest {
  @Test
  void bothSidesOfTheFcsBenchmarkComputeTheSame() {
    byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0x906E, Floor.fcs(check, 0, check.length));
    assertEquals(0x906E, Fcs16.of(check, 0, check.length));
    FcsBenchmark benchmark = new FcsBenchmark();
    benchmark.fill();
    assertEquals(benchmark.floor(), benchmark.fcs());
  }

  @Test
  void bothSidesOfTheFrameBenchmarkHandUpTheSame() {
    FrameBenchmark benchmark = new FrameBenchmark();
    for (int i = 0; i < 20; i++) {
      benchmark.connect();
      byte[] byHand = benchmark.floor();
      assertEquals(11, byHand.length);
      benchmark.connect();
      LinkEvent.Received received = assertInstanceOf(LinkEvent.Received.class, benchmark.frame());
      assertArrayEquals(byHand, received.payload().toByteArray());
    }
  }

  @Test
  void theFrameBenchmarkHandsUpEveryFrame() {
    FrameBenchmark benchmark = new FrameBenchmark();
    benchmark.connect();
    for (int i = 0; i < 100; i++) {
      assertInstanceOf(LinkEvent.Received.class, benchmark.frame());
    }
  }

  @Test
  void theTransferBenchmarkTransfersEverySoOften() {
    TransferBenchmark benchmark = new TransferBenchmark();
    benchmark.connect();
    for (int i = 0; i < 100; i++) {
      assertEquals(1010, benchmark.transfer().length());
    }
  }
}
