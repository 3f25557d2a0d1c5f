/**
 * What authenticates parties and protects APDUs (Green Book 9.2).
 *
 * <p>{@link io.dlms4j.cosem.security.ApduProtection} protects and unprotects for two parties, with
 * the keys of a {@link io.dlms4j.cosem.security.KeyRing} and the counters of an {@link
 * io.dlms4j.cosem.security.InvocationCounterStore}; {@link
 * io.dlms4j.cosem.security.HlsAuthentication} is one side of high level security. Nothing here asks
 * a clock, starts a thread or makes entropy of its own.
 */
@NullMarked
package io.dlms4j.cosem.security;

import org.jspecify.annotations.NullMarked;
