package io.dlms4j.client;

import static io.dlms4j.client.ClientServerContract.assertSays;
import static io.dlms4j.client.ClientServerContract.await;
import static io.dlms4j.client.ClientServerContract.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.acse.Conformance;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlines and retries, octet by octet, on a clock of the test's own. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RetryTest {
  private static final AttributeRef NAME = AttributeRef.of(1, "0.0.96.1.0.255", 2);
  private static final String ITEM = "0001 0000600100FF 02 00";
  private static final Set<Conformance> SERVICES =
      Set.of(Conformance.GET, Conformance.SET, Conformance.MULTIPLE_REFERENCES);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final RequestSettings THRICE =
      RequestSettings.DEFAULT.withRetry(RetryPolicy.of(3, Backoff.constant(SECOND)));

  private static ScriptedLine line(int outstanding, Function<Octets, @Nullable String> script) {
    return ScriptedLine.open(
        SERVICES,
        200,
        outstanding,
        null,
        request -> {
          String answer = script.apply(request);
          return answer == null ? List.of() : List.of(Octets.ofHex(answer));
        });
  }

  private static String id(Octets request) {
    return String.format("%02X", request.at(2));
  }

  private static Octets hex(String hex) {
    return Octets.ofHex(hex);
  }

  private static void pass(ScriptedLine line, Duration time) {
    line.settle();
    line.timer().pass(time);
    line.settle();
  }

  @Test
  void aReadingThatFailsForTheMomentIsMadeAgainAfterADelay() {
    AtomicInteger asked = new AtomicInteger();
    ScriptedLine line =
        line(
            1,
            request ->
                asked.incrementAndGet() < 3
                    ? "C401" + id(request) + "01 02"
                    : "C401" + id(request) + "00 1105");
    try (DlmsClient client = line.client()) {
      CompletionStage<CosemData> value = client.with(THRICE).get(NAME);
      pass(line, SECOND.minusNanos(1));
      assertEquals(1, line.sent().size());
      pass(line, Duration.ofNanos(1));
      assertEquals(2, line.sent().size());
      assertFalse(value.toCompletableFuture().isDone());
      pass(line, SECOND);
      assertEquals(5, await(value).integralValue());
      assertEquals(
          List.of(hex("C001C1" + ITEM), hex("C001C2" + ITEM), hex("C001C3" + ITEM)), line.sent());
      assertEquals(0, line.timer().waiting());
    }
  }

  @Test
  void theLastAttemptsFailureIsTheRequests() {
    ScriptedLine line = line(1, request -> "C401" + id(request) + "01 02");
    try (DlmsClient client = line.client()) {
      CompletionStage<CosemData> value = client.with(THRICE).get(NAME);
      pass(line, SECOND);
      pass(line, SECOND);
      assertSays("temporary-failure", failure(DataAccessException.class, value));
      assertEquals(3, line.sent().size());
    }
  }

  @Test
  void whatIsRefusedForGoodIsAskedOnce() {
    ScriptedLine line = line(1, request -> "C401" + id(request) + "01 03");
    try (DlmsClient client = line.client()) {
      failure(DataAccessException.class, client.with(THRICE).get(NAME));
      assertEquals(1, line.sent().size());
      assertEquals(0, line.timer().waiting());
    }
  }

  @Test
  void aWritingIsRepeatedOnlyIfItIsAskedFor() {
    AtomicInteger asked = new AtomicInteger();
    ScriptedLine line =
        line(1, request -> "C501" + id(request) + (asked.incrementAndGet() % 2 == 1 ? "02" : "00"));
    try (DlmsClient client = line.client()) {
      CompletionStage<Void> once = client.with(THRICE).set(NAME, CosemData.unsigned(1));
      failure(DataAccessException.class, once);
      assertEquals(1, line.sent().size());
      asked.set(0);
      CompletionStage<Void> twice =
          client
              .with(THRICE.withRetry(THRICE.retry().repeatingChanges()))
              .set(NAME, CosemData.unsigned(1));
      pass(line, SECOND);
      await(twice);
      assertEquals(3, line.sent().size());
    }
  }

  @Test
  void ofAListOnlyTheItemsAreAskedForAgainThatMayPass() {
    AtomicInteger asked = new AtomicInteger();
    ScriptedLine line =
        line(
            1,
            request -> {
              if (asked.incrementAndGet() == 1) {
                // A value, temporary-failure, read-write-denied, temporary-failure.
                return "C403" + id(request) + "04 001101 0102 0103 0102";
              }
              return "C403" + id(request) + "02 001102 001104";
            });
    AttributeRef other = AttributeRef.of(1, "0.0.96.1.1.255", 2);
    try (DlmsClient client = line.client()) {
      CompletionStage<List<Outcome>> values =
          client.with(THRICE).getAll(List.of(NAME, other, NAME, other));
      pass(line, SECOND);
      List<Outcome> outcomes = await(values);
      assertEquals(1, outcomes.get(0).value().integralValue());
      assertEquals(2, outcomes.get(1).value().integralValue());
      assertInstanceOf(Outcome.Failure.class, outcomes.get(2));
      assertEquals(4, outcomes.get(3).value().integralValue());
      assertEquals(
          hex("C003C2 02 0001 0000600101FF 02 00 0001 0000600101FF 02 00"), line.sent().get(1));
    }
  }

  @Test
  void aDeadlineEndsARequestAndItsLateAnswerMeetsNoOther() {
    ScriptedLine line = line(1, request -> null);
    try (DlmsClient client = line.client()) {
      DlmsClient hurried = client.with(RequestSettings.DEFAULT.withDeadline(SECOND));
      CompletionStage<CosemData> late = hurried.get(NAME);
      CompletionStage<CosemData> next = client.get(NAME);
      pass(line, SECOND);
      assertEquals(
          "the Get of 1:0.0.96.1.0.255:2 was not over within its deadline of 1000 ms",
          failure(RequestTimeoutException.class, late).getMessage());
      line.push(hex("C401C1 00 1101"));
      assertFalse(next.toCompletableFuture().isDone());
      line.push(hex("C401C2 00 1102"));
      assertEquals(2, await(next).integralValue());
      assertEquals(0, line.timer().waiting());
    }
  }

  @Test
  void aDeadlineEndsWhatWaitsForItsTurnOrForItsNextAttempt() {
    ScriptedLine line =
        line(1, request -> request.at(0) == 0xC1 ? null : "C401" + id(request) + "01 02");
    try (DlmsClient client = line.client()) {
      RequestSettings hurried = THRICE.withDeadline(Duration.ofMillis(1500));
      CompletionStage<CosemData> retried = client.with(hurried).get(NAME);
      pass(line, SECOND);
      CompletionStage<Void> blocking = client.set(NAME, CosemData.unsigned(1));
      CompletionStage<CosemData> behind = client.with(hurried).get(NAME);
      line.settle();
      assertEquals(3, line.sent().size());
      pass(line, Duration.ofMillis(1500));
      failure(RequestTimeoutException.class, retried);
      failure(RequestTimeoutException.class, behind);
      assertEquals(3, line.sent().size());
      assertEquals(0, line.timer().waiting());
      assertFalse(blocking.toCompletableFuture().isDone());
    }
  }

  @Test
  void theLateAnswerToOneAttemptDoesNotMeetTheNext() {
    ScriptedLine line = line(2, request -> null);
    try (DlmsClient client = line.client()) {
      CompletionStage<CosemData> value = client.with(THRICE).get(NAME);
      line.settle();
      // The first attempt is refused for the moment, and answered once more afterwards.
      line.push(hex("C401C1 01 02"));
      pass(line, SECOND);
      line.push(hex("C401C1 00 1101"));
      assertFalse(value.toCompletableFuture().isDone());
      line.push(hex("C401C2 00 1102"));
      assertEquals(2, await(value).integralValue());
    }
  }

  @Test
  void whoCancelsBetweenTwoAttemptsHearsOfNoOther() {
    ScriptedLine line = line(1, request -> "C401" + id(request) + "01 02");
    try (DlmsClient client = line.client()) {
      CompletionStage<CosemData> value = client.with(THRICE).get(NAME);
      line.settle();
      assertTrue(value.toCompletableFuture().cancel(false));
      assertEquals(0, line.timer().waiting());
      pass(line, SECOND);
      assertEquals(1, line.sent().size());
    }
  }

  @Test
  void aLostLinkIsNotRetriedByAClientThatDoesNotConnectAgain() {
    ScriptedLine line = line(1, request -> null);
    try (DlmsClient client = line.client()) {
      CompletionStage<CosemData> value = client.with(THRICE).get(NAME);
      line.settle();
      line.cut();
      failure(LinkException.class, value);
      assertEquals(0, line.timer().waiting());
    }
  }

  @Test
  void delaysDoubleUpToTheLongestAndChanceShortensThem() {
    Backoff backoff = new Backoff(SECOND, Duration.ofSeconds(10), 50);
    assertEquals(Duration.ofSeconds(1), backoff.delay(1, 0));
    assertEquals(Duration.ofSeconds(2), backoff.delay(2, 0));
    assertEquals(Duration.ofSeconds(8), backoff.delay(4, 0));
    assertEquals(Duration.ofSeconds(10), backoff.delay(5, 0));
    assertEquals(Duration.ofSeconds(10), backoff.delay(Integer.MAX_VALUE, 0));
    assertEquals(Duration.ofMillis(7500), backoff.delay(5, 0.5));
    assertEquals(Duration.ofSeconds(5), backoff.delay(5, 1));
    assertEquals(Duration.ZERO, Backoff.constant(Duration.ZERO).delay(9, 1));
  }
}
