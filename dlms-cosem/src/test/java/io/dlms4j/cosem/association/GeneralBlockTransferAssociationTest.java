package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.association.ClientAssociationEvent.DataReceived;
import io.dlms4j.cosem.association.ClientAssociationEvent.NotificationReceived;
import io.dlms4j.cosem.association.ClientAssociationEvent.RequestFailed;
import io.dlms4j.cosem.association.ClientAssociationEvent.Responded;
import io.dlms4j.cosem.association.ClientAssociationEvent.Sent;
import io.dlms4j.cosem.association.ServerAssociationEvent.ServiceIndication;
import io.dlms4j.cosem.association.ServerAssociationEvent.StreamFailed;
import io.dlms4j.cosem.association.ServerAssociationEvent.TransferFailed;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** General block transfer in associations whose sides take 20 octets: 13 octets in a block. */
class GeneralBlockTransferAssociationTest {
  private static final long NOW = 1_000;
  private static final AttributeRef ENERGY =
      new AttributeRef(3, new ObisCode(1, 0, 1, 8, 0, 255), 2);
  private static final AttributeRef SERIAL_NUMBER =
      new AttributeRef(1, new ObisCode(0, 0, 96, 1, 0, 255), 2);

  private final ClientAssociationConfig.Builder asks =
      ClientAssociationConfig.builder()
          .maxReceivePduSize(20)
          .blockTransferWindow(3)
          .conformance(services());
  private final ServerAssociationConfig.Builder offers =
      ServerAssociationConfig.builder()
          .lowestLevelSecurity()
          .maxReceivePduSize(20)
          .blockTransferWindow(2)
          .conformance(services());
  private ClientAssociation client = new ClientAssociation(asks.build());
  private ServerAssociation server = new ServerAssociation(offers.build());

  private static Set<Conformance> services(Conformance... more) {
    Set<Conformance> services =
        EnumSet.of(
            Conformance.GET,
            Conformance.SET,
            Conformance.DATA_NOTIFICATION,
            Conformance.PRIORITY_MGMT_SUPPORTED,
            Conformance.GENERAL_BLOCK_TRANSFER);
    services.addAll(List.of(more));
    return services;
  }

  private void associate() {
    client = new ClientAssociation(asks.build());
    server = new ServerAssociation(offers.build());
    Services.associate(client, server, NOW);
  }

  private static EncodedData counting(int octets) {
    byte[] value = new byte[octets];
    for (int i = 0; i < octets; i++) {
      value[i] = (byte) i;
    }
    return EncodedData.of(CosemData.octetString(Octets.view(value)));
  }

  private long get() {
    return client.request(new ServiceRequest.Get(ENERGY, null), RequestOptions.DEFAULT, NOW);
  }

  private ServiceIndication indication() {
    return assertInstanceOf(ServiceIndication.class, server.pollEvent());
  }

  /** Lets the sides exchange these APDUs and no others; the server answers when it is asked. */
  private void exchange(String name, @Nullable ItemResult answer) {
    for (GoldenExchange.Apdu apdu : GoldenExchange.load(name)) {
      if (apdu.ofClient()) {
        assertEquals(apdu.octets(), client.pollTransmit(NOW), name);
        server.receive(apdu.octets(), NOW);
        ServerAssociationEvent event = server.pollEvent();
        if (event instanceof ServiceIndication asked && answer != null) {
          server.answer(asked.request(), 0, answer);
        }
      } else {
        assertEquals(apdu.octets(), server.pollTransmit(NOW), name);
        client.receive(apdu.octets(), NOW);
      }
    }
    assertNull(client.pollTransmit(NOW));
    assertNull(server.pollTransmit(NOW));
    assertNull(server.pollEvent());
  }

  @Test
  void aLongAnswerGoesInTheStandardsOctets() {
    associate();
    long name = get();
    exchange("general-block-transfer-get.txt", ItemResult.of(DataStream.of(counting(32))));
    assertEquals(new DataReceived(name, counting(32).octets(), true), client.pollEvent());
  }

  @Test
  void aLongRequestGoesInTheStandardsOctets() {
    associate();
    long name =
        client.request(
            new ServiceRequest.Set(SERIAL_NUMBER, counting(24)), RequestOptions.DEFAULT, NOW);
    exchange("general-block-transfer-set.txt", ItemResult.success());
    assertEquals(
        new Responded(name, new ServiceResponse.Written(List.of(DataAccessResult.SUCCESS))),
        client.pollEvent());
  }

  @Test
  void aLongNotificationGoesInTheStandardsOctets() {
    associate();
    DataNotification notification =
        new DataNotification(new LongInvokeIdAndPriority(1), Octets.EMPTY, counting(16));
    assertTrue(server.sendNotification(notification));
    exchange("general-block-transfer-data-notification.txt", null);
    assertEquals(new NotificationReceived(notification, null, Set.of(), true), client.pollEvent());
  }

  @Test
  void aClientThatPrefersGeneralBlockTransferAsksInABlockAndHearsAllInOneStream() {
    asks.preferGeneralBlockTransfer(true)
        .conformance(services(Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ));
    offers.conformance(services(Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ));
    associate();
    long name = get();
    exchange(
        "general-block-transfer-get-in-blocks.txt", ItemResult.of(DataStream.of(counting(32))));
    assertEquals(new DataReceived(name, counting(32).octets(), true), client.pollEvent());
  }

  @Test
  void aPlainGetIsAnsweredInBlocksOfItsOwnWhereBothWereAgreedOn() {
    asks.conformance(services(Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ));
    offers.conformance(services(Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ));
    associate();
    get();
    server.receive(polled(), NOW);
    server.answer(indication().request(), 0, ItemResult.of(DataStream.of(counting(32))));
    // Get-Response-With-Datablock
    assertEquals(Octets.ofHex("C4 02"), answered().slice(0, 2));
  }

  private Octets polled() {
    Octets apdu = client.pollTransmit(NOW);
    assertNotNull(apdu);
    return apdu;
  }

  private Octets answered() {
    Octets apdu = server.pollTransmit(NOW);
    assertNotNull(apdu);
    return apdu;
  }

  @Test
  void aServerThatDidNotAgreeOnItSaysSoAndGoesOn() {
    offers.conformance(Set.of(Conformance.GET));
    associate();
    server.receive(Octets.ofHex("E0 83 0001 0000 0D C001C1 0003 0100010800FF 0200"), NOW);
    // Exception-Response: service-not-allowed, service-not-supported
    assertEquals(Octets.ofHex("D8 01 02"), server.pollTransmit(NOW));
    assertNull(server.pollEvent());
    get();
    server.receive(polled(), NOW);
    assertEquals(
        ENERGY, ((ServiceRequest.Get) indication().service()).attributes().get(0).attribute());
  }

  @Test
  void aBlockThatCannotBeReadIsAnsweredWithAnExceptionResponse() {
    associate();
    server.receive(Octets.ofHex("E0 83 0001 00"), NOW);
    // Exception-Response: service-unknown, other-reason
    assertEquals(Octets.ofHex("D8 02 03"), server.pollTransmit(NOW));
  }

  @Test
  void aBlockThatIsLongerThanTheServerTakesIsRefused() {
    associate();
    server.receive(Octets.ofHex("E0 83 0001 0000 0E C001C1 0003 0100010800FF 0200 00"), NOW);
    // Exception-Response: service-not-allowed, pdu-too-long
    assertEquals(Octets.ofHex("D8 01 04"), server.pollTransmit(NOW));
    assertNull(server.pollEvent());
  }

  @Test
  void whatIsInTheBlocksIsRefusedInABlock() {
    associate();
    // An Access-Request, which was not agreed on: D9, long-invoke-id, no time, two empty lists
    server.receive(Octets.ofHex("E0 83 0001 0000 08 D9 40000001 00 00 00"), NOW);
    assertEquals(Octets.ofHex("E0 82 0001 0001 03 D8 01 02"), server.pollTransmit(NOW));
  }

  @Test
  void aPartOfAPartIsNoRequest() {
    associate();
    server.receive(Octets.ofHex("E0 83 0001 0000 08 E0 83 0001 0000 01 C0"), NOW);
    assertEquals(Octets.ofHex("E0 82 0001 0001 03 D8 01 02"), server.pollTransmit(NOW));
    assertNull(server.pollEvent());
  }

  @Test
  void aConfirmedServiceErrorInABlockFailsTheRequestThatWasReadByShortName() {
    asks.shortNames().conformance(shortNames());
    offers.shortNames().conformance(shortNames());
    associate();
    VariableAccess name = new VariableAccess.VariableName(0xFA00);
    long read =
        client.request(
            new ServiceRequest.Read(List.of(name, name, name, name, name, name, name)),
            RequestOptions.DEFAULT,
            NOW);
    assertEquals(1, block(polled()).blockNumber());
    client.receive(Octets.ofHex("E0 02 0001 0001 00"), NOW);
    assertTrue(block(polled()).lastBlock());
    // ConfirmedServiceError: read [5], service [3], other (0)
    client.receive(Octets.ofHex("E0 82 0002 0002 04 0E 05 03 00"), NOW);
    RequestFailed failed = assertInstanceOf(RequestFailed.class, client.pollEvent());
    assertEquals(read, failed.request());
    assertEquals(DlmsException.Origin.REMOTE, failed.cause().origin());
  }

  private static Set<Conformance> shortNames() {
    return EnumSet.of(
        Conformance.READ, Conformance.MULTIPLE_REFERENCES, Conformance.GENERAL_BLOCK_TRANSFER);
  }

  private static GeneralBlockTransfer block(Octets apdu) {
    return (GeneralBlockTransfer) ApduCodec.STANDARD.decode(apdu);
  }

  @Test
  void anExceptionResponseWithoutBlocksEndsTheLongRequest() {
    associate();
    long name =
        client.request(
            new ServiceRequest.Set(SERIAL_NUMBER, counting(24)), RequestOptions.DEFAULT, NOW);
    polled();
    client.receive(Octets.ofHex("D8 01 02"), NOW);
    assertEquals(name, assertInstanceOf(RequestFailed.class, client.pollEvent()).request());
    // nothing of it is sent any more; the next request is, when none of it can be on its way
    get();
    assertNull(client.pollTransmit(NOW));
    long now = NOW + Duration.ofMillis(2500).toNanos();
    Octets next = client.pollTransmit(now);
    assertNotNull(next);
    assertEquals(Octets.ofHex("C0 01"), next.slice(0, 2));
    assertNull(client.pollTransmit(now));
  }

  @Test
  void aLongRequestThatIsNotConfirmedIsOverWhenAllOfItHasArrived() {
    associate();
    long name =
        client.request(
            new ServiceRequest.Set(SERIAL_NUMBER, counting(24)),
            RequestOptions.DEFAULT.unconfirmed(),
            NOW);
    server.receive(polled(), NOW);
    client.receive(answered(), NOW);
    server.receive(polled(), NOW);
    server.receive(polled(), NOW);
    assertNull(client.pollTransmit(NOW));
    assertNull(client.pollEvent());
    assertFalse(indication().confirmed());
    GeneralBlockTransfer acknowledgement = block(answered());
    assertEquals(3, acknowledgement.blockNumberAck());
    assertTrue(acknowledgement.lastBlock());
    client.receive(ApduCodec.STANDARD.encode(acknowledgement), NOW);
    assertNull(client.pollTransmit(NOW));
    assertEquals(new Sent(name), client.pollEvent());
  }

  @Test
  void aRequestWhoseBlocksNobodyAcknowledgesFailsWithinItsTimeout() {
    asks.responseTimeout(Duration.ofSeconds(8));
    associate();
    long name =
        client.request(
            new ServiceRequest.Set(SERIAL_NUMBER, counting(24)), RequestOptions.DEFAULT, NOW);
    int sent = 0;
    long now = NOW;
    while (true) {
      while (client.pollTransmit(now) != null) {
        sent++;
      }
      if (client.pollEvent() instanceof RequestFailed failed) {
        assertEquals(name, failed.request());
        assertInstanceOf(RequestTimeoutException.class, failed.cause());
        break;
      }
      now = client.nextDeadline();
      client.onDeadline(now);
    }
    assertEquals(4, sent);
    assertEquals(NOW + Duration.ofSeconds(8).toNanos(), now);
  }

  @Test
  void aServerThatSaysThatItIsThereAndNeverAnswersIsNotWaitedForLonger() {
    asks.preferGeneralBlockTransfer(true).responseTimeout(Duration.ofSeconds(8));
    associate();
    get();
    server.receive(polled(), NOW);
    indication();
    long now = NOW;
    ClientAssociationEvent event = client.pollEvent();
    while (event == null) {
      now = Math.min(client.nextDeadline(), server.nextDeadline());
      client.onDeadline(now);
      server.onDeadline(now);
      event = client.pollEvent();
      for (Octets apdu = client.pollTransmit(now); apdu != null; apdu = client.pollTransmit(now)) {
        server.receive(apdu, now);
      }
      for (Octets apdu = server.pollTransmit(now); apdu != null; apdu = server.pollTransmit(now)) {
        client.receive(apdu, now);
      }
    }
    assertInstanceOf(
        RequestTimeoutException.class, assertInstanceOf(RequestFailed.class, event).cause());
    // the request arrived after some time, and was acknowledged once
    assertTrue(now <= NOW + Duration.ofSeconds(10).toNanos());
  }

  @Test
  void aValueThatFailsOnItsWayIsToldToTheApplicationAndFailsTheRequest() {
    associate();
    long name = get();
    server.receive(polled(), NOW);
    int[] pieces = {0};
    server.answer(
        indication().request(),
        0,
        ItemResult.of(
            (DataStream)
                writer -> {
                  if (pieces[0]++ == 2) {
                    throw new IllegalStateException("no more rows");
                  }
                  writer.writeUnsigned8(0x09).writeUnsigned8(0x20).writeOctets(new byte[14], 0, 14);
                  return true;
                }));
    client.receive(answered(), NOW);
    server.receive(polled(), NOW);
    for (Octets apdu = server.pollTransmit(NOW); apdu != null; apdu = server.pollTransmit(NOW)) {
      client.receive(apdu, NOW);
    }
    assertInstanceOf(StreamFailed.class, server.pollEvent());
    assertInstanceOf(TransferFailed.class, server.pollEvent());
    assertEquals(name, assertInstanceOf(RequestFailed.class, client.pollEvent()).request());
  }

  @Test
  void anAnswerToARequestInBlocksThatTheClientHasGivenUpIsDropped() {
    asks.preferGeneralBlockTransfer(true);
    associate();
    long first = get();
    server.receive(polled(), NOW);
    ServiceIndication given = indication();
    client.cancel(first, NOW);
    long second = get();
    // some of the first may be on its way
    assertNull(client.pollTransmit(NOW));
    long now = client.nextDeadline();
    assertEquals(NOW + Duration.ofMillis(2500).toNanos(), now);
    client.onDeadline(now);
    Octets asked = client.pollTransmit(now);
    assertNotNull(asked);
    server.receive(asked, now);
    server.answer(given.request(), 0, ItemResult.of(DataStream.of(counting(1))));
    assertNull(server.pollTransmit(now));
    server.answer(indication().request(), 0, ItemResult.of(DataStream.of(counting(2))));
    client.receive(answered(), now);
    assertEquals(new DataReceived(second, counting(2).octets(), true), client.pollEvent());
  }

  @Test
  void aNotificationThatBeginsWithARequestInBlocksGoesAfterIt() {
    asks.preferGeneralBlockTransfer(true);
    associate();
    DataNotification notification =
        new DataNotification(new LongInvokeIdAndPriority(1), Octets.EMPTY, counting(16));
    assertTrue(server.sendNotification(notification));
    long name = get();
    Octets crossing = answered();
    server.receive(polled(), NOW);
    client.receive(crossing, NOW);
    assertNull(client.pollTransmit(NOW));
    server.answer(indication().request(), 0, ItemResult.of(DataStream.of(counting(2))));
    client.receive(answered(), NOW);
    assertEquals(new DataReceived(name, counting(2).octets(), true), client.pollEvent());
    // when the server can be sure that its answer is not asked for again
    assertNull(server.pollTransmit(NOW));
    long now = server.nextDeadline();
    server.onDeadline(now);
    Octets again = server.pollTransmit(now);
    assertEquals(crossing, again);
  }

  @Test
  void anUnconfirmedAssociationHasNoBlocks() {
    asks.unconfirmedAssociation();
    client = new ClientAssociation(asks.build());
    client.linkUp(NOW);
    polled();
    assertInstanceOf(ClientAssociationEvent.Associated.class, client.pollEvent());
    client.request(
        new ServiceRequest.Set(SERIAL_NUMBER, counting(0xFFFF)),
        RequestOptions.DEFAULT.unconfirmed(),
        NOW);
    RequestFailed failed = assertInstanceOf(RequestFailed.class, client.pollEvent());
    assertEquals(DlmsException.Origin.LOCAL, failed.cause().origin());
  }

  @Test
  void aWindowIsWithinOneTo63AndATimeoutGoesWithThatOfAnAnswer() {
    for (int window : new int[] {0, 64}) {
      assertThrows(IllegalArgumentException.class, () -> asks.blockTransferWindow(window));
      assertThrows(IllegalArgumentException.class, () -> offers.blockTransferWindow(window));
    }
    asks.responseTimeout(Duration.ofSeconds(8)).blockTransferTimeout(Duration.ofSeconds(2));
    assertEquals(Duration.ofSeconds(2), asks.build().blockTransferTimeout());
    asks.blockTransferTimeout(Duration.ofMillis(2001));
    assertThrows(IllegalArgumentException.class, asks::build);
    assertThrows(IllegalArgumentException.class, () -> offers.blockTransferTimeout(Duration.ZERO));
    assertEquals(
        Duration.ofSeconds(5),
        offers.blockTransferTimeout(Duration.ofSeconds(5)).build().blockTransferTimeout());
    assertEquals(
        Duration.ofMillis(2500), ClientAssociationConfig.builder().build().blockTransferTimeout());
  }
}
