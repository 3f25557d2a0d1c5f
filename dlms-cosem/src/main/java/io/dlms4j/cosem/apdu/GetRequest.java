package io.dlms4j.cosem.apdu;

/**
 * Get-Request: a client asks for an attribute, or for the next block of one (Green Book 9.3.7,
 * 9.5).
 */
public sealed interface GetRequest extends Apdu permits GetRequestNormal, GetRequestNext {
  /**
   * Pairs the request with its answer.
   *
   * @return invoke-id and priority
   */
  InvokeIdAndPriority invokeIdAndPriority();
}
