package io.dlms4j.cosem.apdu;

import java.util.List;

/**
 * Get-Request-With-List: asks for several attributes at once.
 *
 * @param invokeIdAndPriority pairs the request with its answer
 * @param attributes what is asked for, in the order of the answers; the syntax allows none
 */
public record GetRequestWithList(
    InvokeIdAndPriority invokeIdAndPriority, List<AttributeWithSelection> attributes)
    implements GetRequest {
  /** Keeps a copy of the list. */
  public GetRequestWithList {
    attributes = List.copyOf(attributes);
  }
}
