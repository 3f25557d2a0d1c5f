package io.dlms4j.server;

import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.ServerAssociationConfig;

/**
 * Who asks: the association that a request came in.
 *
 * @param clientSap service access point of the client
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
    AccessPolicy policy) {}
