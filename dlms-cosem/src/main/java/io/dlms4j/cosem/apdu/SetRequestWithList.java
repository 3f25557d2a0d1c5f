package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import java.util.List;

/**
 * Set-Request-With-List: writes several attributes at once.
 *
 * @param invokeIdAndPriority pairs the request with its answer
 * @param attributes what is written, in the order of the answers; the syntax allows none
 * @param values a new value for each
 */
public record SetRequestWithList(
    InvokeIdAndPriority invokeIdAndPriority,
    List<AttributeWithSelection> attributes,
    List<EncodedData> values)
    implements SetRequest {
  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if there are not as many values as attributes
   */
  public SetRequestWithList {
    attributes = List.copyOf(attributes);
    values = List.copyOf(values);
    Lists.requireOneEach("values", values.size(), "attributes", attributes.size());
  }
}
