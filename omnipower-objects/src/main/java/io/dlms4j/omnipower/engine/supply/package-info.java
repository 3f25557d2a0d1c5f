/**
 * The mains: whether they keep the meter alive, and whether their voltage is as it should be
 * (technical description 4.6.2.12 and 4.9.2.1).
 */
@NullMarked
package io.dlms4j.omnipower.engine.supply;

import org.jspecify.annotations.NullMarked;
