package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.apdu.ApduException.Reason;
import io.dlms4j.cosem.classes.EntryDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AccessAndNotificationTest {
  private static final Octets NEW_YEAR = Octets.ofHex("07E601020703040500000000");
  private static final EncodedData NULL = EncodedData.of(CosemData.nullData());
  private static final AttributeRef SERIAL_NUMBER = AttributeRef.of(1, "0.0.96.1.0.255", 2);
  private static final AttributeRef ENERGY = AttributeRef.of(3, "1.0.1.8.0.255", 2);

  /** What each golden APDU says, written down from its annotations. */
  static final Map<String, Apdu> GOLDEN =
      Map.of(
          "access-request.txt",
          new AccessRequest(
              new LongInvokeIdAndPriority(0xE000002AL),
              NEW_YEAR,
              List.of(
                  new AccessRequestSpecification.Get(ENERGY),
                  new AccessRequestSpecification.Set(SERIAL_NUMBER),
                  new AccessRequestSpecification.Action(MethodRef.of(70, "0.0.96.3.10.255", 1)),
                  new AccessRequestSpecification.GetWithSelection(
                      AttributeRef.of(7, "1.0.99.1.0.255", 2),
                      new EntryDescriptor(1, 2, 1, 0).toSelectiveAccess()),
                  new AccessRequestSpecification.SetWithSelection(
                      AttributeRef.of(11, "0.0.11.0.0.255", 2),
                      new SelectiveAccess(1, EncodedData.of(CosemData.integer(-1))))),
              List.of(
                  NULL,
                  EncodedData.of(CosemData.longUnsigned(4660)),
                  EncodedData.of(CosemData.integer(0)),
                  NULL,
                  EncodedData.of(CosemData.array()))),
          "access-response.txt",
          new AccessResponse(
              LongInvokeIdAndPriority.of(42, true, true),
              Octets.EMPTY,
              null,
              List.of(EncodedData.of(CosemData.doubleLongUnsigned(189_197)), NULL, NULL, NULL),
              List.of(
                  new AccessResponseSpecification.Get(DataAccessResult.SUCCESS),
                  new AccessResponseSpecification.Set(DataAccessResult.READ_WRITE_DENIED),
                  new AccessResponseSpecification.Action(ActionResult.OBJECT_UNDEFINED),
                  new AccessResponseSpecification.Get(DataAccessResult.OTHER_REASON))),
          "access-response-self-descriptive.txt",
          new AccessResponse(
              new LongInvokeIdAndPriority(0x70000001L),
              Octets.EMPTY,
              List.of(
                  new AccessRequestSpecification.Set(SERIAL_NUMBER),
                  new AccessRequestSpecification.Action(MethodRef.of(70, "0.0.96.3.10.255", -1))),
              List.of(NULL),
              List.of(new AccessResponseSpecification.Set(DataAccessResult.TYPE_UNMATCHED))),
          "event-notification.txt",
          new EventNotification(
              Octets.ofHex("07DD0A19050E1E00FF800080"),
              AttributeRef.of(1, "0.0.96.11.0.255", 2),
              EncodedData.of(CosemData.unsigned(5))),
          "event-notification-no-time.txt",
          new EventNotification(
              null,
              AttributeRef.of(1, "0.0.96.11.0.255", -2),
              EncodedData.of(CosemData.octetString(Octets.ofHex("4142")))),
          "data-notification.txt",
          new DataNotification(
              LongInvokeIdAndPriority.of(7, true, false),
              NEW_YEAR,
              EncodedData.of(
                  CosemData.structure(
                      CosemData.octetString(ENERGY.logicalName().toOctets()),
                      CosemData.doubleLongUnsigned(189_197)))),
          "data-notification-no-time.txt",
          new DataNotification(
              LongInvokeIdAndPriority.of(0xFFFFFF, false, false), Octets.EMPTY, NULL),
          "data-notification-confirm.txt",
          new DataNotificationConfirm(LongInvokeIdAndPriority.of(7, true, false), Octets.EMPTY),
          "confirmed-service-error-read.txt",
          new ConfirmedServiceError(ConfirmedServiceError.READ_SERVICE, 5, 4),
          "exception-response-invocation-counter.txt",
          new ExceptionResponse(
              ExceptionResponse.StateError.SERVICE_UNKNOWN,
              ExceptionResponse.ServiceError.INVOCATION_COUNTER_ERROR,
              0xFEDCBA98L));

  static Set<String> golden() {
    return GOLDEN.keySet();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void everyGoldenApduIsReadAndWrittenOctetForOctet(String name) {
    Octets octets = GoldenApdus.load(name);
    assertEquals(GOLDEN.get(name), ApduCodec.STANDARD.decode(octets));
    assertEquals(octets, ApduCodec.STANDARD.encode(Objects.requireNonNull(GOLDEN.get(name))));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void aGoldenApduIsRefusedAtEveryOctetWhereItMayEnd(String name) {
    Octets octets = GoldenApdus.load(name);
    for (int length = 0; length < octets.length(); length++) {
      Octets cut = octets.slice(0, length);
      ApduException refusal =
          assertThrows(ApduException.class, () -> ApduCodec.STANDARD.decode(cut));
      assertEquals(Reason.MALFORMED, refusal.reason());
    }
    Octets longer = Octets.ofHex(octets.toHex() + "00");
    assertThrows(ApduException.class, () -> ApduCodec.STANDARD.decode(longer));
  }

  @Test
  void theLongInvokeIdOfAnAccessRequestHasItsOptions() {
    LongInvokeIdAndPriority request =
        ((AccessRequest) ApduCodec.STANDARD.decode(GoldenApdus.load("access-request.txt")))
            .longInvokeIdAndPriority();
    assertEquals(42, request.longInvokeId());
    assertTrue(request.breaksOnError() && request.isConfirmed() && request.isHighPriority());
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "D9 00000001 00 02 01000100000000000001 01000100000000000001 01 00, 27,"
        + " 1 data for 2 specifications",
    "D9 00000001 00 01 01000100000000000001 02 00 00, 17, 2 data for 1 specifications",
    "DA 00000001 00 00 01 00 02 0100 0100, 9, 2 results for 1 data",
    "DA 00000001 00 00 02 00 00 01 0100, 10, 1 results for 2 data",
    "DA 00000001 00 01 00 01 00 01 0100, 10, 1 results for 0 specifications",
    "D9 00000001 01 FF 00 00, 5, a date-time has 1 octets",
    "0F 00000001 81 0B 00000000000000000000 00 00, 5, a date-time has 11 octets",
    "10 00000001 02 00 00, 5, a date-time has 2 octets",
    "C2 01 0D 00000000000000000000000000 000100000000000001 00, 2, a date-time has 13 octets",
    "C2 02 000100000000000001 00, 1, usage flag 02",
    "DA 00000001 00 00 01 00 01 0105, 11, data-access-result 5",
    "DA 00000001 00 00 01 00 01 0311, 11, action-result 17",
    "D8 01 07, 2, service-error 7",
  })
  void aFaultIsReportedWhereItStands(String hex, int offset, String what) {
    ApduException refusal =
        assertThrows(ApduException.class, () -> ApduCodec.STANDARD.decode(Octets.ofHex(hex)));
    AxdrException cause = assertInstanceOf(AxdrException.class, refusal.getCause());
    assertEquals(offset, cause.offset());
    assertTrue(String.valueOf(refusal.getMessage()).startsWith(what), refusal::getMessage);
    assertTrue(cause.clause().contains("Green Book") || cause.clause().contains("IEC"));
  }

  @ParameterizedTest
  @CsvSource({
    "D9 00000001 00 01 06 000100000000000001 01 00, octet 7: Access-Request-Specification",
    "D9 00000001 00 01 00 000100000000000001 01 00, octet 7: Access-Request-Specification",
    "DA 00000001 00 00 01 00 01 0400, octet 10: Access-Response-Specification",
  })
  void anUnknownChoiceIsReportedAsOne(String hex, String where) {
    ApduException refusal =
        assertThrows(ApduException.class, () -> ApduCodec.STANDARD.decode(Octets.ofHex(hex)));
    assertEquals(Reason.UNKNOWN_CHOICE, refusal.reason());
    assertTrue(String.valueOf(refusal.getMessage()).startsWith(where), refusal::getMessage);
  }

  /** Read as a length, the tag 09 of a Data would cut the date-time and shift the body. */
  @Test
  void aDateTimeThatIsWrittenAsADataIsRefused() {
    Octets octets = Octets.ofHex("0F 40000000 09 0C 07E601020703040500000000 02 01 11 01");
    assertThrows(ApduException.class, () -> ApduCodec.STANDARD.decode(octets));
  }

  @ParameterizedTest
  @CsvSource({
    "D9 00000001 00 847FFFFFFF",
    "D9 00000001 00 00 847FFFFFFF",
    "DA 00000001 00 00 847FFFFFFF",
    "DA 00000001 00 01 847FFFFFFF",
    "DA 00000001 00 00 00 847FFFFFFF",
    "DA 00000001 00 00 00 8380000000",
    "D9 00000001 00 84FFFFFFFF",
  })
  void aListThatClaimsMoreItemsThanThereAreOctetsIsRefusedBeforeItIsMade(String hex) {
    assertThrows(ApduException.class, () -> ApduCodec.STANDARD.decode(Octets.ofHex(hex)));
  }

  @Test
  void aLongFormOfTheDateTimesLengthIsRead() {
    assertEquals(
        new DataNotificationConfirm(new LongInvokeIdAndPriority(1), NEW_YEAR),
        ApduCodec.STANDARD.decode(Octets.ofHex("10 00000001 810C" + NEW_YEAR.toHex())));
  }

  @Test
  void recordsThatHaveNoWireFormCannotBeMade() {
    LongInvokeIdAndPriority id = new LongInvokeIdAndPriority(1);
    Octets shortTime = Octets.of(7, 0xE6);
    AccessRequestSpecification get = new AccessRequestSpecification.Get(ENERGY);
    AccessResponseSpecification result =
        new AccessResponseSpecification.Get(DataAccessResult.SUCCESS);
    List<Runnable> nonsense =
        List.of(
            () -> new AccessRequest(id, Octets.EMPTY, List.of(get), List.of()),
            () -> new AccessRequest(id, shortTime, List.of(), List.of()),
            () -> new AccessResponse(id, Octets.EMPTY, null, List.of(NULL), List.of()),
            () -> new AccessResponse(id, Octets.EMPTY, List.of(), List.of(NULL), List.of(result)),
            () -> new AccessResponse(id, shortTime, null, List.of(), List.of()),
            () -> new DataNotification(id, shortTime, NULL),
            () -> new DataNotificationConfirm(id, shortTime),
            () -> new EventNotification(shortTime, ENERGY, NULL),
            () -> exception(ExceptionResponse.ServiceError.INVOCATION_COUNTER_ERROR, -1L),
            () ->
                exception(ExceptionResponse.ServiceError.INVOCATION_COUNTER_ERROR, 0x1_0000_0000L),
            () -> exception(ExceptionResponse.ServiceError.OTHER_REASON, 1L),
            () ->
                new ExceptionResponse(
                    ExceptionResponse.StateError.SERVICE_UNKNOWN,
                    ExceptionResponse.ServiceError.INVOCATION_COUNTER_ERROR));
    for (Runnable making : nonsense) {
      assertThrows(IllegalArgumentException.class, making::run);
    }
  }

  private static void exception(ExceptionResponse.ServiceError error, long counter) {
    assertEquals(
        counter,
        new ExceptionResponse(ExceptionResponse.StateError.SERVICE_UNKNOWN, error, counter)
            .invocationCounter());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 6, 1, 'initiateError, initiate: dlms-version-too-low'",
    "1, 6, 4, 'initiateError, initiate: refused-by-the-VDE-Handler'",
    "5, 5, 4, 'read, access: object-unavailable'",
    "6, 4, 1, 'write, definition: object-undefined'",
    "2, 2, 1, 'getStatus, vde-state-error: no-dlms-context'",
    "19, 7, 7, 'terminateUpLoad, load-data-set: data-set-not-ready'",
    "10, 9, 4, 'start, task: ti-unusable'",
    "5, 0, 6, 'read, application-reference: deciphering-error'",
    "5, 1, 4, 'read, hardware-resource: other-resource-unavailable'",
    "5, 3, 2, 'read, service: service-unsupported'",
    "5, 8, 0, 'read, change-scope: value 0'",
    "5, 10, 0, 'read, other: other'",
    "0, 11, 7, 'service 0, error 11: value 7'",
    "20, 6, 5, 'service 20, initiate: value 5'",
  })
  void aConfirmedServiceErrorSpeaksTheStandardsWords(
      int service, int error, int value, String words) {
    assertEquals(
        "confirmedServiceError " + words,
        new ConfirmedServiceError(service, error, value).toString());
  }

  @Test
  void initiatesErrorsAreNamedAlikeInBothPlaces() {
    for (ConfirmedServiceError.InitiateError reason :
        ConfirmedServiceError.InitiateError.values()) {
      assertEquals(reason.toString(), ConfirmedServiceError.ofInitiate(reason).valueName());
    }
  }
}
