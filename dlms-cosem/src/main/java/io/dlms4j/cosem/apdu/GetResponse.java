package io.dlms4j.cosem.apdu;

/** Get-Response: a server answers a {@link GetRequest} (Green Book 9.3.6, 9.5). */
public sealed interface GetResponse extends Apdu
    permits GetResponseNormal, GetResponseWithDataBlock, GetResponseWithList {
  /**
   * Pairs the answer with its request.
   *
   * @return invoke-id and priority
   */
  InvokeIdAndPriority invokeIdAndPriority();
}
