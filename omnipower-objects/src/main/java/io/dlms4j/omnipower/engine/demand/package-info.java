/** Mean powers and their peaks, and the other means of a period (technical description 4.4.4). */
@NullMarked
package io.dlms4j.omnipower.engine.demand;

import org.jspecify.annotations.NullMarked;
