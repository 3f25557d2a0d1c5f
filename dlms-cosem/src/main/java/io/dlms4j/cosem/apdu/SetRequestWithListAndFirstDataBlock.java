package io.dlms4j.cosem.apdu;

import java.util.List;

/**
 * Set-Request-With-List-And-First-Datablock: begins to write several attributes whose values come
 * in blocks. What the blocks hold together is the list of values with its count before it.
 *
 * @param invokeIdAndPriority pairs the request with its answer
 * @param attributes what is written, in the order of the answers; the syntax allows none
 * @param block the first part of the encoding of the list of values
 */
public record SetRequestWithListAndFirstDataBlock(
    InvokeIdAndPriority invokeIdAndPriority,
    List<AttributeWithSelection> attributes,
    DataBlock block)
    implements SetRequest {
  /** Keeps a copy of the list. */
  public SetRequestWithListAndFirstDataBlock {
    attributes = List.copyOf(attributes);
  }
}
