package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.DataAccessResult;

/** Get-Data-Result: the attribute, or why not (Green Book 9.5). */
public sealed interface GetDataResult {
  /**
   * The attribute's value.
   *
   * @param value decoded when asked for
   */
  record Data(EncodedData value) implements GetDataResult {}

  /**
   * Why there is no value.
   *
   * @param result what the server says
   */
  record Failure(DataAccessResult result) implements GetDataResult {}
}
