/**
 * The permanent memory of a meter: what survives the loss of power, and nothing else.
 *
 * <p>A {@link io.dlms4j.omnipower.store.PermanentMemory} has cells of numbers, strings of octets
 * and rings of rows, all of them by name. The concerns of the metering engine claim theirs when the
 * engine is made, and work in them directly; a {@link io.dlms4j.omnipower.store.FileMemory} writes
 * what has changed into a directory at the end of each second.
 */
@NullMarked
package io.dlms4j.omnipower.store;

import org.jspecify.annotations.NullMarked;
