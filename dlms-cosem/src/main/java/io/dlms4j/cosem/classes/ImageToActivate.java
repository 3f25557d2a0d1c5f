package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import java.util.List;

/**
 * An image that has been transferred and verified (Blue Book 4.4.6,
 * image_to_activate_info_element).
 *
 * @param size in octets, 0..2^32-1
 * @param identification what the image is, as its maker writes it
 * @param signature what proves it, such as a hash of its octets; empty if there is none
 */
public record ImageToActivate(long size, Octets identification, Octets signature) {
  private static final long MOST = 0xFFFF_FFFFL;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public ImageToActivate {
    if (size < 0 || size > MOST) {
      throw new IllegalArgumentException("image size " + size + " is not within 0.." + MOST);
    }
  }

  /**
   * The element on the wire.
   *
   * @return a structure of size, identification and signature
   */
  public CosemData toData() {
    return CosemData.structure(
        CosemData.doubleLongUnsigned(size),
        CosemData.octetString(identification),
        CosemData.octetString(signature));
  }

  /**
   * Reads an element of the attribute.
   *
   * @param data a structure of three
   * @return the image
   * @throws io.dlms4j.axdr.AxdrException if it is of another type
   */
  public static ImageToActivate decode(CosemData data) {
    List<CosemData> fields = data.structureOf(3);
    long size = fields.get(0).integralValue();
    if (size < 0 || size > MOST) {
      throw Fields.malformed(
          "image_to_activate_size " + size + " is not within 0.." + MOST, "Blue Book 4.4.6");
    }
    return new ImageToActivate(
        size, fields.get(1).octetStringValue(), fields.get(2).octetStringValue());
  }
}
