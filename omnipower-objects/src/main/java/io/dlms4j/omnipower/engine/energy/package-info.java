/**
 * Powers and energies: what is measured in a second, counted into registers.
 *
 * <p>Only the energies of the measuring systems are counted each second, exactly, in uWs. All other
 * registers are sums of these, or such a sum from some moment on: a tariff's since it became
 * active, a trip counter's since it was reset, a primary one's since the transformer ratio changed.
 * So they agree with each other to the last uWs.
 */
@NullMarked
package io.dlms4j.omnipower.engine.energy;

import org.jspecify.annotations.NullMarked;
