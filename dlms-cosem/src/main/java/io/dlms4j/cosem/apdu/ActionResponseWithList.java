package io.dlms4j.cosem.apdu;

import java.util.List;

/**
 * Action-Response-With-List: what became of several invocations.
 *
 * @param invokeIdAndPriority that of the request
 * @param responses the result of each and what it returned, in the order of the request
 */
public record ActionResponseWithList(
    InvokeIdAndPriority invokeIdAndPriority, List<ActionResponseWithOptionalData> responses)
    implements ActionResponse {
  /** Keeps a copy of the list. */
  public ActionResponseWithList {
    responses = List.copyOf(responses);
  }
}
