package io.dlms4j.examples.cli;

import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.association.ServerSecurity;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.omnipower.OmnipowerMeter;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.security.FileSecuritySetupStore;
import io.dlms4j.server.security.SecuritySetup;
import io.dlms4j.server.security.SecuritySetupBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A secured association of an emulated meter: its options, and what is made of them. */
final class EmulatedSecurity {
  /** The current Security setup (Blue Book 6.2.45). */
  private static final ObisCode SECURITY_SETUP = ObisCode.of("0.0.43.0.0.255");

  private static final int MOST_CLIENT_SAP = 0x7F;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Mixin private SecurityOptions options = new SecurityOptions();

  @Option(
      names = "--secured-client",
      paramLabel = "SAP",
      defaultValue = "1",
      description =
          "Client SAP of the secured association, which --security or --mechanism adds to those of"
              + " the vendor; by default ${DEFAULT-VALUE}.")
  private int clientSap;

  @Option(
      names = "--setup",
      paramLabel = "FILE",
      description =
          "Keeps what clients change of keys, certificates and policy, in a PKCS#12 file, which is"
              + " made if it is not there.")
  private @Nullable Path setupFile;

  @Option(
      names = "--setup-password-file",
      paramLabel = "FILE",
      description = "A file whose first line is the password of the file of --setup.")
  private @Nullable Path setupPasswordFile;

  /**
   * Adds the secured association to a meter, if the options ask for one.
   *
   * @param meter the meter
   * @param clock tells which certificates are valid
   * @return what is to be closed with the meter, the last first
   * @throws ParameterException if the options do not go together
   * @throws CommandException if a file cannot be used
   */
  List<AutoCloseable> addTo(OmnipowerMeter.Builder meter, InstantSource clock) {
    SecurityParameters parameters = options.parse(false);
    if (!parameters.isSecured()) {
      if (setupFile != null) {
        throw refused("--setup keeps nothing without --security");
      }
      return List.of();
    }
    SystemTitle own = parameters.own();
    KeyProvider keys = parameters.keys();
    SecuritySuite suite = parameters.suite();
    if (own == null || keys == null || suite == null) {
      throw refused("a meter that is secured needs its own system title: --system-title HEX16");
    }
    refuseWhatIsTheClients(parameters);
    if (clientSap < 1 || clientSap > MOST_CLIENT_SAP) {
      throw refused("--secured-client is not within 1.." + MOST_CLIENT_SAP);
    }
    List<AutoCloseable> open = new ArrayList<>();
    OpenCounters counters = parameters.openCounters();
    open.add(counters);
    ServerSecurity.Builder security = ServerSecurity.builder(own).counters(counters);
    HlsMechanism mechanism = parameters.mechanism();
    if (mechanism != null) {
      security.authentication(mechanism);
    }
    if (!parameters.protection().contains(Protection.AUTHENTICATED) && parameters.isCiphered()) {
      security.acceptEncryptionOnly();
    }
    SecurityPolicy first = new SecurityPolicy(parameters.protection(), parameters.protection());
    if (!options.hasTextKeys()) {
      if (setupFile != null) {
        throw refused("--setup keeps symmetric keys, and --keys is a PKCS#12 file");
      }
      meter.secured(clientSap, ciphering(security, parameters, first).build(), keys, null);
      return open;
    }
    SecuritySetup setup = setup(own, suite, parameters.keyRing(own), first, clock, open);
    if (parameters.isCiphered()) {
      security.ciphering(setup::policy);
    }
    CosemObject object = setup.object();
    meter.secured(clientSap, security.build(), setup, object);
    return open;
  }

  private static ServerSecurity.Builder ciphering(
      ServerSecurity.Builder security, SecurityParameters parameters, SecurityPolicy policy) {
    return parameters.isCiphered() ? security.ciphering(() -> policy) : security;
  }

  private SecuritySetup setup(
      SystemTitle own,
      SecuritySuite suite,
      KeyRing keys,
      SecurityPolicy policy,
      InstantSource clock,
      List<AutoCloseable> open) {
    SecuritySetupBuilder builder =
        SecuritySetup.builder(SECURITY_SETUP, own, suite)
            .version(suite == SecuritySuite.SUITE_0 ? 0 : 1)
            .keys(keys)
            .clock(clock)
            .policy(policy);
    Path file = setupFile;
    try {
      if (file != null) {
        FileSecuritySetupStore store = open(file);
        open.add(store);
        ExecutorService writer =
            Executors.newSingleThreadExecutor(
                task -> {
                  Thread thread = new Thread(task, "security setup");
                  thread.setDaemon(true);
                  return thread;
                });
        open.add(writer::shutdown);
        builder.store(store).executor(writer);
      }
      return builder.build();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw refused(String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      throw new CommandException("cannot keep keys in " + file + ": " + e.getMessage(), e);
    }
  }

  private FileSecuritySetupStore open(Path file) throws IOException {
    Path passwordFile = setupPasswordFile;
    if (passwordFile == null) {
      throw refused("the file of --setup has a password: give --setup-password-file FILE");
    }
    char[] secret = KeyFileOptions.firstLine(passwordFile, spec.commandLine().getErr());
    try {
      return Files.exists(file)
          ? FileSecuritySetupStore.open(file, secret)
          : FileSecuritySetupStore.create(file, secret);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  /** The client chooses its key and form; the meter answers in them. */
  private void refuseWhatIsTheClients(SecurityParameters parameters) {
    if (parameters.server() != null) {
      throw refused("--server-title is for clients: --system-title is the meter's own");
    }
    if (options.isClientsChoice()) {
      throw refused("--cipher-with and --frame-counter are for clients: a meter answers as asked");
    }
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
