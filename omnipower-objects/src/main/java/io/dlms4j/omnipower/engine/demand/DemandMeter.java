package io.dlms4j.omnipower.engine.demand;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.engine.core.CapturePeriod;
import io.dlms4j.omnipower.engine.core.Concern;
import io.dlms4j.omnipower.engine.core.DebitingStop;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.engine.core.EnergyTotals;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Mean powers of the integration period, their peaks, the lowest and highest mean of the day, and
 * the power threshold counter (technical description 4.4.4, 4.4.5; DLMS description 3.1 to 3.3).
 *
 * <p>A mean power is the energy of the period over the seconds in which the meter was alive.
 * Periods that end without mains, or that a clock jumps over, do not end: what was metered in them
 * belongs to the next one that does, as in the load profile.
 *
 * <p>What is billed by its peak must not be exaggerated by chance: a period of a few seconds, after
 * the clock was set forward or the mains came back, would make a peak of any kettle. So peaks, the
 * highest mean of the day and the threshold see the energy over a whole period at least. In whole
 * periods there is no difference; no energy ever makes a peak that is higher than it really was.
 *
 * <p>A period counts for the tariff that was active when it began: a tariff that changes within it
 * does not split it.
 */
public final class DemandMeter implements Concern, DebitingStop {
  private static final List<EnergyKind> KINDS = List.of(EnergyKind.values());

  /** Where A14 is among them. */
  private static final int IMPORT = KINDS.indexOf(EnergyKind.A14);

  /** In the order of the kinds. */
  private static final List<String> MEANS =
      List.of("P14_Avg", "P23_Avg", "Q12_Avg", "Q34_Avg", "S14_Avg", "S23_Avg");

  private static final long MICRO = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long DEFAULT_THRESHOLD = 99_000;
  private static final int UNSIGNED_8 = 0xFF;

  private static final int TARIFF = 0;
  private static final int THRESHOLD = 1;
  private static final int THRESHOLD_IS_SET = 2;
  private static final int OVER_THRESHOLD = 3;
  private static final int DAY_IS_KNOWN = 4;
  private static final int DAY = 5;
  private static final int LOWEST = 6;
  private static final int LOWEST_TIME = 7;
  private static final int HIGHEST = 8;
  private static final int HIGHEST_TIME = 9;
  private static final int FIRST_MEAN = 10;

  private final Catalogue catalogue;
  private final CapturePeriod period;
  private final Cells cells;
  private final MeteredSpan span;
  private final Peaks peaks;
  private long nextEnd = Long.MIN_VALUE;

  /**
   * Makes a demand meter.
   *
   * @param catalogue says which peaks there are
   * @param memory where they are kept
   * @param totals what has been accumulated
   * @param period the integration period, which is that of the load profile
   */
  public DemandMeter(
      Catalogue catalogue, PermanentMemory memory, EnergyTotals totals, CapturePeriod period) {
    this.catalogue = catalogue;
    this.period = period;
    this.cells = memory.cells("demand", FIRST_MEAN + KINDS.size());
    this.span =
        new MeteredSpan(
            memory,
            "integration",
            KINDS.stream()
                .<LongSupplier>map(kind -> () -> totals.total(kind))
                .toArray(LongSupplier[]::new));
    this.peaks = new Peaks(memory);
    if (cells.get(THRESHOLD_IS_SET) == 0) {
      cells.set(THRESHOLD, DEFAULT_THRESHOLD);
      cells.set(THRESHOLD_IS_SET, 1);
    }
  }

  @Override
  public void step(Second second) {
    long now = second.now();
    span.pass(now, second.isSupplied());
    if (second.isSupplied() && cells.get(TARIFF) == 0) {
      cells.set(TARIFF, second.tariff());
    }
    if (now >= nextEnd) {
      span.beginIfNew(second.isSupplied() ? now - 1 : now);
      if (second.isSupplied() && period.endsAt(now)) {
        endPeriod(now);
      }
      nextEnd = CapturePeriod.nextFiveMinutes(now);
    }
  }

  private void endPeriod(long now) {
    long metered = span.seconds(now);
    long whole = Math.max(metered, period.seconds());
    int tariff = (int) cells.get(TARIFF);
    for (int i = 0; i < KINDS.size(); i++) {
      long gained = span.gained(i);
      cells.set(FIRST_MEAN + i, gained / (metered * MICRO));
      peaks.compare(KINDS.get(i), tariff, gained / (whole * MICRO), now);
    }
    long gained = span.gained(IMPORT);
    compareWithDay(gained / (metered * MICRO), gained / (whole * MICRO), now);
    if (gained / (whole * MICRO) > cells.get(THRESHOLD)) {
      cells.set(OVER_THRESHOLD, (cells.get(OVER_THRESHOLD) + 1) & UNSIGNED_8);
    }
    span.begin(now);
    cells.set(TARIFF, 0);
  }

  /** The period that ends at midnight is the last of its day. */
  private void compareWithDay(long low, long high, long now) {
    long day = Math.floorDiv(now - 1, SECONDS_PER_DAY);
    boolean first = cells.get(DAY_IS_KNOWN) == 0 || day != cells.get(DAY);
    cells.set(DAY, day);
    cells.set(DAY_IS_KNOWN, 1);
    if (first || low < cells.get(LOWEST)) {
      cells.set(LOWEST, low);
      cells.set(LOWEST_TIME, now);
    }
    if (first || high > cells.get(HIGHEST)) {
      cells.set(HIGHEST, high);
      cells.set(HIGHEST_TIME, now);
    }
  }

  @Override
  public void clockChanged(long before, long after) {
    span.jump(before, after);
    nextEnd = Long.MIN_VALUE;
  }

  @Override
  public void restarted(long before, long after) {
    clockChanged(before, after);
  }

  @Override
  public void periodClosed() {
    peaks.accumulateAndReset();
  }

  @Override
  public void describe(Readings readings) {
    for (int i = 0; i < MEANS.size(); i++) {
      int mean = FIRST_MEAN + i;
      if (catalogue.find(MEANS.get(i)).isPresent()) {
        readings.number(MEANS.get(i), () -> cells.get(mean));
      }
    }
    peaks.describe(readings, catalogue);
    readings.peak("P14_Ex_Min24H", () -> cells.get(LOWEST), () -> dayTime(LOWEST_TIME));
    readings.peak("P14_Ex_Max24H", () -> cells.get(HIGHEST), () -> dayTime(HIGHEST_TIME));
    readings.number("PowerThresholdCnt", () -> cells.get(OVER_THRESHOLD));
    readings.setting(
        "PowerThresholdValue",
        () -> cells.get(THRESHOLD),
        value -> {
          cells.set(THRESHOLD, value);
          return DataAccessResult.SUCCESS;
        });
  }

  private long dayTime(int cell) {
    return cells.get(DAY_IS_KNOWN) == 0 ? Readings.NEVER : cells.get(cell);
  }
}
