package io.dlms4j.omnipower.catalogue;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a parameter of a meter can be, as far as the documents say it; read from the resource {@code
 * parameters.tsv}.
 *
 * @param name of its catalogue entry
 * @param min the least value, in the unit and with the scaler of the entry
 * @param max the greatest value
 * @param step from one value to the next
 * @param byDefault what a new meter has
 */
public record ParameterRange(String name, long min, long max, long step, long byDefault) {
  private static final String PARAMETERS = "parameters.tsv";

  /**
   * Refuses a range without values, and a default outside, with an {@link IllegalStateException}.
   */
  public ParameterRange {
    if (step < 1 || !isWithin(byDefault, min, max, step)) {
      throw new IllegalStateException(name + " is not " + byDefault + " by default");
    }
  }

  /**
   * The ranges of all parameters.
   *
   * @return the ranges by name; none of an entry that takes all that its type holds
   */
  public static Map<String, ParameterRange> all() {
    Map<String, ParameterRange> ranges = new LinkedHashMap<>();
    CatalogueResources.read(
        PARAMETERS,
        6,
        fields ->
            ranges.put(
                fields[0],
                new ParameterRange(
                    fields[0],
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[4]))));
    return ranges;
  }

  /**
   * Whether the parameter can be that.
   *
   * @param value any
   * @return true if it is within the range
   */
  public boolean has(long value) {
    return isWithin(value, min, max, step);
  }

  private static boolean isWithin(long value, long min, long max, long step) {
    return value >= min && value <= max && (value - min) % step == 0;
  }
}
