package io.dlms4j.cosem.apdu;

import java.util.List;

/**
 * ReadRequest: a client asks for attributes by short name, or calls methods that return something
 * (Green Book 9.3.14, 9.5).
 *
 * @param variables what it asks for, in the order of the answers
 */
public record ReadRequest(List<VariableAccess> variables) implements ShortNameApdu {
  /** Keeps a copy of the list. */
  public ReadRequest {
    variables = List.copyOf(variables);
  }
}
