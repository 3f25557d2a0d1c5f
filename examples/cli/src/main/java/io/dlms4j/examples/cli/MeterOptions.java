package io.dlms4j.examples.cli;

import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.association.ClientSecurity;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.omnipower.OmnipowerAssociation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where the meter is and who asks it: the options of every command that reads one. */
final class MeterOptions {
  private static final int MOST_ONE_OCTET = 0x7F;
  private static final int MANAGEMENT_CLIENT = 1;

  /** How far an exception-response, which nobody has authenticated, may move our counter. */
  private static final long USUAL_STEP = 1 << 20;

  /** Whoever asks for the frame counter takes what it says. */
  private static final long EVERY = InvocationCounterStore.HIGHEST;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "URI", description = "The meter: " + MeterUri.EXAMPLES)
  private String uri = "";

  @Option(
      names = "--client",
      paramLabel = "SAP",
      description =
          "Client SAP, 1..127; by default 16, the public client, 18 with a password, and 1, the"
              + " management client, with --security or a --mechanism.")
  private @Nullable Integer client;

  @Option(
      names = "--server",
      paramLabel = "SAP",
      description =
          "Server SAP, the upper HDLC address; by default 1 for the public client, and else 16.")
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

  @Mixin private SecurityOptions security = new SecurityOptions();

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
    SecurityParameters parameters = security.parse(password != null);
    Optional<AttributeRef> frameCounter = security.frameCounter();
    Path file = record;
    try (OpenCounters counters = parameters.openCounters()) {
      ClientSecurity secure =
          parameters.isSecured()
              ? secure(parameters, counters, frameCounter.isPresent() ? EVERY : USUAL_STEP)
              : null;
      if (file == null) {
        work(address, secure, frameCounter, UnaryOperator.identity(), work);
        return;
      }
      try (RecordFile recorded = RecordFile.open(file, address.scheme().isWrapper())) {
        work(
            address,
            secure,
            frameCounter,
            builder -> builder.recording(recorded.recording()),
            work);
      }
    }
  }

  private ClientSecurity secure(
      SecurityParameters parameters, OpenCounters counters, long longestStep) {
    try {
      return parameters.client(counters, longestStep);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void work(
      MeterUri address,
      @Nullable ClientSecurity secure,
      Optional<AttributeRef> frameCounter,
      UnaryOperator<DlmsClientBuilder> recording,
      Work work) {
    if (secure != null && frameCounter.isPresent()) {
      DlmsClientBuilder publicClient =
          recording.apply(builder(address, OmnipowerAssociation.PUBLIC.clientSap(), 1));
      try (BlockingDlmsClient client = publicClient.connect().blocking()) {
        secure.resynchronise(client.get(frameCounter.get()).integralValue());
      }
    }
    int clientSap = client == null ? usualClient(secure) : client;
    int serverSap = server == null ? usualServer(secure) : server;
    DlmsClientBuilder builder = recording.apply(builder(address, clientSap, serverSap));
    String secret = password;
    if (secret != null) {
      builder.lowLevelSecurity(secret);
    }
    if (secure != null) {
      builder.security(secure);
    }
    try (BlockingDlmsClient client = builder.connect().blocking()) {
      work.with(client);
    }
  }

  private int usualClient(@Nullable ClientSecurity secure) {
    return secure != null ? MANAGEMENT_CLIENT : usual(secure).clientSap();
  }

  private int usualServer(@Nullable ClientSecurity secure) {
    return usual(secure).serverSap();
  }

  private OmnipowerAssociation usual(@Nullable ClientSecurity secure) {
    return password == null && secure == null
        ? OmnipowerAssociation.PUBLIC
        : OmnipowerAssociation.PRIMARY_MODULE;
  }

  private DlmsClientBuilder builder(MeterUri address, int clientSap, int serverSap) {
    try {
      Duration answer = Duration.ofMillis(timeout);
      DlmsClientBuilder builder =
          address
              .client()
              .linkResponseTimeout(answer, 2)
              .connectTimeout(answer)
              .responseTimeout(answer.multipliedBy(4));
      return address.scheme().isWrapper()
          ? builder.wrapper(serverSap, clientSap)
          : builder.hdlc(serverAddress(serverSap), HdlcAddress.client(clientSap).upper());
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
