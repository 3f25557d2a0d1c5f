package io.dlms4j.omnipower.measurement;

import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What somebody has written down: a script of what changes when.
 *
 * <pre>
 * # a quiet night, then L1 exports, then L3 fails
 * 2025-01-15T00:00:00  all 230 0.5 20
 * 2025-01-15T06:30:00  L1 231.5 8 180  L2 229 12 25
 * +3600                L3 0 0 0  f 49.98
 * </pre>
 *
 * <p>A line is a time, then phases with volts, amperes and the degrees by which current lags, and
 * the frequency in Hz. The time is that of normal time, in seconds since 1970 or as above, or so
 * many seconds after the line before. What a line does not mention stays; at first there is
 * nothing, at 50 Hz. What follows a {@code #}, and empty lines, do not count. Immutable.
 */
public final class ScriptedSource implements MeasurementSource {
  private static final int NOMINAL_FREQUENCY = 50_000;
  private static final int NUMBERS_OF_A_PHASE = 3;

  private final Timeline timeline;

  private ScriptedSource(Timeline timeline) {
    this.timeline = timeline;
  }

  /**
   * Reads a script.
   *
   * @param script the text
   * @return the source; nothing is measured before its first line, and its last line holds for ever
   * @throws MeasurementFormatException if a line cannot be understood, has what nobody can measure,
   *     or is not later than the one before; or if there is no line at all
   */
  public static ScriptedSource of(String script) {
    Timeline timeline = new Timeline();
    Phase[] phases = {Phase.NONE, Phase.NONE, Phase.NONE};
    int frequency = NOMINAL_FREQUENCY;
    List<String> lines = script.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      int line = i + 1;
      String text = lines.get(i).split("#", -1)[0].trim();
      if (text.isEmpty()) {
        continue;
      }
      String[] words = text.split("\\s+", -1);
      int at = 1;
      while (at < words.length) {
        String name = words[at].toLowerCase(Locale.ROOT);
        int length = name.equals("f") ? 1 : NUMBERS_OF_A_PHASE;
        if (at + length >= words.length) {
          throw new MeasurementFormatException(
              line, "'" + words[at] + "' is to be followed by " + length + " numbers");
        }
        if (name.equals("f")) {
          frequency = Timeline.frequency(line, words[at + 1]);
        } else {
          change(line, phases, name, Arrays.copyOfRange(words, at + 1, at + 1 + length));
        }
        at += 1 + length;
      }
      timeline.add(
          line,
          time(line, timeline, words[0]),
          new Measurement(phases[0], phases[1], phases[2], frequency));
    }
    if (timeline.size() == 0) {
      throw new MeasurementFormatException(lines.size() + 1, "the script has no line");
    }
    return new ScriptedSource(timeline);
  }

  private static void change(int line, Phase[] phases, String name, String[] numbers) {
    Phase phase = Timeline.phase(line, numbers[0], numbers[1], numbers[2]);
    switch (name) {
      case "all" -> Arrays.fill(phases, phase);
      case "l1" -> phases[0] = phase;
      case "l2" -> phases[1] = phase;
      case "l3" -> phases[2] = phase;
      default ->
          throw new MeasurementFormatException(
              line, "'" + name + "' is none of all, L1, L2, L3 and f");
    }
  }

  private static long time(int line, Timeline before, String text) {
    if (!text.startsWith("+")) {
      return Timeline.time(line, text);
    }
    if (before.size() == 0) {
      throw new MeasurementFormatException(line, "'" + text + "' has no line before it");
    }
    return before.second(before.size() - 1) + Timeline.time(line, text);
  }

  @Override
  public Measurement at(long second) {
    return timeline.at(second);
  }
}
