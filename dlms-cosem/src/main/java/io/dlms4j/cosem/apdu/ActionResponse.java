package io.dlms4j.cosem.apdu;

/** Action-Response: a server answers an {@link ActionRequest} (Green Book 9.3.8, 9.5). */
public sealed interface ActionResponse extends Apdu
    permits ActionResponseNormal,
        ActionResponseWithPBlock,
        ActionResponseWithList,
        ActionResponseNextPBlock {
  /**
   * Pairs the answer with its request.
   *
   * @return invoke-id and priority
   */
  InvokeIdAndPriority invokeIdAndPriority();
}
