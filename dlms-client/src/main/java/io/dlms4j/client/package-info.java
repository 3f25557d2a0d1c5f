/**
 * A DLMS/COSEM client: {@link io.dlms4j.client.DlmsClient} for programs that must not block, and
 * its {@linkplain io.dlms4j.client.BlockingDlmsClient blocking view} for those that may.
 *
 * <p>One item, such as an attribute, gives its value or a {@link io.dlms4j.cosem.DlmsException};
 * several give an {@link io.dlms4j.client.Outcome} each, in order, and none costs another. What
 * does not fit into an APDU of the server's travels in blocks or in several requests, as far as the
 * association has agreed on that; what it has not agreed on fails here, without a word to the
 * server.
 */
@NullMarked
package io.dlms4j.client;

import org.jspecify.annotations.NullMarked;
