package io.dlms4j.examples.cli;

import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.examples.cli.syntax.SessionKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Keys in a file: as text, or in the format PKCS#12. What it says never holds a key. */
interface KeyFile extends SessionKeys {
  /** The kinds of keys that the options of a connection may need. */
  enum Kind {
    /** The global unicast encryption key. */
    GUEK("guek"),
    /** The master key. */
    KEK("kek"),
    /** The secret of the HLS mechanisms 3, 4 and 6. */
    HLS_SECRET("hls-secret"),
    /** Private and public keys. */
    KEY_PAIRS("key pairs");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Whether a file is one of PKCS#12, which has a password; by its name. */
  static boolean isPkcs12(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".p12") || name.endsWith(".pfx");
  }

  /** Warns if others than the owner have a say in a file with secrets. */
  static void warnIfOpen(Path file, PrintWriter err) throws IOException {
    Set<PosixFilePermission> permissions;
    try {
      permissions = Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException e) {
      return; // Such a file system has other ways, which are not known here.
    }
    permissions.removeAll(
        Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_EXECUTE));
    if (!permissions.isEmpty()) {
      err.println(
          "dlms: warning: "
              + file
              + " holds secrets, and others than its owner may read or write it: chmod 600 it");
    }
  }

  /** The suite that the file says its keys are for; nothing if it does not. */
  Optional<SecuritySuite> suite();

  /** Whether keys of a kind are there, or at least may be for some peer. */
  boolean mayHave(Kind kind);

  /** The keys, for the protection of messages of some suite. */
  KeyProvider provider(SecuritySuite suite);
}
