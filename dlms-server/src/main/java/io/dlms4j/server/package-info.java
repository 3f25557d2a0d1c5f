/**
 * A DLMS/COSEM server: physical devices with logical devices, whose objects answer at once or
 * later.
 *
 * <p>{@link io.dlms4j.server.DlmsServer} puts {@link io.dlms4j.server.PhysicalDevice}s on ports; a
 * {@link io.dlms4j.server.LogicalDevice} holds {@link io.dlms4j.server.CosemObject}s and says which
 * clients may associate, and what each of them may do.
 */
@NullMarked
package io.dlms4j.server;

import org.jspecify.annotations.NullMarked;
