package io.dlms4j.omnipower.measurement;

import io.dlms4j.omnipower.measurement.Measurement.Phase;

/**
 * Anything that can happen to a meter, for tests: loads of any size and direction that come and go,
 * voltages far beyond their limits, and outages of one phase or all.
 *
 * <p>Each phase keeps a load for a minute. Each second is a function of the seed and the second
 * alone: any second may be asked for, in any order, on any thread, and is always the same.
 */
public final class RandomSource implements MeasurementSource {
  private static final int SPELL = 60;
  private static final int STREAMS = 10;
  private static final int STREAM_MAINS = 0;
  private static final int STREAM_FREQUENCY = 1;
  private static final int STREAM_SEQUENCE = 2;
  private static final int STREAM_OF_PHASES = 10;

  private static final double OUTAGE_OF_ALL = 0.01;
  private static final double OUTAGE_OF_A_PHASE = 0.02;
  private static final double STRANGE_VOLTAGE = 0.05;
  private static final double NO_LOAD = 0.2;

  private final Chance chance;

  /**
   * Makes a source.
   *
   * @param seed which one
   */
  public RandomSource(long seed) {
    chance = new Chance(seed);
  }

  @Override
  public Measurement at(long second) {
    long spell = Math.floorDiv(second, SPELL);
    if (chance.uniform(STREAM_MAINS, spell) < OUTAGE_OF_ALL) {
      return new Measurement(Phase.NONE, Phase.NONE, Phase.NONE, 0);
    }
    PhaseSequence sequence =
        chance.uniform(STREAM_SEQUENCE, spell) < 0.9
            ? PhaseSequence.L1_L2_L3
            : PhaseSequence.L1_L3_L2;
    return new Measurement(
        phase(1, spell, second),
        phase(2, spell, second),
        phase(3, spell, second),
        Measurement.milliHertz(50 + 3 * chance.drift(STREAM_FREQUENCY, second, 600)),
        sequence);
  }

  private Phase phase(int number, long spell, long second) {
    int stream = STREAM_OF_PHASES + number * STREAMS;
    double kind = chance.uniform(stream, spell);
    if (kind < OUTAGE_OF_A_PHASE) {
      return Phase.NONE;
    }
    boolean strange = kind < OUTAGE_OF_A_PHASE + STRANGE_VOLTAGE;
    double volts =
        (strange
                ? chance.between(20, 320, stream + 1, spell)
                : chance.between(210, 250, stream + 1, spell))
            + chance.between(-1, 1, stream + 2, second);
    if (chance.uniform(stream + 3, spell) < NO_LOAD) {
      return Phase.of(volts, 0, 0);
    }
    double amperes =
        chance.between(0, 100, stream + 4, spell) * chance.between(0.9, 1, stream + 5, second);
    double degrees =
        chance.between(0, 360, stream + 6, spell) + chance.between(-2, 2, stream + 7, second);
    Phase sine = Phase.of(volts, amperes, degrees);
    return new Phase(
        sine.voltage(),
        sine.current(),
        sine.angle(),
        sine.active(),
        sine.reactive(),
        (int) chance.between(50, 1_000, stream + 8, spell),
        (int) chance.between(50, 5_000, stream + 9, spell));
  }
}
