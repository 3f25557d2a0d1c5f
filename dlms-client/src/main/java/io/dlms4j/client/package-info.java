/**
 * A DLMS/COSEM client: {@link io.dlms4j.client.DlmsClient} for programs that must not block, and
 * its {@linkplain io.dlms4j.client.BlockingDlmsClient blocking view} for those that may.
 */
@NullMarked
package io.dlms4j.client;

import org.jspecify.annotations.NullMarked;
