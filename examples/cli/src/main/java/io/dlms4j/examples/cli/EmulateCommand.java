package io.dlms4j.examples.cli;

import io.dlms4j.cosem.security.Password;
import io.dlms4j.omnipower.OmnipowerMeter;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.HouseholdSource;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.server.DlmsServer;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Is a meter until it is stopped. */
@Command(
    name = "emulate",
    description = "Is an OMNIPOWER meter that measures a synthetic household, until it is stopped.")
final class EmulateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--hdlc",
      required = true,
      paramLabel = "PORT",
      description = "TCP port for HDLC; 0 lets the system choose one.")
  private int port;

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
    ZoneId zone = ZoneId.systemDefault();
    InstantSource clock = InstantSource.system();
    EngineBackend backend = backend(clock.instant(), zone);
    OmnipowerMeter meter = meter(backend);
    try (RealTime pace = new RealTime(backend, new HouseholdSource(seed), clock, zone)) {
      pace.catchUp();
      listen(meter);
      pace.run();
    }
    return 0;
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

  private OmnipowerMeter meter(EngineBackend backend) {
    try {
      return OmnipowerMeter.of(backend).password(Password.ofText(password)).build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void listen(OmnipowerMeter meter) {
    if (port < 0 || port > 0xFFFF) {
      throw new ParameterException(spec.commandLine(), "--hdlc is not within 0..65535");
    }
    PrintWriter out = spec.commandLine().getOut();
    DlmsServer server =
        DlmsServer.builder()
            .tcp(new InetSocketAddress(bind, port), meter.hdlc())
            .device(meter.device())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    InetSocketAddress address = server.addresses().get(0);
    out.println(
        "meter "
            + meterNumber
            + " listens on hdlc+tcp://"
            + address.getAddress().getHostAddress()
            + ":"
            + address.getPort());
    out.flush();
  }
}
