package io.dlms4j.transport;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.LinkUser;
import io.dlms4j.wrapper.WrapperStreamLink;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class WrapperInMemoryTest extends LineContract {

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private @Nullable Function<LineDriver, Attachment> meter;

  @AfterEach
  void endThread() {
    thread.shutdownNow();
  }

  @Override
  boolean hasCable() {
    return true;
  }

  @Override
  void serve(Function<LineDriver, Attachment> attach) {
    meter = attach;
  }

  @Override
  CompletionStage<LineDriver> connect(ConnectOptions options, Link link, LinkUser user) {
    Function<LineDriver, Attachment> client = line -> new Attachment(link, user);
    Function<LineDriver, Attachment> server = Objects.requireNonNull(meter);
    Recording recording = options.recording();
    MemoryLine line =
        recording == null
            ? MemoryLine.join(thread, System::nanoTime, client, server)
            : MemoryLine.join(thread, System::nanoTime, recording, client, server);
    return CompletableFuture.completedStage(line.client());
  }

  @Override
  LinkAddress connection() {
    return WrapperLinks.CONNECTION;
  }

  @Override
  Link clientLink(Duration patience) {
    return new WrapperStreamLink(WrapperLinks.client(patience));
  }

  @Override
  Link serverLink() {
    return new WrapperStreamLink(WrapperLinks.server());
  }

  @Override
  DownReason reasonOfSilence() {
    return DownReason.INACTIVE;
  }

  @Override
  int longestPayload() {
    return 0xFFFF;
  }
}
