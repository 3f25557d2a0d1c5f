package io.dlms4j.client;

import static io.dlms4j.client.ClientServerContract.await;
import static io.dlms4j.client.ClientServerContract.loopThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.transport.TransportLoop;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * As many associations at once as there is room for, and no more; again and again, so that whatever
 * one of them left behind would be missed by the next. Every buffer is watched. How many is the
 * property {@code dlms4j.associations}, which the profile {@code soak} sets higher.
 */
@Isolated("it watches what is written to the standard error")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyAssociationsTest {
  private static final int COUNT = Integer.getInteger("dlms4j.associations", 500);
  private static final int ROUNDS = 3;

  /** So many clients connect at once. */
  private static final int AT_ONCE = 100;

  private static final String LEAK = "LEAK: ";

  private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
  private final PrintStream errors = System.err;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  @AfterEach
  void listenNoMore() {
    System.setErr(errors);
    ResourceLeakDetector.setLevel(level);
  }

  private void watch() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
  }

  /** Has Netty look for buffers that are garbage, and were not released. */
  private boolean leaks(int looks) {
    for (int i = 0; i < looks; i++) {
      System.gc();
      // The detector looks whenever it is given another buffer to watch.
      ByteBufAllocator.DEFAULT.directBuffer(16).release();
      if (heard.toString(StandardCharsets.UTF_8).contains(LEAK)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aBufferThatIsNotReleasedIsFound() {
    watch();
    for (int i = 0; i < AT_ONCE; i++) {
      assertEquals(1, ByteBufAllocator.DEFAULT.directBuffer(16).refCnt());
    }
    assertTrue(leaks(200), "the detector finds nothing");
  }

  @Test
  void hdlcAssociationsComeAndGoWithoutATrace() {
    comeAndGo(new Place.HdlcOverTcp());
  }

  @Test
  void wrapperAssociationsComeAndGoWithoutATrace() {
    comeAndGo(new Place.WrapperOverTcp());
  }

  @Test
  void associationsInMemoryComeAndGoWithoutATrace() {
    comeAndGo(new Place.HdlcInMemory());
  }

  private void comeAndGo(Place place) {
    leaks(20);
    watch();
    heard.reset();
    Set<Thread> before = loopThreads();
    try (TransportLoop loop = TransportLoop.create(2);
        DlmsServer server =
            place
                .listening(DlmsServer.builder())
                .loop(loop)
                .maxLines(COUNT, COUNT)
                .maxAssociations(COUNT, AT_ONCE)
                .device(new TestMeter(Guard.PLAIN).device())
                .start()) {
      for (int round = 0; round < ROUNDS; round++) {
        List<DlmsClient> clients = new ArrayList<>();
        while (clients.size() < COUNT) {
          clients.addAll(open(place, server, loop, Math.min(AT_ONCE, COUNT - clients.size())));
        }
        List<CompletionStage<String>> names = new ArrayList<>();
        for (DlmsClient client : clients) {
          names.add(client.get(TestMeter.NAME).thenApply(value -> value.text()));
        }
        names.forEach(name -> assertEquals("meter", await(name)));
        Set<Thread> more = loopThreads();
        more.removeAll(before);
        assertTrue(more.size() <= 2, more::toString);
        List<CompletionStage<Void>> ends = new ArrayList<>();
        clients.forEach(client -> ends.add(client.closeAsync()));
        ends.forEach(end -> await(end.handle((done, failure) -> String.valueOf(failure))));
      }
    }
    assertFalse(leaks(20), () -> heard.toString(StandardCharsets.UTF_8));
  }

  /** The server may be about to notice that others have gone: until then it has no room. */
  private static List<DlmsClient> open(
      Place place, DlmsServer server, TransportLoop loop, int count) {
    List<DlmsClient> opened = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (opened.size() < count) {
      List<DlmsClient> tried = new ArrayList<>();
      for (int i = opened.size(); i < count; i++) {
        tried.add(
            Guard.PLAIN
                .friend(place.speaking(server, TestMeter.SAP, TestMeter.READER))
                .loop(loop)
                .connect());
      }
      for (DlmsClient client : tried) {
        CompletionStage<NegotiatedContext> context = client.opened();
        if (await(context.handle((value, failure) -> failure == null))) {
          opened.add(client);
        }
      }
      if (System.nanoTime() > end) {
        throw new DlmsException(
            DlmsException.Origin.LOCAL,
            DlmsException.Scope.ASSOCIATION,
            "only " + opened.size() + " of " + count + " were opened");
      }
    }
    return opened;
  }
}
