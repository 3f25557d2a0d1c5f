package io.dlms4j.cosem.apdu;

import io.dlms4j.cosem.DataAccessResult;
import java.util.List;

/**
 * Set-Response-With-List: whether several attributes were written.
 *
 * @param invokeIdAndPriority that of the request
 * @param results whether each was written, or why not, in the order of the request
 */
public record SetResponseWithList(
    InvokeIdAndPriority invokeIdAndPriority, List<DataAccessResult> results)
    implements SetResponse {
  /** Keeps a copy of the list. */
  public SetResponseWithList {
    results = List.copyOf(results);
  }
}
