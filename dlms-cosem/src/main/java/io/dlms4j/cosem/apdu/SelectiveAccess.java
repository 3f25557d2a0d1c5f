package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;

/**
 * Selective-Access-Descriptor: asks for a part of an attribute (Green Book 9.5). What the
 * parameters mean is the interface class's business.
 *
 * @param accessSelector which kind of selection, 0..255
 * @param accessParameters what it selects
 */
public record SelectiveAccess(int accessSelector, EncodedData accessParameters) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the selector is no octet
   */
  public SelectiveAccess {
    Unsigned.require8("access selector", accessSelector);
  }
}
