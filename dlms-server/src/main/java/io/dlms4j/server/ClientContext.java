package io.dlms4j.server;

import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import java.util.Set;

/**
 * Who asks: the association that a request came in.
 *
 * @param clientSap service access point of the client; 0 if the device itself asks
 * @param device the logical device that it is associated with
 * @param config what the device offers in that association
 * @param negotiated what was agreed on
 * @param policy the association's rights
 */
public record ClientContext(
    int clientSap,
    LogicalDevice device,
    ServerAssociationConfig config,
    NegotiatedContext negotiated,
    AccessPolicy policy) {
  private static final ServerAssociationConfig NO_ASSOCIATION =
      ServerAssociationConfig.builder()
          .lowestLevelSecurity()
          .conformance(Set.<Conformance>of())
          .build();

  private static final int DLMS_VERSION = 6;

  /** The device itself, which reads its own objects. */
  static ClientContext ofDevice(LogicalDevice device) {
    return new ClientContext(
        0,
        device,
        NO_ASSOCIATION,
        new NegotiatedContext(
            NO_ASSOCIATION.applicationContextName(), Set.of(), 0, 0, DLMS_VERSION),
        AccessPolicy.full());
  }
}
