package io.dlms4j.examples.cli;

import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.examples.cli.SecurityNames.CipherWith;
import io.dlms4j.examples.cli.SecurityNames.Mechanism;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How an association is secured: the options of every command that has one. */
final class SecurityOptions {
  private static final String PLAIN = "plain";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--security",
      paramLabel = "SUITE",
      defaultValue = PLAIN,
      description =
          "Security suite that APDUs are ciphered in: 0, 1 or 2; by default ${DEFAULT-VALUE}, not"
              + " at all.")
  private String security = PLAIN;

  @Option(
      names = "--mechanism",
      paramLabel = "NAME",
      description =
          "How to authenticate: none, lls, md5, sha1, gmac, sha256 or ecdsa, or its number 0 to 7;"
              + " by default lls with a password, else none.")
  private @Nullable String mechanism;

  @Option(
      names = "--system-title",
      paramLabel = "HEX16",
      description = "Our system title, which no other party with these keys may have.")
  private @Nullable String systemTitle;

  @Option(
      names = "--server-title",
      paramLabel = "HEX16",
      description = "The system title that the server must have; by default any.")
  private @Nullable String serverTitle;

  @Mixin private KeyFileOptions keyFile = new KeyFileOptions();

  @Option(
      names = "--protection",
      paramLabel = "KINDS",
      description =
          "Of every APDU: authenticated, encrypted or authenticated+encrypted, which is the"
              + " default; and +signed behind any of them.")
  private @Nullable String protection;

  @Option(
      names = "--cipher-with",
      paramLabel = "KEY",
      description =
          "Which key, and so which APDUs: global (the default), dedicated, general-global,"
              + " general-dedicated, or with general-ciphering wrapped, agreed or static.")
  private @Nullable String cipherWith;

  @Option(
      names = "--counters",
      paramLabel = "FILE",
      description = "Keeps the invocation counters from run to run.")
  private @Nullable Path counters;

  @Option(
      names = "--counters-create",
      description = "Makes the file of counters: only for keys that have never been used.")
  private boolean countersCreate;

  @Option(
      names = "--counters-from",
      paramLabel = "N",
      description =
          "Begins the invocation counters here, instead of keeping them: N must be higher than all"
              + " that were used with these keys.")
  private @Nullable Long countersFrom;

  @Option(
      names = "--frame-counter",
      paramLabel = "CLASS:OBIS:ATTRIBUTE",
      description =
          "Reads the meter's frame counter as the public client first, and goes on above it.")
  private @Nullable String frameCounter;

  /**
   * Where the meter tells the last invocation counter that it has taken.
   *
   * @return the attribute, or nothing
   * @throws ParameterException if it is none
   */
  Optional<AttributeRef> frameCounter() {
    return Optional.ofNullable(frameCounter)
        .map(reference -> References.requireAttribute(spec.commandLine(), reference));
  }

  /** Whether something is asked for that clients choose, and servers answer in. */
  boolean isClientsChoice() {
    return cipherWith != null || frameCounter != null;
  }

  /** Whether the keys are symmetric ones, the same for every peer. */
  boolean hasTextKeys() {
    Path file = keyFile.file();
    return file != null && !KeyFile.isPkcs12(file);
  }

  /**
   * Makes sure that the options go together, and reads the keys.
   *
   * @param withPassword whether there is a password of low level security
   * @return the parameters
   * @throws ParameterException if they do not go together
   * @throws CommandException if the keys cannot be read
   */
  SecurityParameters parse(boolean withPassword) {
    Mechanism how = mechanism(withPassword);
    SystemTitle own = Titles.parse(spec.commandLine(), "--system-title", systemTitle);
    SystemTitle server = Titles.parse(spec.commandLine(), "--server-title", serverTitle);
    if (own != null && own.equals(server)) {
      throw refused(
          "--system-title and --server-title are the same: with one key they would repeat each"
              + " other's nonces");
    }
    SecuritySuite asked = askedSuite();
    boolean ciphered = asked != null;
    CipherWith with = cipherWith(ciphered);
    Set<Protection> kinds = protection(ciphered);
    // Whatever asks for keys and titles is named in the refusal.
    String needs = ciphered ? "--security " + security : "--mechanism " + how;
    boolean needsKeys = ciphered || how.hls() != null;
    if (own == null && (ciphered || how.hasTitles())) {
      throw refused(needs + " needs our system title: --system-title HEX16");
    }
    CounterSource source = counters(needs, ciphered || how == Mechanism.GMAC);
    KeyFile file = keyFile.read(spec.commandLine());
    if (file == null) {
      if (needsKeys) {
        throw refused(needs + " needs keys: --keys FILE");
      }
      return new SecurityParameters(
          null,
          false,
          how == Mechanism.LLS,
          null,
          own,
          server,
          null,
          kinds,
          with.key(),
          false,
          source);
    } else if (!needsKeys) {
      throw refused("--keys would be used for nothing: give --security or a --mechanism with keys");
    }
    SecuritySuite suite = suite(asked, file);
    checkKeys(ciphered, how, with, kinds, suite, file);
    return new SecurityParameters(
        suite,
        ciphered,
        how == Mechanism.LLS,
        how.hls(),
        own,
        server,
        file.provider(suite),
        kinds,
        with.key(),
        with.isGeneral(),
        source);
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  private Mechanism mechanism(boolean withPassword) {
    String name = mechanism;
    if (name == null) {
      return withPassword ? Mechanism.LLS : Mechanism.NONE;
    }
    Mechanism found =
        Mechanism.of(name)
            .orElseThrow(
                () ->
                    refused(
                        name.equals(Integer.toString(HlsMechanism.MANUFACTURER.id()))
                            ? "--mechanism 2 is a secret of manufacturers, which is not known here"
                            : "--mechanism is one of "
                                + Mechanism.names()
                                + ", not \""
                                + name
                                + '"'));
    if (found == Mechanism.LLS && !withPassword) {
      throw refused("--mechanism lls sends a password, and there is none: give --password");
    } else if (found != Mechanism.LLS && withPassword) {
      throw refused(
          "--password is for --mechanism lls, not for "
              + found
              + (found == Mechanism.NONE ? "" : ", whose secret is in the file of --keys"));
    }
    return found;
  }

  private @Nullable SecuritySuite askedSuite() {
    if (security.equals(PLAIN)) {
      return null;
    } else if (!security.matches("[0-2]")) {
      throw refused("--security is plain, 0, 1 or 2, not \"" + security + '"');
    }
    return SecuritySuite.ofId(Long.parseLong(security)).orElseThrow();
  }

  private CipherWith cipherWith(boolean ciphered) {
    String name = cipherWith;
    if (name == null) {
      return CipherWith.GLOBAL;
    }
    CipherWith found =
        CipherWith.of(name)
            .orElseThrow(
                () ->
                    refused(
                        "--cipher-with is one of " + CipherWith.names() + ", not \"" + name + '"'));
    if (!ciphered) {
      throw refused("--cipher-with ciphers nothing without a suite: give --security 0, 1 or 2");
    }
    return found;
  }

  private Set<Protection> protection(boolean ciphered) {
    String words = protection;
    if (words == null) {
      return ciphered
          ? EnumSet.of(Protection.AUTHENTICATED, Protection.ENCRYPTED)
          : EnumSet.noneOf(Protection.class);
    }
    Set<Protection> kinds = EnumSet.noneOf(Protection.class);
    for (String word : words.split("\\+", -1)) {
      Protection kind =
          SecurityNames.protection(word)
              .orElseThrow(
                  () ->
                      refused(
                          "--protection is made of authenticated, encrypted and signed, with +"
                              + " between them; there is \""
                              + word
                              + '"'));
      if (!kinds.add(kind)) {
        throw refused("--protection has " + word + " twice");
      }
    }
    if (kinds.equals(EnumSet.of(Protection.SIGNED))) {
      throw refused(
          "--protection signed ciphers nothing: begin with authenticated, encrypted or both");
    } else if (!ciphered) {
      throw refused("--protection protects nothing without a suite: give --security 0, 1 or 2");
    }
    return kinds;
  }

  private @Nullable CounterSource counters(String needs, boolean needed) {
    Path file = counters;
    Long from = countersFrom;
    if (file == null && countersCreate) {
      throw refused("--counters-create makes the file of --counters FILE, and there is none");
    } else if (file != null && from != null) {
      throw refused(
          "--counters FILE says itself where the counters go on: leave out --counters-from");
    } else if (from != null && (from < 1 || from > InvocationCounterStore.HIGHEST)) {
      throw refused(
          "--counters-from is within 1.." + InvocationCounterStore.HIGHEST + ", not " + from);
    } else if (!needed) {
      if (file != null || from != null || frameCounter != null) {
        throw refused(
            "invocation counters count nothing without --security 0, 1 or 2, or --mechanism gmac");
      }
      return null;
    } else if (file != null) {
      return new CounterSource.InFile(file, countersCreate);
    } else if (from != null) {
      return new CounterSource.From(from);
    } else if (frameCounter != null) {
      return new CounterSource.From(InvocationCounterStore.FIRST);
    }
    throw refused(
        needs
            + " needs invocation counters that no run before has used, for one that comes twice"
            + " breaks the key: whoever listens could read and forge messages. Give --counters FILE,"
            + " which keeps them (the first time with --counters-create), --counters-from N, if you"
            + " know that N and all above are unused, or --frame-counter, where the meter tells it");
  }

  private SecuritySuite suite(@Nullable SecuritySuite asked, KeyFile file) {
    SecuritySuite ofFile = file.suite().orElse(null);
    if (asked != null) {
      if (ofFile != null && ofFile != asked) {
        throw refused(
            "--security " + asked.id() + ", but " + keyFile.file() + " has keys of " + ofFile);
      }
      return asked;
    }
    // The HLS mechanisms without public keys are the same in the suites 0 and 1.
    return ofFile == null ? SecuritySuite.SUITE_0 : ofFile;
  }

  private void checkKeys(
      boolean ciphered,
      Mechanism how,
      CipherWith with,
      Set<Protection> kinds,
      SecuritySuite suite,
      KeyFile file) {
    KeyFile.Kind ofMechanism = how.needs();
    if (ofMechanism != null) {
      check("--mechanism " + how, ofMechanism, suite, file);
    }
    if (ciphered) {
      check("--cipher-with " + with, with.needs(), suite, file);
    }
    if (kinds.contains(Protection.SIGNED)) {
      check("--protection " + protection, KeyFile.Kind.KEY_PAIRS, suite, file);
    }
  }

  private void check(String option, KeyFile.Kind kind, SecuritySuite suite, KeyFile file) {
    if (kind == KeyFile.Kind.KEY_PAIRS && !suite.hasPublicKeys()) {
      throw refused(option + " needs public keys, which only --security 1 and 2 have");
    } else if (!file.mayHave(kind)) {
      throw refused(
          option
              + " needs "
              + (kind == KeyFile.Kind.KEY_PAIRS
                  ? "key pairs, which only a PKCS#12 file has: --keys FILE.p12"
                  : kind + "=, which " + keyFile.file() + " does not have"));
    }
  }
}
