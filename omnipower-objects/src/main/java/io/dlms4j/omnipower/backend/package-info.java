/**
 * What a meter must offer for OMNIPOWER objects to be bound to it.
 *
 * <p>{@link io.dlms4j.omnipower.backend.MeterBackend} is the whole of it. The metering engine is
 * one implementation; a driver of real hardware or a replay of recorded data is another, and needs
 * nothing outside this package and the JDK.
 */
@NullMarked
package io.dlms4j.omnipower.backend;

import org.jspecify.annotations.NullMarked;
