package io.dlms4j.cosem;

import io.dlms4j.axdr.Octets;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OBIS code: the logical name of a COSEM object (Blue Book 6; IEC 62056-61).
 *
 * @param a medium, 0..255
 * @param b channel, 0..255
 * @param c physical quantity, 0..255
 * @param d kind of processing, 0..255
 * @param e further classification (tariff), 0..255
 * @param f historical value, 255 if it plays no part, 0..255
 */
public record ObisCode(int a, int b, int c, int d, int e, int f) implements Comparable<ObisCode> {
  /** Octets of an OBIS code on the wire. */
  public static final int OCTETS = 6;

  private static final Pattern DOTTED =
      Pattern.compile(
          "(\\d{1,3})[.-](\\d{1,3})[.:](\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:[.*&](\\d{1,3}))?");

  private static final Comparator<ObisCode> ORDER =
      Comparator.comparingInt(ObisCode::a)
          .thenComparingInt(ObisCode::b)
          .thenComparingInt(ObisCode::c)
          .thenComparingInt(ObisCode::d)
          .thenComparingInt(ObisCode::e)
          .thenComparingInt(ObisCode::f);

  /**
   * Checks the value groups.
   *
   * @throws IllegalArgumentException if a value group is not within 0..255
   */
  public ObisCode {
    require(a, 'A');
    require(b, 'B');
    require(c, 'C');
    require(d, 'D');
    require(e, 'E');
    require(f, 'F');
  }

  private static void require(int group, char name) {
    if (group < 0 || group > 255) {
      throw new IllegalArgumentException(
          "value group " + name + " of an OBIS code is " + group + ", not within 0..255");
    }
  }

  /**
   * Parses a code as engineers write it: {@code 1.1.1.8.0.255}, {@code 1-1:1.8.0*255} or {@code
   * 1-1:1.8.0}, where F is 255 if it is left out.
   *
   * @param text the code
   * @return the code
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static ObisCode of(String text) {
    return parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + text + "' is not an OBIS code such as 1.1.1.8.0.255 or 1-1:1.8.0*255"));
  }

  /**
   * Parses a code like {@link #of(String)}, for text of which nobody knows whether it is one.
   *
   * @param text any text
   * @return the code, or nothing
   */
  public static Optional<ObisCode> parse(String text) {
    Matcher matcher = DOTTED.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int[] groups = new int[OCTETS];
    for (int i = 0; i < OCTETS; i++) {
      String group = matcher.group(i + 1);
      groups[i] = group == null ? 255 : Integer.parseInt(group);
      if (groups[i] > 255) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new ObisCode(groups[0], groups[1], groups[2], groups[3], groups[4], groups[5]));
  }

  /**
   * Reads a logical name.
   *
   * @param octets six octets
   * @return the code, or nothing if there are not six
   */
  public static Optional<ObisCode> ofOctets(Octets octets) {
    return octets.length() == OCTETS
        ? Optional.of(
            new ObisCode(
                octets.at(0), octets.at(1), octets.at(2), octets.at(3), octets.at(4), octets.at(5)))
        : Optional.empty();
  }

  /**
   * The code as it goes on the wire.
   *
   * @return six octets
   */
  public Octets toOctets() {
    return Octets.of(a, b, c, d, e, f);
  }

  @Override
  public int compareTo(ObisCode other) {
    return ORDER.compare(this, other);
  }

  /** The six value groups, separated by points. */
  @Override
  public String toString() {
    return a + "." + b + "." + c + "." + d + "." + e + "." + f;
  }
}
