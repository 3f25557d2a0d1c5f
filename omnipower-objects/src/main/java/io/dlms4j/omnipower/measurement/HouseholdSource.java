package io.dlms4j.omnipower.measurement;

import io.dlms4j.omnipower.measurement.Measurement.Phase;

/**
 * A house that does not exist: three phases with lights, a refrigerator, a kitchen, machines, a
 * heat pump and a solar inverter, on a supply whose voltage drifts through the day and gives way
 * under load.
 *
 * <p>It imports some 8 to 20 kWh a day, each phase counted for itself. The inverter is on L1, so
 * around noon of a fair day L1 exports while the others import. Each second is a function of the
 * seed and the second alone: any second may be asked for, in any order, on any thread, and is
 * always the same.
 */
public final class HouseholdSource implements MeasurementSource {
  /** The network as the house sees it, in ohms. */
  private static final double RESISTANCE = 0.25;

  private static final double REACTANCE = 0.12;

  private static final int FRIDGE_CYCLE = 2_500;
  private static final int HEAT_PUMP_CYCLE = 2_700;
  private static final double SOLAR_PEAK = 3_000;

  private static final int STREAM_FREQUENCY = 1;
  private static final int STREAM_FRIDGE = 2;
  private static final int STREAM_HEAT_PUMP = 3;
  private static final int STREAM_CLOUDS = 4;
  private static final int STREAM_VOLTAGE = 5;
  private static final int STREAM_FLICKER = 8;
  private static final int STREAM_STANDBY = 11;
  private static final int STREAM_OFFSET = 12;

  private final Chance chance;
  private final int cycleOffset;

  /**
   * The day asked for last. Days are immutable and made of the seed and their number alone, so it
   * does not matter which thread's day is here, or whether another sees it.
   */
  private HouseholdDay lastDay;

  /**
   * Makes a house.
   *
   * @param seed which one
   */
  public HouseholdSource(long seed) {
    chance = new Chance(seed);
    cycleOffset = (int) chance.between(0, FRIDGE_CYCLE, STREAM_OFFSET, 0);
    lastDay = new HouseholdDay(chance, 0);
  }

  @Override
  public Measurement at(long second) {
    HouseholdDay day = day(Math.floorDiv(second, HouseholdDay.SECONDS_PER_DAY));
    int time = Math.floorMod(second, HouseholdDay.SECONDS_PER_DAY);
    int frequency = 50_000 + (int) (30 * chance.drift(STREAM_FREQUENCY, second, 20));
    return new Measurement(
        livingRooms(day, time, second),
        kitchen(day, time, second),
        plantRoom(day, time, second),
        frequency);
  }

  HouseholdDay day(long number) {
    HouseholdDay day = lastDay;
    if (day.number() != number) {
      day = new HouseholdDay(chance, number);
      lastDay = day;
    }
    return day;
  }

  /** L1: what is never switched off, light, and the solar inverter. Electronics are capacitive. */
  private Phase livingRooms(HouseholdDay day, int time, long second) {
    double active = 110 + 25 * chance.drift(STREAM_STANDBY, second, 300);
    double reactive = -40;
    if (day.morningLight.isOn(time)) {
      active += 140;
      reactive -= 25;
    }
    if (day.eveningLight.isOn(time)) {
      active += 210;
      reactive -= 45;
    }
    double sun = day.sun(time);
    if (sun > 0) {
      double clouds = 0.85 + 0.15 * chance.drift(STREAM_CLOUDS, second, 240);
      active -= SOLAR_PEAK * sun * day.clearness * clouds;
      reactive -= 20;
    }
    return phase(0, active, reactive, time, second);
  }

  /** L2: refrigerator, kettle, half of the cooker, washing up. */
  private Phase kitchen(HouseholdDay day, int time, long second) {
    double active = 60;
    double reactive = 5;
    long inCycles = second + cycleOffset;
    double cooling =
        chance.between(0.30, 0.42, STREAM_FRIDGE, Math.floorDiv(inCycles, FRIDGE_CYCLE));
    if (Math.floorMod(inCycles, FRIDGE_CYCLE) < cooling * FRIDGE_CYCLE) {
      active += 110;
      reactive += 75;
    }
    if (day.kettle.isOn(time) || day.afternoonKettle.isOn(time)) {
      active += 2_000;
    }
    if (day.breakfast.isOn(time)) {
      active += 850;
    }
    if (heats(day.hob.elapsed(time), 120, 30, 16)) {
      active += 1_400;
    }
    int washingUp = day.dishwasher.elapsed(time);
    if (washingUp >= 0) {
      boolean heating = washingUp < 900 || (washingUp > 3_600 && washingUp < 4_200);
      active += heating ? 2_050 : 70;
      reactive += 55;
    }
    return phase(1, active, reactive, time, second);
  }

  /** L3: heat pump, oven, the other half of the cooker, washing machine. */
  private Phase plantRoom(HouseholdDay day, int time, long second) {
    double active = 15;
    double reactive = 5;
    double share =
        day.heating
            + chance.between(-0.03, 0.03, STREAM_HEAT_PUMP, Math.floorDiv(second, HEAT_PUMP_CYCLE));
    if (Math.floorMod(second, HEAT_PUMP_CYCLE) < share * HEAT_PUMP_CYCLE) {
      active += 1_300;
      reactive += 750;
    }
    if (heats(day.hob.elapsed(time), 240, 40, 18)) {
      active += 1_200;
    }
    if (heats(day.oven.elapsed(time), 600, 90, 35)) {
      active += 2_200;
    }
    int washing = day.washingMachine.elapsed(time);
    if (washing >= 0) {
      active += washing > 300 && washing < 1_100 ? 2_000 : 180;
      reactive += 120;
    }
    return phase(2, active, reactive, time, second);
  }

  /** A thermostat: on at first, then for some seconds of each period. */
  private static boolean heats(int elapsed, int warmUp, int period, int on) {
    return elapsed >= 0 && (elapsed < warmUp || elapsed % period < on);
  }

  /** What a meter sees of a load, in W and var, behind the impedance of the network. */
  private Phase phase(int index, double active, double reactive, int time, long second) {
    double open =
        231.5
            - eveningSag(time)
            + 1.5 * chance.drift(STREAM_VOLTAGE + index, second, 1_800)
            + 0.25 * chance.drift(STREAM_FLICKER + index, second, 5);
    double voltage = open - (RESISTANCE * active + REACTANCE * reactive) / open;
    double current = Math.sqrt(active * active + reactive * reactive) / voltage;
    double lag = StrictMath.toDegrees(StrictMath.atan2(reactive, active));
    return new Phase(
        (int) Math.round(1_000 * voltage),
        (int) Math.round(1_000 * current),
        (int) Math.floorMod(Math.round(100 * lag), (long) Measurement.FULL_ANGLE));
  }

  /** Everybody cooks at the same time: up to 4 V less around 18:30. */
  private static double eveningSag(int time) {
    double hoursAway = Math.abs(time / 3_600.0 - 18.5);
    return Math.max(0, 4 - hoursAway);
  }
}
