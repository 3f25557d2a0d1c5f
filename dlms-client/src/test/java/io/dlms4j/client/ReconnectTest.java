package io.dlms4j.client;

import static io.dlms4j.client.ClientServerContract.assertNoThreadLeft;
import static io.dlms4j.client.ClientServerContract.await;
import static io.dlms4j.client.ClientServerContract.failure;
import static io.dlms4j.client.ClientServerContract.loopThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.AssociationRefusedException;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.ReadResult;
import io.dlms4j.server.Wrapper;
import io.dlms4j.transport.TransportLoop;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that has lost its line, and makes another. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReconnectTest {
  private static final ReconnectPolicy SOON =
      ReconnectPolicy.of(1000, Backoff.constant(Duration.ofMillis(5)));
  private static final RequestSettings AGAIN =
      RequestSettings.DEFAULT.withRetry(RetryPolicy.of(5, Backoff.constant(Duration.ofMillis(5))));

  private final TestMeter meter = new TestMeter(Guard.PLAIN);
  private final TransportLoop serverLoop = TransportLoop.create(1);
  private final DlmsServer server =
      DlmsServer.builder()
          .loop(serverLoop)
          .tcpOnLoopback(0, Wrapper.defaults())
          .device(meter.device())
          .start();
  private final CutLine line = new CutLine(server.addresses().get(0));

  @AfterEach
  void stop() {
    line.close();
    server.close();
    serverLoop.close();
  }

  private static DlmsClientBuilder to(CutLine line, int serverSap, int sap) {
    return DlmsClient.tcp(line.address().getHostString(), line.address().getPort())
        .wrapper(serverSap, sap)
        .releasing(false);
  }

  private DlmsClientBuilder reader() {
    return to(line, TestMeter.SAP, TestMeter.READER)
        .lowLevelSecurity(TestMeter.PASSWORD)
        .reconnect(SOON);
  }

  /** What a client did, in words. */
  private static final class Diary implements ClientListener {
    final BlockingQueue<String> entries = new LinkedBlockingQueue<>();

    @Override
    public void onAssociated(NegotiatedContext context) {
      entries.add("associated");
    }

    @Override
    public void onConnectionEnded(DlmsException cause) {
      entries.add("ended: " + cause.getMessage());
    }

    @Override
    public void onReconnecting(int attempt, Duration delay, DlmsException cause) {
      entries.add("reconnecting " + attempt + " after " + delay.toMillis() + " ms");
    }

    String next() throws InterruptedException {
      String entry = entries.poll(10, TimeUnit.SECONDS);
      return entry == null ? fail("nothing more happened") : entry;
    }
  }

  @Test
  void aClientConnectsAgainAndItsListenerHearsOfIt() throws InterruptedException {
    Diary diary = new Diary();
    try (BlockingDlmsClient client = reader().listener(diary).connect().blocking()) {
      assertEquals("meter", client.get(TestMeter.NAME).text());
      assertEquals("associated", diary.next());
      line.cut();
      assertEquals("ended: the line was cut", diary.next());
      assertEquals("reconnecting 1 after 5 ms", diary.next());
      assertEquals("associated", diary.next());
      assertEquals("meter", client.get(TestMeter.NAME).text());
      assertEquals(6, client.context().dlmsVersionNumber());
    }
    assertEquals("ended: the connection has been closed", diary.next());
    assertTrue(diary.entries.isEmpty(), diary.entries::toString);
    assertEquals(2, line.connections());
  }

  @Test
  void whatIsAskedMeanwhileWaits() throws InterruptedException {
    Diary diary = new Diary();
    try (DlmsClient client = reader().listener(diary).connect()) {
      await(client.opened());
      line.refuse(true);
      line.cut();
      while (!diary.next().startsWith("reconnecting 2 ")) {
        // The line has been lost, and could not be made once at least.
      }
      CompletionStage<CosemData> value = client.get(TestMeter.NAME);
      CompletionStage<CosemData> cancelled = client.get(TestMeter.NAME);
      DlmsClient hurried = client.with(RequestSettings.DEFAULT.withDeadline(Duration.ofMillis(20)));
      failure(io.dlms4j.cosem.RequestTimeoutException.class, hurried.get(TestMeter.NAME));
      cancelled.toCompletableFuture().cancel(false);
      assertFalse(value.toCompletableFuture().isDone());
      assertFalse(client.opened().toCompletableFuture().isDone());
      line.refuse(false);
      assertEquals("meter", await(value).text());
      assertEquals(6, await(client.opened()).dlmsVersionNumber());
    }
  }

  @Test
  void aReadingThatWasUnderWayIsMadeAgain() throws InterruptedException {
    try (DlmsClient client = reader().requests(AGAIN).connect()) {
      CompletionStage<CosemData> value = client.get(TestMeter.LATER);
      CompletableFuture<ReadResult> first = meter.asked.take();
      line.cut();
      CompletableFuture<ReadResult> second = meter.asked.take();
      // The answer to the first has no line any more, and is no answer to the second.
      first.complete(new ReadResult.Value(DataStream.of(CosemData.unsigned(1))));
      second.complete(new ReadResult.Value(DataStream.of(CosemData.unsigned(2))));
      assertEquals(2, await(value).integralValue());
    }
  }

  @Test
  void withoutARetryPolicyWhatWasUnderWayFailsAndTheNextSucceeds() throws InterruptedException {
    try (DlmsClient client = reader().connect()) {
      CompletionStage<CosemData> value = client.get(TestMeter.LATER);
      meter.asked.take();
      line.cut();
      assertEquals("the line was cut", failure(LinkException.class, value).getMessage());
      assertEquals("meter", await(client.get(TestMeter.NAME)).text());
    }
  }

  @Test
  void aClientThatHasTriedInVainIsClosed() throws InterruptedException {
    Set<Thread> before = loopThreads();
    ReconnectPolicy twice = ReconnectPolicy.of(2, Backoff.constant(Duration.ofMillis(5)));
    Diary diary = new Diary();
    DlmsClient client = reader().reconnect(twice).listener(diary).connect();
    await(client.opened());
    line.close();
    while (!diary.next().startsWith("reconnecting 2 ")) {
      // It has not given up yet.
    }
    failure(LinkException.class, client.with(AGAIN).get(TestMeter.NAME));
    failure(LinkException.class, client.opened());
    await(client.closeAsync());
    assertNoThreadLeft(before);
  }

  @Test
  void aFirstConnectionIsTriedOnceUnlessThePolicySaysOtherwise() throws InterruptedException {
    line.refuse(true);
    failure(LinkException.class, reader().connect().opened());
    Diary diary = new Diary();
    try (DlmsClient client = reader().reconnect(SOON.alsoTheFirst()).listener(diary).connect()) {
      CompletionStage<CosemData> value = client.get(TestMeter.NAME);
      while (!diary.next().startsWith("reconnecting 3 ")) {
        // As often as it takes.
      }
      line.refuse(false);
      assertEquals("meter", await(value).text());
    }
  }

  @Test
  void aRefusalForGoodIsNotTriedAgain() {
    try (DlmsClient client =
        to(line, TestMeter.SAP, TestMeter.READER)
            .lowLevelSecurity("no good")
            .reconnect(SOON.alsoTheFirst())
            .connect()) {
      failure(AssociationRefusedException.class, client.opened());
      failure(AssociationRefusedException.class, client.get(TestMeter.NAME));
      assertEquals(1, line.connections());
    }
  }

  @Test
  void closingEndsTheWaitingForALine() throws InterruptedException {
    Set<Thread> before = loopThreads();
    Diary diary = new Diary();
    DlmsClient client =
        reader()
            .reconnect(ReconnectPolicy.of(9, Backoff.constant(Duration.ofHours(1))))
            .listener(diary)
            .connect();
    await(client.opened());
    line.cut();
    while (!diary.next().startsWith("reconnecting 1 ")) {
      // The line has been lost.
    }
    CompletionStage<CosemData> value = client.get(TestMeter.NAME);
    client.close();
    assertEquals(
        "the connection has been closed", failure(LinkException.class, value).getMessage());
    assertInstanceOf(LinkException.class, failure(LinkException.class, client.get(TestMeter.NAME)));
    assertNoThreadLeft(before);
  }

  @Test
  void securityAndItsCountersGoOnInTheNextAssociation() {
    SecuredMeter secured = new SecuredMeter();
    try (DlmsServer of =
            DlmsServer.builder()
                .tcpOnLoopback(0, Wrapper.defaults())
                .device(secured.device())
                .start();
        CutLine cut = new CutLine(of.addresses().get(0));
        BlockingDlmsClient client =
            to(cut, SecuredMeter.SAP, SecuredMeter.MANAGEMENT)
                .security(secured.client(new InMemoryInvocationCounterStore()).build())
                .reconnect(SOON)
                .requests(AGAIN)
                .connect()
                .blocking()) {
      long before = client.get(SecuredMeter.FRAME_COUNTER).integralValue();
      for (int i = 0; i < 5; i++) {
        cut.cut();
        List<Outcome> list =
            client.getAll(List.of(SecuredMeter.FRAME_COUNTER, SecuredMeter.NUMBER));
        long after = list.get(0).value().integralValue();
        assertTrue(after > before, before + " and then " + after);
        before = after;
        assertEquals(42, list.get(1).value().integralValue());
      }
      assertEquals(6, cut.connections());
    }
  }
}
