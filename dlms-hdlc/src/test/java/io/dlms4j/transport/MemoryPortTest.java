package io.dlms4j.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.Payload;
import io.dlms4j.wrapper.WrapperStreamLink;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemoryPortTest {
  private static final Payload HELLO = Payload.of(new byte[] {1, 2, 3});

  private final MemoryPort port = new MemoryPort();

  private void listen(int maxLines) {
    port.listen(
        BindOptions.defaults().withMaxLines(maxLines),
        line -> new Attachment(new WrapperStreamLink(WrapperLinks.server()), TestUser.echoing()));
  }

  private CompletionStage<LineDriver> connect(TransportLoop loop, TestUser user) {
    return port.connect(
        loop,
        ConnectOptions.defaults(),
        new WrapperStreamLink(WrapperLinks.client(Duration.ofMinutes(1))),
        user);
  }

  private static String failure(CompletionStage<?> stage) {
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> stage.toCompletableFuture().get());
    return String.valueOf(assertInstanceOf(LineException.class, failed.getCause()).getMessage());
  }

  private static LineDriver greeted(CompletionStage<LineDriver> connecting, TestUser user)
      throws Exception {
    LineDriver line = LineContract.await(connecting);
    assertInstanceOf(LinkEvent.Up.class, user.next());
    assertEquals(HELLO, assertInstanceOf(LinkEvent.Received.class, user.next()).payload());
    return line;
  }

  private static void assertCut(TestUser user) throws InterruptedException {
    LinkEvent.Down down = assertInstanceOf(LinkEvent.Down.class, user.next());
    assertEquals(DownReason.LINE_LOST, down.reason());
  }

  @Test
  void whoeverConnectsIsJoinedWithTheServerWhoeverListens() throws Exception {
    listen(2);
    try (TransportLoop loop = TransportLoop.create(1)) {
      TestUser user = TestUser.greeting(HELLO);
      LineDriver line = greeted(connect(loop, user), user);
      assertEquals("server in memory", line.remoteAddress().toString());
      assertEquals(
          "cannot listen in memory: somebody listens here already",
          assertThrows(LineException.class, () -> listen(1)).getMessage());
      line.close();
      line.closed().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void whereNobodyListensThereIsNoLine() {
    try (TransportLoop loop = TransportLoop.create(1)) {
      String nobody = "cannot connect in memory: nobody listens there";
      assertEquals(nobody, failure(connect(loop, TestUser.silent())));
      listen(1);
      assertTrue(port.close().toCompletableFuture().isDone());
      assertEquals(nobody, failure(connect(loop, TestUser.silent())));
    }
  }

  @Test
  void thereIsRoomForSoManyLinesAndAgainWhenOneHasGone() throws Exception {
    listen(1);
    try (TransportLoop loop = TransportLoop.create(1)) {
      TestUser user = TestUser.greeting(HELLO);
      LineDriver line = greeted(connect(loop, user), user);
      assertEquals(
          "cannot connect in memory: there is no room for another line",
          failure(connect(loop, TestUser.silent())));
      line.close();
      line.closed().toCompletableFuture().get(20, TimeUnit.SECONDS);
      // The server's end is told in the same task, behind the client's.
      TestUser next = TestUser.greeting(HELLO);
      line.execute(() -> {});
      loop.group().next().submit(() -> {}).sync();
      greeted(connect(loop, next), next);
    }
  }

  @Test
  void aServerThatClosesTakesItsLinesAlong() throws Exception {
    listen(2);
    try (TransportLoop loop = TransportLoop.create(2)) {
      TestUser one = TestUser.greeting(HELLO);
      TestUser other = TestUser.greeting(HELLO);
      greeted(connect(loop, one), one);
      greeted(connect(loop, other), other);
      port.close().toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertCut(one);
      assertCut(other);
      listen(1);
    }
  }

  @Test
  void aLoopThatIsClosedCutsItsLinesWhoeverOwnsTheThreads() throws Exception {
    listen(2);
    TransportLoop own = TransportLoop.create(1);
    TestUser user = TestUser.greeting(HELLO);
    LineDriver line = greeted(connect(own, user), user);
    own.close();
    assertCut(user);
    assertTrue(line.closed().toCompletableFuture().isDone());
    assertEquals(
        "cannot connect in memory: the transport loop is closed",
        failure(connect(own, TestUser.silent())));

    var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    TransportLoop shared = TransportLoop.shared(group);
    TestUser another = TestUser.greeting(HELLO);
    LineDriver second = greeted(connect(shared, another), another);
    shared.close();
    assertFalse(second.closed().toCompletableFuture().isDone());
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    assertCut(another);
    port.close().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
