package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * InformationReportRequest: a server sends values that nobody asked for, by short name (Green Book
 * 9.3.17, 9.5).
 *
 * @param currentTime the octets of a GeneralizedTime, characters as in {@code 20260102030405.00Z};
 *     null if there is none
 * @param variables what is reported
 * @param values one for each variable, in their order
 */
public record InformationReport(
    @Nullable Octets currentTime, List<VariableAccess> variables, List<EncodedData> values)
    implements ShortNameApdu {
  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if there are more or fewer values than variables
   */
  public InformationReport {
    variables = List.copyOf(variables);
    values = List.copyOf(values);
    Lists.requireOneEach("values", values.size(), "variables", variables.size());
  }
}
