package io.dlms4j.server.description;

import io.dlms4j.axdr.DataTag;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/** Reads values, written out or computed. */
final class Values {
  /** Wider ranges are not told apart by a double. */
  private static final long WIDEST = 1L << 53;

  /** Ten years. */
  private static final long LONGEST_PERIOD = 315_360_000;

  private static final BigDecimal MOST_PER_HOUR = BigDecimal.TEN.pow(18);
  private static final int MOST_DECIMALS = 9;

  private Values() {}

  static DescribedValue read(Json json, ZoneId zone) {
    Map<String, Json> map = json.map();
    // Whatever has more or fewer keys is no constant either, which says so.
    String key = map.size() == 1 ? map.keySet().iterator().next() : "";
    Json what = map.getOrDefault(key, json);
    return switch (key) {
      case "clock" -> clock(what, zone);
      case "counter" -> counter(what);
      case "sine" -> sine(what);
      case "random" -> random(what);
      default -> new DescribedValue.Constant(Constants.read(json));
    };
  }

  private static DescribedValue clock(Json json, ZoneId zone) {
    if (!json.truth()) {
      throw json.fault("a clock is true; leave it out if there is none");
    }
    return new DescribedValue.Time(zone);
  }

  private static DescribedValue counter(Json json) {
    Json.Fields fields = json.fields(Set.of("type", "start", "perHour"));
    DataTag type = WholeNumbers.type(fields.required("type"));
    BigInteger start =
        fields.has("start")
            ? fields.required("start").number(WholeNumbers.least(type), WholeNumbers.most(type))
            : BigInteger.ZERO;
    Json perHour = fields.required("perHour");
    BigDecimal rate = perHour.decimal();
    if (rate.signum() < 0 || rate.compareTo(MOST_PER_HOUR) > 0 || rate.scale() > MOST_DECIMALS) {
      throw perHour.fault(
          "a counter grows by 0..10^18 an hour, with " + MOST_DECIMALS + " decimals at the most");
    }
    return new DescribedValue.Counter(type, start, rate);
  }

  private static DescribedValue sine(Json json) {
    Json.Fields fields = json.fields(Set.of("type", "min", "max", "period"));
    DataTag type = WholeNumbers.type(fields.required("type"));
    long min = bound(fields.required("min"), type);
    return new DescribedValue.Sine(
        type,
        min,
        above(fields.required("max"), type, min),
        fields.required("period").number(1, LONGEST_PERIOD));
  }

  private static DescribedValue random(Json json) {
    Json.Fields fields = json.fields(Set.of("type", "min", "max", "seed", "every"));
    DataTag type = WholeNumbers.type(fields.required("type"));
    long min = bound(fields.required("min"), type);
    Json every = fields.get("every");
    return new DescribedValue.Chance(
        type,
        min,
        above(fields.required("max"), type, min),
        fields.required("seed").number(Long.MIN_VALUE, Long.MAX_VALUE),
        every == null ? 1 : every.number(1, LONGEST_PERIOD));
  }

  private static long bound(Json json, DataTag type) {
    long number = json.number(Long.MIN_VALUE, Long.MAX_VALUE);
    json.number(WholeNumbers.least(type), WholeNumbers.most(type));
    if (number < -WIDEST || number > WIDEST) {
      throw json.fault(number + " is not within -2^53..2^53");
    }
    return number;
  }

  private static long above(Json json, DataTag type, long min) {
    long max = bound(json, type);
    if (max < min || max - min > WIDEST) {
      throw json.fault(max + " is below min, " + min + ", or more than 2^53 above it");
    }
    return max;
  }
}
