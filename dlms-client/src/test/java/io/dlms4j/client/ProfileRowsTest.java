package io.dlms4j.client;

import static io.dlms4j.client.ClientServerContract.await;
import static io.dlms4j.client.ClientServerContract.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Wrapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of a profile as somebody asks for them, on a line that is cut again and again. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProfileRowsTest {
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final int ENOUGH_ROWS = 40;

  private final AtomicInteger written = new AtomicInteger();
  private final DlmsServer server =
      DlmsServer.builder()
          .tcpOnLoopback(0, Wrapper.defaults())
          .device(new TestMeter(Guard.PLAIN, row -> written.incrementAndGet()).device())
          .start();
  private final CutLine line = new CutLine(server.addresses().get(0));

  @AfterEach
  void stop() {
    line.close();
    server.close();
  }

  private DlmsClient client() {
    return DlmsClient.tcp(line.address().getHostString(), line.address().getPort())
        .wrapper(TestMeter.SAP, TestMeter.READER)
        .releasing(false)
        .lowLevelSecurity(TestMeter.PASSWORD)
        .reconnect(ReconnectPolicy.of(1000, Backoff.constant(MOMENT)))
        .requests(RequestSettings.DEFAULT.withRetry(RetryPolicy.of(10, Backoff.constant(MOMENT))))
        .connect();
  }

  /** Takes signals, and asks for nothing by itself. */
  private static class Taking implements Flow.Subscriber<ProfileRow> {
    final BlockingQueue<Object> signals = new LinkedBlockingQueue<>();
    Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(ProfileRow row) {
      signals.add(row.values().get(1).integralValue());
    }

    @Override
    public void onError(Throwable failure) {
      signals.add(failure);
    }

    @Override
    public void onComplete() {
      signals.add("complete");
    }

    void request(long rows) {
      Objects.requireNonNull(subscription).request(rows);
    }

    @Nullable Object next() throws InterruptedException {
      return signals.poll(10, TimeUnit.SECONDS);
    }
  }

  private static List<Long> numbers(int from, int to) {
    return LongStream.range(from, to).map(row -> 1000 + row).boxed().toList();
  }

  @Test
  void theNextBlockIsAskedForWhenMoreRowsAreWanted() throws InterruptedException {
    try (DlmsClient client = client()) {
      Taking taking = new Taking();
      client.profile(TestMeter.PROFILE).rows().subscribe(taking);
      await(client.get(TestMeter.NAME));
      assertEquals(0, written.get());
      taking.request(2);
      assertEquals(1000L, taking.next());
      assertEquals(1001L, taking.next());
      // The line goes on, and nothing of the profile comes on it: a block of 250 octets has few
      // rows.
      assertTrue(written.get() < ENOUGH_ROWS, () -> "" + written.get());
      int before = written.get();
      taking.request(1);
      assertEquals(1002L, taking.next());
      assertEquals(before, written.get());
      taking.request(TestMeter.ROWS);
      for (int row = 3; row < TestMeter.ROWS; row++) {
        assertEquals(1000L + row, taking.next());
      }
      assertEquals("complete", taking.next());
      assertEquals(TestMeter.ROWS, written.get());
      assertTrue(taking.signals.isEmpty());
    }
  }

  @Test
  void whoCancelsHearsNothingMoreAndTheClientGoesOn() throws InterruptedException {
    try (DlmsClient client = client()) {
      Taking taking = new Taking();
      client.profile(TestMeter.PROFILE).rows().subscribe(taking);
      taking.request(1);
      assertEquals(1000L, taking.next());
      Objects.requireNonNull(taking.subscription).cancel();
      taking.request(1000);
      assertEquals("meter", await(client.get(TestMeter.NAME)).text());
      assertNull(taking.signals.poll());
      assertTrue(written.get() < ENOUGH_ROWS, () -> "" + written.get());
    }
  }

  @Test
  void whoAsksForNoRowsIsToldSo() throws InterruptedException {
    try (DlmsClient client = client()) {
      Taking taking = new Taking();
      client.profile(TestMeter.PROFILE).rows().subscribe(taking);
      taking.request(0);
      assertInstanceOf(IllegalArgumentException.class, taking.next());
      taking.request(1);
      assertEquals("meter", await(client.get(TestMeter.NAME)).text());
      assertNull(taking.signals.poll());
    }
  }

  @Test
  void aSubscriberThatAsksInItsOwnCallDoesNotGrowTheStack() throws InterruptedException {
    try (DlmsClient client = client()) {
      Taking taking =
          new Taking() {
            @Override
            public void onNext(ProfileRow row) {
              super.onNext(row);
              request(1);
            }
          };
      client.profile(TestMeter.PROFILE).rows().subscribe(taking);
      taking.request(1);
      for (long number : numbers(0, TestMeter.ROWS)) {
        assertEquals(number, taking.next());
      }
      assertEquals("complete", taking.next());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {700, 801, 933, 1200, 2311})
  void aReadingThatIsCutOffGoesOnWithoutARowTwiceOrMissing(int octets) {
    line.cutAfter(octets);
    try (DlmsClient client = client()) {
      for (ProfileReader reader : readers(client)) {
        List<Long> rows = new ArrayList<>();
        assertEquals(
            401, await(reader.forEach(row -> rows.add(row.values().get(1).integralValue()))));
        assertEquals(numbers(99, 500), rows);
      }
    }
    assertTrue(line.connections() > 6, () -> "" + line.connections());
  }

  private static List<ProfileReader> readers(DlmsClient client) {
    ProfileReader all = client.profile(TestMeter.PROFILE);
    return List.of(all.between(TestMeter.time(99), TestMeter.time(499)), all.entries(100, 0));
  }

  @Test
  void whoWaitsForTheRowsReadsThemThroughCutsToo() {
    line.cutAfter(1500);
    try (BlockingDlmsClient client = client().blocking()) {
      List<Long> rows = new ArrayList<>();
      long count =
          client
              .profile(TestMeter.PROFILE)
              .forEach(row -> rows.add(row.values().get(1).integralValue()));
      assertEquals(TestMeter.ROWS, count);
      assertEquals(numbers(0, TestMeter.ROWS), rows);
    }
    assertTrue(line.connections() > 3, () -> "" + line.connections());
  }

  @Test
  void withoutARetryPolicyACutEndsTheReading() {
    try (DlmsClient client = client().with(RequestSettings.DEFAULT)) {
      await(client.opened());
      line.cutAfter(1500);
      line.cut();
      CompletionStage<Long> reading = client.profile(TestMeter.PROFILE).forEach(row -> {});
      failure(LinkException.class, reading);
    }
  }

  @Test
  void progressTellsHowManyRowsThereWillBe() {
    List<ProfileProgress> told = new ArrayList<>();
    try (BlockingDlmsClient client = client().blocking()) {
      client.profile(TestMeter.PROFILE).onProgress(told::add).entries(101, 0).forEach(row -> {});
    }
    assertTrue(told.size() > 10, () -> "" + told.size());
    long before = 0;
    for (ProfileProgress each : told) {
      assertEquals(OptionalLong.of(400), each.total());
      assertTrue(each.rows() >= before, told::toString);
      before = each.rows();
    }
    assertEquals(400, before);
  }
}
