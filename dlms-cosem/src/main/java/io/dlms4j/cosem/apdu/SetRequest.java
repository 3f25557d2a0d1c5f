package io.dlms4j.cosem.apdu;

/** Set-Request: a client writes attributes (Green Book 9.3.7, 9.5). */
public sealed interface SetRequest extends Apdu
    permits SetRequestNormal,
        SetRequestWithFirstDataBlock,
        SetRequestWithDataBlock,
        SetRequestWithList,
        SetRequestWithListAndFirstDataBlock {
  /**
   * Pairs the request with its answer.
   *
   * @return invoke-id and priority
   */
  InvokeIdAndPriority invokeIdAndPriority();
}
