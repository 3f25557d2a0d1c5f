package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.axdr.DataReader;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.ApduException.Reason;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.RangeDescriptor;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class GoldenApduTest {
  private static final ApduCodec VENDOR =
      new ApduCodec(DecodeLimits.DEFAULT, Set.of(Quirk.LONG_RAW_DATA_LENGTH));
  private static final InvokeIdAndPriority X81 = InvokeIdAndPriority.of(1, false, true);
  private static final InvokeIdAndPriority XC1 = InvokeIdAndPriority.of(1, true, true);
  private static final AttributeRef PROFILE = AttributeRef.of(7, "1.1.99.1.0.255", 2);

  @SuppressWarnings("UnusedVariable") // named in @FieldSource
  private static final List<String> XDLMS = GoldenApdus.XDLMS;

  @ParameterizedTest
  @FieldSource("XDLMS")
  void everyGoldenApduIsWrittenAgainOctetForOctet(String name) {
    Octets octets = GoldenApdus.load(name);
    ApduCodec writer = GoldenApdus.VENDOR_XDLMS.contains(name) ? VENDOR : ApduCodec.STANDARD;
    assertEquals(octets, writer.encode(VENDOR.decode(octets)));
    assertEquals(VENDOR.decode(octets), ApduCodec.STANDARD.decode(octets));
  }

  @Test
  void aGetRequestHasItsAttribute() {
    assertEquals(
        new GetRequestNormal(X81, AttributeRef.of(1, "1.1.0.0.1.255", 2), null),
        decode(GoldenApdus.GET_REQUEST));
  }

  @Test
  void aGetResponseHasItsValue() {
    GetResponseNormal response =
        assertInstanceOf(GetResponseNormal.class, decode(GoldenApdus.GET_RESPONSE));
    assertEquals(X81, response.invokeIdAndPriority());
    GetDataResult.Data data = assertInstanceOf(GetDataResult.Data.class, response.result());
    assertEquals(CosemData.doubleLongUnsigned(12_345_679), data.value().value());
  }

  @Test
  void theSelectionOfAProfileIsARangeOfTheClock() {
    GetRequestNormal request =
        assertInstanceOf(GetRequestNormal.class, decode(GoldenApdus.GET_REQUEST_PROFILE));
    assertEquals(X81, request.invokeIdAndPriority());
    assertEquals(PROFILE, request.attribute());
    SelectiveAccess access = request.selectiveAccess();
    assertNotNull(access);
    assertEquals(RangeDescriptor.SELECTOR, access.accessSelector());
    RangeDescriptor range = RangeDescriptor.decode(access.accessParameters().value());
    assertEquals(
        new RangeDescriptor(
            new CaptureObjectDefinition(AttributeRef.of(8, "0.1.1.0.0.255", 2)),
            CosemData.octetString(midnight(25).encode()),
            CosemData.octetString(midnight(26).encode()),
            List.of()),
        range);
    assertEquals(midnight(25), range.fromValue().dateTimeValue());
    assertTrue(midnight(25).isDaylightSaving());
    assertEquals(access, range.toSelectiveAccess());
  }

  private static CosemDateTime midnight(int day) {
    return new CosemDateTime(
        new CosemDate(2013, 10, day, CosemDate.NOT_SPECIFIED),
        new CosemTime(0, 0, 0, 0),
        CosemDateTime.NOT_SPECIFIED,
        0x80);
  }

  @Test
  void aRequestForTheNextBlockHasTheNumberOfTheLastOne() {
    assertEquals(new GetRequestNext(X81, 1), decode(GoldenApdus.NEXT_1));
    assertEquals(new GetRequestNext(X81, 6), decode(GoldenApdus.NEXT_6));
  }

  @Test
  void theFirstBlockHasTheArrayAndTenRows() {
    DataReader reader = rawData(GoldenApdus.BLOCK_1, 1, false);
    assertEquals(0x3B, declaredRows(reader));
    LocalDateTime time = LocalDateTime.of(2013, 10, 25, 0, 0);
    for (int row = 0; row < 10; row++) {
      assertRow(reader, time.plusMinutes(15L * row), 0x500, 3, 0, 0, 1);
    }
    assertFalse(reader.octets().hasRemaining());
  }

  @Test
  void theSecondBlockGoesOnWhereTheFirstEnds() {
    DataReader reader = rawData(GoldenApdus.BLOCK_2, 2, false);
    LocalDateTime time = LocalDateTime.of(2013, 10, 25, 2, 30);
    for (int row = 0; row < 10; row++) {
      assertRow(reader, time.plusMinutes(15L * row), 0x500, 3, 0, 0, 1);
    }
    assertFalse(reader.octets().hasRemaining());
  }

  @Test
  void theLastBlockHasTwoRowsOfCounters() {
    DataReader reader = rawData(GoldenApdus.BLOCK_7, 7, true);
    LocalDateTime time = LocalDateTime.of(2013, 10, 25, 15, 0);
    assertRow(reader, time, 0, 189_197, 0, 3_375, 1);
    assertRow(reader, time.plusMinutes(15), 0, 214_008, 0, 3_817, 1);
    assertFalse(reader.octets().hasRemaining());
  }

  private static DataReader rawData(String name, long number, boolean last) {
    GetResponseWithDataBlock block = assertInstanceOf(GetResponseWithDataBlock.class, decode(name));
    assertEquals(X81, block.invokeIdAndPriority());
    assertEquals(number, block.blockNumber());
    assertEquals(last, block.lastBlock());
    GetResponseWithDataBlock.RawData raw =
        assertInstanceOf(GetResponseWithDataBlock.RawData.class, block.result());
    return new DataReader(AxdrReader.of(raw.octets()));
  }

  /** As far as the array's header: 59 rows are declared, ten are in the block. */
  private static int declaredRows(DataReader block) {
    AxdrReader octets = block.octets();
    assertEquals(1, octets.readUnsigned8());
    return octets.readLength();
  }

  private static void assertRow(
      DataReader row, LocalDateTime time, long quality, long... registers) {
    assertEquals(8, row.beginStructure());
    assertEquals(CosemDateTime.of(time, CosemDateTime.NOT_SPECIFIED, 0x80), row.readDateTime());
    assertEquals(0, row.readIntegral());
    assertEquals(quality, row.readIntegral());
    assertEquals(1, row.readIntegral());
    for (long register : registers) {
      assertEquals(register, row.readIntegral());
    }
  }

  @Test
  void theStandardCodecWritesTheLengthOfABlockAsShortAsItCan() {
    Octets vendor = GoldenApdus.load(GoldenApdus.BLOCK_7);
    Octets standard = ApduCodec.STANDARD.encode(ApduCodec.STANDARD.decode(vendor));
    assertNotEquals(vendor, standard);
    assertEquals(vendor.length() - 2, standard.length());
    assertEquals(Octets.ofHex("C4 02 81 01 00 00 00 07 00 5C 02 08"), standard.slice(0, 12));
    assertEquals(vendor.slice(12, 92), standard.slice(10, 92));
  }

  @Test
  void anExceptionResponseHasBothErrors() {
    assertEquals(
        new ExceptionResponse(
            ExceptionResponse.StateError.SERVICE_NOT_ALLOWED,
            ExceptionResponse.ServiceError.OPERATION_NOT_POSSIBLE),
        decode(GoldenApdus.EXCEPTION_NOT_ALLOWED));
  }

  @Test
  void aGetResponseSaysWhyThereIsNoValue() {
    assertEquals(
        new GetResponseNormal(XC1, new GetDataResult.Failure(DataAccessResult.OBJECT_UNDEFINED)),
        decode(GoldenApdus.GET_RESPONSE_OBJECT_UNDEFINED));
    assertEquals(
        new GetResponseWithDataBlock(
            XC1,
            true,
            3,
            new GetResponseWithDataBlock.Failure(DataAccessResult.NO_LONG_GET_IN_PROGRESS)),
        decode(GoldenApdus.GET_RESPONSE_NO_LONG_GET));
  }

  @Test
  void theConformanceTagMayHaveOneOctet() {
    Octets common = Octets.ofHex("01 00 00 00 06 5F 1F 04 00 00 18 1D FF FF");
    Octets old = Octets.ofHex("01 00 00 00 06 5F 04 00 00 18 1D FF FF");
    assertEquals(ApduCodec.STANDARD.decode(common), ApduCodec.STANDARD.decode(old));
    assertEquals(common, ApduCodec.STANDARD.encode(ApduCodec.STANDARD.decode(old)));
  }

  @Test
  void theExamplesOfInitiateSayWhatBothPartiesCanDo() {
    Set<Conformance> services =
        EnumSet.of(
            Conformance.PRIORITY_MGMT_SUPPORTED,
            Conformance.ATTRIBUTE0_SUPPORTED_WITH_GET,
            Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
            Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
            Conformance.BLOCK_TRANSFER_WITH_ACTION,
            Conformance.GET,
            Conformance.SET,
            Conformance.SELECTIVE_ACCESS,
            Conformance.EVENT_NOTIFICATION,
            Conformance.ACTION);
    assertEquals(new InitiateResponse(null, 6, services, 1024, 7), decode("initiate-response.txt"));
    services.add(Conformance.MULTIPLE_REFERENCES);
    Octets dedicatedKey = Octets.ofHex("00112233445566778899AABBCCDDEEFF");
    assertEquals(
        new InitiateRequest(dedicatedKey, true, null, 6, services, 1200),
        decode("initiate-request.txt"));
  }

  @Test
  void anInitiateRequestMayHaveAllItsOptions() {
    InitiateRequest request =
        new InitiateRequest(Octets.of(1, 2), false, -3, 6, Set.of(Conformance.GET), 1200);
    Octets octets = Octets.ofHex("01 01 02 01 02 01 00 01 FD 06 5F 1F 04 00 00 00 10 04 B0");
    assertEquals(octets, ApduCodec.STANDARD.encode(request));
    assertEquals(request, ApduCodec.STANDARD.decode(octets));
    assertFalse(request.toString().contains("01 02"));
  }

  @Test
  void aFaultSaysWhatKindItIsAndWhereItIs() {
    assertRefused(Reason.UNKNOWN_SERVICE, "octet 0", "FF 01 81");
    // APPL_DATA_LN_N1, subtest 1: GET of a choice that there is not.
    assertRefused(Reason.UNKNOWN_CHOICE, "octet 1", "C0 04 C1 00 0F 00 00 28 00 00 FF 01 00");
    // Subtest 2: elements are missing.
    assertRefused(Reason.MALFORMED, "octet", "C0 01 C1 00 02 80 00 10 00");
    assertRefused(Reason.MALFORMED, "octet", "");
    assertRefused(Reason.MALFORMED, "octet 2,", "D8 01 09");
    assertRefused(Reason.MALFORMED, "octet 4", "C4 01 C1 01 05");
    assertRefused(Reason.MALFORMED, "octet 7", "C0 02 C1 00 00 00 01 00");
    assertRefused(Reason.MALFORMED, "octet 5", "08 00 06 5F 1F 05 00 00 10 10 00 7D 00 07");
  }

  private static void assertRefused(Reason reason, String where, String hex) {
    ApduException refusal =
        assertThrows(ApduException.class, () -> ApduCodec.STANDARD.decode(Octets.ofHex(hex)), hex);
    assertEquals(reason, refusal.reason(), hex);
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(where), message);
    assertTrue(message.contains("Green Book") || message.contains("IEC"), message);
  }

  private static Apdu decode(String name) {
    return ApduCodec.STANDARD.decode(GoldenApdus.load(name));
  }
}
