package io.dlms4j.client;

import static io.dlms4j.cosem.classes.ImageTransfer.CLASS;
import static io.dlms4j.cosem.classes.ImageTransfer.IMAGE_TO_ACTIVATE_INFO;
import static io.dlms4j.cosem.classes.ImageTransfer.IMAGE_TRANSFER_STATUS;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemData.BitStringData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.classes.ImageToActivate;
import io.dlms4j.cosem.classes.ImageTransferStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object of the class "Image transfer" of a server, as its client sees it (class_id 18, Blue
 * Book 4.4.6): {@linkplain #upload all steps at once}, or step by step by the other methods. Stages
 * fail with a {@link DlmsException}: {@link io.dlms4j.cosem.DataAccessException} or {@link
 * ActionException} if the server refused, {@link ProtocolException} if its answer is not of the
 * class. For all threads.
 *
 * <pre>{@code
 * ImageUpload.Result result =
 *     meter.await(
 *         client ->
 *             client
 *                 .imageTransfer("0.0.44.0.0.255")
 *                 .upload(ImageSource.of(file), Octets.ofAscii("F1-2.7"))
 *                 .progress(each -> show(each.octets(), each.allOctets()))
 *                 .activating(true)
 *                 .start());
 * }</pre>
 */
public final class ImageTransfer {
  private static final int CLASS_ID = CLASS.classId();
  private static final int BLOCK_SIZE = 2;
  private static final int TRANSFERRED_BLOCKS_STATUS = 3;
  private static final int FIRST_NOT_TRANSFERRED_BLOCK = 4;
  private static final int TRANSFER_ENABLED = 5;
  private static final int TRANSFER_STATUS = 6;
  private static final int TO_ACTIVATE_INFO = 7;

  private static final int INITIATE = 1;
  private static final int BLOCK_TRANSFER = 2;
  private static final int VERIFY = 3;
  private static final int ACTIVATE = 4;

  private static final long MOST = 0xFFFF_FFFFL;

  private final DlmsClient client;
  private final ObisCode logicalName;

  ImageTransfer(DlmsClient client, ObisCode logicalName) {
    this.client = client;
    this.logicalName = logicalName;
  }

  /**
   * Prepares all steps at once.
   *
   * @param image the image
   * @param identification image_identifier, by which the server is told what it is
   * @return how it goes is still to be said; nothing has been asked yet
   * @throws IllegalArgumentException if the image is empty, or of 4 GiB or more
   */
  public ImageUpload upload(ImageSource image, Octets identification) {
    return new ImageUpload(this, image, identification);
  }

  /**
   * Reads the length of a block, of which only the last one of an image may be shorter.
   *
   * @return image_block_size in octets, 1..2^32-1
   */
  public CompletionStage<Long> blockSize() {
    return get(BLOCK_SIZE, data -> number(data, 1));
  }

  /**
   * Writes the length of a block, where the server lets it be written: what is under way is
   * cancelled.
   *
   * @param octets how many, 1..2^32-1
   * @return completes when it is written
   * @throws IllegalArgumentException if it is out of range
   */
  public CompletionStage<@Nullable Void> setBlockSize(long octets) {
    return client.set(attribute(BLOCK_SIZE), CosemData.doubleLongUnsigned(octets));
  }

  /**
   * Reads which blocks the server has.
   *
   * @return image_transferred_blocks_status: a bit for each block, set if it is there
   */
  public CompletionStage<BitStringData> transferredBlocks() {
    return get(
        TRANSFERRED_BLOCKS_STATUS,
        data -> {
          if (data instanceof BitStringData bits) {
            return bits;
          }
          throw breach("a " + data.tag() + " for a bit-string");
        });
  }

  /**
   * Reads the number of the first block that the server does not have.
   *
   * @return image_first_not_transferred_block_number; the number of blocks, or more, if it has all
   */
  public CompletionStage<Long> firstNotTransferredBlock() {
    return get(FIRST_NOT_TRANSFERRED_BLOCK, data -> number(data, 0));
  }

  /**
   * Reads whether the server takes images at all.
   *
   * @return image_transfer_enabled
   */
  public CompletionStage<Boolean> enabled() {
    return get(TRANSFER_ENABLED, CosemData::booleanValue);
  }

  /**
   * Reads where the transfer stands.
   *
   * @return image_transfer_status
   */
  public CompletionStage<ImageTransferStatus> status() {
    return get(TRANSFER_STATUS, IMAGE_TRANSFER_STATUS.type()::decode);
  }

  /**
   * Reads what the server found in the image when it verified it.
   *
   * @return image_to_activate_info: the images that it would activate
   */
  public CompletionStage<List<ImageToActivate>> imagesToActivate() {
    return get(TO_ACTIVATE_INFO, IMAGE_TO_ACTIVATE_INFO.type()::decode);
  }

  /**
   * Begins a transfer: what was under way is lost.
   *
   * @param identification image_identifier
   * @param size of the image in octets, 1..2^32-1
   * @return completes when blocks may come
   * @throws IllegalArgumentException if the size is out of range
   */
  public CompletionStage<@Nullable Void> initiate(Octets identification, long size) {
    return invoke(
        INITIATE,
        CosemData.structure(
            CosemData.octetString(identification), CosemData.doubleLongUnsigned(size)));
  }

  /**
   * Transfers a block, in any order.
   *
   * @param number of the block, from 0 on
   * @param block its octets: {@link #blockSize} of them, or less in the last one
   * @return completes when the server has it
   * @throws IllegalArgumentException if the number has no wire form
   */
  public CompletionStage<@Nullable Void> transferBlock(long number, Octets block) {
    return invoke(
        BLOCK_TRANSFER,
        CosemData.structure(CosemData.doubleLongUnsigned(number), CosemData.octetString(block)));
  }

  /**
   * Has the image verified.
   *
   * @return true if it is verified; false if the server will take its time (temporary-failure) and
   *     {@link #status} tells the result
   */
  public CompletionStage<Boolean> verify() {
    return atOnce(VERIFY);
  }

  /**
   * Has the image activated.
   *
   * @return true if it is activated; false if it is not, or not yet (temporary-failure), and {@link
   *     #status} tells which
   */
  public CompletionStage<Boolean> activate() {
    return atOnce(ACTIVATE);
  }

  private CompletionStage<Boolean> atOnce(int method) {
    return invoke(method, CosemData.integer(0))
        .handle(
            (done, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedStage(true);
              }
              Throwable root = Blocking.root(failure);
              return isTemporary(root)
                  ? CompletableFuture.completedStage(false)
                  : CompletableFuture.<Boolean>failedStage(root);
            })
        .thenCompose(Function.identity());
  }

  static boolean isTemporary(Throwable failure) {
    return failure instanceof ActionException refused
        && refused.result() == ActionResult.TEMPORARY_FAILURE;
  }

  /** Completes when a time is over. */
  CompletionStage<Void> after(Duration delay) {
    return client.connection().after(delay);
  }

  private CompletionStage<@Nullable Void> invoke(int method, CosemData parameters) {
    return client
        .action(new MethodRef(CLASS_ID, logicalName, method), parameters)
        .thenAccept(returned -> {});
  }

  private AttributeRef attribute(int index) {
    return new AttributeRef(CLASS_ID, logicalName, index);
  }

  private <T> CompletionStage<T> get(int index, Function<CosemData, T> reading) {
    AttributeRef attribute = attribute(index);
    return client
        .get(attribute)
        .thenCompose(
            data -> {
              try {
                return CompletableFuture.completedStage(
                    DlmsClient.decode(attribute, () -> reading.apply(data)));
              } catch (DlmsException e) {
                return CompletableFuture.failedStage(e);
              }
            });
  }

  private static long number(CosemData data, long least) {
    long value = data.integralValue();
    if (value < least || value > MOST) {
      throw breach("the number " + value);
    }
    return value;
  }

  private static ProtocolException breach(String what) {
    return new ProtocolException(
        DlmsException.Scope.REQUEST,
        "the server's Image transfer has " + what + " (Blue Book 4.4.6)");
  }

  /** The object. */
  @Override
  public String toString() {
    return CLASS_ID + ":" + logicalName;
  }
}
