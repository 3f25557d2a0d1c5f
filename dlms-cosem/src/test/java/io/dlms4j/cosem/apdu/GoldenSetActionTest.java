package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.apdu.ApduException.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every choice of SET and ACTION, and those of GET that have lists. */
class GoldenSetActionTest {
  private static final ApduCodec CODEC = ApduCodec.STANDARD;
  private static final InvokeIdAndPriority INVOKE_ID = InvokeIdAndPriority.of(1, true, true);

  private static final AttributeWithSelection TIME =
      new AttributeWithSelection(AttributeRef.of(8, "0.0.1.0.0.255", 2));
  private static final AttributeWithSelection TIME_ZONE =
      new AttributeWithSelection(AttributeRef.of(8, "0.0.1.0.0.255", 3));
  private static final MethodRef DISCONNECT = MethodRef.of(70, "0.0.96.3.10.255", 1);
  private static final MethodRef INITIATE = MethodRef.of(18, "0.0.44.0.0.255", 1);
  private static final EncodedData NOW =
      data(CosemData.octetString(Octets.ofHex("07EA0B14050C1E0000FFC400")));

  private record Golden(String name, Apdu apdu) {
    Octets octets() {
      return GoldenApdus.load(name + ".txt");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Golden> GOLDEN =
      List.of(
          new Golden(
              "get-request-with-list",
              new GetRequestWithList(
                  INVOKE_ID,
                  List.of(
                      TIME,
                      new AttributeWithSelection(
                          AttributeRef.of(7, "1.0.99.1.0.255", 2),
                          new SelectiveAccess(
                              2,
                              data(
                                  CosemData.structure(
                                      CosemData.doubleLongUnsigned(1),
                                      CosemData.doubleLongUnsigned(16),
                                      CosemData.longUnsigned(1),
                                      CosemData.longUnsigned(0)))))))),
          new Golden(
              "get-response-with-list",
              new GetResponseWithList(
                  INVOKE_ID,
                  List.of(
                      new GetDataResult.Data(data(CosemData.doubleLongUnsigned(12_345))),
                      new GetDataResult.Failure(DataAccessResult.READ_WRITE_DENIED),
                      new GetDataResult.Failure(DataAccessResult.OBJECT_UNDEFINED),
                      new GetDataResult.Data(data(CosemData.visibleString("000")))))),
          new Golden("set-request-normal", new SetRequestNormal(INVOKE_ID, TIME, NOW)),
          new Golden(
              "set-request-with-first-datablock",
              new SetRequestWithFirstDataBlock(
                  INVOKE_ID, TIME, block(false, 1, "09 0C 07 EA 0B 14 05 0C"))),
          new Golden(
              "set-request-with-datablock",
              new SetRequestWithDataBlock(INVOKE_ID, block(true, 2, "1E 00 00 FF C4 00"))),
          new Golden(
              "set-request-with-list",
              new SetRequestWithList(
                  INVOKE_ID,
                  List.of(
                      TIME_ZONE,
                      new AttributeWithSelection(
                          AttributeRef.of(1, "0.0.96.1.0.255", -1),
                          new SelectiveAccess(128, data(CosemData.unsigned(5))))),
                  List.of(data(CosemData.longInteger(-60)), data(CosemData.unsigned(42))))),
          new Golden(
              "set-request-with-list-and-first-datablock",
              new SetRequestWithListAndFirstDataBlock(
                  INVOKE_ID, List.of(TIME, TIME_ZONE), block(false, 1, "02 09 0C 07 EA"))),
          new Golden(
              "set-response-normal",
              new SetResponseNormal(INVOKE_ID, DataAccessResult.READ_WRITE_DENIED)),
          new Golden("set-response-datablock", new SetResponseDataBlock(INVOKE_ID, 1)),
          new Golden(
              "set-response-last-datablock",
              new SetResponseLastDataBlock(INVOKE_ID, DataAccessResult.SUCCESS, 2)),
          new Golden(
              "set-response-last-datablock-with-list",
              new SetResponseLastDataBlockWithList(
                  INVOKE_ID,
                  List.of(DataAccessResult.SUCCESS, DataAccessResult.TYPE_UNMATCHED),
                  3)),
          new Golden(
              "set-response-with-list",
              new SetResponseWithList(
                  INVOKE_ID,
                  List.of(
                      DataAccessResult.SUCCESS,
                      DataAccessResult.READ_WRITE_DENIED,
                      DataAccessResult.OBJECT_UNDEFINED,
                      DataAccessResult.SUCCESS))),
          new Golden(
              "action-request-normal",
              new ActionRequestNormal(INVOKE_ID, DISCONNECT, data(CosemData.integer(0)))),
          new Golden(
              "action-request-normal-without-parameters",
              new ActionRequestNormal(INVOKE_ID, MethodRef.of(70, "0.0.96.3.10.255", 2), null)),
          new Golden("action-request-next-pblock", new ActionRequestNextPBlock(INVOKE_ID, 1)),
          new Golden(
              "action-request-with-list",
              new ActionRequestWithList(
                  INVOKE_ID,
                  List.of(DISCONNECT, MethodRef.of(9, "0.0.10.0.0.255", 1)),
                  List.of(data(CosemData.integer(0)), data(CosemData.longUnsigned(2))))),
          new Golden(
              "action-request-with-first-pblock",
              new ActionRequestWithFirstPBlock(
                  INVOKE_ID, INITIATE, block(false, 1, "02 02 09 04 49 4D 47"))),
          new Golden(
              "action-request-with-list-and-first-pblock",
              new ActionRequestWithListAndFirstPBlock(
                  INVOKE_ID, List.of(DISCONNECT, INITIATE), block(false, 1, "02 0F 00 02"))),
          new Golden(
              "action-request-with-pblock",
              new ActionRequestWithPBlock(INVOKE_ID, block(true, 2, "31 06 00 00 10 00"))),
          new Golden(
              "action-response-normal",
              new ActionResponseNormal(
                  INVOKE_ID,
                  new ActionResponseWithOptionalData(
                      ActionResult.SUCCESS,
                      new GetDataResult.Data(
                          data(CosemData.octetString(Octets.ofHex("DEADBEEF"))))))),
          new Golden(
              "action-response-normal-without-data",
              new ActionResponseNormal(
                  INVOKE_ID,
                  new ActionResponseWithOptionalData(ActionResult.OBJECT_UNAVAILABLE, null))),
          new Golden(
              "action-response-with-pblock",
              new ActionResponseWithPBlock(INVOKE_ID, block(false, 1, "00 01 00 09 08 01"))),
          new Golden(
              "action-response-with-list",
              new ActionResponseWithList(
                  INVOKE_ID,
                  List.of(
                      new ActionResponseWithOptionalData(ActionResult.SUCCESS, null),
                      new ActionResponseWithOptionalData(ActionResult.READ_WRITE_DENIED, null),
                      new ActionResponseWithOptionalData(ActionResult.OBJECT_UNDEFINED, null),
                      new ActionResponseWithOptionalData(
                          ActionResult.SUCCESS,
                          new GetDataResult.Data(data(CosemData.unsigned(7)))),
                      new ActionResponseWithOptionalData(
                          ActionResult.SUCCESS,
                          new GetDataResult.Failure(DataAccessResult.OTHER_REASON))))),
          new Golden("action-response-next-pblock", new ActionResponseNextPBlock(INVOKE_ID, 1)));

  private static EncodedData data(CosemData value) {
    return EncodedData.of(value);
  }

  private static DataBlock block(boolean last, long number, String rawData) {
    return new DataBlock(last, number, Octets.ofHex(rawData));
  }

  @ParameterizedTest
  @FieldSource("GOLDEN")
  void goldenOctetsAreReadAsWhatTheyMean(Golden golden) {
    assertEquals(golden.apdu(), CODEC.decode(golden.octets()));
  }

  @ParameterizedTest
  @FieldSource("GOLDEN")
  void anApduIsWrittenAsItsGoldenOctets(Golden golden) {
    assertEquals(golden.octets(), CODEC.encode(golden.apdu()));
  }

  @ParameterizedTest
  @FieldSource("GOLDEN")
  void oneOctetLessOrMoreIsNoApdu(Golden golden) {
    Octets octets = golden.octets();
    for (int length = 0; length < octets.length(); length++) {
      Octets cut = octets.slice(0, length);
      assertThrows(ApduException.class, () -> CODEC.decode(cut), cut::toString);
    }
    Octets longer = Octets.ofHex(octets.toHex() + "00");
    assertThrows(ApduException.class, () -> CODEC.decode(longer));
  }

  @Test
  void everyChoiceHasGoldenOctets() {
    Set<Class<?>> choices = new HashSet<>();
    for (Golden golden : GOLDEN) {
      choices.add(golden.apdu().getClass());
    }
    Stream.of(SetRequest.class, SetResponse.class, ActionRequest.class, ActionResponse.class)
        .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
        .forEach(choice -> assertTrue(choices.contains(choice), choice::getSimpleName));
  }

  @Test
  void aListMayBeEmpty() {
    assertBoth("C0 03 C1 00", new GetRequestWithList(INVOKE_ID, List.of()));
    assertBoth("C4 03 C1 00", new GetResponseWithList(INVOKE_ID, List.of()));
    assertBoth("C1 04 C1 00 00", new SetRequestWithList(INVOKE_ID, List.of(), List.of()));
    assertBoth("C5 05 C1 00", new SetResponseWithList(INVOKE_ID, List.of()));
    assertBoth("C3 03 C1 00 00", new ActionRequestWithList(INVOKE_ID, List.of(), List.of()));
    assertBoth("C7 03 C1 00", new ActionResponseWithList(INVOKE_ID, List.of()));
  }

  private static void assertBoth(String hex, Apdu apdu) {
    assertEquals(apdu, CODEC.decode(Octets.ofHex(hex)));
    assertEquals(Octets.ofHex(hex), CODEC.encode(apdu));
  }

  @Test
  void everyOctetButZeroIsTrueForTheLastBlock() {
    SetRequestWithDataBlock last = new SetRequestWithDataBlock(INVOKE_ID, block(true, 1, "00"));
    assertEquals(last, CODEC.decode(Octets.ofHex("C1 03 C1 FF 00 00 00 01 01 00")));
    assertEquals(Octets.ofHex("C1 03 C1 01 00 00 00 01 01 00"), CODEC.encode(last));
  }

  @Test
  void theLengthOfRawDataMayBeWrittenLongInEveryBlock() {
    ApduCodec vendor = new ApduCodec(DecodeLimits.DEFAULT, Set.of(Quirk.LONG_RAW_DATA_LENGTH));
    Apdu apdu = new ActionResponseWithPBlock(INVOKE_ID, block(true, 1, "01 02 03"));
    Octets octets = Octets.ofHex("C7 02 C1 01 00 00 00 01 82 00 03 01 02 03");
    assertEquals(octets, vendor.encode(apdu));
    assertEquals(apdu, CODEC.decode(octets));
  }

  @ParameterizedTest
  @CsvSource({
    "C0 04 C1, Get-Request has no choice 4",
    "C4 00 C1, Get-Response has no choice 0",
    "C1 06 C1, Set-Request has no choice 6",
    "C5 06 C1, Set-Response has no choice 6",
    "C3 07 C1, Action-Request has no choice 7",
    "C7 05 C1, Action-Response has no choice 5"
  })
  void anUnknownChoiceIsNamed(String hex, String what) {
    assertRefused(Reason.UNKNOWN_CHOICE, hex, "octet 1", what);
  }

  @ParameterizedTest
  @CsvSource({
    "C5 01 C1 05, octet 3, data-access-result 5 is not defined",
    "C5 05 C1 02 00 FB, octet 5, data-access-result 251 is not defined",
    "C5 04 C1 01 08 00 00 00 01, octet 4, data-access-result 8 is not defined",
    "C7 01 C1 11 00, octet 3, action-result 17 is not defined",
    "C7 01 C1 00 02, octet 4, usage flag 02",
    "C7 03 C1 01 00 01 02, octet 6, neither data (0) nor data-access-result (1) but 2",
    "C3 01 C1 0046 0000 60030AFF 01 03, octet 12, usage flag 03",
    "C1 01 C1 0008 0000 010000FF 02 00, octet 13, octet"
  })
  void whatTheStandardDoesNotDefineIsRefusedWhereItStands(String hex, String where, String what) {
    assertRefused(Reason.MALFORMED, hex, where, what);
  }

  @Test
  void valuesAreAsManyAsTheirReferences() {
    assertRefused(
        Reason.MALFORMED,
        "C1 04 C1 02 0008 0000010000FF 02 00 0008 0000010000FF 03 00 01 11 01",
        "octet 24",
        "1 values for 2");
    assertRefused(
        Reason.MALFORMED,
        "C1 04 C1 01 0008 0000010000FF 02 00 02 11 01 11 02",
        "octet 14",
        "2 values for 1");
    assertRefused(
        Reason.MALFORMED, "C3 03 C1 01 0046 000060030AFF 01 00", "octet 13", "0 values for 1");
    assertThrows(
        IllegalArgumentException.class,
        () -> new SetRequestWithList(INVOKE_ID, List.of(TIME), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ActionRequestWithList(INVOKE_ID, List.of(), List.of(NOW)));
  }

  @ParameterizedTest
  @CsvSource({"C0 03", "C4 03", "C1 04", "C1 05", "C5 04", "C5 05", "C3 03", "C3 05", "C7 03"})
  void aListThatClaimsMoreThanThereIsIsRefusedUnread(String choice) {
    assertRefused(Reason.MALFORMED, choice + "C1 84 80 00 00 00 00", "octet 3", "2147483648");
    assertRefused(Reason.MALFORMED, choice + "C1 84 7F FF FF FF 00", "octet 3", "2147483647");
    assertRefused(Reason.MALFORMED, choice + "C1 84 FF FF FF FF 00", "octet 3", "4294967295");
    assertRefused(Reason.MALFORMED, choice + "C1 03 00 00", "octet 3", "3 ");
  }

  @Test
  void blockNumbersHaveFourOctets() {
    assertThrows(IllegalArgumentException.class, () -> new DataBlock(true, 1L << 32, Octets.EMPTY));
    assertThrows(IllegalArgumentException.class, () -> new SetResponseDataBlock(INVOKE_ID, -1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SetResponseLastDataBlock(INVOKE_ID, DataAccessResult.SUCCESS, -1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SetResponseLastDataBlockWithList(INVOKE_ID, List.of(), 1L << 32));
    assertThrows(IllegalArgumentException.class, () -> new ActionRequestNextPBlock(INVOKE_ID, -1));
    assertThrows(IllegalArgumentException.class, () -> new ActionResponseNextPBlock(INVOKE_ID, -1));
    assertBoth("C5 02 C1 FF FF FF FF", new SetResponseDataBlock(INVOKE_ID, 0xFFFF_FFFFL));
  }

  private static void assertRefused(Reason reason, String hex, String where, String what) {
    ApduException refusal =
        assertThrows(ApduException.class, () -> CODEC.decode(Octets.ofHex(hex)), hex);
    assertEquals(reason, refusal.reason(), hex);
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(where), message);
    assertTrue(message.contains(what), message);
  }
}
