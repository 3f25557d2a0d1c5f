package io.dlms4j.cosem.apdu;

/** Action-Request: a client invokes methods (Green Book 9.3.8, 9.5). */
public sealed interface ActionRequest extends Apdu
    permits ActionRequestNormal,
        ActionRequestNextPBlock,
        ActionRequestWithList,
        ActionRequestWithFirstPBlock,
        ActionRequestWithListAndFirstPBlock,
        ActionRequestWithPBlock {
  /**
   * Pairs the request with its answer.
   *
   * @return invoke-id and priority
   */
  InvokeIdAndPriority invokeIdAndPriority();
}
