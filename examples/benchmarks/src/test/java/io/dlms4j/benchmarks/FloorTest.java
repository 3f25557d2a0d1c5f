package io.dlms4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import io.dlms4j.cosem.security.CipherEngine;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.hdlc.Fcs16;
import io.dlms4j.link.LinkEvent;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  @Test
  void bothSidesOfTheGetResponseBenchmarkReadAndWriteTheSame() {
    GetResponseBenchmark benchmark = new GetResponseBenchmark();
    assertEquals(
        new Reading(new InvokeIdAndPriority(0xC1), CosemData.doubleLongUnsigned(189_197)),
        benchmark.decode());
    assertEquals(benchmark.decode(), benchmark.decodeFloor());
    assertEquals("C401C100060002E30D", benchmark.encode().toHex());
    assertEquals(benchmark.encode(), benchmark.encodeFloor());
  }

  @Test
  void bothSidesOfTheProfileBenchmarkReadAndWriteTheSame() {
    ProfileBenchmark benchmark = new ProfileBenchmark();
    assertEquals(45_124, benchmark.octets().length());
    assertEquals(benchmark.rows(), benchmark.tree());
    assertEquals(benchmark.tree(), benchmark.treeFloor());
    assertEquals(benchmark.octets(), benchmark.encode());
    assertEquals(benchmark.encode(), benchmark.encodeFloor());
    assertEquals(sum(benchmark.rows()), benchmark.stream());
    assertEquals(benchmark.stream(), benchmark.streamFloor());
  }

  @ParameterizedTest
  @EnumSource(CipherEngine.class)
  void bothSidesOfTheProtectionBenchmarkGiveTheSame(CipherEngine engine)
      throws GeneralSecurityException {
    for (SecuritySuite suite : List.of(SecuritySuite.SUITE_0, SecuritySuite.SUITE_2)) {
      ProtectionBenchmark benchmark = new ProtectionBenchmark();
      benchmark.engine = engine;
      benchmark.suite = suite;
      benchmark.size = 100;
      benchmark.prepare();
      // The setup has used some counters of the library's sender.
      long ahead = benchmark.protect().content().invocationCounter();
      for (long i = 0; i < ahead; i++) {
        assertEquals(112, benchmark.protectFloor().length);
      }
      assertArrayEquals(
          benchmark.protect().content().octets().toByteArray(), benchmark.protectFloor());
      // More often than the ring has messages, so that none is refused the second time round.
      for (long i = 0; i < 2 * ahead; i++) {
        Octets text = benchmark.unprotect().apdu();
        assertArrayEquals(text.toByteArray(), benchmark.unprotectFloor());
        assertEquals(text, benchmark.decodeAndUnprotect().apdu());
      }
      assertEquals(119, benchmark.protectAndEncode().length());
    }
  }

  private static long sum(CosemData profile) {
    long sum = 0;
    for (CosemData row : profile.elements()) {
      sum += row.elements().get(0).octetStringValue().at(6);
      for (CosemData value : row.elements().subList(1, row.elements().size())) {
        sum = 31 * sum + value.integralValue();
      }
    }
    return sum;
  }

  @Test
  void theFloorsOfValuesTakeNoOctetThatIsNotThere() {
    byte[] octets = new ProfileBenchmark().octets().toByteArray();
    byte[] dateTime = new byte[DataFloor.DATE_TIME_OCTETS];
    for (int length = 0; length < octets.length; length += length < 100 ? 1 : 997) {
      byte[] shorter = Arrays.copyOf(octets, length);
      assertThrows(
          IllegalArgumentException.class, () -> DataFloor.readTree(shorter, 0, shorter.length));
      assertThrows(
          IllegalArgumentException.class,
          () -> DataFloor.sum(shorter, 0, shorter.length, dateTime));
    }
  }
}
