package io.dlms4j.omnipower.measurement;

import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.util.List;
import java.util.Locale;

/**
 * A recording, replayed: a table of fields separated by commas or semicolons.
 *
 * <pre>
 * time,u1,i1,a1,u2,i2,a2,u3,i3,a3,f
 * 2025-01-15T00:00:00,230.1,4.35,12,229.8,0.2,350,230.4,11.7,185,49.99
 * </pre>
 *
 * <p>The first line names the columns, in any order; those that are not named above are passed
 * over. {@code time} is normal time, as above or in seconds since 1970; {@code u1} V, {@code i1} A
 * and {@code a1} degrees by which current lags are to be there, {@code u2} to {@code a3} may be
 * missing all together, and so may {@code f} in Hz. A row holds until the next one, and the last
 * one as long as the one before it; nothing is measured before and after. Immutable.
 */
public final class CsvSource implements MeasurementSource {
  private static final String NOMINAL_FREQUENCY = "50";

  private final Timeline timeline;

  private CsvSource(Timeline timeline) {
    this.timeline = timeline;
  }

  /**
   * Reads a recording.
   *
   * @param table the text; empty lines do not count
   * @return the source
   * @throws MeasurementFormatException if a line cannot be understood, has what nobody can measure,
   *     or is not later than the one before; or if there is no row at all
   */
  public static CsvSource of(String table) {
    List<String> lines = table.lines().toList();
    Timeline timeline = new Timeline();
    Columns columns = null;
    for (int i = 0; i < lines.size(); i++) {
      int line = i + 1;
      if (lines.get(i).isBlank()) {
        continue;
      }
      String[] fields = fields(lines.get(i));
      if (columns == null) {
        columns = Columns.of(line, List.of(fields));
      } else {
        add(timeline, line, columns, fields);
      }
    }
    int rows = timeline.size();
    if (rows == 0) {
      throw new MeasurementFormatException(lines.size() + 1, "the recording has no row");
    }
    long last = timeline.second(rows - 1);
    timeline.end(last + (rows > 1 ? last - timeline.second(rows - 2) : 1));
    return new CsvSource(timeline);
  }

  private static String[] fields(String line) {
    String[] fields = line.split("[,;]", -1);
    for (int i = 0; i < fields.length; i++) {
      fields[i] = fields[i].trim();
    }
    return fields;
  }

  private static void add(Timeline timeline, int line, Columns columns, String[] fields) {
    if (fields.length != columns.names.size()) {
      throw new MeasurementFormatException(
          line, "has " + fields.length + " fields, not " + columns.names.size());
    }
    Phase l1 = columns.phase(line, fields, 1);
    Phase l2 = columns.threePhases ? columns.phase(line, fields, 2) : Phase.NONE;
    Phase l3 = columns.threePhases ? columns.phase(line, fields, 3) : Phase.NONE;
    int frequency =
        Timeline.frequency(
            line, columns.names.contains("f") ? columns.field(fields, "f") : NOMINAL_FREQUENCY);
    long time = Timeline.time(line, columns.field(fields, "time"));
    timeline.add(line, time, new Measurement(l1, l2, l3, frequency));
  }

  @Override
  public Measurement at(long second) {
    return timeline.at(second);
  }

  private record Columns(List<String> names, boolean threePhases) {
    static Columns of(int line, List<String> fields) {
      List<String> names = fields.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
      for (String required : List.of("time", "u1", "i1", "a1")) {
        require(line, names, required);
      }
      List<String> others = List.of("u2", "i2", "a2", "u3", "i3", "a3");
      boolean threePhases = others.stream().anyMatch(names::contains);
      if (names.contains("f")) {
        require(line, names, "f");
      }
      if (threePhases) {
        others.forEach(required -> require(line, names, required));
      }
      return new Columns(names, threePhases);
    }

    private static void require(int line, List<String> names, String name) {
      if (names.indexOf(name) < 0) {
        throw new MeasurementFormatException(line, "the column " + name + " is missing");
      }
      if (names.indexOf(name) != names.lastIndexOf(name)) {
        throw new MeasurementFormatException(line, "the column " + name + " is there twice");
      }
    }

    String field(String[] fields, String name) {
      return fields[names.indexOf(name)];
    }

    Phase phase(int line, String[] fields, int number) {
      return Timeline.phase(
          line,
          field(fields, "u" + number),
          field(fields, "i" + number),
          field(fields, "a" + number));
    }
  }
}
