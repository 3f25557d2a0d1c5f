package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.client.ImageUpload.Progress;
import io.dlms4j.client.ImageUpload.Result;
import io.dlms4j.client.ImageUpload.Step;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.classes.ImageToActivate;
import io.dlms4j.cosem.classes.ImageTransferStatus;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.ReadResult;
import io.dlms4j.server.image.FileImageStore;
import io.dlms4j.server.image.ImageActivation;
import io.dlms4j.server.image.ImageHeader;
import io.dlms4j.server.image.ImageVerifier;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are uploaded all at once, whatever comes between. */
abstract class ImageUploadContract extends ImageTransferContract {
  private static final int SIZE = 950;
  private static final int BLOCKS = 10;

  @TempDir private Path directory;

  /** The images that have been activated. */
  private final List<Octets> activated = new ArrayList<>();

  private ImageTransfer startActivating() {
    return start(
        builder ->
            builder.activation(
                image -> {
                  try {
                    activated.add(image.read(0, (int) image.header().size()));
                  } catch (IOException e) {
                    return CompletableFuture.failedStage(e);
                  }
                  return CompletableFuture.completedStage(ImageActivation.Outcome.ACTIVATED);
                }));
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  /** What the meter has is the image, and it is verified. */
  private void assertThere(ImageTransfer transfer, int size) throws IOException {
    assertEquals(ImageTransferStatus.VERIFICATION_SUCCESSFUL, await(transfer.status()));
    ImageHeader header = Objects.requireNonNull(store.load().orElseThrow().image());
    assertEquals(NAME, header.identification());
    assertEquals(ImageMeter.image(size), store.read(header, 0, size));
  }

  @Test
  void anImageIsTransferredVerifiedAndActivated() {
    ImageTransfer transfer = startActivating();
    Result result = await(upload(transfer, SIZE).activating(true).start());
    assertTrue(result.activated());
    assertEquals(BLOCKS, result.blocksSent());
    assertEquals(numbers(0, BLOCKS), meter().came);
    assertEquals(List.of(ImageMeter.image(SIZE)), activated);
    ImageToActivate found = result.images().get(0);
    assertEquals(SIZE, found.size());
    assertEquals(NAME, found.identification());
    assertEquals(32, found.signature().length());
    assertEquals(ImageTransferStatus.ACTIVATION_SUCCESSFUL, await(transfer.status()));
  }

  @Test
  void anImageIsNotActivatedUnlessThatIsAskedFor() throws IOException {
    ImageTransfer transfer = startActivating();
    assertFalse(await(upload(transfer, SIZE).start()).activated());
    assertThere(transfer, SIZE);
    assertEquals(List.of(), activated);
  }

  @Test
  void blocksLargerThanAnApduOfTheServerTravelInBlocksThemselves() throws IOException {
    ImageTransfer transfer = start(builder -> builder.blockSize(2000, 10, 2000));
    await(upload(transfer, 5000).start());
    assertThere(transfer, 5000);
    assertEquals(numbers(0, 3), meter().came);
  }

  @Test
  void progressIsToldAtEachStepAndAfterEachBlock() {
    List<Progress> told = new ArrayList<>();
    await(upload(startActivating(), 250).activating(true).progress(told::add).start());
    assertEquals(
        List.of(
            new Progress(Step.PREPARING, 0, 0, 0, 250),
            new Progress(Step.INITIATING, 0, 3, 0, 250),
            new Progress(Step.TRANSFERRING, 0, 3, 0, 250),
            new Progress(Step.TRANSFERRING, 1, 3, 100, 250),
            new Progress(Step.TRANSFERRING, 2, 3, 200, 250),
            new Progress(Step.TRANSFERRING, 3, 3, 250, 250),
            new Progress(Step.CHECKING, 3, 3, 250, 250),
            new Progress(Step.VERIFYING, 3, 3, 250, 250),
            new Progress(Step.INSPECTING, 3, 3, 250, 250),
            new Progress(Step.ACTIVATING, 3, 3, 250, 250),
            new Progress(Step.DONE, 3, 3, 250, 250)),
        told);
  }

  @Test
  void aTransferThatWasCutOffGoesOnWithTheBlocksThatAreMissingAfterARestartOfTheMeter()
      throws IOException {
    Path file = directory.resolve("image");
    try (FileImageStore first = FileImageStore.open(file)) {
      store = first;
      ImageTransfer transfer = start();
      meter().onInvoke =
          request -> {
            if (request.methodIndex() == ImageMeter.BLOCK_TRANSFER
                && ImageMeter.block(request) == 4) {
              cut();
            }
            return null;
          };
      failure(LinkException.class, upload(transfer, SIZE).start());
    }
    try (FileImageStore second = FileImageStore.open(file)) {
      store = second;
      ImageTransfer transfer = start();
      long first = await(transfer.firstNotTransferredBlock());
      assertTrue(first == 4 || first == 5, "" + first);
      Result result = await(upload(transfer, SIZE).resuming(true).start());
      assertEquals(BLOCKS - first, result.blocksSent());
      assertEquals(numbers(first, BLOCKS), meter().came);
      assertThere(transfer, SIZE);
    }
  }

  @Test
  void withoutResumingATransferBeginsAnew() throws IOException {
    ImageTransfer transfer = start();
    await(transfer.initiate(Octets.ofAscii("other"), SIZE));
    sendBlock(transfer, SIZE, 3);
    assertEquals(BLOCKS, await(upload(transfer, SIZE).start()).blocksSent());
    assertThere(transfer, SIZE);
  }

  @Test
  void resumingGoesOnFromWhereverTheServerIs() throws IOException {
    ImageTransfer transfer = startActivating();
    // Nothing under way, then another image, then half of this one.
    assertEquals(BLOCKS, await(upload(transfer, SIZE).resuming(true).start()).blocksSent());
    await(transfer.initiate(NAME, SIZE - 2 * BLOCK));
    assertEquals(BLOCKS, await(upload(transfer, SIZE).resuming(true).start()).blocksSent());
    await(transfer.initiate(NAME, SIZE));
    sendBlock(transfer, SIZE, 9);
    sendBlock(transfer, SIZE, 1);
    assertEquals(BLOCKS - 2, await(upload(transfer, SIZE).resuming(true).start()).blocksSent());
    assertThere(transfer, SIZE);
    // All there, and verified: there is nothing left but to activate it.
    Result result = await(upload(transfer, SIZE).resuming(true).activating(true).start());
    assertEquals(0, result.blocksSent());
    assertTrue(result.activated());
    assertEquals(List.of(ImageMeter.image(SIZE)), activated);
  }

  @Test
  void blocksThatTheMeterLostAreSentAgain() throws IOException {
    ImageTransfer transfer = start();
    Set<Long> lost = new HashSet<>(List.of(2L, 5L, 9L));
    meter().onInvoke =
        request ->
            request.methodIndex() == ImageMeter.BLOCK_TRANSFER
                    && lost.remove(ImageMeter.block(request))
                ? InvokeResult.success()
                : null;
    assertEquals(BLOCKS + 3, await(upload(transfer, SIZE).start()).blocksSent());
    assertEquals(List.of(2L, 5L, 9L), meter().came.subList(BLOCKS, BLOCKS + 3));
    assertThere(transfer, SIZE);
  }

  @Test
  void aMeterThatDoesNotTellItsBlocksIsAskedForTheFirstMissingOneEachTime() throws IOException {
    ImageTransfer transfer = start();
    Set<Long> lost = new HashSet<>(List.of(2L, 5L));
    meter().onRead =
        attribute -> attribute == 3 ? ReadResult.refused(DataAccessResult.READ_WRITE_DENIED) : null;
    meter().onInvoke =
        request ->
            request.methodIndex() == ImageMeter.BLOCK_TRANSFER
                    && lost.remove(ImageMeter.block(request))
                ? InvokeResult.success()
                : null;
    assertEquals(BLOCKS + 2, await(upload(transfer, SIZE).start()).blocksSent());
    assertThere(transfer, SIZE);
  }

  @Test
  void aMeterThatLosesABlockForEverIsGivenUp() {
    ImageTransfer transfer = start();
    meter().onInvoke =
        request ->
            request.methodIndex() == ImageMeter.BLOCK_TRANSFER && ImageMeter.block(request) == 7
                ? InvokeResult.success()
                : null;
    ImageTransferException failure =
        failure(ImageTransferException.class, upload(transfer, SIZE).start());
    ClientServerContract.assertSays("still lacks 1 blocks, the first being 7", failure);
    assertTrue(meter().came.size() <= BLOCKS + 5, "" + meter().came);
  }

  @Test
  void aBlockWhoseAnswerIsLostIsNotMissed() throws IOException {
    start();
    ImageTransfer transfer = connect(builder -> builder.responseTimeout(Duration.ofMillis(200)));
    AtomicReference<@Nullable CompletableFuture<InvokeResult>> never = new AtomicReference<>();
    meter().onInvoke =
        request -> {
          if (request.methodIndex() == ImageMeter.BLOCK_TRANSFER
              && ImageMeter.block(request) == 3
              && never.compareAndSet(null, new CompletableFuture<>())) {
            return never.get();
          }
          return null;
        };
    await(upload(transfer, SIZE).start());
    assertThere(transfer, SIZE);
    assertEquals(3L, meter().came.get(BLOCKS));
  }

  @Test
  void whatTheMeterPutsOffIsAskedForAgain() throws IOException {
    for (int method = 1; method <= 4; method++) {
      store.clear(BLOCK);
      ImageTransfer transfer = start();
      meter().once(method, ActionResult.TEMPORARY_FAILURE);
      assertTrue(await(upload(transfer, SIZE).activating(true).start()).activated(), "" + method);
    }
  }

  @Test
  void aMeterThatPutsOffForEverIsGivenUp() {
    ImageTransfer transfer = start();
    meter().onInvoke =
        request ->
            request.methodIndex() == 1
                ? InvokeResult.refused(ActionResult.TEMPORARY_FAILURE)
                : null;
    RequestTimeoutException failure =
        failure(
            RequestTimeoutException.class,
            upload(transfer, SIZE).patience(Duration.ofMillis(5)).start());
    ClientServerContract.assertSays("not ready within 5 ms, at INITIATING", failure);
  }

  @Test
  void verificationAndActivationThatTakeTheirTimeAreWaitedFor() {
    CompletableFuture<ImageVerifier.Verdict> verdict = new CompletableFuture<>();
    CompletableFuture<ImageActivation.Outcome> outcome = new CompletableFuture<>();
    ImageTransfer transfer =
        start(builder -> builder.verifier(image -> verdict).activation(image -> outcome));
    int[] polls = new int[1];
    meter().onRead =
        attribute -> {
          if (attribute == 6 && ++polls[0] == 3) {
            verdict.complete(
                new ImageVerifier.Good(List.of(new ImageToActivate(SIZE, NAME, NAME))));
          } else if (attribute == 6 && polls[0] == 6) {
            outcome.complete(ImageActivation.Outcome.ACTIVATED);
          }
          return null;
        };
    assertTrue(await(upload(transfer, SIZE).activating(true).start()).activated());
    assertEquals(6, polls[0]);
  }

  @Test
  void anImageThatTheMeterFindsBadIsAnExceptionThatSaysSo() {
    for (boolean atOnce : new boolean[] {true, false}) {
      CompletableFuture<ImageVerifier.Verdict> verdict = new CompletableFuture<>();
      ImageTransfer transfer = start(builder -> builder.verifier(image -> verdict));
      if (atOnce) {
        verdict.complete(new ImageVerifier.Bad());
      }
      meter().onRead =
          attribute -> {
            verdict.complete(new ImageVerifier.Bad());
            return null;
          };
      ImageTransferException failure =
          failure(ImageTransferException.class, upload(transfer, SIZE).activating(true).start());
      assertEquals(ImageTransferStatus.VERIFICATION_FAILED, failure.status().orElseThrow());
      ClientServerContract.assertSays("bad", failure);
    }
  }

  @Test
  void anActivationThatFailsIsAnExceptionThatSaysSo() {
    ImageTransfer transfer =
        start(
            builder ->
                builder.activation(
                    image -> CompletableFuture.completedStage(ImageActivation.Outcome.FAILED)));
    ImageTransferException failure =
        failure(ImageTransferException.class, upload(transfer, SIZE).activating(true).start());
    assertEquals(ImageTransferStatus.ACTIVATION_FAILED, failure.status().orElseThrow());
  }

  @Test
  void anActivationThatIsRefusedIsTheMetersRefusal() {
    ImageTransfer transfer =
        start(
            builder ->
                builder.activation(
                    image -> CompletableFuture.completedStage(ImageActivation.Outcome.REFUSED)));
    ActionException failure =
        failure(ActionException.class, upload(transfer, SIZE).activating(true).start());
    assertEquals(ActionResult.OTHER_REASON, failure.result());
    assertEquals(4, failure.method().methodIndex());
  }

  @Test
  void anImageThatIsNotTheOneThatWasMeantIsNotActivated() {
    ImageTransfer transfer = startActivating();
    ImageTransferException failure =
        failure(
            ImageTransferException.class,
            upload(transfer, SIZE).activating(true).accepting(images -> false).start());
    ClientServerContract.assertSays("another than was meant", failure);
    assertEquals(List.of(), activated);
  }

  @Test
  void aMeterThatTakesNoImagesIsAskedForNothingElse() {
    ImageTransfer transfer = start();
    held().setEnabled(false);
    ImageTransferException failure =
        failure(ImageTransferException.class, upload(transfer, SIZE).start());
    ClientServerContract.assertSays("image_transfer_enabled is false", failure);
    assertEquals(ImageTransferStatus.NOT_INITIATED, await(transfer.status()));
  }

  @Test
  void whoCancelsAnUploadStopsItAndTheConnectionGoesOn() {
    ImageTransfer transfer = start();
    CompletableFuture<CompletableFuture<Result>> running = new CompletableFuture<>();
    CompletableFuture<Result> started =
        upload(transfer, SIZE)
            .progress(
                progress -> {
                  if (progress.blocks() == 4) {
                    // The line's thread may wait here for the test to have left start().
                    running.join().cancel(false);
                  }
                })
            .start()
            .toCompletableFuture();
    running.complete(started);
    Assertions.assertThrows(CancellationException.class, started::join);
    assertEquals(4, await(transfer.firstNotTransferredBlock()));
    assertEquals(6, await(upload(transfer, SIZE).resuming(true).start()).blocksSent());
  }

  @Test
  void anUploadThatTakesLongerThanItMayEnds() {
    ImageTransfer transfer = start(builder -> builder.verifier(image -> new CompletableFuture<>()));
    RequestTimeoutException failure =
        failure(
            RequestTimeoutException.class,
            upload(transfer, SIZE)
                .patience(Duration.ofMinutes(1))
                .deadline(Duration.ofMillis(300))
                .start());
    ClientServerContract.assertSays("within 300 ms; it had come to VERIFYING", failure);
  }

  @Test
  void anImageComesFromAFileOrAChannelOnThreadsOfItsOwn() throws IOException {
    Path file = directory.resolve("firmware");
    Files.write(file, ImageMeter.image(SIZE).toByteArray());
    ImageTransfer transfer = start();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try (FileChannel channel = FileChannel.open(file)) {
      for (ImageSource source : List.of(ImageSource.of(file), ImageSource.of(channel))) {
        await(transfer.upload(source, NAME).executor(reader).start());
        assertThere(transfer, SIZE);
      }
    } finally {
      reader.shutdown();
    }
  }

  @Test
  void anImageThatCannotBeReadEndsTheUploadOnThisSide() throws IOException {
    Path file = directory.resolve("firmware");
    Files.write(file, ImageMeter.image(SIZE).toByteArray());
    ImageSource source = ImageSource.of(file);
    Files.write(file, ImageMeter.image(450).toByteArray());
    ImageTransfer transfer = start();
    DlmsException failure = failure(DlmsException.class, transfer.upload(source, NAME).start());
    assertEquals(DlmsException.Origin.LOCAL, failure.origin());
    ClientServerContract.assertSays("ends at octet 450", failure);
    assertEquals(4, await(transfer.firstNotTransferredBlock()));
  }

  @Test
  void aListenerThatThrowsEndsTheUploadAndNotTheConnection() {
    ImageTransfer transfer = start();
    DlmsException failure =
        failure(
            DlmsException.class,
            upload(transfer, SIZE)
                .progress(
                    progress -> {
                      if (progress.blocks() == 2) {
                        throw new IllegalStateException("no screen");
                      }
                    })
                .start());
    assertEquals(DlmsException.Origin.LOCAL, failure.origin());
    ClientServerContract.assertSays("no screen", failure);
    assertEquals(2, await(transfer.firstNotTransferredBlock()));
  }
}
