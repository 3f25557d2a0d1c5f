package io.dlms4j.examples.cli;

import io.dlms4j.iec21.Iec21ServerConfig;
import io.dlms4j.server.DeviceSet;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Hdlc;
import io.dlms4j.server.LinkProfile;
import io.dlms4j.server.OpenPort;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.Wrapper;
import io.dlms4j.transport.LineException;
import io.dlms4j.transport.SerialSettings;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where emulated devices are found: ports and lines. */
final class EmulatedPlaces {
  static final List<String> NAMES =
      List.of("--hdlc", "--wrapper", "--udp", "--serial", "--record", "--bind");

  private static final String MODE_E = "iec21:";
  private static final int MOST_PORT = 0xFFFF;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

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

  /**
   * A device, and how it is spoken to.
   *
   * @param name what is printed
   * @param device the device
   * @param hdlc its link on a line for HDLC
   * @param settings the same as it is now, for a serial line
   */
  record Served(String name, PhysicalDevice device, LinkProfile hdlc, Hdlc settings) {}

  /** Makes sure that there is a place for so many devices, before any is made. */
  void check(int count, boolean oneLine, boolean modeE) {
    if (hdlcPort == null && wrapperPort == null && udpPort == null && serial == null) {
      throw refused("a meter needs a place: --hdlc, --wrapper, --udp or --serial");
    }
    port("--hdlc", hdlcPort, oneLine ? 1 : count);
    port("--wrapper", wrapperPort, count);
    port("--udp", udpPort, count);
    if (oneLine && (wrapperPort != null || udpPort != null)) {
      throw refused("--one-line is for HDLC: the wrapper has no physical addresses");
    }
    if (count > 1 && serial != null && !oneLine) {
      throw refused("several meters on a serial line are behind --one-line");
    }
    if (serial != null && serial.startsWith(MODE_E) && !modeE) {
      throw refused(MODE_E + " is not for a device that a file describes");
    }
    if (serial != null && serial.startsWith(MODE_E) && count > 1) {
      throw refused(MODE_E + " opens one meter only");
    }
  }

  private void port(String option, @Nullable Integer port, int count) {
    if (port != null && (port < 0 || port > MOST_PORT)) {
      throw refused(option + " is not within 0..65535");
    }
    if (port != null && port > 0 && port + count - 1 > MOST_PORT) {
      throw refused(option + " " + port + " leaves no ports for " + count + " meters");
    }
  }

  /** Listens, with every device on a port of its own, or all behind the same. */
  DlmsServer listen(List<Served> served, boolean oneLine) {
    DlmsServer.Builder builder = DlmsServer.builder();
    Path file = record;
    if (file != null) {
      builder.recording(RecordFile.open(file, hdlcPort == null && serial == null).recording());
    }
    if (serial != null) {
      serial(builder, serial, served.get(0).settings());
      served.forEach(each -> builder.device(each.device()));
    } else {
      builder.devices(new DeviceSet());
    }
    DlmsServer server = builder.start();
    try {
      if (oneLine || served.size() == 1) {
        open(server, served, 0);
      } else {
        for (int i = 0; i < served.size(); i++) {
          open(server, List.of(served.get(i)), i);
        }
      }
      if (serial != null) {
        for (Served each : served) {
          println(each.name() + " listens on " + serial + address(each, served));
        }
      }
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    spec.commandLine().getOut().flush();
    return server;
  }

  private void open(DlmsServer server, List<Served> served, int offset) {
    DeviceSet devices = DeviceSet.of(served.stream().map(Served::device).toList());
    if (hdlcPort != null) {
      OpenPort port =
          opened(server.openTcp(address(hdlcPort, offset), served.get(0).hdlc(), devices));
      println("hdlc+tcp", port, served);
    }
    if (wrapperPort != null) {
      OpenPort port =
          opened(server.openTcp(address(wrapperPort, offset), Wrapper.defaults(), devices));
      println("wrapper+tcp", port, served);
    }
    if (udpPort != null) {
      OpenPort port = opened(server.openUdp(address(udpPort, offset), Wrapper.defaults(), devices));
      println("wrapper+udp", port, served);
    }
  }

  private static OpenPort opened(CompletionStage<OpenPort> opening) {
    try {
      return opening.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof LineException lineException) {
        throw lineException;
      }
      throw e;
    }
  }

  private void println(String scheme, OpenPort port, List<Served> served) {
    InetSocketAddress at = port.address().orElseThrow();
    for (Served each : served) {
      println(
          each.name()
              + " listens on "
              + scheme
              + "://"
              + at.getAddress().getHostAddress()
              + ":"
              + at.getPort()
              + address(each, served));
    }
  }

  /** How it is told from others behind the same line. */
  private static String address(Served one, List<Served> all) {
    return all.size() == 1 ? "" : " with physical address " + one.device().physicalAddress();
  }

  private void println(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
  }

  private static void serial(DlmsServer.Builder builder, String device, Hdlc hdlc) {
    if (device.startsWith(MODE_E)) {
      builder.serialModeE(
          SerialSettings.of(device.substring(MODE_E.length())),
          Iec21ServerConfig.builder("KAM", "OMNIPOWER").build(),
          hdlc);
    } else {
      builder.serial(SerialSettings.of(device), hdlc);
    }
  }

  /** Ports follow each other; one that the system chooses is another each time. */
  private InetSocketAddress address(int port, int offset) {
    return new InetSocketAddress(bind, port == 0 ? 0 : port + offset);
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
