package io.dlms4j.cosem.apdu;

import io.dlms4j.cosem.MethodRef;
import java.util.List;

/**
 * Action-Request-With-List-And-First-Pblock: begins to invoke several methods whose parameters come
 * in blocks. What the blocks hold together is the list of parameters with its count before it.
 *
 * @param invokeIdAndPriority pairs the request with its answer
 * @param methods what is invoked, in the order of the answers; the syntax allows none
 * @param block the first part of the encoding of the list of parameters
 */
public record ActionRequestWithListAndFirstPBlock(
    InvokeIdAndPriority invokeIdAndPriority, List<MethodRef> methods, DataBlock block)
    implements ActionRequest {
  /** Keeps a copy of the list. */
  public ActionRequestWithListAndFirstPBlock {
    methods = List.copyOf(methods);
  }
}
