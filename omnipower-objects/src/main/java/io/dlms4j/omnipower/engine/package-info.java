/**
 * The metering engine: a meter as a pure, deterministic machine.
 *
 * <p>A {@link io.dlms4j.omnipower.engine.MeteringEngine} is stepped with one {@link
 * io.dlms4j.omnipower.engine.Measurement} a second and never asks what time it is, so a year runs
 * in seconds and the same input gives the same state. A {@link
 * io.dlms4j.omnipower.engine.MeasurementSource} says what is measured; an {@link
 * io.dlms4j.omnipower.engine.EngineBackend} lets objects be bound to the engine while it runs.
 */
@NullMarked
package io.dlms4j.omnipower.engine;

import org.jspecify.annotations.NullMarked;
