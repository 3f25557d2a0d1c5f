/** The clock of the meter, what carries it without mains, and the hours it has worked. */
@NullMarked
package io.dlms4j.omnipower.engine.clock;

import org.jspecify.annotations.NullMarked;
