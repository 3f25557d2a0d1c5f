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
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.DataNotificationConfirm;
import io.dlms4j.cosem.apdu.GetRequestNext;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import io.dlms4j.cosem.association.ServerAssociationEvent.Associated;
import io.dlms4j.cosem.association.ServerAssociationEvent.Ended;
import io.dlms4j.cosem.association.ServerAssociationEvent.NotificationConfirmed;
import io.dlms4j.cosem.association.ServerAssociationEvent.ServiceIndication;
import io.dlms4j.cosem.association.ServerAssociationEvent.StreamFailed;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services of a server with logical names, octets in and octets out. */
class ServerServicesTest {
  private static final long NOW = 1_000;

  private static final String AARQ =
      "60 1D A1 09 06 07 60 85 74 05 08 01 01 BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 60 FE DF";

  /** Attribute 2 of the register 1.1.1.8.n.255, and method 1 of it. */
  private static final String A0 = "00 03 01 01 01 08 00 FF 02 ";

  private static final String A1 = "00 03 01 01 01 08 01 FF 02 ";
  private static final String A2 = "00 03 01 01 01 08 02 FF 02 ";
  private static final String A3 = "00 03 01 01 01 08 03 FF 02 ";
  private static final String M0 = "00 03 01 01 01 08 00 FF 01 ";
  private static final String M1 = "00 03 01 01 01 08 01 FF 01 ";
  private static final String M2 = "00 03 01 01 01 08 02 FF 01 ";
  private static final String M3 = "00 03 01 01 01 08 03 FF 01 ";

  private static final Set<Conformance> ALL =
      EnumSet.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACTION,
          Conformance.ACCESS,
          Conformance.EVENT_NOTIFICATION,
          Conformance.DATA_NOTIFICATION,
          Conformance.SELECTIVE_ACCESS,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.PRIORITY_MGMT_SUPPORTED,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
          Conformance.BLOCK_TRANSFER_WITH_ACTION);

  private ServerAssociation server =
      up(ServerAssociationConfig.builder().lowestLevelSecurity().conformance(ALL), 0xFFFF);

  private static ServerAssociation up(ServerAssociationConfig.Builder config, int clientMax) {
    ServerAssociation server = new ServerAssociation(config.build());
    server.linkUp();
    server.receive(Octets.ofHex(AARQ + "%04X".formatted(clientMax)), NOW);
    assertNotNull(server.pollTransmit(NOW));
    assertInstanceOf(Associated.class, server.pollEvent());
    return server;
  }

  private static ServerAssociation without(Conformance missing) {
    Set<Conformance> some = EnumSet.copyOf(ALL);
    some.remove(missing);
    return up(ServerAssociationConfig.builder().lowestLevelSecurity().conformance(some), 0xFFFF);
  }

  private void smallPdus(int octets) {
    server = up(ServerAssociationConfig.builder().lowestLevelSecurity().conformance(ALL), octets);
  }

  // Lists whose items fare differently.

  @Test
  void aGetOfAListGivesEachItemItsOwnResultInOrder() {
    long request = indicated("C0 03 C1 04" + A0 + "00" + A1 + "00" + A2 + "00" + A3 + "00");
    answerMixed(
        request, ItemResult.of(CosemData.unsigned(1)), ItemResult.of(CosemData.unsigned(4)));
    assertSent("C4 03 C1 04  00 11 01  01 03  01 04  00 11 04");
  }

  @Test
  void aSetOfAListGivesEachItemItsOwnResultInOrder() {
    long request =
        indicated(
            "C1 04 C1 04"
                + A0
                + "00"
                + A1
                + "00"
                + A2
                + "00"
                + A3
                + "00 04 11 01 11 02 11 03 11 04");
    answerMixed(request, ItemResult.success(), ItemResult.success());
    assertSent("C5 05 C1 04 00 03 04 00");
  }

  @Test
  void anActionOfAListGivesEachItemItsOwnResultInOrder() {
    long request = indicated("C3 03 C1 04" + M0 + M1 + M2 + M3 + "04 00 00 11 03 00");
    answerMixed(request, ItemResult.of(CosemData.unsigned(1)), ItemResult.success());
    assertSent("C7 03 C1 04  00 01 00 11 01  03 00  04 00  00 00");
  }

  @Test
  void anAccessGivesEachItemItsOwnResultInOrder() {
    long request =
        indicated(
            "D9 40 00 00 07 00 04 01"
                + A0
                + "02"
                + A1
                + "01"
                + A2
                + "03"
                + M3
                + "04 00 11 05 00 00");
    answerMixed(
        request, ItemResult.of(CosemData.unsigned(1)), ItemResult.of(CosemData.unsigned(4)));
    assertSent("DA 40 00 00 07 00 00 04 11 01 00 00 11 04 04 01 00 02 03 01 04 03 00");
  }

  @Test
  void anAccessThatIsToDescribeItselfRepeatsWhatWasAsked() {
    long request = indicated("D9 50 00 00 07 00 01 01" + A0 + "01 00");
    server.answer(request, 0, ItemResult.of(CosemData.unsigned(1)));
    assertSent("DA 50 00 00 07 00 01 01 01" + A0 + "01 11 01 01 01 00");
  }

  /** The items are answered in another order than they were asked in. */
  private void answerMixed(long request, ItemResult first, ItemResult last) {
    server.answer(request, 2, ItemResult.of(DataAccessResult.OBJECT_UNDEFINED));
    server.answer(request, 3, last);
    assertSilent();
    server.answer(request, 0, first);
    // Once answered, it stays so.
    server.answer(request, 0, ItemResult.of(DataAccessResult.OTHER_REASON));
    assertSilent();
    server.answer(request, 1, ItemResult.of(DataAccessResult.READ_WRITE_DENIED));
  }

  @Test
  void whatIsLeftOfAListCanBeRefusedAtOnce() {
    long request = indicated("C0 03 C1 03" + A0 + "00" + A1 + "00" + A2 + "00");
    server.answer(request, 1, ItemResult.of(CosemData.unsigned(1)));
    server.refuse(request, DataAccessResult.TEMPORARY_FAILURE);
    assertSent("C4 03 C1 03 01 02 00 11 01 01 02");
    assertThrows(
        IllegalArgumentException.class, () -> server.refuse(request, DataAccessResult.SUCCESS));
  }

  @Test
  void anAnswerOfAnotherKindIsTheCallersFault() {
    long get = indicated("C0 01 C1" + A0 + "00");
    ItemResult value = ItemResult.of(CosemData.unsigned(1));
    assertThrows(IllegalArgumentException.class, () -> server.answer(get, 0, ItemResult.success()));
    assertThrows(IllegalArgumentException.class, () -> server.answer(get, 1, value));
    assertThrows(IllegalArgumentException.class, () -> server.answer(get, -1, value));
    long set = indicated("C1 01 C2" + A0 + "00 11 01");
    assertThrows(IllegalArgumentException.class, () -> server.answer(set, 0, value));
    server.answer(get, 0, value);
    assertSent("C4 01 C1 00 11 01");
  }

  @ParameterizedTest
  @CsvSource({
    "C0 03 C1 00, C4 03 C1 00",
    "C1 04 C1 00 00, C5 05 C1 00",
    "C3 03 C1 00 00, C7 03 C1 00",
    "D9 40 00 00 07 00 00 00, DA 40 00 00 07 00 00 00 00"
  })
  void aListOfNothingIsAnsweredWithNothing(String request, String answer) {
    receive(request);
    assertSent(answer);
    assertSilent();
  }

  @Test
  void aValueThatFailsHarmsNoOtherItemOfItsList() {
    IllegalStateException cause = new IllegalStateException("no memory card");
    long request = indicated("C0 03 C1 03" + A0 + "00" + A1 + "00" + A2 + "00");
    server.answer(request, 0, ItemResult.of(CosemData.unsigned(1)));
    server.answer(request, 2, ItemResult.of(CosemData.unsigned(3)));
    server.answer(
        request,
        1,
        ItemResult.of(
            writer -> {
              writer.writeUnsigned8(9);
              throw cause;
            }));
    assertSent("C4 03 C1 03 00 11 01 01 FA 00 11 03");
    StreamFailed failed = assertInstanceOf(StreamFailed.class, server.pollEvent());
    assertEquals(1, failed.item());
    assertEquals(cause, failed.cause());
  }

  @Test
  void aValueThatFailsInAnAccessFailsItsItem() {
    long request = indicated("D9 40 00 00 07 00 02 01" + A0 + "03" + M1 + "02 00 00");
    DataStream failing =
        writer -> {
          throw new IllegalStateException("no memory card");
        };
    server.answer(request, 0, ItemResult.of(failing));
    server.answer(request, 1, ItemResult.of(failing));
    assertSent("DA 40 00 00 07 00 00 02 00 00 02 01 FA 03 FA");
  }

  @Test
  void aValueThatIsNoDataFailsItsRequestAlone() {
    long request = indicated("C0 03 C1 02" + A0 + "00" + A1 + "00");
    server.answer(request, 0, ItemResult.of(CosemData.unsigned(1)));
    server.answer(request, 1, ItemResult.of(once("11 01 11")));
    assertSent("C4 03 C1 02 01 FA 01 FA");
    assertInstanceOf(StreamFailed.class, server.pollEvent());
  }

  @Test
  void aStreamThatNeverWritesAnythingDoesNotHoldTheServer() {
    long request = indicated("C0 01 C1" + A0 + "00");
    server.answer(request, 0, ItemResult.of(writer -> true));
    assertSent("C4 01 C1 01 FA");
  }

  // Lists in blocks.

  @Test
  void aListThatDoesNotFitGoesInBlocksThatAreTheListInPieces() {
    smallPdus(19);
    long request = indicated("C0 03 C1 02" + A0 + "00" + A1 + "00");
    server.answer(request, 1, ItemResult.of(DataAccessResult.OBJECT_UNDEFINED));
    server.answer(
        request,
        0,
        ItemResult.of(CosemData.octetString(Octets.ofHex("01 02 03 04 05 06 07 08 09 0A 0B"))));
    // 02 00 09 0B 01 .. 0B 01 04: the count and the two results.
    assertSent("C4 02 C1 00 00 00 00 01 00 09  02 00 09 0B 01 02 03 04 05");
    receive("C0 02 C1 00 00 00 01");
    assertSent("C4 02 C1 01 00 00 00 02 00 08  06 07 08 09 0A 0B 01 04");
    receive("C0 02 C1 00 00 00 02");
    assertSent("C4 02 C1 01 00 00 00 02 01 10");
  }

  // SET.

  @Test
  void aSetIsToldAndAnswered() {
    ServiceIndication set = indication("C1 01 C1" + A0 + "00 12 00 05");
    ServiceRequest.Set service = assertInstanceOf(ServiceRequest.Set.class, set.service());
    assertEquals(AttributeRef.of(3, "1.1.1.8.0.255", 2), service.attributes().get(0).attribute());
    assertEquals(CosemData.longUnsigned(5), service.values().get(0).value());
    assertTrue(set.confirmed());
    server.answer(set.request(), 0, ItemResult.success());
    assertSent("C5 01 C1 00");
    long refused = indicated("C1 01 C1" + A0 + "00 12 00 05");
    server.answer(refused, 0, ItemResult.of(DataAccessResult.TYPE_UNMATCHED));
    assertSent("C5 01 C1 0C");
  }

  @Test
  void whatIsNotToBeConfirmedIsToldAndNeverAnswered() {
    for (String request :
        new String[] {
          "C1 01 81" + A0 + "00 11 05",
          "C3 01 81" + M0 + "00",
          "D9 80 00 00 07 00 01 01" + A0 + "01 00"
        }) {
      ServiceIndication indication = indication(request);
      assertFalse(indication.confirmed());
      server.refuse(indication.request(), DataAccessResult.OTHER_REASON);
      assertSilent();
    }
    server = without(Conformance.SET);
    receive("C1 01 81" + A0 + "00 11 05");
    assertSilent();
  }

  @Test
  void aSetInBlocksIsToldWhenItIsWhole() {
    receive("C1 02 C1" + A0 + "00 00 00 00 00 01 03 09 04 01");
    assertSent("C5 02 C1 00 00 00 01");
    assertSilent();
    receive("C1 03 C1 00 00 00 00 02 02 02 03");
    assertSent("C5 02 C1 00 00 00 02");
    ServiceIndication set = indication("C1 03 C1 01 00 00 00 03 01 04");
    assertEquals(
        CosemData.octetString(Octets.of(1, 2, 3, 4)),
        assertInstanceOf(ServiceRequest.Set.class, set.service()).values().get(0).value());
    server.answer(set.request(), 0, ItemResult.success());
    assertSent("C5 03 C1 00 00 00 00 03");
    receive("C1 03 C1 01 00 00 00 04 01 04");
    assertSent("C5 03 C1 12 00 00 00 04");
  }

  @Test
  void aSetOfAListInBlocksHasAResultForEachItem() {
    receive("C1 05 C1 02" + A0 + "00" + A1 + "00 00 00 00 00 01 03 02 11 01");
    assertSent("C5 02 C1 00 00 00 01");
    long request = indicated("C1 03 C1 01 00 00 00 02 02 11 02");
    server.answer(request, 0, ItemResult.success());
    server.answer(request, 1, ItemResult.of(DataAccessResult.READ_WRITE_DENIED));
    assertSent("C5 04 C1 02 00 03 00 00 00 02");
  }

  @ParameterizedTest
  @CsvSource({
    "C1 03 C1 00 00 00 00 03 01 01, C5 03 C1 13 00 00 00 03", // not the next block
    "C1 03 C1 00 00 00 00 01 01 01, C5 03 C1 13 00 00 00 01", // the first one again
    "C1 03 C1 01 00 00 00 02 01 01, C5 03 C1 11 00 00 00 02", // all there, and no value
    "C1 03 C2 00 00 00 00 02 01 01, C5 03 C2 12 00 00 00 02", // of another transfer
    "C1 03 C1 00 00 00 00 02 09 01 02 03 04 05 06 07 08 09, C5 03 C1 11 00 00 00 02" // too much
  })
  void aBlockThatIsNotDueEndsTheSetWithTheStandardsResult(String block, String answer) {
    server =
        up(
            ServerAssociationConfig.builder()
                .lowestLevelSecurity()
                .conformance(ALL)
                .maxRequestOctets(10),
            0xFFFF);
    receive("C1 02 C1" + A0 + "00 00 00 00 00 01 02 09 04");
    assertSent("C5 02 C1 00 00 00 01");
    receive(block);
    assertSent(answer);
    assertSilent();
    receive("C1 03 C1 00 00 00 00 07 01 01");
    assertSent(
        answer.startsWith("C5 03 C2") ? "C5 03 C1 13 00 00 00 07" : "C5 03 C1 12 00 00 00 07");
  }

  @Test
  void aFirstBlockThatIsNotTheFirstIsRefused() {
    receive("C1 02 C1" + A0 + "00 00 00 00 00 02 02 09 04");
    assertSent("C5 03 C1 13 00 00 00 02");
  }

  // ACTION.

  @Test
  void anActionIsToldAndAnswered() {
    ServiceIndication action = indication("C3 01 C1" + M0 + "01 0F 00");
    ServiceRequest.Action service = assertInstanceOf(ServiceRequest.Action.class, action.service());
    assertEquals(MethodRef.of(3, "1.1.1.8.0.255", 1), service.methods().get(0));
    server.answer(action.request(), 0, ItemResult.success());
    assertSent("C7 01 C1 00 00");
    long returning = indicated("C3 01 C1" + M0 + "00");
    server.answer(returning, 0, ItemResult.of(CosemData.unsigned(7)));
    assertSent("C7 01 C1 00 01 00 11 07");
    long other = indicated("C3 01 C1" + M0 + "00");
    server.answer(
        other,
        0,
        new ItemResult.Invoked(
            ActionResult.TEMPORARY_FAILURE, DataStream.of(CosemData.unsigned(7))));
    assertSent("C7 01 C1 02 01 00 11 07");
  }

  @Test
  void anActionGoesInBlocksBothWays() {
    smallPdus(20);
    receive("C3 04 C1" + M0 + "00 00 00 00 01 02 09 02");
    assertSent("C7 04 C1 00 00 00 01");
    ServiceIndication action = indication("C3 06 C1 01 00 00 00 02 02 AA BB");
    assertEquals(
        new ServiceRequest.Action(
            MethodRef.of(3, "1.1.1.8.0.255", 1),
            EncodedData.of(CosemData.octetString(Octets.of(0xAA, 0xBB)))),
        action.service());
    server.answer(
        action.request(),
        0,
        ItemResult.of(
            CosemData.octetString(Octets.ofHex("01 02 03 04 05 06 07 08 09 0A 0B 0C 0D"))));
    // 00 01 00 09 0D 01 .. 0D: the Action-Response-With-Optional-Data.
    assertSent("C7 02 C1 00 00 00 00 01 0B  00 01 00 09 0D 01 02 03 04 05 06");
    receive("C3 02 C1 00 00 00 01");
    assertSent("C7 02 C1 01 00 00 00 02 07  07 08 09 0A 0B 0C 0D");
    receive("C3 02 C1 00 00 00 02");
    assertSent("C7 01 C1 10 00");
  }

  @Test
  void anActionBlockThatIsNotDueAbortsTheAction() {
    receive("C3 06 C1 00 00 00 00 01 01 09");
    assertSent("C7 01 C1 10 00");
    receive("C3 04 C1" + M0 + "00 00 00 00 01 02 09 02");
    assertSent("C7 04 C1 00 00 00 01");
    receive("C3 06 C1 01 00 00 00 03 02 AA BB");
    assertSent("C7 01 C1 0F 00");
    receive("C3 06 C1 01 00 00 00 02 02 AA BB");
    assertSent("C7 01 C1 10 00");
  }

  @Test
  void whatAMethodReturnedAndDoesNotFitIsSaidToBeMissing() {
    Set<Conformance> some = EnumSet.copyOf(ALL);
    some.remove(Conformance.BLOCK_TRANSFER_WITH_ACTION);
    server = up(ServerAssociationConfig.builder().lowestLevelSecurity().conformance(some), 20);
    long request = indicated("C3 01 C1" + M0 + "00");
    server.answer(request, 0, ItemResult.of(CosemData.octetString(Octets.view(new byte[30]))));
    assertSent("C7 01 C1 00 01 01 FA");
  }

  @Test
  void anAccessThatDoesNotFitIsTooLong() {
    smallPdus(20);
    long request = indicated("D9 40 00 00 07 00 01 01" + A0 + "01 00");
    server.answer(request, 0, ItemResult.of(CosemData.octetString(Octets.view(new byte[30]))));
    assertSent("D8 01 04");
  }

  // Several at once.

  @Test
  void requestsAreAnsweredInAnyOrder() {
    long first = indicated("C0 01 41" + A0 + "00");
    long second = indicated("C1 01 42" + A0 + "00 11 01");
    long third = indicated("C3 01 43" + M0 + "00");
    server.answer(third, 0, ItemResult.success());
    server.answer(first, 0, ItemResult.of(CosemData.unsigned(1)));
    server.answer(second, 0, ItemResult.success());
    assertSent("C7 01 43 00 00");
    assertSent("C4 01 41 00 11 01");
    assertSent("C5 01 42 00");
  }

  @Test
  void answersOfHighPriorityGoFirstWherePrioritiesAreManaged() {
    answerNormalThenHigh();
    assertSent("C4 01 C2 00 11 02");
    assertSent("C4 01 41 00 11 01");
    server = without(Conformance.PRIORITY_MGMT_SUPPORTED);
    answerNormalThenHigh();
    assertSent("C4 01 41 00 11 01");
    assertSent("C4 01 C2 00 11 02");
  }

  private void answerNormalThenHigh() {
    long normal = indicated("C0 01 41" + A0 + "00");
    long high = indicated("C0 01 C2" + A0 + "00");
    server.answer(normal, 0, ItemResult.of(CosemData.unsigned(1)));
    server.answer(high, 0, ItemResult.of(CosemData.unsigned(2)));
  }

  @Test
  void oneRequestMoreThanAreKeptInMindGivesUpTheOldest() {
    server =
        up(
            ServerAssociationConfig.builder()
                .lowestLevelSecurity()
                .conformance(ALL)
                .maxOutstandingRequests(2),
            0xFFFF);
    long first = indicated("C0 01 41" + A0 + "00");
    long second = indicated("C0 01 42" + A0 + "00");
    long third = indicated("D9 40 00 00 07 00 01 01" + A0 + "01 00");
    for (long request : new long[] {first, second, third}) {
      server.answer(request, 0, ItemResult.of(CosemData.unsigned(1)));
    }
    assertSent("C4 01 42 00 11 01");
    assertSent("DA 40 00 00 07 00 00 01 11 01 01 01 00");
    assertSilent();
  }

  @Test
  void twoTransfersGoOnBesideEachOther() {
    smallPdus(20);
    for (int id = 1; id <= 2; id++) {
      long request = indicated("C0 01 C" + id + A0 + "00");
      server.answer(request, 0, ItemResult.of(CosemData.octetString(Octets.view(new byte[20]))));
      assertNotNull(server.pollTransmit(NOW));
    }
    for (int block = 1; block <= 2; block++) {
      for (int id = 2; id >= 1; id--) {
        server.receive(
            ApduCodec.STANDARD.encode(
                new GetRequestNext(InvokeIdAndPriority.of(id, true, true), block)),
            NOW);
        Octets sent = server.pollTransmit(NOW);
        assertNotNull(sent);
        assertEquals(
            Octets.ofHex("C4 02 C%d %02X 00 00 00 %02X 00".formatted(id, block - 1, block + 1)),
            sent.slice(0, 9));
      }
    }
  }

  // What was not agreed on.

  @ParameterizedTest
  @CsvSource({
    "SET, C1 01 C1 00 03 01 01 01 08 00 FF 02 00 11 01",
    "ACTION, C3 01 C1 00 03 01 01 01 08 00 FF 01 00",
    "ACCESS, D9 40 00 00 07 00 01 01 00 03 01 01 01 08 00 FF 02 01 00",
    "MULTIPLE_REFERENCES, C0 03 C1 01 00 03 01 01 01 08 00 FF 02 00",
    "MULTIPLE_REFERENCES, C1 04 C1 01 00 03 01 01 01 08 00 FF 02 00 01 11 01",
    "MULTIPLE_REFERENCES, C3 03 C1 01 00 03 01 01 01 08 00 FF 01 01 00",
    "BLOCK_TRANSFER_WITH_SET_OR_WRITE, C1 02 C1 00 03 01 01 01 08 00 FF 02 00 01 00 00 00 01 02 11 01",
    "BLOCK_TRANSFER_WITH_ACTION, C3 04 C1 00 03 01 01 01 08 00 FF 01 01 00 00 00 01 02 11 01"
  })
  void aServiceThatWasNotAgreedOnIsNotAllowed(Conformance missing, String request) {
    server = without(missing);
    receive(request);
    assertSent("D8 01 02");
    assertSilent();
    assertTrue(server.isAssociated());
    server = up(ServerAssociationConfig.builder().lowestLevelSecurity().conformance(ALL), 0xFFFF);
    indicated(request);
  }

  @ParameterizedTest
  @CsvSource({
    "C0 03 C1 01 00 03 01 01 01 08 00 FF 02 01 02 11 01, C4 03 C1 01 01 0D",
    "C1 01 C1 00 03 01 01 01 08 00 FF 02 01 02 11 01 11 05, C5 01 C1 0D",
    "D9 40 00 00 07 00 01 04 00 03 01 01 01 08 00 FF 02 02 11 01 01 00,"
        + " DA 40 00 00 07 00 00 01 00 01 01 0D"
  })
  void aSelectionThatWasNotAgreedOnIsOutOfScope(String request, String answer) {
    server = without(Conformance.SELECTIVE_ACCESS);
    receive(request);
    assertSent(answer);
    assertSilent();
  }

  // Notifications and the end.

  @Test
  void notificationsGoOutWhereTheyWereAgreedOn() {
    Octets event = Octets.ofHex("C2 00" + A0 + "11 01");
    Octets data = Octets.ofHex("0F 40 00 00 09 00 11 01");
    Octets report = Octets.ofHex("18 00 01 02 FA 00 01 11 05");
    assertTrue(server.sendNotification(ApduCodec.STANDARD.decode(event)));
    assertTrue(server.sendNotification(ApduCodec.STANDARD.decode(data)));
    assertFalse(server.sendNotification(ApduCodec.STANDARD.decode(report)));
    assertEquals(event, server.pollTransmit(NOW));
    assertEquals(data, server.pollTransmit(NOW));
    Octets confirm = Octets.ofHex("10 40 00 00 09 00");
    server.receive(confirm, NOW);
    assertEquals(
        new NotificationConfirmed(
            assertInstanceOf(DataNotificationConfirm.class, ApduCodec.STANDARD.decode(confirm))),
        server.pollEvent());
    assertSilent();
    assertThrows(
        IllegalArgumentException.class,
        () -> server.sendNotification(ApduCodec.STANDARD.decode(confirm)));
    server.linkDown();
    assertFalse(server.sendNotification(ApduCodec.STANDARD.decode(event)));
  }

  @Test
  void aReleaseEndsTheAssociationAndIsAnswered() {
    long request = indicated("C0 01 C1" + A0 + "00");
    receive("62 03 80 01 00");
    assertSent("63 03 80 01 00");
    assertEquals(new Ended(), server.pollEvent());
    assertFalse(server.isAssociated());
    server.answer(request, 0, ItemResult.of(CosemData.unsigned(1)));
    assertSilent();
    receive("C0 01 C1" + A0 + "00");
    assertSent("D8 01 01");
    receive("62 03 80 01 00");
    assertSent("D8 01 01");
    server.receive(Octets.ofHex(AARQ + "FFFF"), NOW);
    assertTrue(server.isAssociated());
  }

  @Test
  void anAbortEndsTheAssociationWithoutAWord() {
    server.abort();
    assertEquals(new Ended(), server.pollEvent());
    assertSilent();
    receive("C0 01 C1" + A0 + "00");
    assertSent("D8 01 01");
    server.linkDown();
    server.abort();
    assertSilent();
  }

  @Test
  void anUnconfirmedAssociationHearsOnlyWhatNeedsNoAnswer() {
    server =
        new ServerAssociation(
            ServerAssociationConfig.builder().lowestLevelSecurity().conformance(ALL).build());
    server.linkUp();
    receive(
        "60 1E A1 09 06 07 60 85 74 05 08 01 01"
            + "BE 11 04 0F 01 00 01 00 00 06 5F 1F 04 00 60 FE DF FF FF");
    assertInstanceOf(Associated.class, server.pollEvent());
    receive("C0 01 C1" + A0 + "00");
    receive("C1 01 C1" + A0 + "00 11 05");
    receive("C7 01");
    assertSilent();
    assertFalse(indication("C1 01 81" + A0 + "00 11 05").confirmed());
    receive("62 03 80 01 00");
    assertEquals(new Ended(), server.pollEvent());
    assertSilent();
  }

  private static DataStream once(String hex) {
    boolean[] written = {false};
    return writer -> {
      if (written[0]) {
        return false;
      }
      written[0] = true;
      writer.writeOctets(Octets.ofHex(hex));
      return true;
    };
  }

  private void receive(String hex) {
    server.receive(Octets.ofHex(hex), NOW);
  }

  private ServiceIndication indication(String hex) {
    receive(hex);
    return assertInstanceOf(ServiceIndication.class, server.pollEvent());
  }

  private long indicated(String hex) {
    return indication(hex).request();
  }

  private void assertSent(String hex) {
    assertEquals(Octets.ofHex(hex), server.pollTransmit(NOW));
  }

  private void assertSilent() {
    assertNull(server.pollTransmit(NOW));
    assertNull(server.pollEvent());
  }
}
