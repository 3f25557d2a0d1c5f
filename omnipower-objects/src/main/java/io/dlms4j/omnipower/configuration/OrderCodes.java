package io.dlms4j.omnipower.configuration;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All codes with which OMNIPOWER meters are ordered, read from the resource {@code codes.tsv}
 * (technical description chapter 5, both data sheets "Configuration"). Where the documents differ,
 * the technical description holds, and the others add what it does not have.
 */
public final class OrderCodes {
  private static final String RESOURCE = "codes.tsv";
  private static final int FIELDS = 7;
  private static final Map<String, List<OrderCode>> BY_POSITION = read();

  private OrderCodes() {}

  /**
   * The positions of a type number and of a software configuration.
   *
   * @return {@code X1}..{@code X14}, {@code Z1}..{@code Z30}
   */
  public static List<String> positions() {
    return List.copyOf(BY_POSITION.keySet());
  }

  /**
   * The codes of one position.
   *
   * @param position {@code X1}..{@code X14}, {@code Z1}..{@code Z30}
   * @return its codes in order, one twice if it means something else for other meters; none if
   *     there is no such position
   */
  public static List<OrderCode> of(String position) {
    return BY_POSITION.getOrDefault(position, List.of());
  }

  /** The codes of one position that a meter can have. */
  static List<OrderCode> of(String position, MeterVariant meter) {
    return of(position).stream().filter(each -> each.meters().contains(meter)).toList();
  }

  /** Whether a position has a code for any meter. */
  static boolean exists(String position, String code) {
    return of(position).stream().anyMatch(each -> each.matches(code));
  }

  /** A code of a meter, with its meaning there. */
  static Optional<OrderCode> find(String position, String code, MeterVariant meter) {
    return of(position, meter).stream()
        .filter(each -> each.matches(code))
        .findFirst()
        .map(each -> each.as(code));
  }

  /** What a position allows, as a clause of a sentence. */
  static String allowed(List<OrderCode> codes) {
    return codes.stream().map(OrderCode::inWords).collect(Collectors.joining(", "));
  }

  private static Map<String, List<OrderCode>> read() {
    Map<String, List<OrderCode>> codes = new LinkedHashMap<>();
    try (InputStream stream = OrderCodes.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      boolean header = true;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("#")) {
          continue;
        }
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
          throw new IllegalStateException(RESOURCE + " has " + fields.length + " fields: " + line);
        }
        if (!header) {
          codes.computeIfAbsent(fields[0], each -> new ArrayList<>()).add(code(fields));
        }
        header = false;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return codes;
  }

  private static OrderCode code(String[] fields) {
    Set<MeterVariant> meters = EnumSet.noneOf(MeterVariant.class);
    for (char letter : fields[4].toCharArray()) {
      meters.add(
          switch (letter) {
            case '1' -> MeterVariant.SINGLE_PHASE;
            case '3' -> MeterVariant.THREE_PHASE;
            case 'C' -> MeterVariant.CT;
            default -> throw new IllegalStateException(RESOURCE + " has the meter " + letter);
          });
    }
    Set<Integer> variants =
        fields[5].chars().mapToObj(each -> each - '0').collect(Collectors.toSet());
    List<String> documents = new ArrayList<>();
    for (char letter : fields[6].toCharArray()) {
      documents.add(
          switch (letter) {
            case 'T' -> "technical description";
            case 'N' -> "newer data sheet";
            case 'O' -> "data sheet of 2013";
            default -> throw new IllegalStateException(RESOURCE + " has the document " + letter);
          });
    }
    return new OrderCode(fields[0], fields[1], fields[2], fields[3], meters, variants, documents);
  }
}
