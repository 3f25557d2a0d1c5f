package io.dlms4j.examples.cli;

import io.dlms4j.omnipower.configuration.ConfigurationException;
import io.dlms4j.omnipower.configuration.MeterOrder;
import io.dlms4j.omnipower.configuration.OrderCode;
import io.dlms4j.omnipower.configuration.OrderCodes;
import io.dlms4j.omnipower.configuration.Refusal;
import io.dlms4j.omnipower.configuration.SoftwareConfiguration;
import io.dlms4j.omnipower.configuration.TypeNumber;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains with which numbers OMNIPOWER meters are ordered. */
@Command(
    name = "meters",
    description =
        "Explains the type numbers and software configurations of OMNIPOWER meters: all codes, those"
            + " of one position, or those of one meter, with what they amount to.")
final class MetersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "NUMBER",
      description =
          "A type number such as 6841138BN143002084, or a position such as X10 or Z3; without it,"
              + " all positions.")
  private @Nullable String number;

  @Option(
      names = "--configuration",
      paramLabel = "CODES",
      description = "A software configuration such as Z1=4,Z4=2.")
  private @Nullable String configuration;

  @Option(names = "--json", description = "Prints JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String given = number;
    String software = configuration;
    try {
      if (given == null && software == null) {
        print(out, OrderCodes.positions().stream().map(OrderCodes::of).flatMap(List::stream));
      } else if (given == null) {
        print(out, codes(SoftwareConfiguration.parse(software == null ? "" : software)).stream());
      } else if (!OrderCodes.of(given).isEmpty() && software == null) {
        print(out, OrderCodes.of(given).stream());
      } else {
        explain(
            out,
            TypeNumber.parse(given),
            SoftwareConfiguration.parse(software == null ? "" : software));
      }
    } catch (ConfigurationException e) {
      throw new CommandException(inLines(e), e);
    }
    return 0;
  }

  /** Every reason on a line of its own. */
  static String inLines(ConfigurationException refused) {
    return refused.refusals().stream().map(Refusal::toString).collect(Collectors.joining("\n  "));
  }

  /** What a configuration can mean, of whatever meter. */
  private static List<OrderCode> codes(SoftwareConfiguration software) {
    List<OrderCode> codes = new ArrayList<>();
    for (String position : software.positions()) {
      String code = software.code(position).orElse("");
      List<OrderCode> all = OrderCodes.of(position);
      List<OrderCode> same = all.stream().filter(each -> each.code().equals(code)).toList();
      codes.addAll(
          same.isEmpty()
              ? all.stream().filter(each -> each.code().equals(OrderCode.BY_ORDER_FORM)).toList()
              : same);
    }
    return codes;
  }

  private void print(PrintWriter out, Stream<OrderCode> codes) {
    if (json) {
      out.println(JsonText.print(codes.map(MetersCommand::plainWithMeters).toList()));
      return;
    }
    Table table =
        new Table(List.of("Position", "Name", "Code", "Meaning", "Meters", "Variants", "From"));
    codes.forEach(
        code ->
            table.add(
                List.of(
                    code.position(),
                    code.name(),
                    code.code(),
                    code.meaning(),
                    meters(code),
                    variants(code),
                    String.join(", ", code.documents()))));
    table.print(out, "");
  }

  private static String meters(OrderCode code) {
    return code.meters().stream()
        .sorted()
        .map(VariantText::print)
        .collect(Collectors.joining(", "));
  }

  private static String variants(OrderCode code) {
    return code.variants().stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private void explain(PrintWriter out, TypeNumber typeNumber, SoftwareConfiguration ordered) {
    MeterOrder order = MeterOrder.of(typeNumber, ordered);
    Map<String, String> settings = new SettingsText(order.settings().build()).lines();
    if (json) {
      out.println(JsonText.print(plain(order, ordered, settings)));
      return;
    }
    out.println(typeNumber.withHyphens() + " is " + VariantText.print(typeNumber.meter()));
    Table codes = new Table(List.of("Position", "Name", "Code", "Meaning", ""));
    for (OrderCode code : order.explain()) {
      codes.add(
          List.of(
              code.position(),
              code.name(),
              code.code(),
              code.meaning(),
              isSaid(code, ordered) ? "" : "not said, as it is sold most"));
    }
    codes.print(out, "  ");
    out.println("which amounts to");
    Table table = new Table(List.of("Setting", "Value"));
    settings.forEach((name, value) -> table.add(List.of(name, value)));
    table.print(out, "  ");
  }

  private static boolean isSaid(OrderCode code, SoftwareConfiguration ordered) {
    return code.position().startsWith("X") || ordered.code(code.position()).isPresent();
  }

  private static Map<String, Object> plain(
      MeterOrder order, SoftwareConfiguration ordered, Map<String, String> settings) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("typeNumber", order.typeNumber().toString());
    plain.put("meter", VariantText.print(order.typeNumber().meter()));
    plain.put("configuration", order.configuration().toString());
    plain.put(
        "codes",
        order.explain().stream()
            .map(
                code -> {
                  Map<String, Object> each = plain(code);
                  each.put("ordered", isSaid(code, ordered));
                  return each;
                })
            .toList());
    plain.put("settings", settings);
    return plain;
  }

  private static Map<String, Object> plain(OrderCode code) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("position", code.position());
    plain.put("name", code.name());
    plain.put("code", code.code());
    plain.put("meaning", code.meaning());
    return plain;
  }

  private static Map<String, Object> plainWithMeters(OrderCode code) {
    Map<String, Object> plain = plain(code);
    plain.put("meters", code.meters().stream().sorted().map(VariantText::print).toList());
    plain.put("variants", code.variants().stream().sorted().toList());
    plain.put("documents", code.documents());
    return plain;
  }
}
