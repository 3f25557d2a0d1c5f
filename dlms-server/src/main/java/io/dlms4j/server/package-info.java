/**
 * A DLMS/COSEM server: physical devices with logical devices, whose objects answer at once or
 * later.
 *
 * <p>{@link io.dlms4j.server.DlmsServer} puts {@link io.dlms4j.server.PhysicalDevice}s on ports; a
 * {@link io.dlms4j.server.LogicalDevice} holds {@link io.dlms4j.server.CosemObject}s and says which
 * clients may associate, and what each of them may do. Objects are read, written and invoked
 * without knowing which service asks for it: GET, SET, ACTION and ACCESS with logical names; Read,
 * Write and UnconfirmedWrite with short ones; one item or a list of them.
 *
 * <p>Each item has a result of its own, and whatever an object throws costs its item only. What a
 * request only reads is asked for all at once, within the device's {@link
 * io.dlms4j.server.ReadGuard}; everything else is done in the order of the list, each item when the
 * one before has its result.
 */
@NullMarked
package io.dlms4j.server;

import org.jspecify.annotations.NullMarked;
