package io.dlms4j.client;

import static io.dlms4j.client.ClientServerContract.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Wrapper;
import io.dlms4j.transport.TransportLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A line that is cut after any number of octets: everything that was asked comes to an end. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CutAnywhereTest {
  /** Beyond the AARE and the first answers. */
  private static final int MOST_OCTETS = 180;

  private final TransportLoop loop = TransportLoop.create(1);
  private final DlmsServer server =
      DlmsServer.builder()
          .loop(loop)
          .tcpOnLoopback(0, Wrapper.defaults())
          .device(new TestMeter(Guard.PLAIN).device())
          .start();
  private final CutLine line = new CutLine(server.addresses().get(0));

  @AfterEach
  void stop() {
    line.close();
    server.close();
    loop.close();
  }

  /** Counts requests that have begun and are not over. */
  private static final class Open implements ClientListener {
    final AtomicInteger requests = new AtomicInteger();

    @Override
    public void onRequestStarted(RequestInfo request) {
      requests.incrementAndGet();
    }

    @Override
    public void onRequestFinished(RequestInfo request, RequestReport report) {
      requests.decrementAndGet();
    }
  }

  @Test
  void everyStageCompletesWhereverTheLineIsCut() {
    Open open = new Open();
    int failed = 0;
    int read = 0;
    for (int octets = 1; octets <= MOST_OCTETS; octets += 3) {
      line.cutAfter(octets);
      DlmsClient client =
          DlmsClient.tcp(line.address().getHostString(), line.address().getPort())
              .wrapper(TestMeter.SAP, TestMeter.READER)
              .lowLevelSecurity(TestMeter.PASSWORD)
              .maxOutstandingRequests(4)
              .loop(loop)
              .listener(open)
              .connect();
      List<CompletionStage<?>> stages = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        stages.add(client.get(TestMeter.NAME));
      }
      stages.add(client.profile(TestMeter.PROFILE).forEach(row -> {}));
      stages.add(client.getAll(List.of(TestMeter.NAME, TestMeter.NAME)));
      for (CompletionStage<?> stage : stages) {
        Throwable end = await(stage.handle((value, failure) -> new End(failure))).failure();
        if (end == null) {
          read++;
        } else {
          assertInstanceOf(LinkException.class, Blocking.root(end));
          failed++;
        }
      }
      await(client.closeAsync());
      assertEquals(0, open.requests.get());
    }
    assertTrue(read > 0 && failed > read, read + " read and " + failed + " failed");
  }

  private record End(@Nullable Throwable failure) {}
}
