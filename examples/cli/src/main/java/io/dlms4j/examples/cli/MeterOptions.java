package io.dlms4j.examples.cli;

import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.omnipower.OmnipowerAssociation;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where the meter is and who asks it: the options of every command that reads one. */
final class MeterOptions {
  private static final String SCHEME = "hdlc+tcp";
  private static final int MOST_ONE_OCTET = 0x7F;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "URI", description = "The meter: hdlc+tcp://host:port")
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

  /** Connects and associates. */
  BlockingDlmsClient connect() {
    DlmsClientBuilder builder = builder();
    String secret = password;
    if (secret != null) {
      builder.lowLevelSecurity(secret);
    }
    return builder.connect().blocking();
  }

  private DlmsClientBuilder builder() {
    URI address = parse();
    OmnipowerAssociation usual =
        password == null ? OmnipowerAssociation.PUBLIC : OmnipowerAssociation.PRIMARY_MODULE;
    int clientSap = client == null ? usual.clientSap() : client;
    int serverSap = server == null ? usual.serverSap() : server;
    try {
      Duration answer = Duration.ofMillis(timeout);
      return DlmsClient.tcp(address.getHost(), address.getPort())
          .hdlc(serverAddress(serverSap), HdlcAddress.client(clientSap).upper())
          .linkResponseTimeout(answer, 2)
          .connectTimeout(answer)
          .responseTimeout(answer.multipliedBy(4));
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

  private URI parse() {
    try {
      URI parsed = new URI(uri);
      if (SCHEME.equals(parsed.getScheme()) && parsed.getHost() != null && parsed.getPort() > 0) {
        return parsed;
      }
    } catch (URISyntaxException e) {
      // Told below: what is wrong with it matters less than what it should be.
    }
    throw new ParameterException(
        spec.commandLine(),
        "'" + uri + "' is no address of a meter such as " + SCHEME + "://192.0.2.7:1025");
  }
}
