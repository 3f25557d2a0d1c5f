package io.dlms4j.client;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.classes.ImageToActivate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How an image gets into a server: all steps of the Blue Book (4.4.6) in a row. The server is asked
 * whether it takes images and in what blocks, told of the image, given the blocks, asked for those
 * that it lacks and given them again, made to verify the image, and, if so desired, to activate it.
 *
 * <p>A server that needs time for it (temporary-failure) is asked again every {@link #pollInterval}
 * for as long as {@link #patience} says. Blocks whose answer is lost are not lost with it: the
 * server says in the end what it has. For one thread, until it is started.
 */
public final class ImageUpload {
  private static final long MOST_OCTETS = 0xFFFF_FFFFL;

  final ImageTransfer transfer;
  final ImageSource image;
  final Octets identification;
  final long size;
  boolean resuming;
  boolean activating;
  Duration pollInterval = Duration.ofSeconds(2);
  Duration patience = Duration.ofMinutes(5);
  @Nullable Duration deadline;
  Executor executor = Runnable::run;
  Consumer<Progress> listener = progress -> {};
  Predicate<List<ImageToActivate>> acceptance;

  /** What is being done. */
  public enum Step {
    /** The server is asked what it takes, and what it has. */
    PREPARING,
    /** The server is told of the image. */
    INITIATING,
    /** Blocks go to the server. */
    TRANSFERRING,
    /** The server is asked which blocks it lacks. */
    CHECKING,
    /** The server verifies the image. */
    VERIFYING,
    /** The server is asked what it found in the image. */
    INSPECTING,
    /** The server activates the image. */
    ACTIVATING,
    /** All has been done. */
    DONE
  }

  /**
   * How far it has come.
   *
   * @param step what is being done
   * @param blocks how many blocks the server has, as far as is known
   * @param allBlocks how many there are; 0 before the length of a block is known
   * @param octets how many octets are in the blocks that the server has
   * @param allOctets how many there are
   */
  public record Progress(Step step, long blocks, long allBlocks, long octets, long allOctets) {}

  /**
   * What came of it.
   *
   * @param images what the server found in the image: image_to_activate_info
   * @param blocksSent how many blocks were sent, those counted that were sent again
   * @param activated whether the server has activated it
   */
  public record Result(List<ImageToActivate> images, long blocksSent, boolean activated) {
    /** Keeps a copy of the list. */
    public Result {
      images = List.copyOf(images);
    }
  }

  ImageUpload(ImageTransfer transfer, ImageSource image, Octets identification) {
    long octets = image.size();
    if (octets < 1 || octets > MOST_OCTETS) {
      throw new IllegalArgumentException(
          "an image of " + octets + " octets is not within 1.." + MOST_OCTETS);
    }
    this.transfer = transfer;
    this.image = image;
    this.identification = identification;
    this.size = octets;
    this.acceptance = images -> images.stream().anyMatch(each -> each.size() == octets);
  }

  /**
   * Sets whether a transfer that is under way is continued, with the blocks that the server lacks.
   * The server does not tell which image it is that it has blocks of: whoever continues says that
   * it is this one. If it cannot be, for the number of blocks is another, or nothing is under way,
   * the transfer begins anew.
   *
   * @param may false unless set
   * @return this
   */
  public ImageUpload resuming(boolean may) {
    this.resuming = may;
    return this;
  }

  /**
   * Sets whether the image is activated when it has been verified. Many meters restart then, and
   * the connection is lost.
   *
   * @param also false unless set
   * @return this
   */
  public ImageUpload activating(boolean also) {
    this.activating = also;
    return this;
  }

  /**
   * Sets what must be true of the images that the server found, before it activates them.
   *
   * @param condition called on the line's thread; must not block. One of them has the image's size,
   *     unless set
   * @return this
   */
  public ImageUpload accepting(Predicate<List<ImageToActivate>> condition) {
    this.acceptance = condition;
    return this;
  }

  /**
   * Sets who hears of the progress: at each step and after each block.
   *
   * @param by called on the line's thread or the {@link #executor}'s, one call at a time; must not
   *     block; whatever it throws ends the upload
   * @return this
   */
  public ImageUpload progress(Consumer<Progress> by) {
    this.listener = by;
    return this;
  }

  /**
   * Sets what reads the image. A block of a local file takes microseconds, which the line's thread,
   * the default, may take; an image from far away takes longer than it may.
   *
   * @param threads where {@link ImageSource#read} is called
   * @return this
   */
  public ImageUpload executor(Executor threads) {
    this.executor = threads;
    return this;
  }

  /**
   * Sets how long a server is left in peace between two questions whether it is ready.
   *
   * @param interval at least a millisecond; 2 s unless set
   * @return this
   * @throws IllegalArgumentException if it is shorter
   */
  public ImageUpload pollInterval(Duration interval) {
    this.pollInterval = atLeastOneMilli(interval);
    return this;
  }

  /**
   * Sets how long a server may take for verifying, for activating, and for anything else that it
   * puts off.
   *
   * @param longest for each of them, at least a millisecond; 5 min unless set
   * @return this
   * @throws IllegalArgumentException if it is shorter
   */
  public ImageUpload patience(Duration longest) {
    this.patience = atLeastOneMilli(longest);
    return this;
  }

  /**
   * Sets how long all of it may take.
   *
   * @param longest at least a millisecond; for ever unless set
   * @return this
   * @throws IllegalArgumentException if it is shorter
   */
  public ImageUpload deadline(Duration longest) {
    this.deadline = atLeastOneMilli(longest);
    return this;
  }

  private static Duration atLeastOneMilli(Duration duration) {
    if (duration.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(duration + " is shorter than a millisecond");
    }
    return duration;
  }

  /**
   * Begins. The server keeps the blocks of an upload that fails or is given up: another one may go
   * on {@linkplain #resuming from there}.
   *
   * @return completes when all has been done. Fails with an {@link ImageTransferException} if the
   *     server does not get the image whole, or finds it bad; with a {@link
   *     io.dlms4j.cosem.RequestTimeoutException} if it takes too long; or with another {@link
   *     io.dlms4j.cosem.DlmsException}. Who cancels it gives the upload up: nothing more is sent
   *     after the request that is under way
   */
  public CompletionStage<Result> start() {
    CompletableFuture<Result> result = new CompletableFuture<>();
    new ImageUploadRun(this, result).begin();
    return result;
  }
}
