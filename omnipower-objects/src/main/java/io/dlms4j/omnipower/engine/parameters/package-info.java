/** What is written to a meter and only kept: its numbers, and the parameters of its functions. */
@NullMarked
package io.dlms4j.omnipower.engine.parameters;

import org.jspecify.annotations.NullMarked;
