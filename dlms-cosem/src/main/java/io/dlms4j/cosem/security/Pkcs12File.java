package io.dlms4j.cosem.security;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Secrets and certificates in a PKCS#12 file (RFC 7292) that is written again and again: each time
 * as a whole, beside the old one, and renamed when the disk has it. A process that is killed at any
 * moment leaves the old file or the new one. For one process at a time: beside the file one of that
 * name and ".lock" is kept.
 *
 * <p>To be read by other tools: each secret is a secret key, each certificate a trusted one. For
 * all threads.
 */
public final class Pkcs12File implements Closeable {
  private static final String CERTIFICATE = "certificate.";
  private static final int MOST_CERTIFICATES = 1000;

  /** Longer files are none of ours. */
  private static final long LONGEST_FILE = 1L << 24;

  private final Path file;
  private final RandomAccessFile lockFile;
  private final char[] password;
  private boolean closed;

  /**
   * What is in a file.
   *
   * @param secrets by name: lower-case letters, digits and hyphens
   * @param certificates in their order, at most 1000
   */
  public record Contents(Map<String, KeyMaterial> secrets, List<X509Certificate> certificates) {
    /**
     * Keeps copies of both, not of the secrets in them.
     *
     * @throws IllegalArgumentException if a name is anything else, or there are more certificates
     */
    public Contents {
      secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
      certificates = List.copyOf(certificates);
      for (String name : secrets.keySet()) {
        if (!name.matches("[a-z0-9-]+")) {
          throw new IllegalArgumentException(
              "the name \"" + name + "\" has more than lower-case letters, digits and hyphens");
        }
      }
      if (certificates.size() > MOST_CERTIFICATES) {
        throw new IllegalArgumentException(certificates.size() + " certificates are too many");
      }
    }

    /** The names, and how many certificates; no secret. */
    @Override
    public String toString() {
      return "Contents[" + secrets.keySet() + ", " + certificates.size() + " certificates]";
    }
  }

  private Pkcs12File(Path file, RandomAccessFile lockFile, char[] password) {
    this.file = file;
    this.lockFile = lockFile;
    this.password = password;
  }

  /**
   * Begins a new file, which is there as soon as it is saved for the first time.
   *
   * @param file where it will be
   * @param password of the file and all its entries, at least one character; copied, and the
   *     caller's to be wiped
   * @return the file
   * @throws IOException if there is such a file already, or it is in use
   * @throws IllegalArgumentException if the password is empty
   */
  public static Pkcs12File create(Path file, char[] password) throws IOException {
    Pkcs12File created = locked(file, password);
    if (Files.exists(created.file)) {
      created.close();
      throw new FileAlreadyExistsException(file.toString());
    }
    return created;
  }

  /**
   * Opens a file that was saved before.
   *
   * @param file where it is
   * @param password of the file and all its entries; copied, and the caller's to be wiped
   * @return the file
   * @throws IOException if it is missing or in use
   * @throws IllegalArgumentException if the password is empty
   */
  public static Pkcs12File open(Path file, char[] password) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return locked(file, password);
  }

  private static Pkcs12File locked(Path file, char[] password) throws IOException {
    if (password.length == 0) {
      throw new IllegalArgumentException("a password of no characters protects nothing");
    }
    Path absolute = file.toAbsolutePath();
    return new Pkcs12File(absolute, WholeFile.lock(absolute), password.clone());
  }

  /**
   * Reads the file.
   *
   * @return what is in it, secrets by name and certificates in their order
   * @throws IOException if it cannot be read, is damaged, or has another password
   * @throws IllegalStateException if it has been closed
   */
  public synchronized Contents load() throws IOException {
    checkOpen();
    long length = Files.size(file);
    if (length > LONGEST_FILE) {
      throw damaged("it has " + length + " octets", null);
    }
    byte[] octets = Files.readAllBytes(file);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(octets), password);
      Map<String, KeyMaterial> secrets = new LinkedHashMap<>();
      List<X509Certificate> certificates = new ArrayList<>();
      for (String alias : new TreeSet<>(Collections.list(store.aliases()))) {
        if (store.isCertificateEntry(alias)
            && store.getCertificate(alias) instanceof X509Certificate x509) {
          certificates.add(x509);
        } else if (store.isKeyEntry(alias)) {
          Key key = store.getKey(alias, password);
          byte[] secret = key == null ? null : key.getEncoded();
          if (secret == null || secret.length == 0) {
            throw damaged("the secret " + alias + " cannot be read", null);
          }
          secrets.put(alias, KeyMaterial.owning(secret));
        } else {
          throw damaged("the entry " + alias + " is neither a secret nor a certificate", null);
        }
      }
      return new Contents(secrets, certificates);
    } catch (IOException e) {
      throw damaged("its check value or its form is wrong", e);
    } catch (GeneralSecurityException | RuntimeException e) {
      // The JDK's reader throws whatever it stumbles over.
      throw damaged("an entry of it cannot be read", e);
    }
  }

  /** The cause may quote octets of the file, but those are encrypted. */
  private IOException damaged(String how, @Nullable Exception cause) {
    if (cause instanceof DamagedException already) {
      return already;
    }
    return new DamagedException(
        file
            + " cannot be used: "
            + how
            + ". Check the password; if it is right, the file is damaged: put back a whole copy"
            + " that is not older than the last change of keys, or give the device new ones",
        cause);
  }

  private static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String message, @Nullable Exception cause) {
      super(message, cause);
    }
  }

  /**
   * Replaces the file.
   *
   * @param contents what will be in it
   * @throws IOException if it cannot be written: then the old one is there as it was, unless the
   *     directory was the last thing that failed
   * @throws IllegalStateException if it has been closed
   */
  public synchronized void save(Contents contents) throws IOException {
    checkOpen();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      KeyStore.ProtectionParameter protection = new KeyStore.PasswordProtection(password);
      for (Map.Entry<String, KeyMaterial> secret : contents.secrets().entrySet()) {
        store.setEntry(
            secret.getKey(),
            new KeyStore.SecretKeyEntry(new SecretKeySpec(secret.getValue().octets(), "AES")),
            protection);
      }
      int index = 0;
      for (X509Certificate certificate : contents.certificates()) {
        // Aliases are sorted when they are read.
        String alias = CERTIFICATE + String.format(Locale.ROOT, "%03d", index++);
        store.setCertificateEntry(alias, certificate);
      }
      store.store(out, password);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " cannot be written as PKCS#12", e);
    }
    WholeFile.replace(file, out.toByteArray());
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(file + " has been closed");
    }
  }

  /** Gives the file free, and forgets the password. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    Arrays.fill(password, '\0');
    lockFile.close();
  }

  /** Where it is. */
  @Override
  public String toString() {
    return file.toString();
  }
}
