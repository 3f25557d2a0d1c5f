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
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.ServiceException;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.association.ClientAssociationEvent.RequestFailed;
import io.dlms4j.cosem.association.ClientAssociationEvent.Responded;
import io.dlms4j.cosem.association.ClientAssociationEvent.Sent;
import io.dlms4j.cosem.association.ServerAssociationEvent.ServiceIndication;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both sides with short names, octets in and octets out. */
class ShortNamesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final VariableAccess FIRST = new VariableAccess.VariableName(0xFA00);
  private static final VariableAccess SECOND_NAME = new VariableAccess.VariableName(0xFA08);
  private static final ServiceRequest READ = new ServiceRequest.Read(List.of(FIRST));
  private static final EncodedData ONE = EncodedData.of(CosemData.unsigned(1));
  private static final ServiceRequest WRITE =
      new ServiceRequest.Write(List.of(FIRST), List.of(ONE));

  private ClientAssociation client;
  private ServerAssociation server;
  private long now = 1_000;

  ShortNamesTest() {
    client = client(Services.SHORT_NAMES);
    server = server(Services.SHORT_NAMES, 0xFFFF, 0xFFFF);
    Services.associate(client, server, now);
  }

  private static ClientAssociation client(Set<Conformance> services) {
    return new ClientAssociation(
        ClientAssociationConfig.builder()
            .shortNames()
            .conformance(services)
            .responseTimeout(Duration.ofSeconds(5))
            .maxOutstandingRequests(4)
            .build());
  }

  private static ServerAssociation server(Set<Conformance> services, int receive, int send) {
    return new ServerAssociation(
        ServerAssociationConfig.builder()
            .lowestLevelSecurity()
            .shortNames()
            .conformance(services)
            .maxReceivePduSize(receive)
            .maxSendPduSize(send)
            .build());
  }

  private void agree(Set<Conformance> services, int receive, int send) {
    client = client(services);
    server = server(services, receive, send);
    Services.associate(client, server, now);
  }

  // Server.

  @Test
  void aReadGivesEachVariableItsOwnResultInOrder() {
    ServiceIndication read = indication("05 04 02 FA 00 02 FA 08 02 FA 10 02 FA 18");
    assertEquals(4, read.service().items());
    server.answer(read.request(), 3, ItemResult.of(CosemData.unsigned(4)));
    server.answer(read.request(), 0, ItemResult.of(CosemData.unsigned(1)));
    server.answer(read.request(), 1, ItemResult.of(DataAccessResult.READ_WRITE_DENIED));
    server.answer(read.request(), 2, ItemResult.of(DataAccessResult.OBJECT_UNDEFINED));
    assertAnswered("0C 04 00 11 01 01 03 01 04 00 11 04");
  }

  @Test
  void aWriteGivesEachVariableItsOwnResultInOrder() {
    ServiceIndication write = indication("06 02 02 FA 00 04 FA 08 01 11 07 02 11 01 11 02");
    assertEquals(
        new ServiceRequest.Write(
            List.of(
                FIRST,
                new VariableAccess.ParameterizedAccess(
                    0xFA08, 1, EncodedData.of(CosemData.unsigned(7)))),
            List.of(ONE, EncodedData.of(CosemData.unsigned(2)))),
        write.service());
    server.answer(write.request(), 0, ItemResult.success());
    server.answer(write.request(), 1, ItemResult.of(DataAccessResult.READ_WRITE_DENIED));
    assertAnswered("0D 02 00 01 03");
  }

  @Test
  void anUnconfirmedWriteIsToldAndNeverAnswered() {
    ServiceIndication write = indication("16 01 02 FA 00 01 11 01");
    assertEquals(WRITE, write.service());
    assertFalse(write.confirmed());
    server.answer(write.request(), 0, ItemResult.success());
    assertNull(server.pollTransmit(now));
  }

  @Test
  void aReadThatDoesNotFitGoesInBlocks() {
    agree(Services.SHORT_NAMES, 0xFFFF, 14);
    long request = indication("05 01 02 FA 00").request();
    server.answer(
        request,
        0,
        ItemResult.of(CosemData.octetString(Octets.ofHex("01 02 03 04 05 06 07 08 09 0A"))));
    // 01 00 09 0A 01 .. 0A: the count and the result.
    assertAnswered("0C 01 02 00 00 01 07  01 00 09 0A 01 02 03");
    receive("05 01 05 00 01");
    assertAnswered("0C 01 02 01 00 02 07  04 05 06 07 08 09 0A");
    receive("05 01 05 00 02");
    assertAnswered("0C 01 01 10");
  }

  @Test
  void requestsComeInBlocks() {
    receive("05 01 06 00 00 01 03 02 02 FA");
    assertAnswered("0C 01 03 00 01");
    long read = indication("05 01 06 01 00 02 04 00 02 FA 08").request();
    server.refuse(read, DataAccessResult.OBJECT_UNDEFINED);
    assertAnswered("0C 02 01 04 01 04");
    receive("06 01 07 00 00 01 01 09 03 01 02 FA");
    assertAnswered("0D 01 02 00 01");
    ServiceIndication write = indication("06 01 07 01 00 02 01 09 04 00 01 11 01");
    assertEquals(WRITE, write.service());
    server.answer(write.request(), 0, ItemResult.success());
    assertAnswered("0D 01 00");
  }

  @ParameterizedTest
  @CsvSource({
    "05 01 05 00 01, 0C 01 01 10", // no long Read
    "05 01 06 00 00 02 00, 0C 01 01 10", // not the first block
    "05 01 06 01 00 01 01 05, 0C 01 01 0F", // all there, and no request
    "05 01 06 01 00 01 04 01 05 00 01, 0C 01 01 0F", // a block in blocks
    "06 01 07 00 00 02 01 09 00, 0D 01 01 12", // no long Write
    "06 01 07 01 00 01 01 09 01 05, 0D 01 01 11",
    "06 01 07 01 00 01 01 11 01, 0D 01 01 0C", // raw data that are no octet-string
    "05 02 02 FA 00 05 00 01, 0E 05 03 00", // a block among names
    "06 01 05 00 01 01 00, 0E 06 03 00",
    "05 01 09 FA 00, 0E 05 03 00", // no such variable access
    "06 01 02 FA 00, 0E 06 03 00", // elements missing
    "05, 0E 05 03 00",
    "C0 01 C1 00 01 00 00 2A 00 00 FF 02 00, D8 01 02", // a service of logical names
    "05 00, 0C 00"
  })
  void whatCannotBeDoneIsAnsweredAsTheStandardHasIt(String request, String answer) {
    receive(request);
    assertAnswered(answer);
    assertNull(server.pollEvent());
    assertTrue(server.isAssociated());
  }

  @ParameterizedTest
  @CsvSource({
    "WRITE, 06 01 02 FA 00 01 11 01, 0E 06 03 02",
    "MULTIPLE_REFERENCES, 05 02 02 FA 00 02 FA 08, 0E 05 03 02",
    "PARAMETERIZED_ACCESS, 05 01 04 FA 00 01 00, 0E 05 03 02",
    "BLOCK_TRANSFER_WITH_GET_OR_READ, 05 01 06 01 00 01 04 01 02 FA 00, 0E 05 03 02",
    "BLOCK_TRANSFER_WITH_SET_OR_WRITE, 06 01 07 00 00 01 01 09 01 05, 0E 06 03 02"
  })
  void whatWasNotAgreedOnIsUnsupported(Conformance missing, String request, String answer) {
    agree(Services.without(Services.SHORT_NAMES, missing), 0xFFFF, 0xFFFF);
    receive(request);
    assertAnswered(answer);
    assertNull(server.pollEvent());
  }

  @Test
  void anApduThatIsTooLongIsAnsweredWithItsSize() {
    agree(Services.SHORT_NAMES, 12, 0xFFFF);
    receive("06 01 02 FA 00 01 09 06 01 02 03 04 05 06");
    assertAnswered("0E 06 03 01");
  }

  // Client.

  @Test
  void aReadAndAWriteAreAskedAndAnsweredOneAtATime() {
    long read = request(new ServiceRequest.Read(List.of(FIRST, SECOND_NAME)));
    long write = request(WRITE);
    assertAsked("05 02 02 FA 00 02 FA 08");
    assertNull(client.pollTransmit(now));
    client.receive(Octets.ofHex("0C 02 00 11 01 01 04"), now);
    assertEquals(
        new Responded(
            read,
            new ServiceResponse.Data(
                List.of(
                    new GetDataResult.Data(ONE),
                    new GetDataResult.Failure(DataAccessResult.OBJECT_UNDEFINED)))),
        client.pollEvent());
    assertAsked("06 01 02 FA 00 01 11 01");
    client.receive(Octets.ofHex("0D 01 01 03"), now);
    assertEquals(
        new Responded(
            write, new ServiceResponse.Written(List.of(DataAccessResult.READ_WRITE_DENIED))),
        client.pollEvent());
  }

  @Test
  void anUnconfirmedWriteIsOverWhenTheLinkHasIt() {
    long write = client.request(WRITE, RequestOptions.DEFAULT.unconfirmed(), now);
    assertAsked("16 01 02 FA 00 01 11 01");
    assertNull(client.pollTransmit(now));
    assertEquals(new Sent(write), client.pollEvent());
  }

  @Test
  void theNextRequestWaitsUntilALateAnswerHasComeOrHasHadTheTimeTo() {
    long lost = request(READ);
    assertAsked("05 01 02 FA 00");
    now += 5 * SECOND;
    client.onDeadline(now);
    assertEquals(lost, assertInstanceOf(RequestFailed.class, client.pollEvent()).request());
    long next = request(READ);
    assertNull(client.pollTransmit(now));
    client.receive(Octets.ofHex("0C 01 00 11 01"), now);
    assertNull(client.pollEvent());
    assertAsked("05 01 02 FA 00");
    now += 5 * SECOND;
    client.onDeadline(now);
    assertEquals(next, assertInstanceOf(RequestFailed.class, client.pollEvent()).request());
    request(WRITE);
    assertNull(client.pollTransmit(now));
    assertEquals(now + 5 * SECOND, client.nextDeadline());
    now += 5 * SECOND;
    client.onDeadline(now);
    assertAsked("06 01 02 FA 00 01 11 01");
  }

  @Test
  void requestsAndAnswersGoInBlocks() {
    agree(Services.SHORT_NAMES, 14, 0xFFFF);
    long read =
        request(new ServiceRequest.Read(List.of(FIRST, SECOND_NAME, FIRST, SECOND_NAME, FIRST)));
    assertAsked("05 01 06 00 00 01 07  05 02 FA 00 02 FA 08");
    client.receive(Octets.ofHex("0C 01 03 00 01"), now);
    assertAsked("05 01 06 00 00 02 07  02 FA 00 02 FA 08 02");
    client.receive(Octets.ofHex("0C 01 03 00 02"), now);
    assertAsked("05 01 06 01 00 03 02  FA 00");
    client.receive(Octets.ofHex("0C 01 02 00 00 01 03 05 00 11"), now);
    assertAsked("05 01 05 00 01");
    client.receive(Octets.ofHex("0C 01 02 01 00 02 09 01 01 04 01 04 01 04 01 04"), now);
    Responded answered = assertInstanceOf(Responded.class, client.pollEvent());
    assertEquals(read, answered.request());
    assertEquals(
        5, assertInstanceOf(ServiceResponse.Data.class, answered.response()).results().size());
    long write =
        request(
            new ServiceRequest.Write(
                List.of(FIRST),
                List.of(EncodedData.of(CosemData.octetString(Octets.of(1, 2, 3, 4, 5, 6, 7, 8))))));
    assertAsked("06 01 07 00 00 01 01 09 05  01 02 FA 00 01");
    client.receive(Octets.ofHex("0D 01 02 00 01"), now);
    assertNotNull(client.pollTransmit(now));
    client.receive(Octets.ofHex("0D 01 02 00 02"), now);
    assertNotNull(client.pollTransmit(now));
    client.receive(Octets.ofHex("0D 01 00"), now);
    assertEquals(
        new Responded(write, new ServiceResponse.Written(List.of(DataAccessResult.SUCCESS))),
        client.pollEvent());
  }

  @ParameterizedTest
  @CsvSource({
    "0C 02 00 00 00 00", // two results
    "0C 00",
    "0C 01 03 00 01", // a block is asked for that was never begun
    "0C 01 02 00 00 02 00", // block 2 first
    "0D 01 00", // another service
    "0C 01 04 00"
  })
  void anAnswerThatIsNoneFailsTheRead(String answer) {
    long read = request(READ);
    assertAsked("05 01 02 FA 00");
    client.receive(Octets.ofHex(answer), now);
    RequestFailed failed = assertInstanceOf(RequestFailed.class, client.pollEvent());
    assertEquals(read, failed.request());
    assertInstanceOf(ProtocolException.class, failed.cause());
  }

  @Test
  void aConfirmedServiceErrorFailsTheRequest() {
    long write = request(WRITE);
    assertAsked("06 01 02 FA 00 01 11 01");
    client.receive(Octets.ofHex("0E 06 03 00"), now);
    RequestFailed failed = assertInstanceOf(RequestFailed.class, client.pollEvent());
    assertEquals(write, failed.request());
    assertInstanceOf(ServiceException.class, failed.cause());
  }

  @Test
  void whatWasNotAgreedOnFailsHere() {
    agree(Services.without(Services.SHORT_NAMES, Conformance.UNCONFIRMED_WRITE), 0xFFFF, 0xFFFF);
    client.request(WRITE, RequestOptions.DEFAULT.unconfirmed(), now);
    RequestFailed failed = assertInstanceOf(RequestFailed.class, client.pollEvent());
    assertEquals(DlmsException.Origin.LOCAL, failed.cause().origin());
    assertNull(client.pollTransmit(now));
  }

  private long request(ServiceRequest service) {
    return client.request(service, RequestOptions.DEFAULT, now);
  }

  private void assertAsked(String hex) {
    assertEquals(Octets.ofHex(hex), client.pollTransmit(now));
  }

  private void receive(String hex) {
    server.receive(Octets.ofHex(hex), now);
  }

  private ServiceIndication indication(String hex) {
    receive(hex);
    return assertInstanceOf(ServiceIndication.class, server.pollEvent());
  }

  private void assertAnswered(String hex) {
    assertEquals(Octets.ofHex(hex), server.pollTransmit(now));
  }
}
