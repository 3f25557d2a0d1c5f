package io.dlms4j.omnipower.configuration;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The number on the front of a meter that says what it is made of: 68, X1..X13 and three digits of
 * the country, {@code 6841138BN143002084} for instance (technical description 3.3 and 5.2).
 * Immutable.
 */
public final class TypeNumber {
  /** The three digits of the country, X14..X16. */
  static final String COUNTRY = "X14";

  private static final String ALL = "68";
  private static final int LENGTH = 18;
  private static final int COUNTRY_DIGITS = 3;

  /** Length of a type number of the 351 Combi, and its beginning, which is that of CT meters. */
  private static final int LENGTH_OF_351 = 10;

  private static final String BEGINNING_OF_351 = "685";
  private static final int MOST_SHOWN = 40;

  private final String digits;
  private final MeterVariant meter;
  private final Map<String, OrderCode> codes;

  private TypeNumber(String digits, MeterVariant meter, Map<String, OrderCode> codes) {
    this.digits = digits;
    this.meter = meter;
    this.codes = codes;
  }

  /**
   * Reads a type number.
   *
   * @param text 18 characters; hyphens and blanks between them mean nothing, as in {@code
   *     684-11-38B-N14-3002-084}
   * @return the type number
   * @throws ConfigurationException if no OMNIPOWER meter has it, with every reason
   */
  public static TypeNumber parse(String text) {
    String digits = text.replace("-", "").replace(" ", "");
    if (digits.length() != LENGTH || !digits.startsWith(ALL)) {
      throw new ConfigurationException(shortened(text), notEven(digits));
    }
    MeterVariant meter = meter(digits.charAt(ALL.length()));
    Map<String, OrderCode> codes = new LinkedHashMap<>();
    List<Refusal> refusals = new ArrayList<>();
    for (Map.Entry<String, String> given : split(digits).entrySet()) {
      String position = given.getKey();
      String code = given.getValue();
      Optional<OrderCode> found = find(position, code, meter);
      found.ifPresent(each -> codes.put(position, each));
      if (found.isEmpty()) {
        refusals.add(new Refusal(position, code, reason(position, code, meter)));
      }
    }
    if (meter == null || !refusals.isEmpty()) {
      throw new ConfigurationException(refusals);
    }
    return new TypeNumber(digits, meter, codes);
  }

  private static String shortened(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }

  private static String notEven(String digits) {
    if (digits.length() == LENGTH_OF_351 && digits.startsWith(BEGINNING_OF_351)) {
      return "this is how the 351 Combi is numbered, which is no OMNIPOWER meter";
    }
    return digits.length() == LENGTH
        ? "the number of an OMNIPOWER meter begins with " + ALL
        : "the number of an OMNIPOWER meter has " + LENGTH + " characters, not " + digits.length();
  }

  private static @Nullable MeterVariant meter(char code) {
    return switch (code) {
      case '4' -> MeterVariant.THREE_PHASE;
      case '5' -> MeterVariant.CT;
      case '6' -> MeterVariant.SINGLE_PHASE;
      default -> null;
    };
  }

  private static Map<String, String> split(String digits) {
    Map<String, String> codes = new LinkedHashMap<>();
    int country = LENGTH - COUNTRY_DIGITS;
    for (int i = ALL.length(); i < country; i++) {
      codes.put("X" + (i - ALL.length() + 1), digits.substring(i, i + 1));
    }
    codes.put(COUNTRY, digits.substring(country));
    return codes;
  }

  /** A code of the meter, or of any if X1 does not say which. */
  private static Optional<OrderCode> find(
      String position, String code, @Nullable MeterVariant meter) {
    return meter == null
        ? OrderCodes.of(position).stream().filter(each -> each.matches(code)).findFirst()
        : OrderCodes.find(position, code, meter);
  }

  private static String reason(String position, String code, @Nullable MeterVariant meter) {
    List<OrderCode> allowed =
        meter == null ? OrderCodes.of(position) : OrderCodes.of(position, meter);
    String name = OrderCodes.of(position).get(0).name();
    String what = OrderCodes.exists(position, code) ? "not of this meter" : "no such code";
    return what + "; " + name + " is one of " + OrderCodes.allowed(allowed);
  }

  /**
   * Which meter it is (X1).
   *
   * @return single-phase, three-phase or CT
   */
  public MeterVariant meter() {
    return meter;
  }

  /**
   * Which variant of the meter it is (X8).
   *
   * @return 1 or 2
   */
  public int variant() {
    return Integer.parseInt(code("X8"));
  }

  /**
   * A code.
   *
   * @param position {@code X1}..{@code X13}, or {@code X14} for the three digits of the country
   * @return the code
   * @throws IllegalArgumentException if there is no such position
   */
  public String code(String position) {
    OrderCode code = codes.get(position);
    if (code == null) {
      throw new IllegalArgumentException("a type number has no " + position);
    }
    return code.code();
  }

  /**
   * What it says, in words.
   *
   * @return X1 to the country, in order
   */
  public List<OrderCode> explain() {
    return List.copyOf(codes.values());
  }

  /**
   * As it is printed in the vendor's documents.
   *
   * @return {@code 684-11-38B-N14-3002-084}
   */
  public String withHyphens() {
    return String.join(
        "-",
        digits.substring(0, 3),
        digits.substring(3, 5),
        digits.substring(5, 8),
        digits.substring(8, 11),
        digits.substring(11, 15),
        digits.substring(15));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TypeNumber number && number.digits.equals(digits);
  }

  @Override
  public int hashCode() {
    return digits.hashCode();
  }

  /** The 18 characters, as CompleteMeterTypeNo (1.1.96.1.1.255) has them. */
  @Override
  public String toString() {
    return digits;
  }
}
