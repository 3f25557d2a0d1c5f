/**
 * What the concerns of the metering engine have in common: a second, and what can be read of them.
 */
@NullMarked
package io.dlms4j.omnipower.engine.core;

import org.jspecify.annotations.NullMarked;
