package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import java.util.List;

/**
 * UnconfirmedWriteRequest: as {@link WriteRequest}, and nobody answers (Green Book 9.3.16, 9.5).
 *
 * @param variables what is written, by short name
 * @param values one for each variable, in their order
 */
public record UnconfirmedWriteRequest(List<VariableAccess> variables, List<EncodedData> values)
    implements ShortNameApdu {
  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if there are more or fewer values than variables
   */
  public UnconfirmedWriteRequest {
    variables = List.copyOf(variables);
    values = List.copyOf(values);
    Lists.requireOneEach("values", values.size(), "variables", variables.size());
  }
}
