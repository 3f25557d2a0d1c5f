package io.dlms4j.omnipower.configuration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a meter is set when it leaves the factory: codes of Z1..Z30 (technical description 5.3, newer
 * data sheet for Z26..Z30). Says what was ordered, and nothing of the rest. Whether a meter can
 * have it, {@link MeterOrder} decides. Immutable.
 *
 * <p>Its text is {@code Z1=4,Z4=2,Z7=01}: each position once, in any order, blanks around commas
 * mean nothing, codes are exactly as in the documents, with all their digits.
 */
public final class SoftwareConfiguration {
  /** Nothing that is not as it is sold most. */
  public static final SoftwareConfiguration USUAL = new SoftwareConfiguration(Map.of());

  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(position -> Integer.parseInt(position.substring(1)));

  private final Map<String, String> codes;

  private SoftwareConfiguration(Map<String, String> codes) {
    this.codes = new TreeMap<>(BY_NUMBER);
    this.codes.putAll(codes);
  }

  /**
   * Reads a configuration.
   *
   * @param text positions and codes; nothing for {@link #USUAL}
   * @return the configuration
   * @throws ConfigurationException if it has a position or code that no meter has, or one twice
   */
  public static SoftwareConfiguration parse(String text) {
    Map<String, String> codes = new TreeMap<>();
    List<Refusal> refusals = new ArrayList<>();
    if (!text.isBlank()) {
      for (String part : text.split(",", -1)) {
        read(part.strip(), codes, refusals);
      }
    }
    if (!refusals.isEmpty()) {
      throw new ConfigurationException(refusals);
    }
    return new SoftwareConfiguration(codes);
  }

  private static void read(String part, Map<String, String> codes, List<Refusal> refusals) {
    int equals = part.indexOf('=');
    if (equals < 0) {
      refusals.add(new Refusal("", part, "a code is written as Z1=4"));
      return;
    }
    String position = part.substring(0, equals);
    String code = part.substring(equals + 1);
    List<OrderCode> known =
        position.startsWith("Z") ? OrderCodes.of(position) : List.<OrderCode>of();
    if (known.isEmpty()) {
      refusals.add(new Refusal("", part, "a software configuration has Z1..Z30"));
    } else if (!OrderCodes.exists(position, code)) {
      refusals.add(
          new Refusal(
              position,
              code,
              "no such code; " + known.get(0).name() + " is one of " + OrderCodes.allowed(known)));
    } else if (codes.putIfAbsent(position, code) != null) {
      refusals.add(new Refusal(position, code, position + " is given twice"));
    }
  }

  /**
   * A code.
   *
   * @param position {@code Z1}..{@code Z30}
   * @return the code, or nothing if the order does not say it
   */
  public Optional<String> code(String position) {
    return Optional.ofNullable(known(position) ? codes.get(position) : null);
  }

  /**
   * The positions that the order says.
   *
   * @return in order of their numbers
   */
  public List<String> positions() {
    return List.copyOf(codes.keySet());
  }

  /** The same, and one more code. */
  SoftwareConfiguration with(String position, String code) {
    Map<String, String> more = new TreeMap<>(codes);
    more.put(position, code);
    return new SoftwareConfiguration(more);
  }

  private static boolean known(String position) {
    return position.startsWith("Z") && !OrderCodes.of(position).isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SoftwareConfiguration same && same.codes.equals(codes);
  }

  @Override
  public int hashCode() {
    return codes.hashCode();
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return codes.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(","));
  }
}
