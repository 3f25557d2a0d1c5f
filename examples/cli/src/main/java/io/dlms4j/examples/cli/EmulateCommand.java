package io.dlms4j.examples.cli;

import io.dlms4j.cosem.security.Password;
import io.dlms4j.iec21.Iec21ServerConfig;
import io.dlms4j.omnipower.OmnipowerMeter;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.HouseholdSource;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Hdlc;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.Wrapper;
import io.dlms4j.server.description.DescriptionException;
import io.dlms4j.server.description.DeviceDescription;
import io.dlms4j.transport.SerialSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
        "Is an OMNIPOWER meter that measures a synthetic household, or a device that a file"
            + " describes, until it is stopped.")
final class EmulateCommand implements Callable<Integer> {
  private static final String MODE_E = "iec21:";

  /** What else can be said of a device that a file describes. */
  private static final Set<String> PLACES =
      Set.of("--device", "--hdlc", "--wrapper", "--udp", "--serial", "--record", "--bind");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--device",
      paramLabel = "FILE",
      description = "Is the device that this JSON file describes, instead of an OMNIPOWER meter.")
  private @Nullable Path description;

  @Option(
      names = "--hdlc",
      paramLabel = "PORT",
      description = "TCP port for HDLC; 0 lets the system choose one.")
  private @Nullable Integer hdlcPort;

  @Option(
      names = "--wrapper",
      paramLabel = "PORT",
      description = "TCP port for the COSEM wrapper; 0 lets the system choose one.")
  private @Nullable Integer wrapperPort;

  @Option(
      names = "--udp",
      paramLabel = "PORT",
      description = "UDP port for the COSEM wrapper; 0 lets the system choose one.")
  private @Nullable Integer udpPort;

  @Option(
      names = "--serial",
      paramLabel = "DEVICE",
      description =
          "Serial line such as /dev/ttyUSB0 for HDLC at 9600 baud; with iec21: before it, opened by"
              + " mode E of IEC 62056-21.")
  private @Nullable String serial;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "Records what goes over its lines: for Wireshark if the name ends in .pcapng, else"
              + " readable.")
  private @Nullable Path record;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Interface to listen on; by default ${DEFAULT-VALUE}, this machine only; 0.0.0.0 is all.")
  private String bind = "";

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
      names = "--days",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "How many days the meter has been running already; by default ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which household; by default ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws InterruptedException {
    Path file = description;
    if (file != null) {
      DlmsServer server = listen(described(file), Hdlc.defaults(), "" + file, List.of());
      try {
        // Its values go with time by themselves.
        new CountDownLatch(1).await();
      } finally {
        server.close();
      }
      return 0;
    }
    ZoneId zone = ZoneId.systemDefault();
    InstantSource clock = InstantSource.system();
    EngineBackend backend = backend(clock.instant(), zone);
    List<AutoCloseable> open = new ArrayList<>();
    OmnipowerMeter meter = meter(backend, clock, open);
    try (RealTime pace = new RealTime(backend, new HouseholdSource(seed), clock, zone)) {
      pace.catchUp();
      listen(meter.device(), meter.hdlc(), "meter " + meterNumber, open);
      pace.run();
    }
    return 0;
  }

  private PhysicalDevice described(Path file) {
    for (OptionSpec each : spec.commandLine().getParseResult().matchedOptions()) {
      if (!PLACES.contains(each.longestName())) {
        throw new ParameterException(
            spec.commandLine(), each.longestName() + " is not for a device that a file describes");
      }
    }
    try {
      return DeviceDescription.read(file).device();
    } catch (IOException e) {
      throw new CommandException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (DescriptionException e) {
      throw new CommandException(file + " describes no device: " + e.getMessage(), e);
    }
  }

  private EngineBackend backend(Instant now, ZoneId zone) {
    if (days < 0 || days > 3650) {
      throw new ParameterException(spec.commandLine(), "--days is not within 0..3650");
    }
    try {
      return new EngineBackend(
          MeteringEngine.startingAt(RealTime.normalTime(now.minus(Duration.ofDays(days)), zone))
              .daylightSavingEnabled(!zone.getRules().getTransitionRules().isEmpty())
              .build(),
          MeterIdentity.builder().serialNumber(meterNumber).build());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private OmnipowerMeter meter(
      EngineBackend backend, InstantSource clock, List<AutoCloseable> open) {
    try {
      OmnipowerMeter.Builder meter =
          OmnipowerMeter.of(backend)
              .password(Password.ofText(password))
              .imageTransfer(images.create(open));
      open.addAll(security.addTo(meter, clock));
      return meter.build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private DlmsServer listen(
      PhysicalDevice served, Hdlc hdlc, String name, List<AutoCloseable> open) {
    DlmsServer.Builder builder = DlmsServer.builder().device(served);
    List<String> schemes = new ArrayList<>();
    if (hdlcPort != null) {
      builder.tcp(address("--hdlc", hdlcPort), hdlc);
      schemes.add("hdlc+tcp");
    }
    if (wrapperPort != null) {
      builder.tcp(address("--wrapper", wrapperPort), Wrapper.defaults());
      schemes.add("wrapper+tcp");
    }
    if (udpPort != null) {
      builder.udp(address("--udp", udpPort), Wrapper.defaults());
      schemes.add("wrapper+udp");
    }
    String device = serial;
    if (device != null) {
      serial(builder, device, hdlc);
    }
    if (schemes.isEmpty() && device == null) {
      throw new ParameterException(
          spec.commandLine(), "a meter needs a place: --hdlc, --wrapper, --udp or --serial");
    }
    Path file = record;
    if (file != null) {
      builder.recording(RecordFile.open(file, hdlcPort == null && device == null).recording());
    }
    DlmsServer server = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, open), "stop"));
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; i < schemes.size(); i++) {
      InetSocketAddress address = server.addresses().get(i);
      out.println(
          name
              + " listens on "
              + schemes.get(i)
              + "://"
              + address.getAddress().getHostAddress()
              + ":"
              + address.getPort());
    }
    if (device != null) {
      out.println(name + " listens on " + device);
    }
    out.flush();
    return server;
  }

  private void stop(DlmsServer server, List<AutoCloseable> open) {
    server.close();
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (Exception e) {
        // What was to be kept is on disk already.
        spec.commandLine().getErr().println("dlms: " + e.getMessage());
      }
    }
  }

  private void serial(DlmsServer.Builder builder, String device, Hdlc hdlc) {
    if (device.startsWith(MODE_E) && description != null) {
      throw new ParameterException(
          spec.commandLine(), MODE_E + " is not for a device that a file describes");
    }
    if (device.startsWith(MODE_E)) {
      builder.serialModeE(
          SerialSettings.of(device.substring(MODE_E.length())),
          Iec21ServerConfig.builder("KAM", "OMNIPOWER").build(),
          hdlc);
    } else {
      builder.serial(SerialSettings.of(device), hdlc);
    }
  }

  private InetSocketAddress address(String option, int port) {
    if (port < 0 || port > 0xFFFF) {
      throw new ParameterException(spec.commandLine(), option + " is not within 0..65535");
    }
    return new InetSocketAddress(bind, port);
  }
}
