package io.dlms4j.cosem.association;

import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.Conformance;
import java.util.Set;

/**
 * What client and server agreed on (Green Book 9.4.2).
 *
 * @param applicationContextName how objects are referenced
 * @param conformance the services that may be used
 * @param clientMaxReceivePduSize octets of the longest APDU that the client takes; 0 is no limit
 * @param serverMaxReceivePduSize octets of the longest APDU that the server takes; 0 is no limit
 * @param dlmsVersionNumber the version of DLMS
 */
public record NegotiatedContext(
    ApplicationContextName applicationContextName,
    Set<Conformance> conformance,
    int clientMaxReceivePduSize,
    int serverMaxReceivePduSize,
    int dlmsVersionNumber) {
  /** Keeps a copy of the set. */
  public NegotiatedContext {
    conformance = Set.copyOf(conformance);
  }
}
