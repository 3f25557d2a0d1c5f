package io.dlms4j.omnipower.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which codes of a type number and a software configuration exclude each other. */
final class OrderRules {
  private static final Set<String> AUSTRIA = Set.of("055", "056");
  private static final String NONE = "000";
  private static final String BY_MODULE_PORT = "001";

  private OrderRules() {}

  static boolean isAustrian(TypeNumber typeNumber) {
    return AUSTRIA.contains(typeNumber.code(TypeNumber.COUNTRY));
  }

  /** The load profile (Z29) of what the meter measures (X9): the legal energies. */
  static Optional<String> loadProfileOf(TypeNumber typeNumber) {
    return switch (typeNumber.code("X9")) {
      case "1" -> Optional.of("1");
      case "2" -> Optional.of("2");
      case "4" -> Optional.of("3");
      // A+/R+ of meters for current transformers: Z29 of the direct ones does not have it.
      default -> Optional.empty();
    };
  }

  /** What does not go together, of codes that each exist. */
  static List<Refusal> refusals(TypeNumber typeNumber, SoftwareConfiguration software) {
    List<Refusal> refusals = new ArrayList<>();
    software.code("Z29").ifPresent(code -> loadProfile(typeNumber, code, refusals));
    breaker(typeNumber, software, refusals);
    if (isAustrian(typeNumber)) {
      refuse(
          software,
          "Z4",
          Set.of("2"),
          "the load profile has 15 minutes in Austria (Z4=2)",
          refusals);
    }
    if (typeNumber.code("X11").equals("0")) {
      refuse(software, "Z16", Set.of(NONE), "a meter without radio (X11=0) has Z16=000", refusals);
    }
    String port = software.code("Z3").orElse("00");
    if (software.code("Z13").filter(BY_MODULE_PORT::equals).isPresent()
        && ModulePort.ofOrderCode(port).function().tariffs() == 0) {
      refusals.add(
          new Refusal(
              "Z13",
              BY_MODULE_PORT,
              "the module port cannot choose the tariff: Z3=" + port + " has no tariff input"));
    }
    return refusals;
  }

  private static void loadProfile(TypeNumber typeNumber, String code, List<Refusal> refusals) {
    String energies = typeNumber.code("X9");
    Optional<String> usual = loadProfileOf(typeNumber);
    Set<String> allowed =
        energies.equals("4") ? Set.of("3", "4", "5") : usual.map(Set::of).orElse(Set.of());
    if (!allowed.contains(code)) {
      refusals.add(
          new Refusal(
              "Z29",
              code,
              usual
                  .map(
                      each ->
                          "the load profile keeps the legal energies: X9="
                              + energies
                              + " has Z29="
                              + String.join(", ", allowed.stream().sorted().toList()))
                  .orElse("X9=" + energies + " (A+/R+) keeps these two, and Z29 is not chosen")));
    }
  }

  private static void breaker(
      TypeNumber typeNumber, SoftwareConfiguration software, List<Refusal> refusals) {
    if (MeterOrder.hasBreaker(typeNumber)) {
      refuse(
          software,
          "Z19",
          Set.of("1", "2"),
          "a meter with breaker leaves the factory connected (1) or disconnected (2)",
          refusals);
    } else {
      refuse(software, "Z19", Set.of("0"), "a meter without breaker (X10=0) has Z19=0", refusals);
      refuse(software, "Z9", Set.of(NONE), "a meter without breaker (X10=0) has Z9=000", refusals);
    }
  }

  private static void refuse(
      SoftwareConfiguration software,
      String position,
      Set<String> allowed,
      String reason,
      List<Refusal> refusals) {
    software
        .code(position)
        .filter(code -> !allowed.contains(code))
        .ifPresent(code -> refusals.add(new Refusal(position, code, reason)));
  }
}
