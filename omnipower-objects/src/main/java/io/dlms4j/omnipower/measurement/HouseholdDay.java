package io.dlms4j.omnipower.measurement;

/**
 * What one day of a household has for itself: the season, the sun's path, the weather, and who runs
 * which appliance when. Immutable.
 */
final class HouseholdDay {
  static final int SECONDS_PER_DAY = 86_400;

  private static final double DAYS_PER_YEAR = 365.2425;
  private static final double LATITUDE = StrictMath.toRadians(56);
  private static final double OBLIQUITY = StrictMath.toRadians(23.44);

  /** The sun is highest at 12:20 normal time, at ten degrees east. */
  private static final int SOLAR_NOON = 12 * 3_600 + 20 * 60;

  private final long number;
  private final Chance chance;
  private final double sineProduct;
  private final double cosineProduct;

  /** Share of the time that the heat pump runs. */
  final double heating;

  /** Share of the sun's power that the day's clouds leave. */
  final double clearness;

  final Run morningLight;
  final Run breakfast;
  final Run kettle;
  final Run afternoonKettle;
  final Run hob;
  final Run oven;
  final Run eveningLight;
  final Run dishwasher;
  final Run washingMachine;

  HouseholdDay(Chance chance, long number) {
    this.number = number;
    this.chance = chance;
    double sinceWinterSolstice = (number + 10) * 2 * StrictMath.PI / DAYS_PER_YEAR;
    double declination = -OBLIQUITY * StrictMath.cos(sinceWinterSolstice);
    sineProduct = StrictMath.sin(LATITUDE) * StrictMath.sin(declination);
    cosineProduct = StrictMath.cos(LATITUDE) * StrictMath.cos(declination);

    // The coldest day comes a month after the solstice.
    double cold = (1 + StrictMath.cos(sinceWinterSolstice - 0.52)) / 2;
    heating = 0.10 + 0.19 * cold + chance.between(-0.02, 0.02, 20, number);
    clearness = chance.between(0.35, 1.0, 21, number);

    boolean weekend = Math.floorMod(number + 3, 7) >= 5;
    double rise = weekend ? 8.2 : 6.2;
    morningLight = run(30, 1, rise, rise + 0.5, 1.2, 1.8);
    breakfast = run(31, 1, rise + 0.3, rise + 0.8, 0.20, 0.35);
    kettle = run(32, 1, rise + 0.2, rise + 1.0, 0.05, 0.08);
    afternoonKettle = run(33, 0.8, 15, 16.5, 0.04, 0.08);
    hob = run(34, 1, 17.2, 18.5, 0.5, 0.9);
    oven = run(35, 0.5, 17, 18, 0.6, 1.1);
    eveningLight = run(36, 1, 16.5, 18, 4.5, 5.5);
    dishwasher = run(37, 0.6, 19, 20.5, 1.6, 2.0);
    washingMachine = run(38, weekend ? 0.7 : 0.3, 9.5, 14, 1.3, 1.8);
  }

  /** An appliance that runs at most once this day; times in hours. */
  private Run run(
      int stream, double probability, double earliest, double latest, double min, double max) {
    if (chance.uniform(stream, 3 * number) >= probability) {
      return Run.NEVER;
    }
    int start = (int) (3_600 * chance.between(earliest, latest, stream, 3 * number + 1));
    int length = (int) (3_600 * chance.between(min, max, stream, 3 * number + 2));
    return new Run(start, length);
  }

  long number() {
    return number;
  }

  /** The sine of the sun's elevation, below 0 at night. */
  double sun(int secondOfDay) {
    double hourAngle = (secondOfDay - SOLAR_NOON) * 2 * StrictMath.PI / SECONDS_PER_DAY;
    return sineProduct + cosineProduct * StrictMath.cos(hourAngle);
  }

  /** From when and for how many seconds an appliance runs. */
  record Run(int start, int length) {
    static final Run NEVER = new Run(0, 0);

    /** How long it has been running, or -1 when it does not run. */
    int elapsed(int secondOfDay) {
      int elapsed = secondOfDay - start;
      return elapsed >= 0 && elapsed < length ? elapsed : -1;
    }

    boolean isOn(int secondOfDay) {
      return elapsed(secondOfDay) >= 0;
    }
  }
}
