package io.dlms4j.cosem.apdu;

import java.util.List;

/**
 * Get-Response-With-List: the answers to a list in one APDU.
 *
 * @param invokeIdAndPriority that of the request
 * @param results an attribute's value or why there is none, in the order of the request
 */
public record GetResponseWithList(
    InvokeIdAndPriority invokeIdAndPriority, List<GetDataResult> results) implements GetResponse {
  /** Keeps a copy of the list. */
  public GetResponseWithList {
    results = List.copyOf(results);
  }
}
