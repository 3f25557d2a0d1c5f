/**
 * How a meter was ordered: type number, software configuration, and the settings that they amount
 * to.
 */
@NullMarked
package io.dlms4j.omnipower.configuration;

import org.jspecify.annotations.NullMarked;
