package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ApduPropertiesTest {
  private static final ApduCodec VENDOR =
      new ApduCodec(DecodeLimits.DEFAULT, Set.of(Quirk.LONG_RAW_DATA_LENGTH));

  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void everyApduComesBackFromItsOctets(@ForAll("apdus") Apdu apdu) {
    Octets octets = ApduCodec.STANDARD.encode(apdu);
    assertEquals(apdu, ApduCodec.STANDARD.decode(octets));
    assertEquals(octets, ApduCodec.STANDARD.encode(ApduCodec.STANDARD.decode(octets)));
    assertEquals(apdu, ApduCodec.STANDARD.decode(VENDOR.encode(apdu)));
  }

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void octetsOfAnyKindAreAnApduOrRefused(@ForAll("octets") Octets octets) {
    Apdus.assertApduOrRefused(octets);
  }

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void anyApduDamagedIsAnApduOrRefused(
      @ForAll("apdus") Apdu apdu, @ForAll @IntRange(max = 600) int at, @ForAll byte octet) {
    byte[] damaged = ApduCodec.STANDARD.encode(apdu).toByteArray();
    // Most faults that matter stand near the start: choices, flags, counts.
    int index = (at % 2 == 0 ? at : at % 40) % damaged.length;
    damaged[index] = octet;
    Apdus.assertApduOrRefused(Octets.view(damaged));
    Apdus.assertApduOrRefused(Octets.copyOf(damaged, 0, index));
  }

  @Property(tries = 3000)
  void damagedApdusAreApdusOrRefused(
      @ForAll("golden") String name, @ForAll @IntRange(max = 600) int at, @ForAll byte octet) {
    byte[] damaged = GoldenApdus.load(name).toByteArray();
    damaged[at % damaged.length] = octet;
    Apdus.assertApduOrRefused(Octets.view(damaged));
    Apdus.assertApduOrRefused(Octets.copyOf(damaged, 0, at % damaged.length));
  }

  @Test
  void anApduBeyondTheLimitsIsRefusedLikeAnyOther() {
    ApduCodec strict = new ApduCodec(DecodeLimits.DEFAULT.withMaxOctets(20), Set.of());
    assertApduOrRefusedBy(strict, 20, true);
    assertApduOrRefusedBy(strict, 21, false);
  }

  private static void assertApduOrRefusedBy(ApduCodec codec, int length, boolean taken) {
    Octets octets =
        ApduCodec.STANDARD.encode(
            new GetResponseWithDataBlock(
                new InvokeIdAndPriority(1),
                true,
                1,
                new GetResponseWithDataBlock.RawData(Octets.view(new byte[length - 10]))));
    assertEquals(length, octets.length());
    boolean decoded;
    try {
      decoded = codec.decode(octets) instanceof GetResponse;
    } catch (ApduException e) {
      decoded = false;
    }
    assertEquals(taken, decoded);
  }

  @Property(tries = 400)
  void aBlockFillsThePduAndNoMore(@ForAll @IntRange(min = 12, max = 0xFFFF) int maxPduSize) {
    assertFits(ApduCodec.STANDARD, maxPduSize, 2);
    assertFits(VENDOR, maxPduSize, 3);
  }

  @Test
  void aBlockFillsASmallPduAndNoMore() {
    for (int size = 12; size < 600; size++) {
      assertFits(ApduCodec.STANDARD, size, 1);
      // Of three octets for the length and one of data, the last does not fit into 13 and 14.
      assertFits(VENDOR, size, 2);
    }
  }

  private static void assertFits(ApduCodec codec, int maxPduSize, int mostLeft) {
    int room = codec.rawDataRoom(maxPduSize);
    assertTrue(room >= 1);
    int length =
        codec
            .encode(
                new GetResponseWithDataBlock(
                    new InvokeIdAndPriority(1),
                    false,
                    1,
                    new GetResponseWithDataBlock.RawData(Octets.view(new byte[room]))))
            .length();
    assertTrue(length <= maxPduSize, () -> length + " octets in a PDU of " + maxPduSize);
    assertTrue(length >= maxPduSize - mostLeft, () -> length + " octets in a PDU of " + maxPduSize);
  }

  @Property(tries = 300)
  void theFieldsOfAnInvokeIdAreApart(
      @ForAll @IntRange(max = 15) int id, @ForAll boolean confirmed, @ForAll boolean high) {
    InvokeIdAndPriority octet = InvokeIdAndPriority.of(id, confirmed, high);
    assertEquals(id, octet.invokeId());
    assertEquals(confirmed, octet.isConfirmed());
    assertEquals(high, octet.isHighPriority());
  }

  @Property(tries = 200)
  void theConformanceBlockComesBackAndReservedBitsAreIgnored(
      @ForAll Set<Conformance> services, @ForAll @IntRange(max = 0xFFFFFF) int any) {
    assertEquals(services, Conformance.ofBits(Conformance.toBits(services)));
    assertEquals(any & 0x7CFFFF, Conformance.toBits(Conformance.ofBits(any)) & 0x7CFFFF);
    assertInstanceOf(Set.class, Conformance.ofBits(any));
  }

  @Provide
  Arbitrary<String> golden() {
    return Arbitraries.of(GoldenApdus.XDLMS);
  }

  @Provide
  Arbitrary<Octets> octets() {
    Arbitrary<Octets> any =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Octets::copyOf);
    return Arbitraries.oneOf(
        any, Apdus.octetsBehind(0x01, 0x08, 0x0E, 0xC0, 0xC1, 0xC3, 0xC4, 0xC5, 0xC7, 0xD8));
  }

  @Provide
  Arbitrary<Apdu> apdus() {
    return Arbitraries.oneOf(Apdus.initiateAndErrors(), Apdus.get(), Apdus.set(), Apdus.action());
  }
}
