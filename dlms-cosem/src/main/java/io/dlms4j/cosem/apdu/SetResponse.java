package io.dlms4j.cosem.apdu;

/** Set-Response: a server answers a {@link SetRequest} (Green Book 9.3.7, 9.5). */
public sealed interface SetResponse extends Apdu
    permits SetResponseNormal,
        SetResponseDataBlock,
        SetResponseLastDataBlock,
        SetResponseLastDataBlockWithList,
        SetResponseWithList {
  /**
   * Pairs the answer with its request.
   *
   * @return invoke-id and priority
   */
  InvokeIdAndPriority invokeIdAndPriority();
}
