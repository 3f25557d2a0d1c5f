package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.Octets;

/**
 * image_to_activate_info_element: an image that has been verified (Blue Book 4.4.6).
 *
 * @param size octets, 0..2^32-1
 * @param identification of the image
 * @param signature of the image
 */
public record ImageToActivate(long size, Octets identification, Octets signature) {
  /** Its type. */
  public static final ValueType<ImageToActivate> TYPE =
      ValueType.structure(
          "image_to_activate_info_element",
          in ->
              new ImageToActivate(
                  in.next(ValueType.DOUBLE_LONG_UNSIGNED),
                  in.next(ValueType.OCTET_STRING),
                  in.next(ValueType.OCTET_STRING)),
          field("image_to_activate_size", ValueType.DOUBLE_LONG_UNSIGNED, ImageToActivate::size),
          field(
              "image_to_activate_identification",
              ValueType.OCTET_STRING,
              ImageToActivate::identification),
          field("image_to_activate_signature", ValueType.OCTET_STRING, ImageToActivate::signature));
}
