package io.dlms4j.examples.cli;

import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.Clock;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows and sets a meter's clock. */
@Command(
    name = "clock",
    description =
        "Shows a meter's time, and how far it is from this machine's; sets it if asked to.")
final class ClockCommand implements Callable<Integer> {
  private static final String NOW = "now";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private MeterOptions meter = new MeterOptions();

  @Option(
      names = "--set",
      paramLabel = "TIME",
      arity = "0..1",
      fallbackValue = NOW,
      description =
          "Sets the clock: to this machine's time without a TIME or with now, else to a local time"
              + " such as 2026-11-28T10:00.")
  private @Nullable String set;

  @Option(
      names = "--object",
      paramLabel = "OBIS",
      description = "The Clock object; by default the first that the meter's association view has.")
  private @Nullable String object;

  private final InstantSource machine = InstantSource.system();
  private final ZoneId zone = ZoneId.systemDefault();

  @Override
  public Integer call() {
    Optional<ObisCode> named = Optional.ofNullable(object).map(this::logicalName);
    Optional<LocalDateTime> wanted =
        Optional.ofNullable(set).filter(text -> !text.equals(NOW)).map(this::time);
    PrintWriter out = spec.commandLine().getOut();
    meter.connect(
        client -> {
          Clock clock = new Clock(named.orElseGet(() -> find(client)));
          CosemDateTime before = show(client, clock, out);
          if (set != null) {
            CosemDateTime time =
                wanted
                    .map(local -> MeterTimeText.like(before, local, zone))
                    .orElseGet(() -> MeterTimeText.like(before, machine.instant(), zone));
            client.write(clock.time(), time);
            out.println("set to   " + time);
            show(client, clock, out);
          }
        });
    return 0;
  }

  private CosemDateTime show(BlockingDlmsClient client, Clock clock, PrintWriter out) {
    Instant asked = machine.instant();
    CosemDateTime time = client.read(clock.time());
    // The meter has looked at its clock between question and answer.
    Instant between = asked.plus(Duration.between(asked, machine.instant()).dividedBy(2));
    out.println("meter    " + time);
    out.println("machine  " + MeterTimeText.like(time, between, zone));
    out.println("the meter is " + MeterTimeText.deviation(time, between, zone));
    return time;
  }

  private static ObisCode find(BlockingDlmsClient client) {
    return client.associationView().ofClass(Clock.CLASS.classId()).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    "the association view of this client has no clock; another client SAP may see"
                        + " one, or --object names it"))
        .logicalName();
  }

  private ObisCode logicalName(String text) {
    return ObisCode.parse(text)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "'" + text + "' of --object is no OBIS code such as 0.0.1.0.0.255"));
  }

  private LocalDateTime time(String text) {
    try {
      return LocalDateTime.parse(text);
    } catch (DateTimeParseException e) {
      throw new ParameterException(
          spec.commandLine(),
          "'" + text + "' of --set is neither now nor a time such as 2026-11-28T10:00",
          e);
    }
  }
}
