package io.dlms4j.client;

import static io.dlms4j.client.ClientServerContract.assertSays;
import static io.dlms4j.client.ClientServerContract.await;
import static io.dlms4j.client.ClientServerContract.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.ServiceException;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.DataNotification;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client's services octet by octet, and servers that answer late, wrongly or in disorder. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScriptedServicesTest {
  private static final AttributeRef NAME = AttributeRef.of(1, "0.0.96.1.0.255", 2);
  private static final MethodRef METHOD = MethodRef.of(70, "0.0.96.3.10.255", 1);

  /** Cosem-Attribute-Descriptor and no selective access. */
  private static final String ITEM = "0001 0000600100FF 02 00";

  private static final Set<Conformance> ONE_BY_ONE =
      EnumSet.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACTION,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
          Conformance.EVENT_NOTIFICATION,
          Conformance.DATA_NOTIFICATION);

  private static final Set<Conformance> LISTS = EnumSet.copyOf(ONE_BY_ONE);

  private static final Set<Conformance> ACCESS = EnumSet.copyOf(ONE_BY_ONE);

  static {
    LISTS.add(Conformance.MULTIPLE_REFERENCES);
    ACCESS.add(Conformance.ACCESS);
  }

  private static ScriptedLine line(
      Set<Conformance> services, int maxPduSize, Function<Octets, @Nullable String> script) {
    return line(services, maxPduSize, 1, script);
  }

  /** Answers with an APDU in hexadecimal, or not at all. */
  private static ScriptedLine line(
      Set<Conformance> services,
      int maxPduSize,
      int outstanding,
      Function<Octets, @Nullable String> script) {
    return ScriptedLine.open(
        services, maxPduSize, outstanding, null, request -> answers(script.apply(request)));
  }

  private static List<Octets> answers(@Nullable String hex) {
    return hex == null ? List.of() : List.of(Octets.ofHex(hex));
  }

  private static Octets hex(String hex) {
    return Octets.ofHex(hex);
  }

  /** GET.response normal with an unsigned, or GET.response with as many as were asked for. */
  private static String numbers(Octets request, int items) {
    String id = String.format("%02X", request.at(2));
    return request.at(1) == 1
        ? "C401" + id + "00 1105"
        : "C403" + id + String.format("%02X", items) + "00 1105".repeat(items);
  }

  /** ACCESS.response with an unsigned for each item, of which there are so many. */
  private static String accessed(Octets request) {
    int items = request.at(6);
    return "DA"
        + request.slice(1, 4).toHex()
        + "00 00"
        + String.format("%02X", items)
        + "1105".repeat(items)
        + String.format("%02X", items)
        + "0100".repeat(items);
  }

  @Test
  void withoutListsAttributesAreReadByAccessIfThatWasAgreedOn() {
    String access = "01 0001 0000600100FF 02";
    // 12 octets and 11 for each item.
    ScriptedLine line = line(ACCESS, 60, request -> accessed(request));
    try (DlmsClient client = line.client()) {
      List<Outcome> outcomes = await(client.getAll(Collections.nCopies(6, NAME)));
      assertEquals(6, outcomes.size());
      outcomes.forEach(each -> assertEquals(5, each.value().integralValue()));
      assertEquals(
          List.of(
              hex("00 04" + access.repeat(4) + "04" + "00".repeat(4)),
              hex("00 02" + access.repeat(2) + "02" + "00".repeat(2))),
          line.sent().stream().map(each -> each.slice(5, each.length() - 5)).toList());
    }
  }

  @Test
  void whatTheServerCannotProcessByAccessIsReadItemByItem() {
    // exception-response: service-not-allowed, service-not-supported
    ScriptedLine line =
        line(ACCESS, 0, request -> request.at(0) == 0xD9 ? "D8 01 02" : numbers(request, 1));
    try (DlmsClient client = line.client()) {
      List<Outcome> outcomes = await(client.getAll(Collections.nCopies(3, NAME)));
      outcomes.forEach(each -> assertEquals(5, each.value().integralValue()));
      assertEquals(4, line.sent().size());
    }
  }

  @Test
  void aSingleAttributeIsReadByGetWhateverElseWasAgreedOn() {
    ScriptedLine line = line(ACCESS, 0, request -> numbers(request, 1));
    try (DlmsClient client = line.client()) {
      assertEquals(5, await(client.getAll(List.of(NAME))).get(0).value().integralValue());
      assertEquals(List.of(hex("C0 01 C1" + ITEM)), line.sent());
    }
  }

  @Test
  void asManyItemsTravelTogetherAsTheServerTakes() {
    try (DlmsClient client = line(LISTS, 60, request -> numbers(request, request.at(3))).client()) {
      List<Outcome> outcomes = await(client.getAll(Collections.nCopies(8, NAME)));
      assertEquals(8, outcomes.size());
      outcomes.forEach(each -> assertEquals(5, each.value().integralValue()));
    }
    // 4 octets and 10 for each item.
    ScriptedLine line = line(LISTS, 60, request -> numbers(request, request.at(3)));
    try (DlmsClient client = line.client()) {
      assertEquals(11, await(client.getAll(Collections.nCopies(11, NAME))).size());
      assertEquals(
          List.of(
              hex("C0 03 C1 05" + ITEM.repeat(5)),
              hex("C0 03 C2 05" + ITEM.repeat(5)),
              hex("C0 01 C3" + ITEM)),
          line.sent());
    }
  }

  @Test
  void itemsTravelAloneWhereTheServerTakesNoLists() {
    ScriptedLine line = line(ONE_BY_ONE, 60, request -> numbers(request, 1));
    try (DlmsClient client = line.client()) {
      assertEquals(3, await(client.getAll(Collections.nCopies(3, NAME))).size());
      assertEquals(
          List.of(hex("C0 01 C1" + ITEM), hex("C0 01 C2" + ITEM), hex("C0 01 C3" + ITEM)),
          line.sent());
    }
  }

  @Test
  void aWrongNumberOfResultsFailsEveryItemOfThatListAlone() {
    try (DlmsClient client =
        line(LISTS, 60, request -> numbers(request, request.at(3) == 5 ? 4 : 2)).client()) {
      List<Outcome> outcomes = await(client.getAll(Collections.nCopies(7, NAME)));
      for (Outcome outcome : outcomes.subList(0, 5)) {
        Outcome.Failure failed = assertInstanceOf(Outcome.Failure.class, outcome);
        assertInstanceOf(ProtocolException.class, failed.cause());
        assertSays("answered 5 items with 4 results", failed.cause());
      }
      assertEquals(5, outcomes.get(5).value().integralValue());
      assertEquals(5, outcomes.get(6).value().integralValue());
    }
  }

  @Test
  void aListThatTheServerCannotProcessIsReadItemByItem() {
    // exception-response: service-unknown, service-not-supported
    ScriptedLine line =
        line(LISTS, 60, request -> request.at(1) == 3 ? "D8 02 02" : numbers(request, 1));
    try (DlmsClient client = line.client()) {
      List<Outcome> outcomes = await(client.getAll(Collections.nCopies(3, NAME)));
      outcomes.forEach(each -> assertEquals(5, each.value().integralValue()));
      assertEquals(4, line.sent().size());
      assertEquals(hex("C0 01 C4" + ITEM), line.sent().get(3));
    }
  }

  @Test
  void aListThatTheServerCannotProcessIsNotWrittenTwice() {
    ScriptedLine line = line(LISTS, 60, request -> "D8 02 02");
    try (DlmsClient client = line.client()) {
      List<Outcome> outcomes =
          await(
              client.setAll(
                  List.of(NAME, NAME), List.of(CosemData.unsigned(1), CosemData.unsigned(2))));
      for (Outcome outcome : outcomes) {
        Outcome.Failure failed = assertInstanceOf(Outcome.Failure.class, outcome);
        assertInstanceOf(ServiceException.class, failed.cause());
      }
      assertEquals(List.of(hex("C1 04 C1 02" + ITEM + ITEM + "02 1101 1102")), line.sent());
    }
  }

  @Test
  void whatIsWrittenAndInvokedGoesOneAfterTheOther() {
    ScriptedLine line = line(ONE_BY_ONE, 60, 4, request -> null);
    try (DlmsClient client = line.client()) {
      CompletionStage<List<Outcome>> given =
          client.setAll(
              List.of(NAME, NAME, NAME),
              List.of(CosemData.unsigned(1), CosemData.unsigned(2), CosemData.unsigned(3)));
      line.settle();
      assertEquals(List.of(hex("C1 01 C1" + ITEM + "1101")), line.sent());
      line.push(hex("C5 01 C1 00"));
      assertEquals(hex("C1 01 C2" + ITEM + "1102"), line.sent().get(1));
      line.push(hex("C5 01 C2 03"));
      assertEquals(hex("C1 01 C3" + ITEM + "1103"), line.sent().get(2));
      assertFalse(given.toCompletableFuture().isDone());
      line.push(hex("C5 01 C3 00"));
      assertEquals(
          List.of(true, false, true), await(given).stream().map(Outcome::isSuccess).toList());
    }
  }

  @Test
  void answersInAnotherOrderMeetTheirOwnRequests() {
    ScriptedLine line = line(ONE_BY_ONE, 60, 2, request -> null);
    try (DlmsClient client = line.client()) {
      CompletionStage<CosemData> first = client.get(NAME);
      CompletionStage<CosemData> second = client.get(NAME);
      CompletionStage<Void> third = client.set(NAME, CosemData.unsigned(3));
      line.settle();
      assertEquals(2, line.sent().size());
      line.push(hex("C4 01 C2 00 1102"));
      assertEquals(2, await(second).integralValue());
      assertFalse(first.toCompletableFuture().isDone());
      assertEquals(hex("C1 01 C3" + ITEM + "1103"), line.sent().get(2));
      line.push(hex("C5 01 C3 00"));
      await(third);
      assertFalse(first.toCompletableFuture().isDone());
      line.push(hex("C4 01 C1 00 1101"));
      assertEquals(1, await(first).integralValue());
    }
  }

  @Test
  void aLateAnswerToACancelledRequestMeetsNoOther() {
    ScriptedLine line = line(ONE_BY_ONE, 60, request -> null);
    try (DlmsClient client = line.client()) {
      CompletionStage<CosemData> given = client.get(NAME);
      line.settle();
      given.toCompletableFuture().cancel(true);
      CompletionStage<CosemData> next = client.get(NAME);
      line.settle();
      line.push(hex("C4 01 C1 00 1101"));
      assertFalse(next.toCompletableFuture().isDone());
      line.push(hex("C4 01 C2 00 1102"));
      assertEquals(2, await(next).integralValue());
    }
  }

  @Test
  void aLineThatIsCutBetweenTheBlocksOfAValueEndsItAndEverythingAfter() {
    ScriptedLine line =
        line(
            ONE_BY_ONE,
            60,
            request ->
                request.at(1) == 2 ? String.format("C5 02 %02X 00000001", request.at(2)) : null);
    try (DlmsClient client = line.client()) {
      CompletionStage<Void> given = client.set(NAME, CosemData.octetString(text(200)));
      CompletionStage<CosemData> waiting = client.get(NAME);
      line.settle();
      // The first block was acknowledged, the second one is on its way.
      assertEquals(2, line.sent().size());
      assertEquals(hex("C1 02 C1" + ITEM + "00 00000001"), line.sent().get(0).slice(0, 18));
      assertEquals(hex("C1 03 C1 00 00000002"), line.sent().get(1).slice(0, 8));
      line.cut();
      LinkException failure = failure(LinkException.class, given);
      assertEquals("the line was cut", failure.getMessage());
      assertSame(failure, failure(LinkException.class, waiting));
      assertSame(failure, failure(LinkException.class, client.set(NAME, CosemData.unsigned(1))));
      for (Outcome outcome : await(client.getAll(List.of(NAME, NAME)))) {
        assertSame(failure, assertInstanceOf(Outcome.Failure.class, outcome).cause());
      }
    }
  }

  private static Octets text(int octets) {
    return Octets.view(new byte[octets]);
  }

  @Test
  void aBlockThatIsAcknowledgedByAWrongNumberFailsItsRequestAlone() {
    try (DlmsClient client =
        line(
                ONE_BY_ONE,
                60,
                request ->
                    request.at(0) == 0xC0
                        ? numbers(request, 1)
                        : String.format("C5 02 %02X 00000007", request.at(2)))
            .client()) {
      ProtocolException failure =
          failure(ProtocolException.class, client.set(NAME, CosemData.octetString(text(200))));
      assertSays("block 7 where block 1 was due", failure);
      assertEquals(5, await(client.get(NAME)).integralValue());
    }
  }

  @Test
  void aMethodWhoseReturnParametersCannotBeHadWasCarriedOut() {
    // success, return-parameters: data-access-result object-unavailable
    try (DlmsClient client = line(ONE_BY_ONE, 60, request -> "C7 01 C1 00 01 01 0B").client()) {
      ActionException failure = failure(ActionException.class, client.action(METHOD, null));
      assertEquals(ActionResult.SUCCESS, failure.result());
      assertEquals(Optional.of(DataAccessResult.OBJECT_UNAVAILABLE), failure.returnParameters());
      assertEquals(METHOD, failure.method());
    }
  }

  @Test
  void aConfirmedNotificationIsConfirmedWhenItsListenerHasReturned() {
    BlockingQueue<Apdu> heard = new LinkedBlockingQueue<>();
    ScriptedLine line = ScriptedLine.open(ONE_BY_ONE, 60, 1, heard::add, request -> List.of());
    try (DlmsClient client = line.client()) {
      CompletionStage<CosemData> given = client.get(NAME);
      line.settle();
      line.push(hex("0F 40000007 00 1105")); // confirmed
      line.push(hex("0F 00000008 00 1106"));
      line.push(hex("0F 40000009 00")); // no data: malformed, and nobody's
      assertEquals(List.of(hex("C0 01 C1" + ITEM), hex("10 40000007 00")), line.sent());
      assertEquals(
          List.of(5L, 6L),
          heard.stream()
              .map(each -> ((DataNotification) each).body().value().integralValue())
              .toList());
      assertFalse(given.toCompletableFuture().isDone());
      line.push(hex("C4 01 C1 00 1105"));
      assertEquals(5, await(given).integralValue());
    }
  }

  @Test
  void whatAListenerThrowsCostsTheConfirmationAlone() {
    IllegalStateException thrown = new IllegalStateException("of the listener");
    BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
    ScriptedLine line =
        ScriptedLine.open(
            ONE_BY_ONE,
            60,
            1,
            notification -> {
              Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
              throw thrown;
            },
            request -> answers(numbers(request, 1)));
    try (DlmsClient client = line.client()) {
      await(client.opened());
      line.push(hex("0F 40000007 00 1105"));
      assertEquals(List.of(), line.sent());
      assertSame(thrown, uncaught.poll());
      assertEquals(5, await(client.get(NAME)).integralValue());
    }
  }

  @Test
  void withoutAListenerNothingIsConfirmed() {
    ScriptedLine line = line(ONE_BY_ONE, 60, request -> numbers(request, 1));
    try (DlmsClient client = line.client()) {
      await(client.opened());
      line.push(hex("0F 40000007 00 1105"));
      assertEquals(List.of(), line.sent());
    }
  }

  @Test
  void aRefusalOfTheRequestAsItIsKeepsItsResult() {
    try (DlmsClient client = line(ONE_BY_ONE, 60, request -> "C5 01 C1 03").client()) {
      DlmsException failure = failure(DlmsException.class, client.set(NAME, CosemData.bool(true)));
      assertEquals(
          "the server answered the access to 1:0.0.96.1.0.255:2 with read-write-denied: this"
              + " association has no right to it",
          failure.getMessage());
    }
  }
}
