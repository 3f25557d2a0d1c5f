package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.Octets;
import java.util.List;

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
                  in.next("image_identifier", ValueType.OCTET_STRING),
                  in.next("image_size", ValueType.DOUBLE_LONG_UNSIGNED)),
          value ->
              List.of(
                  ValueType.OCTET_STRING.encode(value.imageIdentifier),
                  ValueType.DOUBLE_LONG_UNSIGNED.encode(value.imageSize)));
}
