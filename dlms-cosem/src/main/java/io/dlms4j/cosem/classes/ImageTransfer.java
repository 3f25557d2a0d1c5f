package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * An Image transfer object (class 18, version 0; Blue Book 4.4.6).
 *
 * @param logicalName its OBIS code
 */
public record ImageTransfer(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: octets of a block, but for the last. */
  public static final AttributeDescriptor<Long> IMAGE_BLOCK_SIZE =
      AttributeDescriptor.ofStatic(2, "image_block_size", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Attribute 3: a bit-string, a bit for each block that is there. */
  public static final AttributeDescriptor<CosemData> IMAGE_TRANSFERRED_BLOCKS_STATUS =
      AttributeDescriptor.ofDynamic(3, "image_transferred_blocks_status", ValueType.ANY);

  /** Attribute 4: blocks count from 0. */
  public static final AttributeDescriptor<Long> IMAGE_FIRST_NOT_TRANSFERRED_BLOCK_NUMBER =
      AttributeDescriptor.ofDynamic(
          4, "image_first_not_transferred_block_number", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Attribute 5. */
  public static final AttributeDescriptor<Boolean> IMAGE_TRANSFER_ENABLED =
      AttributeDescriptor.ofStatic(5, "image_transfer_enabled", ValueType.BOOLEAN);

  /** Attribute 6. */
  public static final AttributeDescriptor<ImageTransferStatus> IMAGE_TRANSFER_STATUS =
      AttributeDescriptor.ofDynamic(
          6,
          "image_transfer_status",
          ValueType.enumOf(
              "image_transfer_status",
              List.of(ImageTransferStatus.values()),
              ImageTransferStatus::code));

  /** Attribute 7. */
  public static final AttributeDescriptor<List<ImageToActivate>> IMAGE_TO_ACTIVATE_INFO =
      AttributeDescriptor.ofDynamic(
          7, "image_to_activate_info", ValueType.arrayOf(ImageToActivate.TYPE));

  /** Method 1. */
  public static final MethodDescriptor<ImageInitiation, Nothing> IMAGE_TRANSFER_INITIATE =
      MethodDescriptor.taking(1, "image_transfer_initiate", ImageInitiation.TYPE);

  /** Method 2. */
  public static final MethodDescriptor<ImageBlock, Nothing> IMAGE_BLOCK_TRANSFER =
      MethodDescriptor.taking(2, "image_block_transfer", ImageBlock.TYPE);

  /** Method 3. */
  public static final MethodDescriptor<Integer, Nothing> IMAGE_VERIFY =
      MethodDescriptor.taking(3, "image_verify", ValueType.INTEGER);

  /** Method 4. */
  public static final MethodDescriptor<Integer, Nothing> IMAGE_ACTIVATE =
      MethodDescriptor.taking(4, "image_activate", ValueType.INTEGER);

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(18, 0, "Image transfer")
          .attributes(
              IMAGE_BLOCK_SIZE,
              IMAGE_TRANSFERRED_BLOCKS_STATUS,
              IMAGE_FIRST_NOT_TRANSFERRED_BLOCK_NUMBER,
              IMAGE_TRANSFER_ENABLED,
              IMAGE_TRANSFER_STATUS,
              IMAGE_TO_ACTIVATE_INFO)
          .methods(IMAGE_TRANSFER_INITIATE, IMAGE_BLOCK_TRANSFER, IMAGE_VERIFY, IMAGE_ACTIVATE)
          .methodOffset(0x40)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static ImageTransfer at(String logicalName) {
    return new ImageTransfer(ObisCode.of(logicalName));
  }

  @Override
  public InterfaceClass interfaceClass() {
    return CLASS;
  }

  /**
   * Attribute 2.
   *
   * @return the attribute
   */
  public TypedAttribute<Long> imageBlockSize() {
    return attribute(IMAGE_BLOCK_SIZE);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemData> imageTransferredBlocksStatus() {
    return attribute(IMAGE_TRANSFERRED_BLOCKS_STATUS);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<Long> imageFirstNotTransferredBlockNumber() {
    return attribute(IMAGE_FIRST_NOT_TRANSFERRED_BLOCK_NUMBER);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<Boolean> imageTransferEnabled() {
    return attribute(IMAGE_TRANSFER_ENABLED);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<ImageTransferStatus> imageTransferStatus() {
    return attribute(IMAGE_TRANSFER_STATUS);
  }

  /**
   * Attribute 7.
   *
   * @return the attribute
   */
  public TypedAttribute<List<ImageToActivate>> imageToActivateInfo() {
    return attribute(IMAGE_TO_ACTIVATE_INFO);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<ImageInitiation, Nothing> imageTransferInitiate() {
    return method(IMAGE_TRANSFER_INITIATE);
  }

  /**
   * Method 2.
   *
   * @return the method
   */
  public TypedMethod<ImageBlock, Nothing> imageBlockTransfer() {
    return method(IMAGE_BLOCK_TRANSFER);
  }

  /**
   * Method 3.
   *
   * @return the method
   */
  public TypedMethod<Integer, Nothing> imageVerify() {
    return method(IMAGE_VERIFY);
  }

  /**
   * Method 4.
   *
   * @return the method
   */
  public TypedMethod<Integer, Nothing> imageActivate() {
    return method(IMAGE_ACTIVATE);
  }
}
