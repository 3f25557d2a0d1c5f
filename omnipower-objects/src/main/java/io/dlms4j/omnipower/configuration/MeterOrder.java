package io.dlms4j.omnipower.configuration;

import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A meter as it was ordered: type number and software configuration, which go together. What the
 * order does not say is as it is sold most. Immutable.
 *
 * <pre>{@code
 * MeterOrder order = MeterOrder.of(
 *     TypeNumber.parse("6841138BN143002084"), SoftwareConfiguration.parse("Z1=4,Z4=2"));
 * MeterSettings settings = order.settings().build();
 * }</pre>
 */
public final class MeterOrder {
  private static final Map<String, String> USUAL =
      Map.ofEntries(
          Map.entry("Z2", "1"),
          Map.entry("Z3", "00"),
          Map.entry("Z4", "2"),
          Map.entry("Z6", "01"),
          Map.entry("Z7", "01"),
          Map.entry("Z8", "1"),
          Map.entry("Z9", "000"),
          Map.entry("Z10", "000"),
          Map.entry("Z11", "01"),
          Map.entry("Z12", "00"),
          Map.entry("Z13", "000"),
          Map.entry("Z14", "000"),
          Map.entry("Z15", "001"),
          Map.entry("Z16", "000"),
          Map.entry("Z17", "000"),
          Map.entry("Z18", "000"),
          Map.entry("Z20", "000"),
          Map.entry("Z25", "1"),
          Map.entry("Z26", "000"),
          Map.entry("Z27", "1"),
          Map.entry("Z30", "1"));

  private static final Map<String, String> USUAL_WITH_TRANSFORMERS =
      Map.of("Z21", "001", "Z22", "1", "Z23", "1", "Z24", "0");

  private static final int LAST_HOUR_EAST = 12;
  private static final int HOURS = 24;
  private static final int TARIFF_PLANS = 3;

  private final TypeNumber typeNumber;
  private final SoftwareConfiguration configuration;
  private final List<OrderCode> software;

  private MeterOrder(
      TypeNumber typeNumber, SoftwareConfiguration configuration, List<OrderCode> software) {
    this.typeNumber = typeNumber;
    this.configuration = configuration;
    this.software = software;
  }

  /**
   * Puts both together.
   *
   * @param typeNumber what the meter is made of
   * @param ordered how it is to be set
   * @return the order
   * @throws ConfigurationException if the meter cannot have the configuration, with every reason
   */
  public static MeterOrder of(TypeNumber typeNumber, SoftwareConfiguration ordered) {
    SoftwareConfiguration whole = completed(typeNumber, ordered);
    List<OrderCode> software = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (String position : whole.positions()) {
      String code = whole.code(position).orElseThrow();
      Optional<OrderCode> found = OrderCodes.find(position, code, typeNumber.meter());
      if (found.isEmpty()) {
        refusals.add(new Refusal(position, code, notOf(typeNumber, position)));
      } else if (!found.get().variants().contains(typeNumber.variant())) {
        refusals.add(
            new Refusal(
                position,
                code,
                found.get().meaning() + " is not of variant " + typeNumber.variant() + " (X8)"));
      }
      found.ifPresent(software::add);
    }
    refusals.addAll(OrderRules.refusals(typeNumber, whole));
    if (!refusals.isEmpty()) {
      throw new ConfigurationException(refusals);
    }
    return new MeterOrder(typeNumber, whole, software);
  }

  private static String notOf(TypeNumber typeNumber, String position) {
    List<OrderCode> allowed = OrderCodes.of(position, typeNumber.meter());
    String name = OrderCodes.of(position).get(0).name();
    return "not of this meter, whose "
        + name
        + (allowed.isEmpty() ? " is not chosen" : " is one of " + OrderCodes.allowed(allowed));
  }

  private static SoftwareConfiguration completed(
      TypeNumber typeNumber, SoftwareConfiguration ordered) {
    boolean transformers = typeNumber.meter() == MeterVariant.CT;
    SoftwareConfiguration whole = ordered;
    for (String position : OrderCodes.positions()) {
      if (!position.startsWith("Z") || ordered.code(position).isPresent()) {
        continue;
      }
      String usual =
          switch (position) {
            case "Z1" -> transformers ? "3" : "4";
            case "Z19" -> hasBreaker(typeNumber) ? "1" : "0";
            case "Z28" -> typeNumber.variant() == 1 ? "0" : "2";
            case "Z29" -> OrderRules.loadProfileOf(typeNumber).orElse("");
            default ->
                transformers && USUAL_WITH_TRANSFORMERS.containsKey(position)
                    ? USUAL_WITH_TRANSFORMERS.getOrDefault(position, "")
                    : USUAL.getOrDefault(position, "");
          };
      if (!usual.isEmpty()) {
        whole = whole.with(position, usual);
      }
    }
    return whole;
  }

  static boolean hasBreaker(TypeNumber typeNumber) {
    return !typeNumber.code("X10").equals("0");
  }

  /**
   * What the meter is made of.
   *
   * @return the type number
   */
  public TypeNumber typeNumber() {
    return typeNumber;
  }

  /**
   * How it is set, with what the order did not say.
   *
   * @return every position but those that the meter does not have, and Z5, for which there is no
   *     usual code
   */
  public SoftwareConfiguration configuration() {
    return configuration;
  }

  /**
   * The whole order in words.
   *
   * @return X1 to the country, then Z1..Z30
   */
  public List<OrderCode> explain() {
    List<OrderCode> all = new ArrayList<>(typeNumber.explain());
    all.addAll(software);
    return all;
  }

  /**
   * Applies the order. What no code says is as it is sold most, and can still be chosen: the
   * calculation method, and the registers of the analysis logger that an order form lists (Z10).
   *
   * @return settings of the meter
   */
  public MeterSettingsBuilder settings() {
    MeterVariant meter = typeNumber.meter();
    ModulePort port = ModulePort.ofOrderCode(software("Z3"));
    int debiting = number("Z7");
    MeterSettingsBuilder settings =
        MeterSettings.of(meter)
            .measuringSystems(systems())
            .energyResolution(resolution())
            .layout(layout())
            .integrationPeriod(
                switch (software("Z4")) {
                  case "1" -> 300;
                  case "2" -> 900;
                  case "3" -> 1800;
                  default -> 3600;
                })
            .differencesInLoadProfile(software("Z27").equals("2"))
            .debitingDay(number("Z6"))
            .debitingInterval(DebitingInterval.ofOrderCode(debiting))
            .debitingMonth(DebitingInterval.firstMonthOfOrderCode(debiting))
            .debiting2Interval(number("Z25") - 1)
            .tariffControl(Math.min(number("Z13"), TARIFF_PLANS))
            .tariffPortsInverted(port.tariffsInverted())
            .modulePort(port)
            .batteryBackup(typeNumber.code("X12").equals("1"))
            .breaker(hasBreaker(typeNumber))
            .generation(
                typeNumber.variant() == 1
                    ? FirmwareGeneration.BEFORE_OMNIA_3
                    : FirmwareGeneration.OMNIA_3)
            .austrianLoadProfile(OrderRules.isAustrian(typeNumber))
            .hoursFromGreenwich(hoursFromGreenwich())
            .daylightSaving(!software("Z15").equals("000"));
    if (meter == MeterVariant.CT) {
      settings
          .transformerRatio(number("Z21"))
          .transformerRatioLocked(software("Z22").equals("2"))
          .secondaryInLoadProfile(software("Z23").equals("2"));
    }
    return settings;
  }

  private MeasuringSystems systems() {
    return switch (typeNumber.code("X4")) {
      case "1" -> MeasuringSystems.ONE;
      case "2" -> MeasuringSystems.ARON;
      default -> MeasuringSystems.THREE;
    };
  }

  private EnergyResolution resolution() {
    boolean transformers = typeNumber.meter().hasTransformers();
    return switch (software("Z1")) {
      case "1" -> EnergyResolution.DIGITS_7_0;
      case "2" -> transformers ? EnergyResolution.DIGITS_7_1 : EnergyResolution.DIGITS_6_1;
      case "3" -> EnergyResolution.DIGITS_7_2;
      default -> EnergyResolution.DIGITS_6_3;
    };
  }

  private LoadProfileLayout layout() {
    return configuration
        .code("Z29")
        .map(
            code ->
                switch (code) {
                  case "1" -> LoadProfileLayout.A_PLUS;
                  case "2" -> LoadProfileLayout.A_PLUS_A_MINUS;
                  case "3" -> LoadProfileLayout.FOUR_ENERGIES;
                  case "4" -> LoadProfileLayout.ACTIVE_AND_QUADRANTS;
                  default -> LoadProfileLayout.FOUR_ENERGIES_AND_QUADRANTS;
                })
        .orElse(LoadProfileLayout.A_PLUS_R_PLUS);
  }

  private int hoursFromGreenwich() {
    int code = number("Z11");
    return code <= LAST_HOUR_EAST ? code : code - HOURS;
  }

  private String software(String position) {
    return configuration.code(position).orElseThrow();
  }

  private int number(String position) {
    return Integer.parseInt(software(position));
  }
}
