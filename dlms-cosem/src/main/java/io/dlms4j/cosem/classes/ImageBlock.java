package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.Octets;

/**
 * The parameter of image_block_transfer (Blue Book 4.4.6).
 *
 * @param imageBlockNumber which block, from 0 on
 * @param imageBlockValue its octets: image_block_size, or what is left of the image
 */
public record ImageBlock(long imageBlockNumber, Octets imageBlockValue) {
  /** Its type. */
  public static final ValueType<ImageBlock> TYPE =
      ValueType.structure(
          "image_block_transfer",
          in ->
              new ImageBlock(
                  in.next(ValueType.DOUBLE_LONG_UNSIGNED), in.next(ValueType.OCTET_STRING)),
          field("image_block_number", ValueType.DOUBLE_LONG_UNSIGNED, ImageBlock::imageBlockNumber),
          field("image_block_value", ValueType.OCTET_STRING, ImageBlock::imageBlockValue));
}
