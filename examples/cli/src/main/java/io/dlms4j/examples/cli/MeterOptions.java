package io.dlms4j.examples.cli;

import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.omnipower.OmnipowerAssociation;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where the meter is and who asks it: the options of every command that reads one. */
final class MeterOptions {
  private static final int MOST_ONE_OCTET = 0x7F;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "URI", description = "The meter: " + MeterUri.EXAMPLES)
  private String uri = "";

  @Option(
      names = "--client",
      paramLabel = "SAP",
      description = "Client SAP, 1..127; by default 16, the public client, and 18 with a password.")
  private @Nullable Integer client;

  @Option(
      names = "--server",
      paramLabel = "SAP",
      description = "Server SAP, the upper HDLC address; by default 1, and 16 with a password.")
  private @Nullable Integer server;

  @Option(
      names = "--physical",
      paramLabel = "ADDRESS",
      description = "Physical device, the lower HDLC address; by default none is sent.")
  private @Nullable Integer physical;

  @Option(
      names = "--password",
      paramLabel = "TEXT",
      description = "Password of low level security; without it no security.")
  private @Nullable String password;

  @Option(
      names = "--timeout",
      paramLabel = "MS",
      defaultValue = "2000",
      description = "How long each answer may take, in ms; by default ${DEFAULT-VALUE}.")
  private int timeout;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "Records what goes over the line: for Wireshark if the name ends in .pcapng, else readable.")
  private @Nullable Path record;

  /** What is done with a client that is associated. */
  @FunctionalInterface
  interface Work {
    void with(BlockingDlmsClient client);
  }

  /** Connects, associates, works and disconnects. */
  void connect(Work work) {
    MeterUri address = parse();
    Path file = record;
    if (file == null) {
      work(builder(address), work);
      return;
    }
    try (RecordFile recorded = RecordFile.open(file, address.scheme().isWrapper())) {
      work(builder(address).recording(recorded.recording()), work);
    }
  }

  private static void work(DlmsClientBuilder builder, Work work) {
    try (BlockingDlmsClient client = builder.connect().blocking()) {
      work.with(client);
    }
  }

  private DlmsClientBuilder builder(MeterUri address) {
    OmnipowerAssociation usual =
        password == null ? OmnipowerAssociation.PUBLIC : OmnipowerAssociation.PRIMARY_MODULE;
    int clientSap = client == null ? usual.clientSap() : client;
    int serverSap = server == null ? usual.serverSap() : server;
    try {
      Duration answer = Duration.ofMillis(timeout);
      DlmsClientBuilder builder =
          address
              .client()
              .linkResponseTimeout(answer, 2)
              .connectTimeout(answer)
              .responseTimeout(answer.multipliedBy(4));
      if (address.scheme().isWrapper()) {
        builder.wrapper(serverSap, clientSap);
      } else {
        builder.hdlc(serverAddress(serverSap), HdlcAddress.client(clientSap).upper());
      }
      String secret = password;
      return secret == null ? builder : builder.lowLevelSecurity(secret);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private HdlcAddress serverAddress(int serverSap) {
    if (physical != null) {
      return HdlcAddress.server(serverSap, physical);
    }
    if (serverSap > MOST_ONE_OCTET) {
      throw new IllegalArgumentException(
          "server SAP " + serverSap + " needs a two-octet address: give --physical as well");
    }
    return HdlcAddress.logical(serverSap);
  }

  private MeterUri parse() {
    try {
      return MeterUri.parse(uri);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
