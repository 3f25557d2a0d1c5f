package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import java.util.List;

/**
 * WriteRequest: a client writes attributes by short name, or calls methods that return nothing
 * (Green Book 9.3.15, 9.5).
 *
 * @param variables what is written, in the order of the answers
 * @param values one for each variable, in their order
 */
public record WriteRequest(List<VariableAccess> variables, List<EncodedData> values)
    implements ShortNameApdu {
  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if there are more or fewer values than variables
   */
  public WriteRequest {
    variables = List.copyOf(variables);
    values = List.copyOf(values);
    Lists.requireOneEach("values", values.size(), "variables", variables.size());
  }
}
