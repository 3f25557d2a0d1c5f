package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.ServiceException;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.GoldenApdus;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.ClientAssociationEvent.Associated;
import io.dlms4j.cosem.association.ClientAssociationEvent.AssociationFailed;
import io.dlms4j.cosem.association.ClientAssociationEvent.DataReceived;
import io.dlms4j.cosem.association.ClientAssociationEvent.NotificationReceived;
import io.dlms4j.cosem.association.ClientAssociationEvent.RequestFailed;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.ProfileGeneric;
import io.dlms4j.cosem.classes.RangeDescriptor;
import io.dlms4j.cosem.security.Password;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAssociationTest {
  private static final String CONTEXT = "A1 09 06 07 60 85 74 05 08 01 01";
  private static final String ACCEPTED = CONTEXT + "A2 03 02 01 00 A3 05 A1 03 02 01 00";
  private static final AttributeRef NUMBER = AttributeRef.of(1, "1.1.0.0.1.255", 2);
  private static final AttributeRef OTHER = AttributeRef.of(3, "1.1.1.8.0.255", 2);
  private static final long SECOND = 1_000_000_000L;

  private static final ClientAssociationConfig PUBLIC =
      ClientAssociationConfig.builder()
          .conformance(
              EnumSet.of(
                  Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
                  Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
                  Conformance.GET,
                  Conformance.SET,
                  Conformance.SELECTIVE_ACCESS,
                  Conformance.ACTION))
          .confirmedServiceClass(false)
          .responseTimeout(Duration.ofSeconds(5))
          .limits(DecodeLimits.DEFAULT.withMaxOctets(2000))
          .build();

  private ClientAssociation client = new ClientAssociation(PUBLIC);
  private long now = 1_000;

  // Association.

  @Test
  void aClientWithoutSecurityAsksAsTheDocumentDoes() {
    assertSilent();
    client.linkUp(now);
    assertSent(GoldenApdus.load(GoldenApdus.AARQ_PUBLIC));
    assertFalse(client.isAssociated());
    client.receive(GoldenApdus.load(GoldenApdus.AARE_PUBLIC), now);
    Associated associated = assertInstanceOf(Associated.class, client.pollEvent());
    assertEquals(
        EnumSet.of(Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ, Conformance.GET),
        associated.context().conformance());
    assertEquals(125, associated.context().serverMaxReceivePduSize());
    assertEquals(0xFFFF, associated.context().clientMaxReceivePduSize());
    assertTrue(client.isAssociated());
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
    assertSilent();
  }

  @Test
  void aClientWithAPasswordAsksAsTheDocumentDoes() {
    Set<Conformance> proposed = EnumSet.noneOf(Conformance.class);
    for (Conformance conformance : Conformance.values()) {
      int bit = conformance.bit();
      if ((bit >= 8 && bit <= 14) || (bit >= 19 && bit <= 23)) {
        proposed.add(conformance);
      }
    }
    client =
        new ClientAssociation(
            ClientAssociationConfig.builder()
                .lowLevelSecurity(Password.ofText("12345"))
                .conformance(proposed)
                .confirmedServiceClass(false)
                .build());
    client.linkUp(now);
    assertSent(GoldenApdus.load(GoldenApdus.AARQ_LLS));
    client.receive(GoldenApdus.load(GoldenApdus.AARE_LLS), now);
    assertInstanceOf(Associated.class, client.pollEvent());
    long request =
        get(
            ProfileGeneric.at("1.1.99.1.0.255").buffer().reference(),
            new RangeDescriptor(
                    new CaptureObjectDefinition(AttributeRef.of(8, "0.1.1.0.0.255", 2)),
                    midnight(25),
                    midnight(26),
                    List.of())
                .toSelectiveAccess());
    assertSent(GoldenApdus.load(GoldenApdus.GET_REQUEST_PROFILE));
    client.receive(GoldenApdus.load(GoldenApdus.BLOCK_1), now);
    assertSent(GoldenApdus.load(GoldenApdus.NEXT_1));
    assertPart(request, 462, false);
    client.receive(GoldenApdus.load(GoldenApdus.BLOCK_2), now);
    assertPart(request, 460, false);
    assertSent(Octets.ofHex("C0 02 81 00 00 00 02"));
  }

  private static CosemData midnight(int day) {
    return CosemData.octetString(
        new CosemDateTime(
                new CosemDate(2013, 10, day, CosemDate.NOT_SPECIFIED),
                new CosemTime(0, 0, 0, 0),
                CosemDateTime.NOT_SPECIFIED,
                0x80)
            .encode());
  }

  @Test
  void aRefusalIsReportedWithItsDiagnostic() {
    get(NUMBER);
    client.linkUp(now);
    assertNotNull(client.pollTransmit(now));
    client.receive(GoldenApdus.load(GoldenApdus.AARE_AUTHENTICATION_FAILURE), now);
    AssociationRefusedException refusal =
        assertInstanceOf(AssociationRefusedException.class, associationFailure());
    assertEquals(AssociationResult.REJECTED_PERMANENT, refusal.result());
    assertEquals(ResultSourceDiagnostic.AUTHENTICATION_FAILURE, refusal.diagnostic());
    assertSame(refusal, failure(1));
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
    assertSame(refusal, failure(get(NUMBER)));
    assertSilent();
  }

  @Test
  void aRefusalSaysWhatIsWrongWithTheInitiateRequest() {
    assertAareFails(
        AssociationRefusedException.class,
        GoldenApdus.load(GoldenApdus.AARE_DLMS_VERSION_TOO_LOW),
        "dlms-version-too-low");
  }

  @Test
  void aRefusalWithDetailsThatCannotBeReadIsARefusal() {
    assertAareFails(
        AssociationRefusedException.class,
        Octets.ofHex("61 1D" + CONTEXT + "A2 03 02 01 02 A3 05 A1 03 02 01 01 BE 04 04 02 99 00"),
        "rejected-transient");
  }

  @Test
  void anAnswerToTheAarqThatIsNoAcceptanceFailsTheAssociation() {
    assertAareFails(ProtocolException.class, Octets.ofHex("D8 01 01"), "service-not-allowed");
    assertAareFails(ProtocolException.class, Octets.ofHex("0E 01 06 02"), "incompatible");
    assertAareFails(ProtocolException.class, Octets.ofHex("61 02 00 00"), "no AARE");
    assertAareFails(ProtocolException.class, Octets.ofHex("C4 01 81 00 00"), "no AARE");
    assertAareFails(ProtocolException.class, Octets.EMPTY, "no AARE");
    assertAareFails(
        ProtocolException.class, GoldenApdus.load(GoldenApdus.AARQ_PUBLIC), "another one");
    assertAareFails(ProtocolException.class, aare(ACCEPTED), "no InitiateResponse");
    assertAareFails(
        ProtocolException.class, aare(ACCEPTED + "BE 06 04 04 0E 01 06 00"), "no InitiateResponse");
    assertAareFails(ProtocolException.class, aare(ACCEPTED + "BE 04 04 02 08 09"), "malformed");
    assertAareFails(
        ProtocolException.class,
        aare(ACCEPTED + "BE 10 04 0E 08 00 06 5F 1F 04 00 00 10 00 00 7D 00 07"),
        "without any service");
    assertAareFails(
        ProtocolException.class,
        aare(
            ACCEPTED.replace("08 01 01", "08 01 02")
                + "BE 10 04 0E 08 00 06 5F 1F 04 00 00 10 10 00 7D 00 07"),
        "Short_Name");
  }

  private static Octets aare(String fields) {
    Octets contents = Octets.ofHex(fields);
    return Octets.ofHex("61 %02X".formatted(contents.length()) + contents.toHex());
  }

  private void assertAareFails(Class<? extends DlmsException> type, Octets answer, String reason) {
    client = new ClientAssociation(PUBLIC);
    client.linkUp(now);
    assertNotNull(client.pollTransmit(now));
    client.receive(answer, now);
    DlmsException cause = assertInstanceOf(type, associationFailure());
    assertEquals(DlmsException.Scope.ASSOCIATION, cause.scope());
    assertTrue(String.valueOf(cause.getMessage()).contains(reason), cause::toString);
    assertFalse(client.isAssociated());
    assertSilent();
  }

  @Test
  void anUnconfirmedAssociationIsThereAtOnceAndHasNoGet() {
    client =
        new ClientAssociation(ClientAssociationConfig.builder().unconfirmedAssociation().build());
    client.linkUp(now);
    assertNotNull(client.pollTransmit(now));
    assertTrue(client.isAssociated());
    assertInstanceOf(ClientAssociationEvent.Associated.class, client.pollEvent());
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
    get(NUMBER);
    ClientAssociationEvent.RequestFailed failed =
        assertInstanceOf(ClientAssociationEvent.RequestFailed.class, client.pollEvent());
    assertEquals(DlmsException.Origin.LOCAL, failed.cause().origin());
    assertSilent();
  }

  @Test
  void anAarqWithoutAnswerTimesOut() {
    long request = get(NUMBER);
    client.linkUp(now);
    assertNotNull(client.pollTransmit(now));
    assertEquals(now + 5 * SECOND, client.nextDeadline());
    client.onDeadline(now + 5 * SECOND - 1);
    assertSilent();
    client.onDeadline(now + 5 * SECOND);
    DlmsException cause = associationFailure();
    assertInstanceOf(RequestTimeoutException.class, cause);
    assertSame(cause, failure(request));
    client.receive(GoldenApdus.load(GoldenApdus.AARE_PUBLIC), now);
    assertSilent();
    assertFalse(client.isAssociated());
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
  }

  @Test
  void anAarqThatTheLinkNeverTookIsNotSentLater() {
    client.linkUp(now);
    client.onDeadline(now + 5 * SECOND);
    associationFailure();
    assertSilent();
  }

  @Test
  void anAareBeforeTheAarqHasLeftIsNoAnswer() {
    client.linkUp(now);
    client.receive(GoldenApdus.load(GoldenApdus.AARE_PUBLIC), now);
    assertFalse(client.isAssociated());
    assertNull(client.pollEvent());
  }

  @Test
  void aResponseTimeoutBeyondTheClockIsNone() {
    client =
        new ClientAssociation(
            ClientAssociationConfig.builder()
                .responseTimeout(Duration.ofNanos(Long.MAX_VALUE))
                .build());
    client.linkUp(now);
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
    assertThrows(
        IllegalArgumentException.class,
        () -> ClientAssociationConfig.builder().responseTimeout(Duration.ofDays(200_000)));
  }

  // Requests.

  @Test
  void aGetIsAskedAndAnsweredAsInTheDocument() {
    associate();
    long request = get(NUMBER);
    assertSent(GoldenApdus.load(GoldenApdus.GET_REQUEST));
    assertEquals(now + 5 * SECOND, client.nextDeadline());
    client.receive(GoldenApdus.load(GoldenApdus.GET_RESPONSE), now);
    assertEquals(
        new DataReceived(request, Octets.ofHex("06 00 BC 61 4F"), true), client.pollEvent());
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
    assertSilent();
  }

  @Test
  void requestsWaitForTheAssociationAndForOneAnother() {
    long first = get(NUMBER);
    client.linkUp(now);
    long second = get(OTHER);
    assertNotNull(client.pollTransmit(now));
    assertSilent();
    client.receive(GoldenApdus.load(GoldenApdus.AARE_PUBLIC), now);
    assertInstanceOf(Associated.class, client.pollEvent());
    assertSent(GoldenApdus.load(GoldenApdus.GET_REQUEST));
    long third = get(NUMBER);
    assertSilent();
    client.receive(Octets.ofHex("C4 01 81 00 11 01"), now);
    assertEquals(new DataReceived(first, Octets.ofHex("11 01"), true), client.pollEvent());
    assertSent(Octets.ofHex("C0 01 82 00 03 01 01 01 08 00 FF 02 00"));
    client.receive(Octets.ofHex("C4 01 82 00 11 02"), now);
    assertEquals(new DataReceived(second, Octets.ofHex("11 02"), true), client.pollEvent());
    assertSent(Octets.ofHex("C0 01 83 00 01 01 01 00 00 01 FF 02 00"));
    client.receive(Octets.ofHex("C4 01 83 00 11 03"), now);
    assertEquals(new DataReceived(third, Octets.ofHex("11 03"), true), client.pollEvent());
    assertSilent();
  }

  @Test
  void invokeIdsGoRound() {
    associate();
    for (int i = 1; i <= 40; i++) {
      long request = get(NUMBER);
      Octets sent = client.pollTransmit(now);
      assertNotNull(sent);
      assertEquals(0x80 | (i & 0x0F), sent.at(2));
      client.receive(Octets.ofHex("C4 01 %02X 00 00".formatted(sent.at(2))), now);
      assertPart(request, 1, true);
    }
  }

  @Test
  void aRefusedGetFailsWithTheResult() {
    associate();
    long request = get(NUMBER);
    assertNotNull(client.pollTransmit(now));
    client.receive(Octets.ofHex("C4 01 81 01 04"), now);
    DataAccessException cause = assertInstanceOf(DataAccessException.class, failure(request));
    assertEquals(DataAccessResult.OBJECT_UNDEFINED, cause.result());
    assertTrue(client.isAssociated());
    assertSilent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"D8 01 01", "D8 02 02", "0E 05 01 02"})
  void aGetThatTheServerCannotProcessFails(String answer) {
    assertAnswerFails(ServiceException.class, answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "C4", // no choice
        "C4 03 81", // an unknown choice
        "C4 01 81 02 04", // neither data nor result
        "C4 01 81 01 05", // an unknown result
        "C4 01 81 00 12 00", // half a value
        "C4 01 81 00 11 01 00", // more than a value
        "C4 01 81 00 63", // no type
        "C4 02 81 01 00 00 00 02 00 00", // block 2 first
        "C4 02 81 01 00 00 00 01 00 03 11", // half a block
        "C0 02 81 00 00 00 01", // a request
        "08 00 06 5F 1F 04 00 00 10 10 00 7D 00 07" // another answer
      })
  void anAnswerThatIsNoneFailsItsRequestAlone(String answer) {
    assertAnswerFails(ProtocolException.class, answer);
  }

  private void assertAnswerFails(Class<? extends DlmsException> type, String answer) {
    associate();
    long request = get(NUMBER);
    long next = get(OTHER);
    assertNotNull(client.pollTransmit(now));
    client.receive(Octets.ofHex(answer), now);
    DlmsException cause = assertInstanceOf(type, failure(request));
    assertEquals(DlmsException.Scope.REQUEST, cause.scope());
    assertEquals(DlmsException.Origin.REMOTE, cause.origin());
    assertNotNull(client.pollTransmit(now));
    client.receive(Octets.ofHex("C4 01 82 00 00"), now);
    assertPart(next, 1, true);
    assertSilent();
  }

  @Test
  void aSecondAareIsPassedOver() {
    associate();
    long request = get(NUMBER);
    assertNotNull(client.pollTransmit(now));
    client.receive(Octets.ofHex("61 29"), now);
    assertSilent();
    client.receive(GoldenApdus.load(GoldenApdus.GET_RESPONSE), now);
    assertPart(request, 5, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C2 00 00 03 01 01 01 08 00 FF 02 11 01", // EventNotification
        "0F 00 00 00 01 00 00", // DataNotification
        "18 00 01 02 FA 00 01 11 05" // InformationReport
      })
  void whatTheServerTellsUnaskedIsToldAndAnswersNoRequest(String apdu) {
    associate();
    long request = get(NUMBER);
    assertNotNull(client.pollTransmit(now));
    client.receive(Octets.ofHex(apdu), now);
    assertEquals(
        new NotificationReceived(ApduCodec.STANDARD.decode(Octets.ofHex(apdu))),
        client.pollEvent());
    client.receive(Octets.ofHex(apdu).slice(0, 5), now);
    assertSilent();
    client.receive(GoldenApdus.load(GoldenApdus.GET_RESPONSE), now);
    assertPart(request, 5, true);
  }

  @Test
  void aRequestWithATimeOutOfItsOwnIsWaitedForThatLong() {
    associate();
    long request =
        client.request(
            new ServiceRequest.Get(NUMBER, null),
            RequestOptions.DEFAULT.withResponseTimeout(Duration.ofSeconds(60)),
            now);
    assertNotNull(client.pollTransmit(now));
    assertEquals(now + 60 * SECOND, client.nextDeadline());
    client.onDeadline(now + 60 * SECOND - 1);
    assertSilent();
    client.onDeadline(now + 60 * SECOND);
    DlmsException cause = failure(request);
    assertTrue(String.valueOf(cause.getMessage()).contains("within 60000 ms"), cause::toString);
    assertThrows(
        IllegalArgumentException.class,
        () -> RequestOptions.DEFAULT.withResponseTimeout(Duration.ZERO));
  }

  @Test
  void aLateAnswerMeetsNoOtherRequest() {
    associate();
    long late = get(NUMBER);
    long next = get(OTHER);
    assertNotNull(client.pollTransmit(now));
    now += 5 * SECOND;
    client.onDeadline(now);
    assertInstanceOf(RequestTimeoutException.class, failure(late));
    assertSent(Octets.ofHex("C0 01 82 00 03 01 01 01 08 00 FF 02 00"));
    assertEquals(now + 5 * SECOND, client.nextDeadline());
    client.receive(Octets.ofHex("C4 01 81 00 11 01"), now);
    client.receive(Octets.ofHex("C4 01 81 01 04"), now);
    client.receive(Octets.ofHex("C4 01 81 00 63"), now); // malformed, and late all the same
    client.receive(Octets.ofHex("C4 02 81 00 00 00 00 01 00 01 11"), now);
    assertSilent();
    client.receive(Octets.ofHex("C4 01 82 00 11 02"), now);
    assertEquals(new DataReceived(next, Octets.ofHex("11 02"), true), client.pollEvent());
    client.receive(Octets.ofHex("C4 01 82 00 11 02"), now);
    assertSilent();
  }

  @Test
  void aRequestThatTheLinkNeverTookIsNotSentLater() {
    associate();
    long stuck = get(NUMBER);
    long next = get(OTHER);
    now += 5 * SECOND;
    client.onDeadline(now);
    failure(stuck);
    assertSent(Octets.ofHex("C0 01 82 00 03 01 01 01 08 00 FF 02 00"));
    client.receive(Octets.ofHex("C4 01 82 00 00"), now);
    assertPart(next, 1, true);
    assertSilent();
  }

  @Test
  void aRequestLongerThanTheServerTakesFailsHere() {
    associate();
    long request =
        get(
            NUMBER,
            new RangeDescriptor(
                    new CaptureObjectDefinition(OTHER),
                    CosemData.octetString(Octets.view(new byte[60])),
                    CosemData.octetString(Octets.view(new byte[60])),
                    List.of())
                .toSelectiveAccess());
    assertEquals(DlmsException.Origin.LOCAL, failure(request).origin());
    assertSilent();
    get(NUMBER);
    assertNotNull(client.pollTransmit(now));
  }

  // Blocks.

  @Test
  void blocksAreAskedForOneByOneAndEachMayTakeItsTime() {
    associate();
    long request = get(NUMBER);
    assertNotNull(client.pollTransmit(now));
    now += 4 * SECOND;
    client.receive(Octets.ofHex("C4 02 81 00 00 00 00 01 00 02 09 03"), now);
    assertEquals(new DataReceived(request, Octets.ofHex("09 03"), false), client.pollEvent());
    assertEquals(now + 5 * SECOND, client.nextDeadline());
    assertSent(Octets.ofHex("C0 02 81 00 00 00 01"));
    now += 4 * SECOND;
    client.receive(Octets.ofHex("C4 02 81 01 00 00 00 02 00 03 01 02 03"), now);
    assertEquals(new DataReceived(request, Octets.ofHex("01 02 03"), true), client.pollEvent());
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
    assertSilent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C4 02 81 00 00 00 00 01 00 01 00", // block 1 once more
        "C4 02 81 00 00 00 00 03 00 01 00", // block 3
        "C4 01 81 00 00" // a whole value
      })
  void aBlockThatIsNotDueFailsTheRequest(String answer) {
    long request = beginTransfer();
    client.receive(Octets.ofHex(answer), now);
    assertInstanceOf(ProtocolException.class, failure(request));
    assertSilent();
  }

  @Test
  void aTransferThatTheServerAbortsFailsWithTheResult() {
    long request = beginTransfer();
    client.receive(Octets.ofHex("C4 02 81 01 00 00 00 01 01 0F"), now);
    DataAccessException cause = assertInstanceOf(DataAccessException.class, failure(request));
    assertEquals(DataAccessResult.LONG_GET_ABORTED, cause.result());
  }

  @Test
  void aTransferWithoutItsNextBlockTimesOut() {
    long request = beginTransfer();
    now += 5 * SECOND;
    client.onDeadline(now);
    assertInstanceOf(RequestTimeoutException.class, failure(request));
    client.receive(Octets.ofHex("C4 02 81 01 00 00 00 02 00 01 00"), now);
    assertSilent();
  }

  @Test
  void aBlockBeforeItWasAskedForIsNotTaken() {
    associate();
    long request = get(NUMBER);
    assertNotNull(client.pollTransmit(now));
    for (int block = 1; block <= 1000; block++) {
      client.receive(Octets.ofHex("C4 02 81 00 %08X 00 01 00".formatted(block)), now);
    }
    assertPart(request, 1, false);
    assertSent(Octets.ofHex("C0 02 81 00 00 00 01"));
    assertSilent();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 1024})
  void aServerThatNeverEndsIsNotListenedToForEver(int octets) {
    associate();
    long request = get(NUMBER);
    int block = 0;
    int received = 0;
    while (client.pollTransmit(now) != null) {
      block++;
      // The limit of this client is 2000 octets.
      assertTrue(block <= 2001);
      client.receive(
          Octets.ofHex(
              "C4 02 81 00 %08X 00 82 %04X".formatted(block, octets) + "00".repeat(octets)),
          now);
      ClientAssociationEvent event = client.pollEvent();
      assertNotNull(event);
      if (event instanceof DataReceived part) {
        received += part.octets().length();
      } else {
        assertEquals(request, assertInstanceOf(RequestFailed.class, event).request());
      }
    }
    assertEquals(octets == 0 ? 0 : 2000 / octets * octets, received);
    assertSilent();
  }

  // The link.

  @Test
  void aLinkThatGoesDownFailsEveryRequestOnce() {
    long first = beginTransfer();
    long second = get(OTHER);
    long third = get(OTHER);
    DlmsException cause = linkLost();
    client.linkDown(cause);
    assertSame(cause, failure(first));
    assertSame(cause, failure(second));
    assertSame(cause, failure(third));
    assertSilent();
    assertFalse(client.isAssociated());
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
    client.linkDown(linkLost());
    client.onDeadline(now + 100 * SECOND);
    client.receive(Octets.ofHex("C4 02 81 01 00 00 00 02 00 01 00"), now);
    assertSilent();
  }

  @Test
  void aLinkThatGoesDownBeforeTheAareFailsTheAssociationAndItsRequests() {
    long request = get(NUMBER);
    client.linkUp(now);
    DlmsException cause = linkLost();
    client.linkDown(cause);
    assertSame(cause, associationFailure());
    assertSame(cause, failure(request));
    assertSilent();
  }

  @Test
  void aLinkThatNeverCameUpFailsWhatWaitedForIt() {
    long request = get(NUMBER);
    DlmsException cause = linkLost();
    client.linkDown(cause);
    assertSame(cause, failure(request));
    assertSilent();
  }

  @Test
  void requestsAfterTheEndFailUntilTheLinkIsUpAgain() {
    associate();
    DlmsException cause = linkLost();
    client.linkDown(cause);
    assertSame(cause, failure(get(NUMBER)));
    associate(client);
    long request = get(NUMBER);
    assertNotNull(client.pollTransmit(now));
    client.receive(Octets.ofHex("C4 01 81 00 00"), now);
    assertPart(request, 1, true);
  }

  @Test
  void aLinkThatIsSetUpAnewFailsWhatWasUnderWayAndAssociatesAgain() {
    long request = beginTransfer();
    client.linkUp(now);
    assertInstanceOf(ProtocolException.class, failure(request));
    assertSent(GoldenApdus.load(GoldenApdus.AARQ_PUBLIC));
    client.receive(GoldenApdus.load(GoldenApdus.AARE_PUBLIC), now);
    assertInstanceOf(Associated.class, client.pollEvent());
    assertSilent();
  }

  private static DlmsException linkLost() {
    return new DlmsException(
        DlmsException.Origin.REMOTE, DlmsException.Scope.ASSOCIATION, "the line is cut");
  }

  private long get(AttributeRef attribute) {
    return get(attribute, null);
  }

  private long get(AttributeRef attribute, @Nullable SelectiveAccess selection) {
    return client.request(
        new ServiceRequest.Get(attribute, selection), RequestOptions.DEFAULT, now);
  }

  private long getPaced(AttributeRef attribute) {
    return client.request(
        new ServiceRequest.Get(attribute, null), RequestOptions.DEFAULT.atConsumersPace(), now);
  }

  private void associate() {
    client = new ClientAssociation(PUBLIC);
    associate(client);
  }

  private void associate(ClientAssociation up) {
    up.linkUp(now);
    assertNotNull(up.pollTransmit(now));
    up.receive(GoldenApdus.load(GoldenApdus.AARE_PUBLIC), now);
    assertInstanceOf(Associated.class, up.pollEvent());
  }

  private long beginTransfer() {
    associate();
    long request = get(NUMBER);
    assertNotNull(client.pollTransmit(now));
    client.receive(Octets.ofHex("C4 02 81 00 00 00 00 01 00 02 09 03"), now);
    assertPart(request, 2, false);
    assertNotNull(client.pollTransmit(now));
    return request;
  }

  private DlmsException associationFailure() {
    return assertInstanceOf(AssociationFailed.class, client.pollEvent()).cause();
  }

  private DlmsException failure(long request) {
    RequestFailed failed = assertInstanceOf(RequestFailed.class, client.pollEvent());
    assertEquals(request, failed.request());
    return failed.cause();
  }

  private void assertPart(long request, int octets, boolean last) {
    DataReceived part = assertInstanceOf(DataReceived.class, client.pollEvent());
    assertEquals(request, part.request());
    assertEquals(octets, part.octets().length());
    assertEquals(last, part.last());
  }

  // Pacing and giving up.

  private static final Octets FIRST_BLOCK = Octets.ofHex("C4 02 81 00 00 00 00 01 00 02 09 03");
  private static final Octets SECOND_BLOCK = Octets.ofHex("C4 02 81 00 00 00 00 02 00 01 01");
  private static final Octets LAST_BLOCK = Octets.ofHex("C4 02 81 01 00 00 00 03 00 02 02 03");

  @Test
  void aPacedRequestAsksForTheNextBlockWhenItIsToldTo() {
    associate();
    long request = getPaced(NUMBER);
    assertNotNull(client.pollTransmit(now));
    client.receive(FIRST_BLOCK, now);
    assertEquals(new DataReceived(request, Octets.ofHex("09 03"), false), client.pollEvent());
    assertSilent();
    // The consumer may take as long as it likes.
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
    client.proceed(request, now);
    client.proceed(request, now);
    assertSent(Octets.ofHex("C0 02 81 00 00 00 01"));
    assertSilent();
    assertEquals(now + 5 * SECOND, client.nextDeadline());
    client.receive(SECOND_BLOCK, now);
    assertEquals(new DataReceived(request, Octets.ofHex("01"), false), client.pollEvent());
    client.proceed(request, now);
    assertSent(Octets.ofHex("C0 02 81 00 00 00 02"));
    client.receive(LAST_BLOCK, now);
    assertEquals(new DataReceived(request, Octets.ofHex("02 03"), true), client.pollEvent());
    client.proceed(request, now);
    assertSilent();
  }

  @Test
  void aBlockThatAPacedRequestHasNotAskedForIsDropped() {
    associate();
    long request = getPaced(NUMBER);
    assertNotNull(client.pollTransmit(now));
    client.receive(FIRST_BLOCK, now);
    assertEquals(new DataReceived(request, Octets.ofHex("09 03"), false), client.pollEvent());
    client.receive(SECOND_BLOCK, now);
    assertSilent();
  }

  @Test
  void aPacedRequestMayBeLongerThanAWholeValue() {
    associate();
    long request = getPaced(NUMBER);
    assertNotNull(client.pollTransmit(now));
    for (int block = 1; block <= 30; block++) {
      String hex = "C4 02 81 00 000000%02X 00 64 %s".formatted(block, "00".repeat(100));
      client.receive(Octets.ofHex(hex), now);
      assertInstanceOf(DataReceived.class, client.pollEvent());
      client.proceed(request, now);
      assertNotNull(client.pollTransmit(now));
    }
  }

  @Test
  void aRequestThatIsGivenUpIsHeardNoMoreOfAndTheNextOneGoesOn() {
    associate();
    long given = get(NUMBER);
    assertNotNull(client.pollTransmit(now));
    long waiting = get(OTHER);
    long next = get(NUMBER);
    client.cancel(waiting, now);
    client.cancel(given, now);
    Octets request = client.pollTransmit(now);
    assertNotNull(request);
    assertEquals(0x82, request.at(2), "the next invoke-id");
    client.receive(FIRST_BLOCK, now);
    assertSilent();
    client.receive(Octets.ofHex("C4 01 82 00 11 05"), now);
    assertEquals(new DataReceived(next, Octets.ofHex("11 05"), true), client.pollEvent());
    client.cancel(next, now);
    assertSilent();
  }

  @Test
  void whatTheLinkDoesNotTakeFailsAtOnceAndTheNextRequestGoesOn() {
    associate();
    long refused = get(NUMBER);
    assertNotNull(client.pollTransmit(now));
    long next = get(OTHER);
    DlmsException cause =
        new DlmsException(DlmsException.Origin.LOCAL, DlmsException.Scope.REQUEST, "too long");
    client.notTaken(cause, now);
    assertEquals(new RequestFailed(refused, cause), client.pollEvent());
    assertNotNull(client.pollTransmit(now));
    client.receive(Octets.ofHex("C4 01 82 00 11 05"), now);
    assertEquals(new DataReceived(next, Octets.ofHex("11 05"), true), client.pollEvent());
    client.notTaken(cause, now);
    assertSilent();
  }

  @Test
  void anAarqThatTheLinkDoesNotTakeFailsTheAssociation() {
    client.linkUp(now);
    assertNotNull(client.pollTransmit(now));
    DlmsException cause =
        new DlmsException(DlmsException.Origin.LOCAL, DlmsException.Scope.REQUEST, "too long");
    client.notTaken(cause, now);
    assertEquals(new AssociationFailed(cause), client.pollEvent());
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
  }

  private void assertSent(Octets apdu) {
    assertEquals(apdu, client.pollTransmit(now));
  }

  private void assertSilent() {
    assertNull(client.pollTransmit(now));
    assertNull(client.pollEvent());
  }
}
