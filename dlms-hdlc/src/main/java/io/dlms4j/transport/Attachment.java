package io.dlms4j.transport;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkUser;

/**
 * What runs on a line that a server has accepted; both belong to that line alone.
 *
 * @param link the link
 * @param user the layer above it
 */
public record Attachment(Link link, LinkUser user) {}
