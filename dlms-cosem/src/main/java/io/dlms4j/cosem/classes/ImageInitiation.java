package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.Octets;

/**
 * The parameter of image_transfer_initiate (Blue Book 4.4.6).
 *
 * @param imageIdentifier which image
 * @param imageSize octets, 0..2^32-1
 */
public record ImageInitiation(Octets imageIdentifier, long imageSize) {
  /** Its type. */
  public static final ValueType<ImageInitiation> TYPE =
      ValueType.structure(
          "image_transfer_initiate",
          in ->
              new ImageInitiation(
                  in.next(ValueType.OCTET_STRING), in.next(ValueType.DOUBLE_LONG_UNSIGNED)),
          field("image_identifier", ValueType.OCTET_STRING, ImageInitiation::imageIdentifier),
          field("image_size", ValueType.DOUBLE_LONG_UNSIGNED, ImageInitiation::imageSize));
}
