package io.dlms4j.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkEvent.Down;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.LinkEvent.Received;
import io.dlms4j.link.LinkEvent.Up;
import io.dlms4j.link.Payload;
import io.dlms4j.wrapper.WrapperStreamLink;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only a line in memory does. */
class MemoryLineTest {
  private static final Payload HELLO = Payload.of(new byte[] {1, 2, 3});

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final TestUser user = TestUser.greeting(HELLO);
  private final TestUser meter = TestUser.echoing();

  @AfterEach
  void endThread() {
    thread.shutdownNow();
  }

  private MemoryLine join(Link client) {
    return MemoryLine.join(
        thread,
        System::nanoTime,
        line -> new Attachment(client, user),
        line -> new Attachment(new WrapperStreamLink(WrapperLinks.server()), meter));
  }

  private static void awaitEnd(LineDriver line) throws Exception {
    line.closed().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void aLineThatIsCutIsLostAtBothEnds() throws Exception {
    MemoryLine line = join(new WrapperStreamLink(WrapperLinks.client(Duration.ZERO)));
    assertEquals(new Up(WrapperLinks.CONNECTION), user.next());
    assertEquals(new Received(WrapperLinks.CONNECTION, HELLO), user.next());
    assertEquals(new Up(WrapperLinks.CONNECTION), meter.next());
    assertEquals(new Received(WrapperLinks.CONNECTION, HELLO), meter.next());
    line.cut();
    line.cut();
    awaitEnd(line.client());
    awaitEnd(line.server());
    assertEquals(new Down(WrapperLinks.CONNECTION, DownReason.LINE_LOST), user.next());
    assertEquals(new Down(WrapperLinks.CONNECTION, DownReason.LINE_LOST), meter.next());
  }

  @Test
  void theEndsHaveNames() {
    MemoryLine line = join(new WrapperStreamLink(WrapperLinks.client(Duration.ZERO)));
    assertEquals("server in memory", line.client().remoteAddress().toString());
    assertEquals("client in memory", line.server().remoteAddress().toString());
    assertFalse(line.client().closed().toCompletableFuture().isDone());
  }

  @Test
  void anEndThatCannotFollowLosesTheLine() throws Exception {
    Payload large = Payload.of(new byte[1 << 20]);
    MemoryLine line = join(new RawLink(Collections.nCopies(100, large)));
    awaitEnd(line.client());
    awaitEnd(line.server());
  }
}
