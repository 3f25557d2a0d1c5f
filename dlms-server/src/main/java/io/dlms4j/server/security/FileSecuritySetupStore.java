package io.dlms4j.server.security;

import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.Pkcs12File;
import io.dlms4j.cosem.security.ProtectionException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a {@link SecuritySetup} in one PKCS#12 file, which is replaced as a whole with every
 * change. The certificates are in it as such; keys, policy and suite are one secret of the name
 * "security-setup".
 *
 * <p>A file that is missing, damaged, in use or has another password is refused. One put back from
 * a backup brings back the keys and the policy of its day: nothing can detect that. For all
 * threads.
 */
public final class FileSecuritySetupStore implements SecuritySetupStore, Closeable {
  private static final String NAME = "security-setup";

  private final Pkcs12File file;
  private @Nullable SecuritySetupState opened;

  private FileSecuritySetupStore(Pkcs12File file, @Nullable SecuritySetupState opened) {
    this.file = file;
    this.opened = opened;
  }

  /**
   * Begins a new file. It is there when the setup has been built, which saves its first state.
   *
   * @param file where it will be; beside it a file of that name and ".lock" is kept
   * @param password of the file, at least one character; copied, and the caller's to be wiped
   * @return the store, empty
   * @throws IOException if there is such a file already, or it is in use
   */
  public static FileSecuritySetupStore create(Path file, char[] password) throws IOException {
    return new FileSecuritySetupStore(Pkcs12File.create(file, password), null);
  }

  /**
   * Opens a file made before.
   *
   * @param file where it is
   * @param password of the file; copied, and the caller's to be wiped
   * @return the store
   * @throws IOException if it is missing, damaged or in use, or has another password
   */
  public static FileSecuritySetupStore open(Path file, char[] password) throws IOException {
    Pkcs12File pkcs12 = Pkcs12File.open(file, password);
    try {
      return new FileSecuritySetupStore(pkcs12, read(pkcs12));
    } catch (IOException | RuntimeException e) {
      pkcs12.close();
      throw e;
    }
  }

  private static SecuritySetupState read(Pkcs12File file) throws IOException {
    Pkcs12File.Contents contents = file.load();
    KeyMaterial secret = contents.secrets().get(NAME);
    if (secret == null || contents.secrets().size() != 1) {
      throw new IOException(file + " is no file of a security setup: check its name");
    }
    List<CosemCertificate> certificates = new ArrayList<>();
    for (X509Certificate x509 : contents.certificates()) {
      try {
        certificates.add(CosemCertificate.of(x509));
      } catch (ProtectionException e) {
        throw new IOException(file + " has a certificate that is not one of DLMS/COSEM", e);
      }
    }
    SecuritySetupState state = SecuritySetupState.of(secret, certificates);
    secret.wipe();
    return state;
  }

  @Override
  public synchronized Optional<SecuritySetupState> load() throws IOException {
    return Optional.ofNullable(opened);
  }

  @Override
  public synchronized void save(SecuritySetupState state) throws IOException {
    KeyMaterial secret = state.toSecret();
    try {
      file.save(
          new Pkcs12File.Contents(
              Map.of(NAME, secret),
              state.certificates().stream().map(CosemCertificate::x509).toList()));
    } finally {
      secret.wipe();
    }
    opened = state;
  }

  /** Gives the file free. Nothing can be changed any more. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
