package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.MethodRef;
import java.util.List;

/**
 * Action-Request-With-List: invokes several methods at once.
 *
 * @param invokeIdAndPriority pairs the request with its answer
 * @param methods what is invoked, in the order of the answers; the syntax allows none
 * @param parameters invocation parameters for each; null-data for a method that takes none
 */
public record ActionRequestWithList(
    InvokeIdAndPriority invokeIdAndPriority, List<MethodRef> methods, List<EncodedData> parameters)
    implements ActionRequest {
  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if there are not as many parameters as methods
   */
  public ActionRequestWithList {
    methods = List.copyOf(methods);
    parameters = List.copyOf(parameters);
    Lists.requireOneEach("parameters", parameters.size(), "methods", methods.size());
  }
}
