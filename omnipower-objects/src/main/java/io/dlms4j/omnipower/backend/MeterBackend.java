package io.dlms4j.omnipower.backend;

import java.util.List;

/**
 * A meter, as far as its objects need to know it.
 *
 * <p>To bind OMNIPOWER objects to real hardware, a recording or another simulation, implement this
 * interface; the objects ask it anew for every read. All methods may be called on any thread, also
 * while the meter is measuring, and must answer at once: what takes time to fetch is to be kept
 * ready. Values that belong together and must fit each other are in one row of {@link
 * #loadProfile()}; two calls may lie on two sides of a second.
 */
public interface MeterBackend {
  /** The example value of Format_KMP_Energy (DLMS description 3.1). */
  int DEFAULT_ENERGY_FORMAT = 5;

  /**
   * Numbers and names of the meter.
   *
   * @return the identity
   */
  MeterIdentity identity();

  /**
   * The clock of the meter.
   *
   * @return a live view, always the same
   */
  MeterClock clock();

  /**
   * An energy register (technical description table 4). It never runs backwards, and goes on at 0
   * after 2^32-1.
   *
   * @param kind which one
   * @return Wh or varh, 0..2^32-1; 0 for an energy that the meter does not register
   */
  long energy(EnergyKind kind);

  /**
   * The value of Format_KMP_Energy (1.1.134.0.1), which the load profile captures in its fourth
   * column. The documents call it reserved and give its example, 5.
   *
   * @return Unsigned8
   */
  default int energyFormat() {
    return DEFAULT_ENERGY_FORMAT;
  }

  /**
   * The load profile.
   *
   * @return a live view, always the same; without rows and room for them if the meter has none,
   *     which is what it says unless it says otherwise
   */
  default LoadProfile loadProfile() {
    return LoadProfile.of(900, List.of(EnergyKind.A_PLUS), 0, List::of);
  }

  /**
   * Switches daylight saving on or off (clock, attribute 8). Time goes on as it is inside; only
   * what is displayed changes.
   *
   * @param enabled whether to display daylight saving in its season
   * @return whether the meter took it; a meter that cannot change it says false, and has not
   *     changed
   */
  default boolean setDaylightSavingEnabled(boolean enabled) {
    return false;
  }
}
