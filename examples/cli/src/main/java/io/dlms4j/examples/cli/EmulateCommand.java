package io.dlms4j.examples.cli;

import io.dlms4j.cosem.security.Password;
import io.dlms4j.omnipower.OmnipowerMeter;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.omnipower.store.PermanentMemory;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Hdlc;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.description.DescriptionException;
import io.dlms4j.server.description.DeviceDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Is a meter until it is stopped. */
@Command(
    name = "emulate",
    description =
        "Is an OMNIPOWER meter, or several, that measure a synthetic household or something else;"
            + " or a device that a file describes; until it is stopped.")
final class EmulateCommand implements Callable<Integer> {
  /** What several meters cannot share: files and titles that belong to one. */
  private static final Set<String> OF_ONE =
      Set.of("--security", "--mechanism", "--setup", "--system-title", "--keys", "--image");

  private static final int SECONDS_PER_DAY = 86_400;
  private static final int MOST_DAYS = 3650;
  private static final int MOST_METERS = 1000;

  /** From 32 on, without those that are reserved. */
  private static final int MOST_ON_A_LINE = 94;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--device",
      paramLabel = "FILE",
      description = "Is the device that this JSON file describes, instead of an OMNIPOWER meter.")
  private @Nullable Path description;

  @Mixin private EmulatedPlaces places = new EmulatedPlaces();

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How many meters, on ports that follow each other, with numbers and households that do.")
  private int count;

  @Option(
      names = "--one-line",
      description =
          "All meters are behind one line for HDLC, with physical addresses from 32 on, instead of"
              + " on ports of their own.")
  private boolean oneLine;

  @Mixin private EmulatedOrder order = new EmulatedOrder();

  @Option(
      names = "--meter-number",
      paramLabel = "NUMBER",
      defaultValue = "17882969",
      description = "Meter number and serial number; by default ${DEFAULT-VALUE}.")
  private long meterNumber;

  @Option(
      names = "--password",
      paramLabel = "TEXT",
      defaultValue = OmnipowerMeter.DEFAULT_PASSWORD,
      description = "Password of low level security; by default ${DEFAULT-VALUE}.")
  private String password = "";

  @Mixin private EmulatedSecurity security = new EmulatedSecurity();

  @Mixin private EmulatedImages images = new EmulatedImages();

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      defaultValue = "household",
      description =
          "What is measured: household, constant:U,I,ANGLE in volts, amperes and degrees,"
              + " random:SEED, csv:FILE with a recording, or script:FILE; by default"
              + " ${DEFAULT-VALUE}.")
  private String source = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which household; by default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      defaultValue = "real",
      description =
          "How time goes: real, fast:N for so many seconds in one, start=DATE for a meter whose"
              + " clock shows that, or fast:N,start=DATE; by default ${DEFAULT-VALUE}.")
  private String time = "";

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "How many days a new meter has been running already; by default ${DEFAULT-VALUE}.")
  private int days;

  @Mixin private EmulatedStore store = new EmulatedStore();

  @Override
  public Integer call() throws InterruptedException {
    return description == null
        ? emulate(InstantSource.system(), ZoneId.systemDefault())
        : describe(description);
  }

  private int describe(Path file) throws InterruptedException {
    for (OptionSpec each : spec.commandLine().getParseResult().matchedOptions()) {
      if (!each.longestName().equals("--device")
          && !EmulatedPlaces.NAMES.contains(each.longestName())) {
        throw refused(each.longestName() + " is not for a device that a file describes");
      }
    }
    places.check(1, false, false);
    PhysicalDevice device = read(file);
    try (DlmsServer server =
        places.listen(
            List.of(new EmulatedPlaces.Served("" + file, device, Hdlc.defaults(), Hdlc.defaults())),
            false)) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
      // Its values go with time by themselves.
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private static PhysicalDevice read(Path file) {
    try {
      return DeviceDescription.read(file).device();
    } catch (IOException e) {
      throw new CommandException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (DescriptionException e) {
      throw new CommandException(file + " describes no device: " + e.getMessage(), e);
    }
  }

  /** A meter until it is stopped, or until the thread is interrupted. */
  int emulate(InstantSource clock, ZoneId zone) throws InterruptedException {
    check();
    Instant now = clock.instant();
    EmulatedOrder.Ordered ordered = order.order(zone, now);
    SourceText.Sources sources = usable(() -> SourceText.parse(source, seed));
    Timeline timeline = timeline(now, ordered.offset());
    List<AutoCloseable> open = new ArrayList<>();
    Pace pace = new Pace(timeline, clock);
    try {
      List<EmulatedPlaces.Served> served = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        PermanentMemory memory = store.memory(meterNumber + i, open);
        boolean isNew = memory.condition() == PermanentMemory.Condition.NEW;
        long begin = timeline.at(now) - (isNew ? (long) days * SECONDS_PER_DAY : 0);
        EngineBackend backend = backend(meterNumber + i, ordered, memory, begin);
        if (isNew) {
          backend.setDaylightSavingEnabled(ordered.settings().daylightSaving());
        }
        OmnipowerMeter meter = meter(backend, ordered, i, clock, open);
        pace.add(backend, sources.of(i, ordered.settings().measuringSystems()));
        served.add(
            new EmulatedPlaces.Served(
                "meter " + (meterNumber + i), meter.device(), meter.link(), meter.hdlc()));
      }
      store.keep(timeline);
      pace.catchUp();
      // What is closed first is opened last: lines, then what moves the meters, then what they
      // keep.
      open.add(pace);
      open.add(places.listen(served, oneLine));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(open), "stop"));
      pace.run(spec.commandLine().getErr());
    } finally {
      stop(open);
    }
    return 0;
  }

  private void check() {
    if (count < 1 || count > MOST_METERS) {
      throw refused("--count is not within 1.." + MOST_METERS);
    }
    if (oneLine && count > MOST_ON_A_LINE) {
      throw refused("a line has physical addresses for " + MOST_ON_A_LINE + " meters");
    }
    if (days < 0 || days > MOST_DAYS) {
      throw refused("--days is not within 0.." + MOST_DAYS);
    }
    if (count > 1) {
      for (OptionSpec each : spec.commandLine().getParseResult().matchedOptions()) {
        if (OF_ONE.contains(each.longestName())) {
          throw refused(each.longestName() + " is for one meter, and --count asks for " + count);
        }
      }
    }
    places.check(count, oneLine, true);
  }

  private Timeline timeline(Instant now, int offset) {
    TimeText given = usable(() -> TimeText.parse(time));
    Optional<Timeline> kept = store.timeline();
    if (kept.isPresent()) {
      if (given.start().isPresent()) {
        throw refused("the meters in --store have a time already: --time start= is for new ones");
      }
      return kept.get().withFactor(now, given.factor());
    }
    long start = given.start().orElse(now.getEpochSecond() + offset);
    return new Timeline(now, start, given.factor());
  }

  private EngineBackend backend(
      long number, EmulatedOrder.Ordered ordered, PermanentMemory memory, long begin) {
    return usable(
        () -> {
          MeterIdentity.Builder identity = MeterIdentity.builder().serialNumber(number);
          if (ordered.typeNumber() != null) {
            identity.typeNumber(ordered.typeNumber());
          }
          return new EngineBackend(
              new MeteringEngine(ordered.settings(), memory, begin), identity.build());
        });
  }

  private OmnipowerMeter meter(
      EngineBackend backend,
      EmulatedOrder.Ordered ordered,
      int index,
      InstantSource clock,
      List<AutoCloseable> open) {
    return usable(
        () -> {
          OmnipowerMeter.Builder meter =
              OmnipowerMeter.of(backend)
                  .variant(ordered.settings().variant())
                  .password(Password.ofText(password));
          if (oneLine) {
            meter.physicalAddress(OmnipowerMeter.DEFAULT_PHYSICAL_ADDRESS + index);
          }
          if (ordered.settings().variant().isOmnipower()) {
            meter.imageTransfer(images.create(open));
          }
          open.addAll(security.addTo(meter, clock));
          return meter.build();
        });
  }

  /** What the command line says makes sense, or is told. */
  private <T> T usable(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void stop(List<AutoCloseable> open) {
    synchronized (open) {
      for (int i = open.size() - 1; i >= 0; i--) {
        try {
          open.get(i).close();
        } catch (Exception e) {
          // What was to be kept is on disk already.
          spec.commandLine().getErr().println("dlms: " + e.getMessage());
        }
      }
      open.clear();
    }
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
