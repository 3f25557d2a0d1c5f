package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.apdu.ApduException.Reason;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Short names, general block transfer and the headers of protection, with values of any kind. */
class ShortNameAndProtectionPropertiesTest {
  private static final int[] TAGS = {
    0x05, 0x06, 0x0C, 0x0D, 0x16, 0x18, 0x21, 0x45, 0xC8, 0xD7, 0xDB, 0xDC, 0xDD, 0xDF, 0xE0
  };

  private static final Arbitrary<Octets> STRINGS =
      Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Octets::copyOf);
  private static final Arbitrary<Integer> UNSIGNED8 = Arbitraries.integers().between(0, 0xFF);
  private static final Arbitrary<Integer> UNSIGNED16 = Arbitraries.integers().between(0, 0xFFFF);
  private static final Arbitrary<Boolean> BOOLEANS = Arbitraries.of(true, false);

  @Property(tries = 1500)
  void everyApduComesBackFromItsOctets(@ForAll("apdus") Apdu apdu) {
    Octets octets = ApduCodec.STANDARD.encode(apdu);
    assertEquals(apdu, ApduCodec.STANDARD.decode(octets));
    assertEquals(octets, ApduCodec.STANDARD.encode(ApduCodec.STANDARD.decode(octets)));
  }

  @Property(tries = 500)
  void anApduThatIsCutIsRefusedWhereverItIsCut(
      @ForAll("apdus") Apdu apdu, @ForAll @IntRange(max = 100_000) int at) {
    Octets octets = ApduCodec.STANDARD.encode(apdu);
    Octets cut = octets.slice(0, at % octets.length());
    assertThrows(ApduException.class, () -> ApduCodec.STANDARD.decode(cut));
  }

  @Property(tries = 1500)
  void damagedApdusAreApdusOrRefused(
      @ForAll("apdus") Apdu apdu, @ForAll @IntRange(max = 30) int at, @ForAll byte octet) {
    byte[] damaged = ApduCodec.STANDARD.encode(apdu).toByteArray();
    damaged[at % damaged.length] = octet;
    assertApduOrRefused(Octets.view(damaged));
  }

  @Property(tries = 4000)
  void octetsOfAnyKindAreAnApduOrRefused(@ForAll("octets") Octets octets) {
    assertApduOrRefused(octets);
  }

  /** What is taken has a form that is written and read again. */
  private static void assertApduOrRefused(Octets octets) {
    Apdu apdu;
    try {
      apdu = ApduCodec.STANDARD.decode(octets);
    } catch (ApduException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
      return;
    }
    assertEquals(apdu, ApduCodec.STANDARD.decode(ApduCodec.STANDARD.encode(apdu)));
  }

  @Property(tries = 300)
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
    return Combinators.combine(
            Arbitraries.integers().between(0, TAGS.length - 1),
            Arbitraries.oneOf(Arbitraries.bytes(), Arbitraries.bytes().between((byte) 0, (byte) 9))
                .array(byte[].class)
                .ofMaxSize(40))
        .as(
            (tag, rest) -> {
              byte[] octets = new byte[1 + rest.length];
              octets[0] = (byte) TAGS[tag];
              System.arraycopy(rest, 0, octets, 1, rest.length);
              return Octets.view(octets);
            });
  }

  @Provide
  Arbitrary<List<ReadResult>> readResults() {
    return Arbitraries.<ReadResult>oneOf(
            data().map(ReadResult.Data::new),
            Arbitraries.of(DataAccessResult.class).map(ReadResult.Failure::new),
            Combinators.combine(BOOLEANS, UNSIGNED16, STRINGS).as(ReadResult.DataBlockResult::new),
            UNSIGNED16.map(ReadResult.BlockNumber::new))
        .list()
        .ofMaxSize(8);
  }

  private static Arbitrary<EncodedData> data() {
    return Arbitraries.oneOf(
            STRINGS.map(CosemData::octetString),
            UNSIGNED16.map(CosemData::longUnsigned),
            UNSIGNED16.map(CosemData::longUnsigned).list().ofMaxSize(5).map(CosemData::structure),
            Arbitraries.just(CosemData.nullData()))
        .map(EncodedData::of);
  }

  private static Arbitrary<VariableAccess> variable() {
    return Arbitraries.oneOf(
        UNSIGNED16.map(VariableAccess.VariableName::new),
        Combinators.combine(UNSIGNED16, UNSIGNED8, data())
            .as(VariableAccess.ParameterizedAccess::new),
        UNSIGNED16.map(VariableAccess.BlockNumberAccess::new),
        Combinators.combine(BOOLEANS, UNSIGNED16, STRINGS)
            .as(VariableAccess.ReadDataBlockAccess::new),
        Combinators.combine(BOOLEANS, UNSIGNED16).as(VariableAccess.WriteDataBlockAccess::new));
  }

  private record Written(VariableAccess variable, EncodedData value) {}

  private static Arbitrary<List<Written>> written() {
    return Combinators.combine(variable(), data()).as(Written::new).list().ofMaxSize(8);
  }

  private static List<VariableAccess> variables(List<Written> written) {
    return written.stream().map(Written::variable).toList();
  }

  private static List<EncodedData> values(List<Written> written) {
    return written.stream().map(Written::value).toList();
  }

  private static Arbitrary<ProtectedContent> content() {
    return Combinators.combine(
            UNSIGNED8.map(SecurityControl::new),
            Arbitraries.longs().between(0, 0xFFFF_FFFFL),
            STRINGS)
        .as(ProtectedContent::new);
  }

  private static Arbitrary<KeyInfo> keyInfo() {
    return Arbitraries.<KeyInfo>oneOf(
            UNSIGNED8.map(KeyInfo.IdentifiedKey::new),
            Combinators.combine(UNSIGNED8, STRINGS).as(KeyInfo.WrappedKey::new),
            Combinators.combine(STRINGS, STRINGS).as(KeyInfo.AgreedKey::new))
        .injectNull(0.25);
  }

  @Provide
  Arbitrary<Apdu> apdus() {
    return Arbitraries.oneOf(
        variable().list().ofMaxSize(8).map(ReadRequest::new),
        readResults().map(ReadResponse::new),
        written().map(written -> new WriteRequest(variables(written), values(written))),
        Arbitraries.<WriteResult>oneOf(
                Arbitraries.just(new WriteResult.Success()),
                Arbitraries.of(DataAccessResult.class).map(WriteResult.Failure::new),
                UNSIGNED16.map(WriteResult.BlockNumber::new))
            .list()
            .ofMaxSize(200)
            .map(WriteResponse::new),
        written().map(written -> new UnconfirmedWriteRequest(variables(written), values(written))),
        Combinators.combine(STRINGS.injectNull(0.5), written())
            .as(
                (time, written) ->
                    new InformationReport(time, variables(written), values(written))),
        Combinators.combine(
                BOOLEANS,
                BOOLEANS,
                Arbitraries.integers().between(0, 63),
                UNSIGNED16,
                UNSIGNED16,
                STRINGS)
            .as(GeneralBlockTransfer::new),
        Combinators.combine(Arbitraries.of(CipheredService.class), BOOLEANS, content())
            .as(ServiceSpecificCiphering::new),
        Combinators.combine(STRINGS, content()).as(GeneralGloCiphering::new),
        Combinators.combine(STRINGS, content()).as(GeneralDedCiphering::new),
        Combinators.combine(STRINGS, STRINGS, STRINGS, STRINGS, STRINGS, keyInfo(), content())
            .as(GeneralCiphering::new),
        Combinators.combine(STRINGS, STRINGS, STRINGS, STRINGS, STRINGS, STRINGS, STRINGS)
            .as(GeneralSigning::new));
  }
}
