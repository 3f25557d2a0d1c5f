package io.dlms4j.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.Down;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.LinkEvent.Received;
import io.dlms4j.link.LinkEvent.Up;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import io.dlms4j.transport.LineRecorder.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What every line does, whatever it is made of and whichever link runs on it. */
abstract class LineContract {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration IMPATIENCE = Duration.ofMillis(100);

  /** The connection that the links of the suite make. */
  abstract LinkAddress connection();

  /** A link whose connection goes down when nothing has come for some time. */
  abstract Link clientLink(Duration patience);

  abstract Link serverLink();

  /** Why the connection goes down then. */
  abstract DownReason reasonOfSilence();

  abstract int longestPayload();

  /** Whether the end of a line is seen at the other end without a word of the link. */
  abstract boolean hasCable();

  /** Listens; called once in a test, before {@link #connect}. */
  abstract void serve(Function<LineDriver, Attachment> attach) throws Exception;

  abstract CompletionStage<LineDriver> connect(ConnectOptions options, Link link, LinkUser user);

  static <T> T await(CompletionStage<T> stage) throws Exception {
    return Objects.requireNonNull(stage.toCompletableFuture().get(20, TimeUnit.SECONDS));
  }

  static void awaitEnd(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private LineDriver connect(TestUser user) throws Exception {
    return await(connect(ConnectOptions.defaults(), clientLink(PATIENCE), user));
  }

  private void serveEcho() throws Exception {
    serve(line -> new Attachment(serverLink(), TestUser.echoing()));
  }

  private static Payload payload(int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (((i * 31) >>> 3) ^ length);
    }
    return Payload.of(octets);
  }

  private void send(LineDriver line, TestUser user, Payload payload) {
    line.execute(() -> user.outgoing.add(new LinkUser.Outgoing(connection(), payload)));
  }

  private void expectEcho(LineDriver line, TestUser user, Payload payload) throws Exception {
    send(line, user, payload);
    assertEquals(new Received(connection(), payload), user.next());
  }

  @Test
  void payloadsOfAllSizesComeBackWhole() throws Exception {
    serveEcho();
    TestUser user = TestUser.silent();
    LineDriver line = connect(user);
    assertEquals(new Up(connection()), user.next());
    for (int length = 1; length < longestPayload(); length = length * 3 + 1) {
      expectEcho(line, user, payload(length));
    }
    expectEcho(line, user, payload(longestPayload()));
  }

  @Test
  void payloadsThatWaitTogetherComeBackInOrder() throws Exception {
    serveEcho();
    TestUser user = TestUser.silent();
    LineDriver line = connect(user);
    assertEquals(new Up(connection()), user.next());
    line.execute(
        () -> {
          for (int length = 1; length <= 10; length++) {
            user.outgoing.add(new LinkUser.Outgoing(connection(), payload(length)));
          }
        });
    for (int length = 1; length <= 10; length++) {
      assertEquals(new Received(connection(), payload(length)), user.next());
    }
  }

  @Test
  void severalLinesAtOnceAreEachAnswered() throws Exception {
    serveEcho();
    List<TestUser> users = new ArrayList<>();
    List<LineDriver> lines = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      TestUser user = TestUser.greeting(payload(i));
      users.add(user);
      lines.add(connect(user));
    }
    for (int i = 1; i <= 10; i++) {
      assertEquals(new Up(connection()), users.get(i - 1).next());
      assertEquals(new Received(connection(), payload(i)), users.get(i - 1).next());
      lines.get(i - 1).close();
    }
    for (LineDriver line : lines) {
      awaitEnd(line.closed());
    }
  }

  @Test
  void aLineThatIsClosedTellsItsUserAndEnds() throws Exception {
    serveEcho();
    TestUser user = TestUser.greeting(payload(3));
    LineDriver line = connect(user);
    assertEquals(new Up(connection()), user.next());
    assertEquals(new Received(connection(), payload(3)), user.next());
    line.close();
    line.close();
    assertEquals(new Down(connection(), DownReason.CLOSED), user.next());
    awaitEnd(line.closed());
    assertTrue(user.events.isEmpty());
  }

  @Test
  void aLineThatIsCutIsLostAtBothEndsOfACableAndServedAnewAfterwards() throws Exception {
    LinkedBlockingQueue<LineDriver> atServer = new LinkedBlockingQueue<>();
    TestUser meter = TestUser.silent();
    serve(
        line -> {
          atServer.add(line);
          return new Attachment(serverLink(), meter);
        });
    TestUser user = TestUser.greeting(payload(1));
    LineDriver line = connect(user);
    assertEquals(new Up(connection()), user.next());
    assertEquals(new Up(connection()), meter.next());
    assertEquals(new Received(connection(), payload(1)), meter.next());
    LineDriver end = Objects.requireNonNull(atServer.poll(20, TimeUnit.SECONDS));
    end.execute(
        () -> {
          throw new IllegalStateException("the cable is pulled");
        });
    assertEquals(new Down(connection(), DownReason.LINE_LOST), meter.next());
    assertTrue(
        end.closed().handle((nothing, failure) -> failure != null).toCompletableFuture().get());
    if (hasCable()) {
      assertEquals(new Down(connection(), DownReason.LINE_LOST), user.next());
      awaitEnd(line.closed());
    }
    TestUser next = TestUser.greeting(payload(2));
    connect(next);
    assertEquals(new Up(connection()), next.next());
    assertEquals(new Up(connection()), meter.next());
    assertEquals(new Received(connection(), payload(2)), meter.next());
  }

  @Test
  void aPeerThatSaysNothingIsGivenUp() throws Exception {
    serve(line -> new Attachment(new RawLink(List.of()), TestUser.silent()));
    TestUser user = TestUser.greeting(payload(1));
    LineDriver line = await(connect(ConnectOptions.defaults(), clientLink(IMPATIENCE), user));
    LinkEvent event = user.next();
    if (event instanceof Up) {
      event = user.next();
    }
    assertEquals(new Down(connection(), reasonOfSilence()), event);
    awaitEnd(line.closed());
  }

  private static List<Payload> garbage(long seed) {
    Random random = new Random(seed);
    List<Payload> garbage = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      byte[] octets = new byte[random.nextInt(i % 10 == 0 ? 20_000 : 30)];
      random.nextBytes(octets);
      if (i % 3 == 0 && octets.length > 3) {
        octets[0] = 0x7E;
        octets[1] = (byte) 0xA7;
      }
      garbage.add(Payload.of(octets));
    }
    garbage.add(Payload.of(new byte[] {0, 1, 0, 16, 0, 1, (byte) 0xFF, (byte) 0xFF, 1}));
    return garbage;
  }

  @Test
  void garbageFromAClientHarmsNobodyElse() throws Exception {
    LinkedBlockingQueue<LineDriver> atServer = new LinkedBlockingQueue<>();
    serve(
        line -> {
          atServer.add(line);
          return new Attachment(serverLink(), TestUser.echoing());
        });
    for (int seed = 0; seed < 5; seed++) {
      LineDriver raw =
          await(connect(ConnectOptions.defaults(), new RawLink(garbage(seed)), TestUser.silent()));
      LineDriver end = Objects.requireNonNull(atServer.poll(20, TimeUnit.SECONDS));
      raw.close();
      if (hasCable()) {
        awaitEnd(end.closed());
      }
    }
    TestUser user = TestUser.silent();
    LineDriver line = connect(user);
    assertEquals(new Up(connection()), user.next());
    expectEcho(line, user, payload(500));
    LineDriver end = Objects.requireNonNull(atServer.poll(20, TimeUnit.SECONDS));
    assertFalse(end.closed().toCompletableFuture().isDone());
  }

  @Test
  void garbageFromAServerEndsInAReasonAndNotInAFailure() throws Exception {
    serve(line -> new Attachment(new RawLink(garbage(7)), TestUser.silent()));
    TestUser user = TestUser.greeting(payload(1));
    LineDriver line = await(connect(ConnectOptions.defaults(), clientLink(IMPATIENCE), user));
    LinkEvent event = user.next();
    while (!(event instanceof Down)) {
      assertTrue(event instanceof Up, () -> "" + user.events);
      event = user.next();
    }
    awaitEnd(line.closed());
  }

  @Test
  void whatGoesOverALineIsRecordedBothWays() throws Exception {
    serveEcho();
    ConcurrentLinkedQueue<Direction> directions = new ConcurrentLinkedQueue<>();
    CompletableFuture<LineEnds> ends = new CompletableFuture<>();
    Instant time = Instant.parse("2026-11-20T10:15:30Z");
    Recording recording =
        new Recording(
            of -> {
              ends.complete(of);
              return (direction, when, octets) -> {
                assertEquals(time, when);
                assertTrue(octets.length() > 0);
                directions.add(direction);
              };
            },
            () -> time);
    TestUser user = TestUser.greeting(payload(1));
    LineDriver line =
        await(
            connect(
                ConnectOptions.defaults().withRecording(recording), clientLink(PATIENCE), user));
    assertEquals(new Up(connection()), user.next());
    assertEquals(new Received(connection(), payload(1)), user.next());
    assertEquals(Direction.SENT, directions.peek());
    assertTrue(directions.contains(Direction.RECEIVED));
    assertTrue(await(ends).client());
    assertEquals(line.remoteAddress(), await(ends).remote());
  }

  @Test
  void aRecorderThatFailsIsLeftAloneAndTheLineGoesOn() throws Exception {
    serveEcho();
    ConcurrentLinkedQueue<Instant> calls = new ConcurrentLinkedQueue<>();
    Recording recording =
        Recording.with(
            ends ->
                (direction, time, octets) -> {
                  calls.add(time);
                  throw new IllegalStateException("the disk is full");
                });
    TestUser user = TestUser.silent();
    LineDriver line =
        await(
            connect(
                ConnectOptions.defaults().withRecording(recording), clientLink(PATIENCE), user));
    assertEquals(new Up(connection()), user.next());
    expectEcho(line, user, payload(10));
    expectEcho(line, user, payload(20));
    assertEquals(1, calls.size());
  }
}
