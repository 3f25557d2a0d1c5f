package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.ServiceException;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
import io.dlms4j.cosem.apdu.AccessResponseSpecification;
import io.dlms4j.cosem.apdu.ActionResponseWithOptionalData;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.association.ClientAssociationEvent.DataReceived;
import io.dlms4j.cosem.association.ClientAssociationEvent.NotificationReceived;
import io.dlms4j.cosem.association.ClientAssociationEvent.Released;
import io.dlms4j.cosem.association.ClientAssociationEvent.RequestFailed;
import io.dlms4j.cosem.association.ClientAssociationEvent.Responded;
import io.dlms4j.cosem.association.ClientAssociationEvent.Sent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services of a client with logical names, octets in and octets out. */
class ClientServicesTest {
  private static final long SECOND = 1_000_000_000L;

  /** Attribute 2 of the registers 1.1.1.8.0.255 and 1.1.1.8.1.255, and method 1 of them. */
  private static final AttributeRef A0 = AttributeRef.of(3, "1.1.1.8.0.255", 2);

  private static final AttributeRef A1 = AttributeRef.of(3, "1.1.1.8.1.255", 2);
  private static final MethodRef M0 = MethodRef.of(3, "1.1.1.8.0.255", 1);
  private static final MethodRef M1 = MethodRef.of(3, "1.1.1.8.1.255", 1);
  private static final String A0_OCTETS = "00 03 01 01 01 08 00 FF 02 ";
  private static final String A1_OCTETS = "00 03 01 01 01 08 01 FF 02 ";
  private static final String M0_OCTETS = "00 03 01 01 01 08 00 FF 01 ";
  private static final String M1_OCTETS = "00 03 01 01 01 08 01 FF 01 ";

  private static final EncodedData ONE = EncodedData.of(CosemData.unsigned(1));
  private static final EncodedData TWO = EncodedData.of(CosemData.unsigned(2));
  private static final ServiceRequest GET = new ServiceRequest.Get(A0, null);
  private static final ServiceRequest SET = new ServiceRequest.Set(A0, ONE);
  private static final ServiceRequest GET_LIST = new ServiceRequest.Get(both());
  private static final ServiceRequest SET_LIST = new ServiceRequest.Set(both(), List.of(ONE, TWO));
  private static final ServiceRequest ACTION = new ServiceRequest.Action(M0, null);
  private static final ServiceRequest ACTION_LIST =
      new ServiceRequest.Action(List.of(M0, M1), Arrays.asList(null, ONE));
  private static final ServiceRequest ACCESS =
      new ServiceRequest.Access(
          List.of(
              new AccessRequestSpecification.Get(A0),
              new AccessRequestSpecification.Set(A1),
              new AccessRequestSpecification.Action(M0)),
          List.of(EncodedData.of(CosemData.nullData()), ONE, TWO));

  private ClientAssociation client = up(1, 0xFFFF, Services.LOGICAL_NAMES);
  private long now = 1_000;

  private static List<AttributeWithSelection> both() {
    return List.of(new AttributeWithSelection(A0), new AttributeWithSelection(A1));
  }

  private static ClientAssociation up(int outstanding, int serverMax, Set<Conformance> services) {
    ClientAssociation client =
        new ClientAssociation(
            ClientAssociationConfig.builder()
                .conformance(services)
                .responseTimeout(Duration.ofSeconds(5))
                .maxOutstandingRequests(outstanding)
                .build());
    ServerAssociation server =
        new ServerAssociation(
            ServerAssociationConfig.builder()
                .lowestLevelSecurity()
                .conformance(services)
                .maxReceivePduSize(serverMax)
                .build());
    Services.associate(client, server, 1_000);
    return client;
  }

  // Each service, in one APDU.

  @Test
  void aSetIsAskedAndAnswered() {
    long request = request(SET);
    assertSent("C1 01 C1" + A0_OCTETS + "00 11 01");
    receive("C5 01 C1 00");
    assertResponse(request, new ServiceResponse.Written(List.of(DataAccessResult.SUCCESS)));
    long refused = request(SET);
    assertSent("C1 01 C2" + A0_OCTETS + "00 11 01");
    receive("C5 01 C2 03");
    assertResponse(
        refused, new ServiceResponse.Written(List.of(DataAccessResult.READ_WRITE_DENIED)));
  }

  @Test
  void listsAreAskedAndAnsweredItemByItem() {
    long get = request(GET_LIST);
    assertSent("C0 03 C1 02" + A0_OCTETS + "00" + A1_OCTETS + "00");
    receive("C4 03 C1 02 01 04 00 11 02");
    assertResponse(
        get,
        new ServiceResponse.Data(
            List.of(
                new GetDataResult.Failure(DataAccessResult.OBJECT_UNDEFINED),
                new GetDataResult.Data(TWO))));
    long set = request(SET_LIST);
    assertSent("C1 04 C2 02" + A0_OCTETS + "00" + A1_OCTETS + "00 02 11 01 11 02");
    receive("C5 05 C2 02 00 03");
    assertResponse(
        set,
        new ServiceResponse.Written(
            List.of(DataAccessResult.SUCCESS, DataAccessResult.READ_WRITE_DENIED)));
    long action = request(ACTION_LIST);
    assertSent("C3 03 C3 02" + M0_OCTETS + M1_OCTETS + "02 00 11 01");
    receive("C7 03 C3 02 00 01 00 11 01 04 00");
    assertResponse(
        action,
        new ServiceResponse.Invoked(
            List.of(
                new ActionResponseWithOptionalData(
                    ActionResult.SUCCESS, new GetDataResult.Data(ONE)),
                new ActionResponseWithOptionalData(ActionResult.OBJECT_UNDEFINED, null))));
  }

  @Test
  void anActionIsAskedAndAnswered() {
    long request = request(ACTION);
    assertSent("C3 01 C1" + M0_OCTETS + "00");
    receive("C7 01 C1 00 00");
    assertResponse(
        request,
        new ServiceResponse.Invoked(
            List.of(new ActionResponseWithOptionalData(ActionResult.SUCCESS, null))));
  }

  @Test
  void anAccessIsAskedAndAnsweredItemByItem() {
    long request = request(ACCESS);
    assertSent(
        "D9 C0 00 00 01 00 03 01"
            + A0_OCTETS
            + "02"
            + A1_OCTETS
            + "03"
            + M0_OCTETS
            + "03 00 11 01 11 02");
    receive("DA C0 00 00 01 00 00 03 11 02 00 00 03 01 00 02 03 03 00");
    assertResponse(
        request,
        new ServiceResponse.Accessed(
            List.of(
                new AccessResponseSpecification.Get(DataAccessResult.SUCCESS),
                new AccessResponseSpecification.Set(DataAccessResult.READ_WRITE_DENIED),
                new AccessResponseSpecification.Action(ActionResult.SUCCESS)),
            List.of(
                TWO, EncodedData.of(CosemData.nullData()), EncodedData.of(CosemData.nullData())),
            Octets.EMPTY));
  }

  @Test
  void anAccessThatBreaksOnAnErrorMayBeAnsweredUpToIt() {
    ServiceRequest.Access all = assertInstanceOf(ServiceRequest.Access.class, ACCESS);
    long request =
        request(
            new ServiceRequest.Access(all.specifications(), all.data(), true, true, Octets.EMPTY));
    Octets sent = client.pollTransmit(now);
    assertNotNull(sent);
    assertEquals(0xF0, sent.at(1));
    receive("DA F0 00 00 01 00 00 02 11 02 00 02 01 00 02 03");
    assertEquals(
        2, assertInstanceOf(ServiceResponse.Accessed.class, response(request)).results().size());
  }

  @Test
  void whatIsNotConfirmedIsOverWhenTheLinkHasIt() {
    long request = client.request(SET, RequestOptions.DEFAULT.unconfirmed(), now);
    assertNull(client.pollEvent());
    assertSent("C1 01 81" + A0_OCTETS + "00 11 01");
    assertNull(client.pollEvent());
    assertNull(client.pollTransmit(now));
    assertEquals(new Sent(request), client.pollEvent());
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
    long refused = client.request(SET, RequestOptions.DEFAULT.unconfirmed(), now);
    assertNotNull(client.pollTransmit(now));
    DlmsException cause = ClientExchange.local("too long");
    client.notTaken(cause, now);
    assertEquals(new RequestFailed(refused, cause), client.pollEvent());
    assertSilent();
  }

  @Test
  void thePriorityOfARequestCanBeSet() {
    client.request(SET, RequestOptions.DEFAULT.withPriority(RequestOptions.Priority.NORMAL), now);
    assertSent("C1 01 41" + A0_OCTETS + "00 11 01");
  }

  // Blocks.

  @Test
  void aSetThatDoesNotFitGoesInBlocksThatFillTheServersPdu() {
    client = up(1, 22, Services.LOGICAL_NAMES);
    long request =
        request(
            new ServiceRequest.Set(
                A0,
                EncodedData.of(
                    CosemData.octetString(
                        Octets.ofHex("01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11 12")))));
    // The value is 09 12 01 .. 12, 20 octets.
    assertSent("C1 02 C1" + A0_OCTETS + "00 00 00 00 00 01 03  09 12 01");
    receive("C5 02 C1 00 00 00 01");
    assertSent("C1 03 C1 00 00 00 00 02 0D  02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E");
    receive("C5 02 C1 00 00 00 02");
    assertSent("C1 03 C1 01 00 00 00 03 04  0F 10 11 12");
    receive("C5 03 C1 00 00 00 00 03");
    assertResponse(request, new ServiceResponse.Written(List.of(DataAccessResult.SUCCESS)));
  }

  @ParameterizedTest
  @CsvSource({
    "C5 03 C1 13 00 00 00 01, 19", // data-block-number-invalid
    "C5 01 C1 02, 2" // a refusal in the normal form
  })
  void aRefusalBeforeTheLastBlockIsTheResult(String answer, int code) {
    long request = beginSet();
    receive(answer);
    assertResponse(
        request, new ServiceResponse.Written(List.of(DataAccessResult.ofCode(code).orElseThrow())));
    assertSilent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C5 02 C1 00 00 00 02", // another block
        "C5 02 C1 00 00 00 00",
        "C5 01 C1 00", // success before the end
        "C5 03 C1 00 00 00 00 01",
        "C5 05 C1 01 00", // a list
        "C7 01 C1 00 00", // another service
        "C4 01 C1 00 00",
        "C5 09 C1 00" // no such choice
      })
  void anAnswerThatDoesNotContinueASetFailsItAlone(String answer) {
    long request = beginSet();
    long next = request(GET);
    receive(answer);
    assertInstanceOf(ProtocolException.class, failure(request));
    assertNotNull(client.pollTransmit(now));
    receive("C4 01 C2 00 11 01");
    assertEquals(new DataReceived(next, ONE.octets(), true), client.pollEvent());
  }

  private long beginSet() {
    client = up(1, 22, Services.LOGICAL_NAMES);
    long request =
        request(
            new ServiceRequest.Set(
                A0, EncodedData.of(CosemData.octetString(Octets.view(new byte[18])))));
    assertNotNull(client.pollTransmit(now));
    return request;
  }

  @Test
  void anActionGoesInBlocksBothWays() {
    client = up(1, 24, Services.LOGICAL_NAMES);
    long request =
        request(
            new ServiceRequest.Action(
                M0,
                EncodedData.of(
                    CosemData.octetString(Octets.ofHex("01 02 03 04 05 06 07 08 09 0A 0B 0C")))));
    assertSent("C3 04 C1" + M0_OCTETS + "00 00 00 00 01 06  09 0C 01 02 03 04");
    receive("C7 04 C1 00 00 00 01");
    assertSent("C3 06 C1 01 00 00 00 02 08  05 06 07 08 09 0A 0B 0C");
    receive("C7 02 C1 00 00 00 00 01 03 00 01 00");
    assertSent("C3 02 C1 00 00 00 01");
    receive("C7 02 C1 01 00 00 00 02 02 11 01");
    assertResponse(
        request,
        new ServiceResponse.Invoked(
            List.of(
                new ActionResponseWithOptionalData(
                    ActionResult.SUCCESS, new GetDataResult.Data(ONE)))));
  }

  @Test
  void theBlocksOfAListAreOneList() {
    long request = request(GET_LIST);
    assertNotNull(client.pollTransmit(now));
    receive("C4 02 C1 00 00 00 00 01 00 02 02 00");
    assertSent("C0 02 C1 00 00 00 01");
    receive("C4 02 C1 01 00 00 00 02 00 04 11 01 01 04");
    assertResponse(
        request,
        new ServiceResponse.Data(
            List.of(
                new GetDataResult.Data(ONE),
                new GetDataResult.Failure(DataAccessResult.OBJECT_UNDEFINED))));
  }

  @Test
  void aListWhoseTransferIsAbortedFailsInEachItem() {
    long request = request(GET_LIST);
    assertNotNull(client.pollTransmit(now));
    receive("C4 02 C1 00 00 00 00 01 00 02 02 00");
    assertSent("C0 02 C1 00 00 00 01");
    receive("C4 02 C1 01 00 00 00 01 01 0F");
    GetDataResult aborted = new GetDataResult.Failure(DataAccessResult.LONG_GET_ABORTED);
    assertResponse(request, new ServiceResponse.Data(List.of(aborted, aborted)));
  }

  @ParameterizedTest
  @CsvSource({
    "MULTIPLE_REFERENCES, 65535",
    "BLOCK_TRANSFER_WITH_SET_OR_WRITE, 20",
    "BLOCK_TRANSFER_WITH_GET_OR_READ, 20"
  })
  void whatWasNotAgreedOnFailsHereAndNothingIsSent(Conformance missing, int serverMax) {
    client = up(1, serverMax, Services.without(Services.LOGICAL_NAMES, missing));
    ServiceRequest asked =
        missing == Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ ? GET_LIST : SET_LIST;
    assertEquals(DlmsException.Origin.LOCAL, failure(request(asked)).origin());
    assertSilent();
    request(GET);
    assertNotNull(client.pollTransmit(now));
  }

  @Test
  void anAccessThatWasNotAgreedOnFailsHere() {
    client = up(1, 0xFFFF, Services.without(Services.LOGICAL_NAMES, Conformance.ACCESS));
    assertEquals(DlmsException.Origin.LOCAL, failure(request(ACCESS)).origin());
    client = up(1, 40, Services.LOGICAL_NAMES);
    assertEquals(DlmsException.Origin.LOCAL, failure(request(ACCESS)).origin());
    assertSilent();
  }

  @Test
  void aServerWithoutRoomForASingleOctetOfABlockIsAskedNothing() {
    client = up(1, 18, Services.LOGICAL_NAMES);
    ServiceRequest set =
        new ServiceRequest.Set(A0, EncodedData.of(CosemData.octetString(Octets.view(new byte[9]))));
    assertEquals(DlmsException.Origin.LOCAL, failure(request(set)).origin());
    assertSilent();
  }

  // Answers that are none.

  @Test
  void anotherNumberOfResultsFailsTheRequestAlone() {
    assertListFails(GET_LIST, "C4 03 C1 01 00 11 01");
    assertListFails(GET_LIST, "C4 03 C1 03 00 11 01 00 11 01 00 11 01");
    assertListFails(GET_LIST, "C4 01 C1 00 11 01");
    assertListFails(SET_LIST, "C5 05 C1 01 00");
    assertListFails(SET_LIST, "C5 01 C1 00");
    assertListFails(ACTION_LIST, "C7 03 C1 01 00 00");
    assertListFails(ACTION_LIST, "C7 01 C1 00 00");
    assertListFails(ACCESS, "DA C0 00 00 01 00 00 02 00 00 02 01 00 02 00");
    assertListFails(ACCESS, "DA C0 00 00 01 00 00 03 00 00 00 03 01 00 01 00 03 00");
  }

  private void assertListFails(ServiceRequest service, String answer) {
    client = up(1, 0xFFFF, Services.LOGICAL_NAMES);
    long request = request(service);
    assertNotNull(client.pollTransmit(now));
    receive(answer);
    assertInstanceOf(ProtocolException.class, failure(request), answer);
    assertTrue(client.isAssociated());
    assertSilent();
  }

  // Several at once.

  @Test
  void severalRequestsAreUnderWayAndAnswersFindTheirOwn() {
    client = up(3, 0xFFFF, Services.LOGICAL_NAMES);
    long get = request(GET);
    long set = request(SET);
    long access = request(ACCESS);
    long waiting = request(ACTION);
    assertEquals(0xC0, tagSent());
    assertEquals(0xC1, tagSent());
    assertEquals(0xD9, tagSent());
    assertSilent();
    receive("C5 01 C2 00");
    assertResponse(set, new ServiceResponse.Written(List.of(DataAccessResult.SUCCESS)));
    assertEquals(0xC3, tagSent());
    receive("C7 01 C3 00 00");
    response(waiting);
    receive("DA C0 00 00 01 00 00 03 00 00 00 03 01 00 02 00 03 00");
    response(access);
    receive("C4 01 C1 00 11 01");
    assertEquals(new DataReceived(get, ONE.octets(), true), client.pollEvent());
    assertSilent();
  }

  @Test
  void anExceptionThatMayMeanSeveralIsGivenToTheOneThatHasNoOtherAnswer() {
    client = up(3, 0xFFFF, Services.LOGICAL_NAMES);
    long first = request(GET);
    long second = request(SET);
    assertEquals(0xC0, tagSent());
    assertEquals(0xC1, tagSent());
    receive("D8 02 02");
    assertSilent();
    receive("C4 01 C1 00 11 01");
    assertEquals(new DataReceived(first, ONE.octets(), true), client.pollEvent());
    assertInstanceOf(ServiceException.class, failure(second));
    assertSilent();
  }

  @Test
  void anExceptionAfterATimeoutIsNotGivenToTheNextRequest() {
    long lost = request(GET);
    assertEquals(0xC0, tagSent());
    now += 5 * SECOND;
    client.onDeadline(now);
    assertInstanceOf(RequestTimeoutException.class, failure(lost));
    long next = request(SET);
    assertEquals(0xC1, tagSent());
    receive("D8 02 02");
    assertSilent();
    receive("C5 01 C2 00");
    response(next);
    // The first one has had its answer: the next exception can be no one's but its own request's.
    long another = request(SET);
    assertEquals(0xC1, tagSent());
    receive("D8 02 02");
    assertInstanceOf(ServiceException.class, failure(another));
  }

  @Test
  void aRequestThatTimesOutTellsOfTheExceptionThatMayHaveBeenItsAnswer() {
    request(GET);
    assertEquals(0xC0, tagSent());
    now += 5 * SECOND;
    client.onDeadline(now);
    assertInstanceOf(RequestFailed.class, client.pollEvent());
    long next = request(SET);
    assertEquals(0xC1, tagSent());
    receive("D8 02 02");
    assertSilent();
    now += 5 * SECOND;
    client.onDeadline(now);
    DlmsException cause = assertInstanceOf(RequestTimeoutException.class, failure(next));
    assertTrue(String.valueOf(cause.getMessage()).contains("service-unknown"), cause::toString);
    // Nobody is left whose answer it could be.
    long third = request(SET);
    assertEquals(0xC1, tagSent());
    receive("D8 02 02");
    assertInstanceOf(ServiceException.class, failure(third));
  }

  @Test
  void anExceptionAfterALongTimeIsTheNextRequestsOwn() {
    request(GET);
    assertEquals(0xC0, tagSent());
    now += 5 * SECOND;
    client.onDeadline(now);
    assertInstanceOf(RequestFailed.class, client.pollEvent());
    assertEquals(now + 5 * SECOND, client.nextDeadline());
    now += 5 * SECOND;
    client.onDeadline(now);
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
    long next = request(SET);
    assertEquals(0xC1, tagSent());
    receive("D8 02 02");
    assertInstanceOf(ServiceException.class, failure(next));
  }

  @Test
  void anInvokeIdIsNotUsedAgainWhileALateAnswerMayNameIt() {
    long given = request(GET);
    Octets sent = client.pollTransmit(now);
    assertNotNull(sent);
    assertEquals(0xC1, sent.at(2));
    client.cancel(given, now);
    for (int i = 2; i <= 16; i++) {
      request(GET);
      assertNotNull(client.pollTransmit(now));
      receive("C4 01 %02X 00 11 01".formatted(0xC0 | (i & 0x0F)));
      assertInstanceOf(DataReceived.class, client.pollEvent());
    }
    request(GET);
    Octets round = client.pollTransmit(now);
    assertNotNull(round);
    assertEquals(0xC2, round.at(2));
    receive("C4 01 C1 00 11 01");
    assertSilent();
  }

  // What the server tells unasked, and the end.

  @Test
  void aDataNotificationCanBeConfirmed() {
    receive("0F 40 00 00 09 00 11 01");
    NotificationReceived told = assertInstanceOf(NotificationReceived.class, client.pollEvent());
    client.confirm(assertInstanceOf(DataNotification.class, told.notification()));
    assertSent("10 40 00 00 09 00");
  }

  @Test
  void aServerThatTellsAndTellsMakesNothingGrow() {
    for (int i = 0; i < 1000; i++) {
      receive("0F 40 00 00 09 00 11 01");
    }
    int told = 0;
    while (client.pollEvent() != null) {
      told++;
    }
    assertEquals(64, told);
  }

  @Test
  void aReleaseFailsWhatIsUnderWayAndEndsWithTheServersAnswer() {
    long request = request(GET);
    assertNotNull(client.pollTransmit(now));
    client.release(now);
    assertEquals(DlmsException.Origin.LOCAL, failure(request).origin());
    assertSent("62 03 80 01 00");
    assertFalse(client.isAssociated());
    receive("C4 01 C1 00 11 01");
    assertSilent();
    receive("63 03 80 01 00");
    assertEquals(new Released(true), client.pollEvent());
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
    failure(request(GET));
    client.release(now);
    assertSilent();
    client.associate(now);
    assertEquals(0x60, tagSent());
  }

  @Test
  void aReleaseWithoutAnswerEndsByItsDeadline() {
    client.release(now);
    assertEquals(0x62, tagSent());
    assertEquals(now + 5 * SECOND, client.nextDeadline());
    now += 5 * SECOND;
    client.onDeadline(now);
    assertEquals(new Released(false), client.pollEvent());
    client.linkDown(ClientExchange.local("the line is cut"));
    assertSilent();
  }

  @Test
  void aLinkThatGoesDownEndsTheRelease() {
    client.release(now);
    client.linkDown(ClientExchange.local("the line is cut"));
    assertEquals(new Released(false), client.pollEvent());
    assertSilent();
  }

  private long request(ServiceRequest service) {
    return client.request(service, RequestOptions.DEFAULT, now);
  }

  private void receive(String hex) {
    client.receive(Octets.ofHex(hex), now);
  }

  private void assertSent(String hex) {
    assertEquals(Octets.ofHex(hex), client.pollTransmit(now));
  }

  private int tagSent() {
    Octets sent = client.pollTransmit(now);
    assertNotNull(sent);
    return sent.at(0);
  }

  private ServiceResponse response(long request) {
    Responded responded = assertInstanceOf(Responded.class, client.pollEvent());
    assertEquals(request, responded.request());
    return responded.response();
  }

  private void assertResponse(long request, ServiceResponse expected) {
    assertEquals(expected, response(request));
  }

  private DlmsException failure(long request) {
    RequestFailed failed = assertInstanceOf(RequestFailed.class, client.pollEvent());
    assertEquals(request, failed.request());
    assertEquals(failed.cause().scope() == DlmsException.Scope.REQUEST, client.isAssociated());
    return failed.cause();
  }

  private void assertSilent() {
    assertNull(client.pollTransmit(now));
    assertNull(client.pollEvent());
  }
}
