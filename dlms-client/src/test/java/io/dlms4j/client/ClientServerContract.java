package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.Quantity;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.association.AssociationRefusedException;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.classes.ObjectListElement;
import io.dlms4j.cosem.classes.Register;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.ReadResult;
import io.dlms4j.transport.TransportLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a client and a server do together, over whatever a subclass joins them with, plain and
 * secured.
 */
@ParameterizedClass
@EnumSource(Guard.class)
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ClientServerContract {
  private static final int SECONDS = 10;

  /** How its associations are protected; the engine sets it. */
  @Parameter Guard guard = Guard.PLAIN;

  private @Nullable TestMeter meter;
  private @Nullable Site site;

  /** Somewhere to listen; several may be there at once. */
  abstract Place place();

  @AfterEach
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void stop() {
    Site used = site;
    if (used != null) {
      used.close();
    }
  }

  private Site site() {
    Site used = site;
    if (used == null) {
      used = new Site(place(), meter().device());
      site = used;
    }
    return used;
  }

  private TestMeter meter() {
    TestMeter used = meter;
    if (used == null) {
      used = new TestMeter(guard);
      meter = used;
    }
    return used;
  }

  DlmsServer server() {
    return site().server();
  }

  void restart(TestMeter with) {
    meter = with;
    site().restart(with.device());
  }

  private DlmsClientBuilder client(int clientSap) {
    return site().client(TestMeter.SAP, clientSap);
  }

  /** A client that reads. */
  DlmsClientBuilder reader() {
    return guard.friend(client(TestMeter.READER));
  }

  /** A client that would, and cannot prove who it is. */
  DlmsClientBuilder stranger() {
    return guard.stranger(client(TestMeter.READER));
  }

  /** A client that would, and does not even try. */
  DlmsClientBuilder nobody() {
    return client(TestMeter.READER);
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the stage did not complete", e);
    } catch (ExecutionException e) {
      throw new AssertionError("the stage failed", e.getCause());
    }
  }

  static <E extends Throwable> E failure(Class<E> type, CompletionStage<?> stage) {
    ExecutionException failed =
        assertThrows(
            ExecutionException.class,
            () -> stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS));
    return assertInstanceOf(type, failed.getCause());
  }

  /** The stage has a value, or failed because the link ended. */
  private static void assertOver(CompletionStage<?> stage) {
    String end =
        await(
            stage.handle(
                (value, thrown) ->
                    thrown == null ? "a value" : Blocking.root(thrown).getClass().getSimpleName()));
    assertTrue(Set.of("a value", "LinkException").contains(end), end);
  }

  static void assertSays(String part, Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains(part), message);
  }

  /** Threads that run lines, of whatever loop. */
  static Set<Thread> loopThreads() {
    Set<Thread> threads = new java.util.HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(
        thread ->
            !thread.getName().contains("EventLoop")
                && !thread.getName().startsWith("dlms4j-socket-"));
    return threads;
  }

  /** No other thread runs lines than before; those that are just ending are waited for. */
  static void assertNoThreadLeft(Set<Thread> before) throws InterruptedException {
    for (Thread thread : loopThreads()) {
      if (!before.contains(thread)) {
        thread.join(SECONDS * 1000L);
        assertFalse(thread.isAlive(), thread::getName);
      }
    }
  }

  @Test
  void aClientReadsAnAttribute() {
    try (BlockingDlmsClient client = reader().connect().blocking()) {
      assertEquals("meter", client.get(TestMeter.NAME).text());
      assertEquals(6, client.context().dlmsVersionNumber());
    }
  }

  @Test
  void aClientReadsARegisterWithItsUnit() {
    try (BlockingDlmsClient client = reader().connect().blocking()) {
      Quantity energy = client.read(Register.at(TestMeter.ENERGY));
      assertEquals("18919.7 Wh", energy.toString());
    }
  }

  @Test
  void aClientReadsTheObjectList() {
    try (BlockingDlmsClient client = reader().connect().blocking()) {
      List<ObjectListElement> objects = client.associationView().objects();
      assertEquals(9, objects.size());
      assertEquals(15, objects.get(0).classId());
      assertEquals(17, objects.get(8).classId());
    }
  }

  @Test
  void aClientReadsAWholeProfile() {
    List<String> rows = new ArrayList<>();
    try (BlockingDlmsClient client = reader().connect().blocking()) {
      long count =
          client
              .profile(TestMeter.PROFILE)
              .forEach(row -> rows.add(row.text(0) + "|" + row.quantity(1) + "|" + row.text(2)));
      assertEquals(TestMeter.ROWS, count);
    }
    assertEquals(TestMeter.ROWS, rows.size());
    assertEquals(TestMeter.time(499) + "|149.9 Wh|visible-string \"row 499\"", rows.get(499));
  }

  @Test
  void aClientReadsAProfileByRangeAndByEntry() {
    List<CosemData> seen = new ArrayList<>();
    try (BlockingDlmsClient client = reader().connect().blocking()) {
      BlockingProfileReader profile = client.profile(TestMeter.PROFILE);
      assertEquals(
          3,
          profile
              .between(TestMeter.time(10), TestMeter.time(12))
              .forEach(row -> seen.add(row.values().get(1))));
      assertEquals(2, profile.entries(499, 0).forEach(row -> seen.add(row.values().get(1))));
      assertEquals(
          0,
          profile
              .between(TestMeter.time(600), TestMeter.time(700))
              .forEach(row -> seen.add(row.values().get(1))));
    }
    assertEquals(
        List.of(1010L, 1011L, 1012L, 1498L, 1499L),
        seen.stream().map(CosemData::integralValue).toList());
  }

  @Test
  void aProfileIsReadWithoutWaiting() {
    List<Long> seen = new ArrayList<>();
    try (DlmsClient client = reader().connect()) {
      long count =
          await(
              client
                  .profile(TestMeter.PROFILE)
                  .entries(1, 100)
                  .forEach(row -> seen.add(row.values().get(1).integralValue())));
      assertEquals(100, count);
    }
    assertEquals(100, seen.size());
    assertEquals(1099, seen.get(99));
  }

  @Test
  void aBigValueComesInBlocks() {
    try (BlockingDlmsClient client = reader().connect().blocking()) {
      assertEquals(TestMeter.big(), client.get(TestMeter.BIG).octetStringValue());
    }
  }

  @Test
  void aValueAboveTheLimitIsRefusedAndTheAssociationGoesOn() {
    DecodeLimits limits = DecodeLimits.DEFAULT.withMaxOctets(50_000);
    try (DlmsClient client = reader().limits(limits).connect()) {
      ProtocolException failure = failure(ProtocolException.class, client.get(TestMeter.BIG));
      assertSays("than the 50000 octets that are taken of one value", failure);
      assertEquals("meter", await(client.get(TestMeter.NAME)).text());
    }
  }

  @Test
  void anObjectMayTakeItsTime() throws InterruptedException {
    try (DlmsClient client = reader().connect()) {
      CompletionStage<CosemData> value = client.get(TestMeter.LATER);
      CompletableFuture<ReadResult> asked = asked();
      asked.complete(new ReadResult.Value(DataStream.of(CosemData.unsigned(7))));
      assertEquals(7, await(value).integralValue());
    }
  }

  CompletableFuture<ReadResult> asked() throws InterruptedException {
    CompletableFuture<ReadResult> asked = meter().asked.poll(SECONDS, TimeUnit.SECONDS);
    if (asked == null) {
      throw new AssertionError("the object was not asked");
    }
    return asked;
  }

  @Test
  void anObjectThatNeverAnswersCostsItsRequestOnly() throws InterruptedException {
    try (DlmsClient client = reader().responseTimeout(Duration.ofSeconds(1)).connect()) {
      RequestTimeoutException failure =
          failure(RequestTimeoutException.class, client.get(TestMeter.LATER));
      assertEquals(
          "the server did not answer the request for 1:0.0.128.0.2.255:2 within 1000 ms",
          failure.getMessage());
      assertEquals(DlmsException.Scope.REQUEST, failure.scope());
      CompletableFuture<ReadResult> late = asked();
      CompletionStage<CosemData> next = client.get(TestMeter.NAME);
      late.complete(new ReadResult.Value(DataStream.of(CosemData.unsigned(7))));
      assertEquals("meter", await(next).text());
    }
  }

  @Test
  void refusalsSayWhichAttributeAndWhy() {
    try (DlmsClient client = reader().connect()) {
      assertRefused(DataAccessResult.OBJECT_UNDEFINED, client, TestMeter.NO_SUCH);
      assertRefused(DataAccessResult.READ_WRITE_DENIED, client, TestMeter.SECRET);
      assertRefused(DataAccessResult.OTHER_REASON, client, TestMeter.BROKEN);
      AttributeRef asRegister =
          new AttributeRef(3, TestMeter.NAME.logicalName(), TestMeter.NAME.attributeIndex());
      assertRefused(DataAccessResult.OBJECT_CLASS_INCONSISTENT, client, asRegister);
      assertEquals("meter", await(client.get(TestMeter.NAME)).text());
    }
  }

  private static void assertRefused(
      DataAccessResult result, DlmsClient client, AttributeRef attribute) {
    DataAccessException failure = failure(DataAccessException.class, client.get(attribute));
    assertEquals(result, failure.result());
    assertEquals(DlmsException.Scope.REQUEST, failure.scope());
    assertEquals(DlmsException.Origin.REMOTE, failure.origin());
    assertSays(attribute.toString(), failure);
  }

  @Test
  void aValueOfAnotherTypeIsABreachOfTheProtocol() {
    try (DlmsClient client = reader().connect()) {
      ProtocolException failure =
          failure(
              ProtocolException.class,
              client
                  .get(TestMeter.NAME)
                  .thenApply(value -> DlmsClient.decode(TestMeter.NAME, value::integralValue)));
      assertSays("the value of 1:0.0.96.1.0.255:2 is not what it should be: ", failure);
      assertInstanceOf(AxdrException.class, failure.getCause());
    }
  }

  @Test
  void aWrongPasswordIsRefusedAndLeavesNoThreadBehind() throws InterruptedException {
    warmUp();
    Set<Thread> before = loopThreads();
    DlmsClient client = stranger().connect();
    AssociationRefusedException failure =
        failure(AssociationRefusedException.class, client.opened());
    assertEquals(ResultSourceDiagnostic.AUTHENTICATION_FAILURE, failure.diagnostic());
    assertFalse(String.valueOf(failure.getMessage()).contains("wrong\""), failure.getMessage());
    assertNoThreadLeft(before);
    // What is asked of it later fails for the same reason, and not for one that follows from it.
    assertSame(failure, failure(AssociationRefusedException.class, client.get(TestMeter.NAME)));
    client.close();
    client.close();
  }

  /** Has every thread of the server's loop started. */
  private void warmUp() {
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      guard.anybody(client(TestMeter.GUEST)).connect().blocking().close();
    }
  }

  @Test
  void requestsMadeBeforeARefusalFailWithIt() {
    try (DlmsClient client = nobody().connect()) {
      CompletionStage<CosemData> value = client.get(TestMeter.NAME);
      AssociationRefusedException failure = failure(AssociationRefusedException.class, value);
      assertEquals(guard.refusal(), failure.diagnostic());
    }
  }

  @Test
  void aBlockingClientThatIsRefusedIsClosed() throws InterruptedException {
    warmUp();
    Set<Thread> before = loopThreads();
    DlmsClient client = stranger().connect();
    assertThrows(AssociationRefusedException.class, client::blocking);
    assertNoThreadLeft(before);
  }

  @Test
  void requestsMadeBeforeTheConnectionKeepTheirOrder() {
    List<Integer> order = new ArrayList<>();
    try (DlmsClient client = reader().connect()) {
      List<CompletionStage<?>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        int number = i;
        answers.add(client.get(TestMeter.NAME).thenRun(() -> order.add(number)));
      }
      answers.forEach(ClientServerContract::await);
    }
    assertEquals(50, order.size());
    for (int i = 0; i < 50; i++) {
      assertEquals(i, order.get(i));
    }
  }

  @Test
  void severalThreadsShareOneBlockingClient() {
    try (BlockingDlmsClient client = reader().connect().blocking()) {
      List<CompletableFuture<Long>> counts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        counts.add(
            CompletableFuture.supplyAsync(
                () -> client.profile(TestMeter.PROFILE).entries(1, 200).forEach(row -> {})));
        counts.add(
            CompletableFuture.supplyAsync(
                () -> client.read(Register.at(TestMeter.ENERGY)).value().longValue()));
      }
      for (int i = 0; i < counts.size(); i++) {
        assertEquals(i % 2 == 0 ? 200L : 18_919L, await(counts.get(i)));
      }
    }
  }

  @Test
  void aClientThatIsClosedFailsWhatIsUnderWayAndWhatComesLater() throws InterruptedException {
    DlmsClient client = reader().connect();
    CompletionStage<CosemData> value = client.get(TestMeter.LATER);
    assertFalse(asked().isDone());
    await(client.closeAsync());
    assertEquals(
        "the connection has been closed", failure(LinkException.class, value).getMessage());
    assertEquals(
        "the connection has been closed",
        failure(LinkException.class, client.get(TestMeter.NAME)).getMessage());
    assertEquals(
        "the connection has been closed",
        failure(LinkException.class, client.profile(TestMeter.PROFILE).forEach(row -> {}))
            .getMessage());
    client.close();
    client.close();
  }

  @Test
  void aClientThatIsClosedAtOnceEndsEverything() throws InterruptedException {
    warmUp();
    Set<Thread> before = loopThreads();
    DlmsClient client = reader().connect();
    CompletionStage<CosemData> value = client.get(TestMeter.NAME);
    client.close();
    // On a fast line the answer may have come before the end; nothing is left open either way.
    assertOver(value);
    assertOver(client.opened());
    assertNoThreadLeft(before);
  }

  @Test
  void aSharedLoopOutlivesItsClients() {
    try (TransportLoop loop = TransportLoop.create(1)) {
      for (int i = 0; i < 3; i++) {
        DlmsClient client = reader().loop(loop).connect();
        assertEquals("meter", await(client.get(TestMeter.NAME)).text());
        client.close();
      }
    }
  }

  @Test
  void closingOnTheLinesThreadDoesNotWaitForItself() throws InterruptedException {
    warmUp();
    Set<Thread> before = loopThreads();
    DlmsClient client = reader().connect();
    await(
        onTheLinesThread(
            client,
            value -> {
              client.close();
              return value;
            }));
    await(client.closeAsync());
    assertNoThreadLeft(before);
  }

  @Test
  void closingWhenTheConnectionFailsDoesNotWaitForItself() {
    DlmsClientBuilder builder = reader();
    server().close();
    DlmsClient client = builder.connect();
    await(client.opened().handle((context, failure) -> failure).thenRun(client::close));
    await(client.closeAsync());
  }

  /** What is registered before the object answers runs on the line's thread. */
  private <T> CompletionStage<T> onTheLinesThread(DlmsClient client, Function<CosemData, T> action)
      throws InterruptedException {
    CompletionStage<T> done = client.get(TestMeter.LATER).thenApply(action);
    asked().complete(new ReadResult.Value(DataStream.of(CosemData.unsigned(7))));
    return done;
  }

  @Test
  void waitingOnTheLinesThreadIsRefused() throws InterruptedException {
    try (DlmsClient client = reader().connect()) {
      BlockingDlmsClient blocking = client.blocking();
      DlmsException failure =
          failure(
              DlmsException.class, onTheLinesThread(client, value -> blocking.get(TestMeter.NAME)));
      assertEquals(DlmsException.Origin.LOCAL, failure.origin());
      assertEquals(
          "the line's thread cannot wait for an answer, which comes on it", failure.getMessage());
      // What is there already needs no waiting.
      assertSame(client, await(onTheLinesThread(client, value -> client.blocking().async())));
    }
  }

  @Test
  void aConsumerThatWaitsForAnotherRequestIsRefused() {
    try (BlockingDlmsClient client = reader().connect().blocking()) {
      BlockingProfileReader profile = client.profile(TestMeter.PROFILE);
      DlmsException failure =
          assertThrows(
              DlmsException.class, () -> profile.forEach(row -> client.get(TestMeter.NAME)));
      assertSays("cannot wait for another request", failure);
      assertEquals("meter", client.get(TestMeter.NAME).text());
    }
  }

  @Test
  void whatAConsumerThrowsComesOutAndTheAssociationGoesOn() {
    try (BlockingDlmsClient client = reader().connect().blocking()) {
      BlockingProfileReader profile = client.profile(TestMeter.PROFILE);
      IllegalStateException thrown = new IllegalStateException("enough");
      List<ProfileRow> rows = new ArrayList<>();
      assertSame(
          thrown,
          assertThrows(
              IllegalStateException.class,
              () ->
                  profile.forEach(
                      row -> {
                        rows.add(row);
                        if (rows.size() == 30) {
                          throw thrown;
                        }
                      })));
      assertEquals(30, rows.size());
      assertEquals("meter", client.get(TestMeter.NAME).text());
      assertEquals(TestMeter.ROWS, profile.forEach(row -> {}));
    }
  }

  @Test
  void whatAConsumerThrowsOnTheLinesThreadEndsItsReadingOnly() {
    try (DlmsClient client = reader().connect()) {
      List<Throwable> faults =
          List.of(new IllegalStateException("enough"), new AssertionError("wrong"));
      for (Throwable fault : faults) {
        // In the first block, and in the last, where the request is over for the association.
        for (int at : new int[] {1, TestMeter.ROWS}) {
          List<ProfileRow> rows = new ArrayList<>();
          DlmsException failure =
              failure(
                  DlmsException.class,
                  client
                      .profile(TestMeter.PROFILE)
                      .forEach(
                          row -> {
                            rows.add(row);
                            if (rows.size() == at) {
                              ClientServerContract.<RuntimeException>sneak(fault);
                            }
                          }));
          assertEquals(at, rows.size());
          assertSame(fault, failure.getCause());
          assertEquals(DlmsException.Origin.LOCAL, failure.origin());
        }
      }
      RequestTimeoutException own = new RequestTimeoutException("of the consumer's own");
      assertSame(
          own,
          failure(
              DlmsException.class,
              client
                  .profile(TestMeter.PROFILE)
                  .forEach(
                      row -> {
                        throw own;
                      })));
      assertEquals("meter", await(client.get(TestMeter.NAME)).text());
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable fault) throws E {
    throw (E) fault;
  }

  @Test
  void anInterruptedReaderStopsAndTheAssociationGoesOn() throws InterruptedException {
    try (BlockingDlmsClient client = reader().connect().blocking()) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread waiting =
          new Thread(
              () -> {
                try {
                  client.get(TestMeter.LATER);
                } catch (DlmsException e) {
                  thrown.complete(e);
                }
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      waiting.start();
      CompletableFuture<ReadResult> asked = asked();
      waiting.interrupt();
      DlmsException failure = assertInstanceOf(DlmsException.class, await(thrown));
      assertEquals(DlmsException.Origin.LOCAL, failure.origin());
      assertSays("interrupted", failure);
      assertTrue(await(interrupted));
      asked.complete(new ReadResult.Value(DataStream.of(CosemData.unsigned(7))));
      assertEquals("meter", client.get(TestMeter.NAME).text());
      Thread.currentThread().interrupt();
      assertThrows(DlmsException.class, () -> client.profile(TestMeter.PROFILE).forEach(row -> {}));
      assertTrue(Thread.interrupted());
      // Between two blocks: the paced request is given up, and waits for nobody.
      assertThrows(
          DlmsException.class,
          () ->
              client.profile(TestMeter.PROFILE).forEach(row -> Thread.currentThread().interrupt()));
      assertTrue(Thread.interrupted());
      assertEquals("meter", client.get(TestMeter.NAME).text());
    }
  }

  @Test
  void aBlockingFailureShowsWhoWaited() {
    try (BlockingDlmsClient client = reader().connect().blocking()) {
      DataAccessException failure =
          assertThrows(DataAccessException.class, () -> client.get(TestMeter.NO_SUCH));
      boolean shown =
          Arrays.stream(failure.getSuppressed())
              .flatMap(suppressed -> Arrays.stream(suppressed.getStackTrace()))
              .anyMatch(
                  element -> element.getMethodName().contains("aBlockingFailureShowsWhoWaited"));
      assertTrue(shown);
    }
  }

  @Test
  void theEndOfAConnectionDoesNotGrowWithThoseWhoAskLater() {
    DlmsClient client = reader().connect();
    BlockingDlmsClient blocking = client.blocking();
    client.close();
    LinkException last = assertThrows(LinkException.class, () -> blocking.get(TestMeter.NAME));
    for (int i = 0; i < 100; i++) {
      last = assertThrows(LinkException.class, () -> blocking.get(TestMeter.NAME));
    }
    assertTrue(last.getSuppressed().length <= 16, "" + last.getSuppressed().length);
  }

  @Test
  void aStageMayBeCompletedByItsOwnerWithoutHarm() {
    try (DlmsClient client = reader().connect()) {
      CompletionStage<CosemData> given = client.get(TestMeter.BIG);
      // On a line in memory it may have its value by now.
      given.toCompletableFuture().cancel(true);
      client.opened().toCompletableFuture().cancel(true);
      assertEquals("meter", await(client.get(TestMeter.NAME)).text());
    }
  }
}
