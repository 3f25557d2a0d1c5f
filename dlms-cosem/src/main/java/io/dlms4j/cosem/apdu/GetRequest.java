package io.dlms4j.cosem.apdu;

/**
 * Get-Request: a client asks for attributes, or for the next block of an answer (Green Book 9.3.6,
 * 9.5).
 */
public sealed interface GetRequest extends Apdu
    permits GetRequestNormal, GetRequestNext, GetRequestWithList {
  /**
   * Pairs the request with its answer.
   *
   * @return invoke-id and priority
   */
  InvokeIdAndPriority invokeIdAndPriority();
}
