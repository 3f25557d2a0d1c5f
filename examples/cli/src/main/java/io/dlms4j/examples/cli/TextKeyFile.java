package io.dlms4j.examples.cli;

import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keys as lines of text, in the format of {@link Properties}: {@code suite=0}, {@code guek=} and 32
 * digits, and so on. They are the same whoever the parties are.
 */
final class TextKeyFile implements KeyFile {
  private static final String SUITE = "suite";
  private static final String GUEK = "guek";
  private static final String GBEK = "gbek";
  private static final String GAK = "gak";
  private static final String KEK = "kek";
  private static final String HLS_SECRET = "hls-secret";
  private static final String DEDICATED = "dedicated";
  private static final Set<String> NAMES =
      new TreeSet<>(Set.of(SUITE, GUEK, GBEK, GAK, KEK, HLS_SECRET, DEDICATED));

  private final KeyRing keys;
  private final @Nullable KeyMaterial dedicated;

  private TextKeyFile(KeyRing keys, @Nullable KeyMaterial dedicated) {
    this.keys = keys;
    this.dedicated = dedicated;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read
   * @throws CommandException if it is not in this format, or a key is none of the suite
   */
  static TextKeyFile read(Path file) throws IOException {
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      lines.load(reader);
    } catch (IllegalArgumentException e) {
      // Its message may be about a line with a key.
      throw new CommandException(file + " has a backslash where none may be");
    }
    if (!NAMES.containsAll(lines.stringPropertyNames())) {
      // A key without a name would be one, so it is not shown.
      throw new CommandException(file + " has a line that begins with none of " + NAMES + " and =");
    }
    return new Parser(file, lines).parse();
  }

  private record Parser(Path file, Properties lines) {
    private TextKeyFile parse() {
      KeyRing.Builder builder = KeyRing.builder(suite());
      key(GUEK).ifPresent(builder::unicastKey);
      key(GBEK).ifPresent(builder::broadcastKey);
      key(GAK).ifPresent(builder::authenticationKey);
      key(KEK).ifPresent(builder::masterKey);
      key(HLS_SECRET).ifPresent(builder::hlsSecret);
      KeyRing keys;
      try {
        keys = builder.build();
      } catch (IllegalArgumentException e) {
        throw new CommandException(file + ": " + e.getMessage(), e);
      }
      KeyMaterial dedicated = key(DEDICATED).orElse(null);
      if (dedicated != null && dedicated.length() != keys.suite().keyLength()) {
        throw new CommandException(
            file
                + ": the dedicated key has "
                + dedicated.length()
                + " octets, but "
                + keys.suite()
                + " has keys of "
                + keys.suite().keyLength());
      }
      return new TextKeyFile(keys, dedicated);
    }

    private SecuritySuite suite() {
      String text = lines.getProperty(SUITE, "").strip();
      return Optional.of(text)
          .filter(digit -> digit.matches("[0-2]"))
          .flatMap(digit -> SecuritySuite.ofId(Long.parseLong(digit)))
          .orElseThrow(() -> new CommandException(file + " must say suite=0, suite=1 or suite=2"));
    }

    private Optional<KeyMaterial> key(String name) {
      String hex = lines.getProperty(name);
      if (hex == null) {
        return Optional.empty();
      }
      try {
        return Optional.of(KeyMaterial.ofHex(hex.strip()));
      } catch (IllegalArgumentException e) {
        throw new CommandException(file + ": " + name + ": " + e.getMessage(), e);
      }
    }
  }

  @Override
  public Optional<SecuritySuite> suite() {
    return Optional.of(keys.suite());
  }

  @Override
  public boolean mayHave(Kind kind) {
    return switch (kind) {
      case GUEK -> keys.unicastKey() != null;
      case KEK -> keys.masterKey() != null;
      case HLS_SECRET -> keys.hlsSecret() != null;
      case KEY_PAIRS -> false;
    };
  }

  @Override
  public KeyProvider provider(SecuritySuite suite) {
    return (own, peer) -> CompletableFuture.completedFuture(keys);
  }

  /** The keys, of whatever suite the message is: where it is another one, the refusal says so. */
  @Override
  public Optional<KeyRing> between(
      SecuritySuite suite, SystemTitle originator, SystemTitle recipient, boolean eitherAgrees) {
    return Optional.of(keys);
  }

  @Override
  public List<KeyMaterial> dedicatedKeys() {
    return dedicated == null ? List.of() : List.of(dedicated);
  }
}
