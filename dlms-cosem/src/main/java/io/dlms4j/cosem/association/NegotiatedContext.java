package io.dlms4j.cosem.association;

import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.ApplicationEntity;
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
 * @param confirmed false in an unconfirmed association: there was no AARE, and only unconfirmed
 *     services may be used (Green Book 9.4.4)
 * @param client who the client said it is: its AE-invocation-identifier is the user behind it
 * @param server who the server said it is
 */
public record NegotiatedContext(
    ApplicationContextName applicationContextName,
    Set<Conformance> conformance,
    int clientMaxReceivePduSize,
    int serverMaxReceivePduSize,
    int dlmsVersionNumber,
    boolean confirmed,
    ApplicationEntity client,
    ApplicationEntity server) {
  /** Keeps a copy of the set. */
  public NegotiatedContext {
    conformance = Set.copyOf(conformance);
  }

  /**
   * A confirmed association of parties that do not name themselves.
   *
   * @param applicationContextName how objects are referenced
   * @param conformance the services that may be used
   * @param clientMaxReceivePduSize octets of the longest APDU that the client takes; 0 is no limit
   * @param serverMaxReceivePduSize octets of the longest APDU that the server takes; 0 is no limit
   * @param dlmsVersionNumber the version of DLMS
   */
  public NegotiatedContext(
      ApplicationContextName applicationContextName,
      Set<Conformance> conformance,
      int clientMaxReceivePduSize,
      int serverMaxReceivePduSize,
      int dlmsVersionNumber) {
    this(
        applicationContextName,
        conformance,
        clientMaxReceivePduSize,
        serverMaxReceivePduSize,
        dlmsVersionNumber,
        true,
        ApplicationEntity.UNNAMED,
        ApplicationEntity.UNNAMED);
  }
}
