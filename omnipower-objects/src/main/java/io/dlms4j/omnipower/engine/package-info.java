/**
 * The metering engine: a meter as a pure, deterministic machine.
 *
 * <p>A {@link io.dlms4j.omnipower.engine.MeteringEngine} is stepped with one {@link
 * io.dlms4j.omnipower.measurement.Measurement} a second and never asks what time it is, so a year
 * runs in seconds and the same input gives the same state. An {@link
 * io.dlms4j.omnipower.engine.EngineBackend} lets objects be bound to the engine while it runs.
 *
 * <p>Each concern of a meter has a package of its own below this one; they have {@code core} in
 * common, and meet in one ordered list.
 */
@NullMarked
package io.dlms4j.omnipower.engine;

import org.jspecify.annotations.NullMarked;
