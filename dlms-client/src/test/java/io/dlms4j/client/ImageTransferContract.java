package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemData.BitStringData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.image.ImageStore;
import io.dlms4j.server.image.ImageTransferBuilder;
import io.dlms4j.server.image.InMemoryImageStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A client and a meter that takes images, over whatever joins them. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ImageTransferContract {
  static final Octets NAME = Octets.ofAscii("F1-2.7");
  static final int BLOCK = 100;

  ImageStore store = new InMemoryImageStore();
  private @Nullable DlmsServer server;
  private @Nullable DlmsClient client;
  private @Nullable ImageMeter meter;
  private io.dlms4j.server.image.@Nullable ImageTransfer held;

  abstract DlmsServer.Builder listening(DlmsServer.Builder builder);

  abstract DlmsClientBuilder speaking(InetSocketAddress address, int serverSap, int clientSap);

  @AfterEach
  void stop() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** A meter that has just been switched on, and a client of it. */
  ImageTransfer start() {
    return start(builder -> builder);
  }

  ImageTransfer start(UnaryOperator<ImageTransferBuilder> how) {
    stop();
    try {
      held =
          how.apply(
                  io.dlms4j.server.image.ImageTransfer.builder(ObisCode.of(ImageMeter.NAME), store)
                      .blockSize(BLOCK, 10, 2000))
              .build();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    ImageMeter made = new ImageMeter(held().object());
    meter = made;
    server = listening(DlmsServer.builder()).device(made.device()).start();
    return connect(builder -> builder);
  }

  ImageTransfer connect(UnaryOperator<DlmsClientBuilder> how) {
    InetSocketAddress address = Objects.requireNonNull(server).addresses().get(0);
    DlmsClient made = how.apply(speaking(address, ImageMeter.SAP, ImageMeter.CLIENT)).connect();
    client = made;
    return made.imageTransfer(ImageMeter.NAME);
  }

  ImageMeter meter() {
    return Objects.requireNonNull(meter);
  }

  io.dlms4j.server.image.ImageTransfer held() {
    return Objects.requireNonNull(held);
  }

  /** Cuts the line to the client, and to all others. */
  void cut() {
    Objects.requireNonNull(server).close();
  }

  /** Asks the meter for what no client of ours would ask it for. */
  CompletionStage<?> invoke(int method, CosemData parameters) {
    return Objects.requireNonNull(client)
        .action(MethodRef.of(18, ImageMeter.NAME, method), parameters);
  }

  CompletionStage<?> write(CosemData blockSize) {
    return Objects.requireNonNull(client).set(AttributeRef.of(18, ImageMeter.NAME, 2), blockSize);
  }

  static <T> T await(CompletionStage<T> stage) {
    return ClientServerContract.await(stage);
  }

  static ImageUpload upload(ImageTransfer transfer, int size) {
    return transfer
        .upload(ImageSource.of(ImageMeter.image(size)), NAME)
        .pollInterval(Duration.ofMillis(1))
        .patience(Duration.ofSeconds(1));
  }

  static void sendBlock(ImageTransfer transfer, int size, int number) {
    int offset = number * BLOCK;
    Octets block = ImageMeter.image(size).slice(offset, Math.min(BLOCK, size - offset));
    await(transfer.transferBlock(number, block));
  }

  static String bits(ImageTransfer transfer) {
    BitStringData bits = await(transfer.transferredBlocks());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bits.length(); i++) {
      text.append(bits.bit(i) ? '1' : '0');
    }
    return text.toString();
  }

  static <E extends Throwable> E failure(Class<E> type, CompletionStage<?> stage) {
    return ClientServerContract.failure(type, stage);
  }
}
