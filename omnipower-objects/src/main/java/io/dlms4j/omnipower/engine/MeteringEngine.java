package io.dlms4j.omnipower.engine;

import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A meter without objects and lines: clock, energy registers and load profile, moved one second at
 * a time. The same measurements give the same state, at any speed.
 *
 * <p>Used by one thread at a time; {@link EngineBackend} is for more.
 */
public final class MeteringEngine {
  private final RealTimeClock clock;
  private final EnergyMeter energy;
  private final LoadProfileLogger loadProfile;
  private final int energyFormat;
  private final Concern[] concerns;

  private MeteringEngine(Builder builder) {
    PeriodQuality quality = new PeriodQuality();
    clock = new RealTimeClock(builder.start, builder.daylightSavingEnabled);
    PowerSupply supply = new PowerSupply(quality);
    energy = new EnergyMeter(supply, builder.method, builder.initialEnergies);
    VoltageWatch voltage = new VoltageWatch(supply, quality, builder.phases);
    energyFormat = builder.format;
    int columns = builder.energies.size();
    loadProfile =
        new LoadProfileLogger(
            supply,
            quality,
            energy,
            builder.capturePeriod,
            builder.energies,
            new LoadProfileBuffer(
                LoadProfileLogger.depth(columns), columns, builder.format, builder.firstRow));
    // The order in which a second is processed, after the clock: whether the meter is alive, what
    // it
    // counts, what it thinks of the mains, and what it keeps of all that.
    concerns = new Concern[] {supply, energy, voltage, loadProfile};
  }

  /**
   * Goes on by exactly one second: the one that begins at {@link MeterClock#normalTime()}.
   *
   * <p>Power is U I cos and U I sin of each phase, to the nearest uW and uvar.
   *
   * @param measurement what was measured in that second
   */
  public void step(Measurement measurement) {
    Objects.requireNonNull(measurement, "measurement");
    long now = clock.tick();
    for (Concern concern : concerns) {
      concern.step(now, measurement);
    }
  }

  /**
   * The clock of the meter.
   *
   * @return a live view
   */
  public MeterClock clock() {
    return clock;
  }

  /**
   * An energy register, as objects show it.
   *
   * @param kind which one
   * @return Wh or varh, 0..2^32-1; goes on at 0
   */
  public long energy(EnergyKind kind) {
    return energy.register(kind).unsigned32();
  }

  /**
   * Switches daylight saving on or off. Only what the clock displays changes.
   *
   * @param enabled whether daylight saving is displayed in its season
   */
  public void setDaylightSavingEnabled(boolean enabled) {
    clock.setDaylightSavingEnabled(enabled);
  }

  /**
   * The value of Format_KMP_Energy, fixed when the engine is made.
   *
   * @return Unsigned8
   */
  public int energyFormat() {
    return energyFormat;
  }

  EnergyRegister register(EnergyKind kind) {
    return energy.register(kind);
  }

  LoadProfileLogger loadProfile() {
    return loadProfile;
  }

  /**
   * Begins a new engine.
   *
   * @param time what the clock shows when the first second begins; a fraction of a second is
   *     dropped
   * @return a builder for a three-phase meter that counts import and export of each phase, and logs
   *     all four energies every 15 minutes
   * @throws IllegalArgumentException if the year is not in 1970..9998
   */
  public static Builder startingAt(MeterTime time) {
    return new Builder(time);
  }

  /** Collects what is fixed when a meter is ordered or configured. */
  public static final class Builder {
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9998;
    private static final long FIRST_ROW = 1;

    private final long start;
    private boolean daylightSavingEnabled = true;
    private CalculationMethod method = CalculationMethod.INDIVIDUAL_IMPORT_EXPORT;
    private int phases = 3;
    private int capturePeriod = 900;
    private List<EnergyKind> energies = List.of(EnergyKind.values());
    private int format = MeterBackend.DEFAULT_ENERGY_FORMAT;
    private long firstRow = FIRST_ROW;
    private final Map<EnergyKind, Long> initialEnergies = new EnumMap<>(EnergyKind.class);

    private Builder(MeterTime time) {
      int year = time.dateTime().getYear();
      if (year < FIRST_YEAR || year > LAST_YEAR) {
        throw new IllegalArgumentException(
            "year " + year + " is not in " + FIRST_YEAR + ".." + LAST_YEAR);
      }
      start = new RealTimeClock(0, true).normalTimeOf(time);
    }

    /**
     * Sets whether daylight saving is displayed in its season; it is, without this.
     *
     * @param enabled whether it is
     * @return this
     */
    public Builder daylightSavingEnabled(boolean enabled) {
      daylightSavingEnabled = enabled;
      return this;
    }

    /**
     * Sets how phases are put together; {@link CalculationMethod#INDIVIDUAL_IMPORT_EXPORT} without
     * this.
     *
     * @param calculationMethod the method
     * @return this
     */
    public Builder calculationMethod(CalculationMethod calculationMethod) {
      method = calculationMethod;
      return this;
    }

    /**
     * Makes it a single-phase meter, which expects voltage in L1 only.
     *
     * @return this
     */
    public Builder singlePhase() {
      phases = 1;
      return this;
    }

    /**
     * Sets the integration period of the load profile; 900 s without this.
     *
     * @param seconds 900, 1800 or 3600
     * @return this
     * @throws IllegalArgumentException if it is something else
     */
    public Builder capturePeriod(int seconds) {
      LoadProfileLogger.checkCapturePeriod(seconds);
      capturePeriod = seconds;
      return this;
    }

    /**
     * Sets the energies of the load profile; all four without this. More energies leave room for
     * fewer rows (technical description table 11).
     *
     * @param kinds A+; A+ and A-; A+ and R+; or all four; in this order
     * @return this
     * @throws IllegalArgumentException if it is something else
     */
    public Builder loadProfileEnergies(List<EnergyKind> kinds) {
      List<EnergyKind> copy = List.copyOf(kinds);
      LoadProfileLogger.checkLayout(copy);
      energies = copy;
      return this;
    }

    /**
     * Sets the value of Format_KMP_Energy (1.1.134.0.1) in the rows; 5, the vendor's example,
     * without this.
     *
     * @param value Unsigned8
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder energyFormat(int value) {
      if (value < 0 || value > 0xFF) {
        throw new IllegalArgumentException("energy format " + value + " is not an Unsigned8");
      }
      format = value;
      return this;
    }

    /**
     * Sets what a register begins with; 0 without this.
     *
     * @param kind which one
     * @param value Wh or varh; Unsigned32
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder initialEnergy(EnergyKind kind, long value) {
      if (value < 0 || value > 0xFFFF_FFFFL) {
        throw new IllegalArgumentException("energy " + value + " is not an Unsigned32");
      }
      initialEnergies.put(kind, value);
      return this;
    }

    Builder firstRow(long number) {
      firstRow = number;
      return this;
    }

    /**
     * Makes the engine.
     *
     * @return a new engine, in the state before its first second
     */
    public MeteringEngine build() {
      return new MeteringEngine(this);
    }
  }
}
