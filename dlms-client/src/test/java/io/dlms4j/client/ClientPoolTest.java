package io.dlms4j.client;

import static io.dlms4j.client.ClientServerContract.assertNoThreadLeft;
import static io.dlms4j.client.ClientServerContract.await;
import static io.dlms4j.client.ClientServerContract.failure;
import static io.dlms4j.client.ClientServerContract.loopThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Hdlc;
import io.dlms4j.server.Wrapper;
import io.dlms4j.transport.TransportLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many meters of one process, read through a pool on loopback. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientPoolTest {
  private static final int METERS = 12;
  private static final int JOBS = 10;

  private final TransportLoop serverLoop = TransportLoop.create(1);
  private final TestMeter meter = new TestMeter(Guard.PLAIN);
  private final List<DlmsServer> servers = new ArrayList<>();
  private final AtomicInteger active = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @AfterEach
  void stop() {
    servers.forEach(DlmsServer::close);
    serverLoop.close();
  }

  private DlmsClientBuilder wrapper() {
    InetSocketAddress at = start(DlmsServer.builder().tcpOnLoopback(0, Wrapper.defaults()));
    return DlmsClient.tcp(at.getHostString(), at.getPort())
        .wrapper(TestMeter.SAP, TestMeter.READER)
        .releasing(false)
        .lowLevelSecurity(TestMeter.PASSWORD);
  }

  private DlmsClientBuilder hdlc() {
    InetSocketAddress at = start(DlmsServer.builder().tcpOnLoopback(0, Hdlc.defaults()));
    return DlmsClient.tcp(at.getHostString(), at.getPort())
        .hdlc(HdlcAddress.logical(TestMeter.SAP), TestMeter.READER)
        .lowLevelSecurity(TestMeter.PASSWORD);
  }

  private InetSocketAddress start(DlmsServer.Builder builder) {
    DlmsServer server = builder.loop(serverLoop).device(meter.device()).start();
    servers.add(server);
    return server.addresses().get(0);
  }

  /** A job that counts how many there are at once. */
  private CompletionStage<CosemData> counted(DlmsClient client) {
    most.accumulateAndGet(active.incrementAndGet(), Math::max);
    return client.get(TestMeter.NAME).whenComplete((value, failure) -> active.decrementAndGet());
  }

  private static void assertAllRead(List<CompletionStage<CosemData>> values) {
    for (CompletionStage<CosemData> value : values) {
      assertEquals("meter", await(value).text());
    }
  }

  @Test
  void manyMetersAreReadWithinTheLimitsAndNoThreadIsLeft() throws InterruptedException {
    List<DlmsClientBuilder> meters = new ArrayList<>();
    for (int i = 0; i < METERS; i++) {
      meters.add(i % 2 == 0 ? wrapper() : hdlc());
    }
    Set<Thread> before = loopThreads();
    try (ClientPool pool = ClientPool.create(PoolLimits.DEFAULT.withTotal(4))) {
      List<CompletionStage<CosemData>> values = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        meters.forEach(each -> values.add(pool.run(each, this::counted)));
      }
      assertAllRead(values);
      assertEquals(0, pool.waiting());
      assertEquals(0, pool.running());
    }
    assertTrue(most.get() <= 4, () -> "" + most.get());
    assertNoThreadLeft(before);
  }

  @Test
  void metersBehindOneHdlcLineAreTakenInTurn() {
    DlmsClientBuilder line = hdlc();
    try (ClientPool pool = ClientPool.on(serverLoop, PoolLimits.DEFAULT)) {
      List<CompletionStage<CosemData>> values = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        values.add(pool.run(line, this::counted));
      }
      assertAllRead(values);
    }
    assertEquals(1, most.get());
  }

  @Test
  void cancellingTakesAWaitingJobBackAndClosesARunningOnesConnection() throws InterruptedException {
    DlmsClientBuilder line = hdlc();
    try (ClientPool pool = ClientPool.on(serverLoop, PoolLimits.DEFAULT)) {
      CompletionStage<CosemData> running = pool.run(line, client -> client.get(TestMeter.LATER));
      CompletionStage<CosemData> waiting = pool.run(line, this::counted);
      CompletionStage<CosemData> next = pool.run(line, client -> client.get(TestMeter.NAME));
      meter.asked.take();
      assertEquals(2, pool.waiting());
      waiting.toCompletableFuture().cancel(false);
      assertEquals(1, pool.waiting());
      running.toCompletableFuture().cancel(false);
      assertEquals("meter", await(next).text());
      assertEquals(0, most.get());
    }
  }

  @Test
  void aJobThatFailsOrCannotConnectMakesRoomForTheNext() {
    DlmsClientBuilder line = hdlc();
    DlmsClientBuilder nobody = hdlc();
    servers.get(1).close();
    try (ClientPool pool = ClientPool.on(serverLoop, new PoolLimits(1, 1, 1))) {
      CompletionStage<CosemData> refused = pool.run(nobody, this::counted);
      CompletionStage<CosemData> thrown =
          pool.run(
              line,
              client -> {
                throw new IllegalStateException("no job");
              });
      CompletionStage<CosemData> never =
          pool.run(line, client -> CompletableFuture.failedStage(new IllegalStateException("no")));
      CompletionStage<CosemData> read = pool.run(line, this::counted);
      failure(LinkException.class, refused);
      failure(IllegalStateException.class, thrown);
      failure(IllegalStateException.class, never);
      assertEquals("meter", await(read).text());
      assertEquals(0, pool.running());
    }
  }

  @Test
  void aClosedPoolFailsWhatWaitsAndWhatRunsAndTakesNoMore() throws InterruptedException {
    DlmsClientBuilder line = hdlc();
    ClientPool pool = ClientPool.on(serverLoop, PoolLimits.DEFAULT);
    CompletionStage<CosemData> running = pool.run(line, client -> client.get(TestMeter.LATER));
    CompletionStage<CosemData> neverOver = pool.run(wrapper(), client -> new CompletableFuture<>());
    CompletionStage<CosemData> waiting = pool.run(line, this::counted);
    meter.asked.take();
    pool.close();
    failure(PoolClosedException.class, running);
    failure(PoolClosedException.class, neverOver);
    failure(PoolClosedException.class, waiting);
    failure(PoolClosedException.class, pool.run(line, this::counted));
    assertEquals(0, pool.running());
    assertEquals(0, pool.waiting());
    assertEquals(0, most.get());
  }
}
