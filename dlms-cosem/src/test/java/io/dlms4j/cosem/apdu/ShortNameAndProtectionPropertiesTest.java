package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ApduException.Reason;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Short names, general block transfer and the headers of protection, with values of any kind. */
class ShortNameAndProtectionPropertiesTest {
  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void everyApduComesBackFromItsOctets(@ForAll("apdus") Apdu apdu) {
    Octets octets = ApduCodec.STANDARD.encode(apdu);
    assertEquals(apdu, ApduCodec.STANDARD.decode(octets));
    assertEquals(octets, ApduCodec.STANDARD.encode(ApduCodec.STANDARD.decode(octets)));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void anApduThatIsCutIsRefusedWhereverItIsCut(
      @ForAll("apdus") Apdu apdu, @ForAll @IntRange(max = 100_000) int at) {
    Octets octets = ApduCodec.STANDARD.encode(apdu);
    Octets cut = octets.slice(0, at % octets.length());
    assertThrows(ApduException.class, () -> ApduCodec.STANDARD.decode(cut));
  }

  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void damagedApdusAreApdusOrRefused(
      @ForAll("apdus") Apdu apdu, @ForAll @IntRange(max = 30) int at, @ForAll byte octet) {
    byte[] damaged = ApduCodec.STANDARD.encode(apdu).toByteArray();
    damaged[at % damaged.length] = octet;
    Apdus.assertApduOrRefused(Octets.view(damaged));
  }

  @Property(tries = 4000, edgeCases = EdgeCasesMode.NONE)
  void octetsOfAnyKindAreAnApduOrRefused(@ForAll("octets") Octets octets) {
    Apdus.assertApduOrRefused(octets);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aReadResponseMayBeWrittenResultByResult(@ForAll("readResults") List<ReadResult> results) {
    AxdrWriter writer = new AxdrWriter();
    writer.writeLength(results.size());
    for (ReadResult result : results) {
      if (result instanceof ReadResult.Data data) {
        ShortNameBlockContents.beginResult(writer);
        writer.writeOctets(data.value().octets());
      } else {
        ShortNameBlockContents.writeResult(writer, result);
      }
    }
    ReadResponse response = new ReadResponse(results);
    assertEquals(ShortNameBlockContents.of(response), writer.toOctets());
    assertEquals(
        response, ShortNameBlockContents.readReadResponse(writer.toOctets(), DecodeLimits.DEFAULT));
  }

  @Test
  void contentsOfBlocksThatAreNoApduAreRefused() {
    DecodeLimits limits = DecodeLimits.DEFAULT;
    assertThrows(
        ApduException.class,
        () -> ShortNameBlockContents.readReadRequest(Octets.ofHex("01 02 FA 00 00"), limits));
    assertThrows(
        ApduException.class,
        () -> ShortNameBlockContents.readWriteRequest(Octets.ofHex("01 02 FA 00 00"), limits));
    assertThrows(
        ApduException.class, () -> ShortNameBlockContents.readReadResponse(Octets.EMPTY, limits));
  }

  @Test
  void aListIsBelievedOnlyAsFarAsOctetsGo() {
    for (String hex :
        new String[] {
          "05 84 7F FF FF FF 02 FA 00",
          "05 84 80 00 00 00 02 FA 00",
          "05 84 FF FF FF FF 02 FA 00",
          "0C 84 7F FF FF FF 01 00",
          "0D 84 7F FF FF FF 00 00",
          "0D 83 10 00 00 00 00",
          "06 01 02 FA 00 84 7F FF FF FF 00",
          "16 84 7F FF FF FF 02 FA 00 01 00",
          "18 00 84 7F FF FF FF 02 FA 00 01 00",
          "0D 03 00 00"
        }) {
      assertRefused(Reason.MALFORMED, "octet", hex);
    }
  }

  @Test
  void anEmptyListIsAList() {
    assertEquals(new ReadRequest(List.of()), ApduCodec.STANDARD.decode(Octets.ofHex("05 00")));
    assertEquals(
        new WriteRequest(List.of(), List.of()),
        ApduCodec.STANDARD.decode(Octets.ofHex("06 00 00")));
  }

  @Test
  void aFaultSaysWhatKindItIsAndWhereItIs() {
    // detailed-access [3] is DLMS, not COSEM
    assertRefused(Reason.UNKNOWN_CHOICE, "octet 2: Variable-Access-Spec", "05 01 03 FA 00");
    assertRefused(Reason.UNKNOWN_CHOICE, "octet 2: ReadResponse", "0C 01 04 00");
    assertRefused(Reason.UNKNOWN_CHOICE, "octet 2: WriteResponse", "0D 01 03 00");
    assertRefused(Reason.MALFORMED, "octet 3, ", "0C 01 01 05");
    assertRefused(Reason.MALFORMED, "octet 3, ", "0D 01 01 FF");
    assertRefused(
        Reason.MALFORMED, "2 values for 1 variables (octet 5, ", "06 01 02 FA 00 02 00 00");
    assertRefused(Reason.MALFORMED, "0 values for 1 variables (octet 5, ", "16 01 02 FA 00 00");
    assertRefused(Reason.MALFORMED, "octet 6, ", "18 00 01 02 FA 00 02 00 00");
    assertRefused(Reason.MALFORMED, "octet 1, ", "18 02 00 00");
    assertRefused(
        Reason.MALFORMED, "5 results cannot be in the 2 octets left (octet 1", "0D 05 00 00");
    assertRefused(Reason.MALFORMED, "octet 5, ", "05 01 02 FA 00 00");
    assertRefused(Reason.UNKNOWN_CHOICE, "octet 7: Key-Info", "DD 00 00 00 00 00 01 03 05");
    assertRefused(Reason.MALFORMED, "octet 6, ", "DD 00 00 00 00 00 02");
    assertRefused(Reason.MALFORMED, "octet 1, ", "C8 04 20 00 00 00");
    assertRefused(Reason.MALFORMED, "octet 2, ", "DB 00 04 20 00 00 00");
    assertRefused(Reason.MALFORMED, "octet ", "DB 00 7F 20 00 00 00 01");
    assertRefused(Reason.MALFORMED, "octet ", "E0 80 00 01 00 00 02 01");
  }

  private static void assertRefused(Reason reason, String where, String hex) {
    ApduException refusal =
        assertThrows(ApduException.class, () -> ApduCodec.STANDARD.decode(Octets.ofHex(hex)), hex);
    assertEquals(reason, refusal.reason(), hex);
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(where), message);
    assertTrue(
        message.contains("Green Book") || message.contains("IEC") || message.contains("limit"),
        message);
  }

  @Test
  void whatHasNoWireFormIsNotMade() {
    assertThrows(IllegalArgumentException.class, () -> new VariableAccess.VariableName(0x1_0000));
    assertThrows(IllegalArgumentException.class, () -> new VariableAccess.VariableName(-1));
    assertThrows(IllegalArgumentException.class, () -> new ReadResult.BlockNumber(0x1_0000));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GeneralBlockTransfer(true, false, 64, 1, 0, Octets.EMPTY));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ProtectedContent(new SecurityControl(0), 1L << 32, Octets.EMPTY));
    assertThrows(
        IllegalArgumentException.class,
        () -> new WriteRequest(List.of(new VariableAccess.VariableName(8)), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new UnconfirmedWriteRequest(List.of(new VariableAccess.VariableName(8)), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new InformationReport(null, List.of(), List.of(EncodedData.of(CosemData.nullData()))));
  }

  @Test
  void aBlockFillsThePduAndNoMore() {
    assertFills(
        GeneralBlockTransfer::blockDataRoom,
        raw -> new GeneralBlockTransfer(true, false, 1, 1, 0, raw(raw)));
    assertFills(
        VariableAccess.ReadDataBlockAccess::rawDataRoom,
        raw -> new ReadRequest(List.of(new VariableAccess.ReadDataBlockAccess(true, 1, raw(raw)))));
    assertFills(
        ReadResult.DataBlockResult::rawDataRoom,
        raw -> new ReadResponse(List.of(new ReadResult.DataBlockResult(true, 1, raw(raw)))));
    assertFills(
        VariableAccess.WriteDataBlockAccess::rawDataRoom,
        raw ->
            new WriteRequest(
                List.of(new VariableAccess.WriteDataBlockAccess(true, 1)),
                List.of(EncodedData.of(CosemData.octetString(raw(raw))))));
    assertEquals(1, GeneralBlockTransfer.blockDataRoom(0));
  }

  private static Octets raw(int length) {
    return Octets.view(new byte[length]);
  }

  /** One more octet of raw data would be too long. */
  private static void assertFills(IntUnaryOperator room, IntFunction<Apdu> block) {
    Set<Integer> sizes = new TreeSet<>(List.of(1200, 0xFFFE, 0xFFFF, 0x1_0008, 0x1_000A, 0x1_0010));
    for (int size = 12; size < 300; size++) {
      sizes.add(size);
    }
    for (int size : sizes) {
      int fits = room.applyAsInt(size);
      assertTrue(ApduCodec.STANDARD.encode(block.apply(fits)).length() <= size, () -> "" + size);
      assertTrue(ApduCodec.STANDARD.encode(block.apply(fits + 1)).length() > size, () -> "" + size);
    }
  }

  @Provide
  Arbitrary<Octets> octets() {
    return Apdus.octetsBehind(
        0x05, 0x06, 0x0C, 0x0D, 0x16, 0x18, 0x21, 0x45, 0xC8, 0xD7, 0xDB, 0xDC, 0xDD, 0xDF, 0xE0);
  }

  @Provide
  Arbitrary<List<ReadResult>> readResults() {
    return ShortNameApdus.readResults();
  }

  @Provide
  Arbitrary<Apdu> apdus() {
    return Arbitraries.oneOf(ShortNameApdus.any(), ProtectedApdus.any());
  }
}
