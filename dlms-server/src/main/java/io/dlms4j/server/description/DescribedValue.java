package io.dlms4j.server.description;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.DataTag;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * A value as it is described: a function of time and of nothing else, so that what it was an hour
 * ago can be told now, when a profile asks for it.
 */
sealed interface DescribedValue {
  /**
   * The value at a time.
   *
   * @param now when
   * @param birth when the device began to count
   */
  CosemData at(Instant now, Instant birth);

  /** Always the same, until it is written. */
  record Constant(CosemData value) implements DescribedValue {
    @Override
    public CosemData at(Instant now, Instant birth) {
      return value;
    }
  }

  /** The time in a zone, in an octet-string of twelve. */
  record Time(ZoneId zone) implements DescribedValue {
    private static final int LEAST_DEVIATION = -720;
    private static final int MOST_DEVIATION = 840;
    private static final int SECONDS_A_MINUTE = 60;
    private static final int DAYLIGHT_SAVING = 0x80;

    @Override
    public CosemData at(Instant now, Instant birth) {
      ZonedDateTime local = now.atZone(zone);
      int deviation = -local.getOffset().getTotalSeconds() / SECONDS_A_MINUTE;
      // Fixed offsets beyond those of any country are no deviations.
      boolean known = deviation >= LEAST_DEVIATION && deviation <= MOST_DEVIATION;
      return CosemData.octetString(
          CosemDateTime.of(
                  local.toLocalDateTime(),
                  known ? deviation : CosemDateTime.NOT_SPECIFIED,
                  zone.getRules().isDaylightSavings(now) ? DAYLIGHT_SAVING : 0)
              .encode());
    }
  }

  /** Grows with time; begins anew at the least number when it has passed the most. */
  record Counter(DataTag type, BigInteger start, BigDecimal perHour) implements DescribedValue {
    private static final BigDecimal MILLIS_AN_HOUR =
        BigDecimal.valueOf(Duration.ofHours(1).toMillis());

    @Override
    public CosemData at(Instant now, Instant birth) {
      BigDecimal millis = BigDecimal.valueOf(Duration.between(birth, now).toMillis());
      BigInteger grown =
          perHour.multiply(millis).divide(MILLIS_AN_HOUR, 0, RoundingMode.FLOOR).toBigInteger();
      BigInteger least = WholeNumbers.least(type);
      BigInteger numbers = WholeNumbers.most(type).subtract(least).add(BigInteger.ONE);
      BigInteger number = start.add(grown).subtract(least).mod(numbers).add(least);
      return WholeNumbers.data(type, number);
    }
  }

  /** Goes up and down between two numbers. */
  record Sine(DataTag type, long min, long max, long periodSeconds) implements DescribedValue {
    private static final double MILLIS = 1000;

    @Override
    public CosemData at(Instant now, Instant birth) {
      double turns =
          (Math.floorMod(now.getEpochSecond(), periodSeconds) + now.getNano() / 1e6 / MILLIS)
              / periodSeconds;
      double share = (1 + Math.sin(2 * Math.PI * turns)) / 2;
      return WholeNumbers.data(type, BigInteger.valueOf(min + Math.round((max - min) * share)));
    }
  }

  /** Any number between two, another one every so many seconds. */
  record Chance(DataTag type, long min, long max, long seed, long everySeconds)
      implements DescribedValue {
    @Override
    public CosemData at(Instant now, Instant birth) {
      long mixed = mix(seed ^ mix(Math.floorDiv(now.getEpochSecond(), everySeconds)));
      return WholeNumbers.data(type, BigInteger.valueOf(min + Math.floorMod(mixed, max - min + 1)));
    }

    /** The finalizer of SplitMix64: every bit of the number changes about half of the result's. */
    private static long mix(long number) {
      long mixed = number + 0x9E37_79B9_7F4A_7C15L;
      mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
      return mixed ^ (mixed >>> 31);
    }
  }
}
