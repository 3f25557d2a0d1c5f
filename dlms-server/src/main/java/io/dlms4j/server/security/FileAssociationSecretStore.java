package io.dlms4j.server.security;

import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.Pkcs12File;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The secret of one association in a PKCS#12 file of its own, under the name "association-secret".
 * A file that is missing, damaged, in use or has another password is refused. For all threads.
 */
public final class FileAssociationSecretStore implements AssociationSecretStore, Closeable {
  private static final String NAME = "association-secret";

  private final Pkcs12File file;

  /** What was read when the file was opened, until it is asked for. */
  private @Nullable KeyMaterial opened;

  private FileAssociationSecretStore(Pkcs12File file, @Nullable KeyMaterial opened) {
    this.file = file;
    this.opened = opened;
  }

  /**
   * Begins a new file. It is there when the {@link AssociationSecret} has been made, which saves
   * its first value.
   *
   * @param file where it will be; beside it a file of that name and ".lock" is kept
   * @param password of the file, at least one character; copied, and the caller's to be wiped
   * @return the store, empty
   * @throws IOException if there is such a file already, or it is in use
   */
  public static FileAssociationSecretStore create(Path file, char[] password) throws IOException {
    return new FileAssociationSecretStore(Pkcs12File.create(file, password), null);
  }

  /**
   * Opens a file made before.
   *
   * @param file where it is
   * @param password of the file; copied, and the caller's to be wiped
   * @return the store
   * @throws IOException if it is missing, damaged or in use, or has another password
   */
  public static FileAssociationSecretStore open(Path file, char[] password) throws IOException {
    Pkcs12File pkcs12 = Pkcs12File.open(file, password);
    try {
      Map<String, KeyMaterial> secrets = pkcs12.load().secrets();
      KeyMaterial secret = secrets.get(NAME);
      if (secret == null || secrets.size() != 1) {
        throw new IOException(file + " is no file of an association's secret: check its name");
      }
      return new FileAssociationSecretStore(pkcs12, secret);
    } catch (IOException | RuntimeException e) {
      pkcs12.close();
      throw e;
    }
  }

  @Override
  public synchronized Optional<KeyMaterial> load() throws IOException {
    KeyMaterial secret = opened;
    return secret == null ? Optional.empty() : Optional.of(KeyMaterial.of(secret.export()));
  }

  @Override
  public synchronized void save(KeyMaterial secret) throws IOException {
    file.save(new Pkcs12File.Contents(Map.of(NAME, secret), List.of()));
    KeyMaterial before = opened;
    opened = KeyMaterial.of(secret.export());
    if (before != null) {
      before.wipe();
    }
  }

  /** Gives the file free. The secret cannot be changed any more. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
