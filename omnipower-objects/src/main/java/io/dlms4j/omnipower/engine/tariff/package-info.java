/** Which tariff holds: by the module port, a register or the plans of the meter. */
@NullMarked
package io.dlms4j.omnipower.engine.tariff;

import org.jspecify.annotations.NullMarked;
