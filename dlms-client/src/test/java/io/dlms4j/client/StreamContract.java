package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.ReadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a client and a server do together where both notice that the other is gone. */
abstract class StreamContract extends NetworkContract {
  /** What is said where no server listens at the place of the one that was there. */
  abstract String refusal(DlmsServer gone);

  @Test
  void nothingListeningSaysWhereAndLeavesNoThreadBehind() throws InterruptedException {
    DlmsClientBuilder builder = reader();
    String refusal = refusal(server());
    server().close();
    Set<Thread> before = loopThreads();
    DlmsClient client = builder.connect();
    CompletionStage<CosemData> pipelined = client.get(TestMeter.NAME);
    LinkException failure = failure(LinkException.class, client.opened());
    assertSays("cannot connect ", failure);
    assertSays(refusal, failure);
    assertSame(failure, failure(LinkException.class, pipelined));
    assertSame(failure, failure(LinkException.class, client.get(TestMeter.NAME)));
    await(client.closeAsync());
    assertNoThreadLeft(before);
    assertThrows(LinkException.class, client::blocking);
    client.close();
  }

  @Test
  void aServerThatClosesInTheMiddleOfATransferEndsIt() {
    AtomicReference<@Nullable DlmsServer> closing = new AtomicReference<>();
    // On the line's own thread, where closing must not wait for the line.
    restart(
        new TestMeter(
            guard,
            row -> {
              DlmsServer running = closing.get();
              if (row == 200 && running != null) {
                running.close();
              }
            }));
    closing.set(server());
    List<ProfileRow> rows = new ArrayList<>();
    try (BlockingDlmsClient client = reader().connect().blocking()) {
      BlockingProfileReader profile = client.profile(TestMeter.PROFILE);
      LinkException failure = assertThrows(LinkException.class, () -> profile.forEach(rows::add));
      assertEquals(DlmsException.Scope.ASSOCIATION, failure.scope());
      assertEquals("the line was cut", failure.getMessage());
      assertTrue(!rows.isEmpty() && rows.size() < TestMeter.ROWS, "" + rows.size());
      LinkException later = assertThrows(LinkException.class, () -> client.get(TestMeter.NAME));
      assertEquals("the line was cut", later.getMessage());
    }
  }

  @Test
  void aServerThatClosesFailsWhatIsUnderWay() throws InterruptedException {
    try (DlmsClient client = reader().connect()) {
      CompletionStage<CosemData> first = client.get(TestMeter.LATER);
      CompletionStage<CosemData> second = client.get(TestMeter.NAME);
      CompletableFuture<ReadResult> asked = asked();
      server().close();
      assertSays("the line was cut", failure(LinkException.class, first));
      assertSays("the line was cut", failure(LinkException.class, second));
      asked.complete(new ReadResult.Value(DataStream.of(CosemData.unsigned(7))));
    }
  }
}
