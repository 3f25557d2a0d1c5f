package io.dlms4j.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.KeyMaterial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The password or HLS secret of an association, which clients may change. */
class AssociationSecretTest {
  private static final char[] PASSWORD = "not a secret".toCharArray();

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("secret.p12");
  }

  private static KeyMaterial secret(String text) {
    return KeyMaterial.of(Octets.ofAscii(text));
  }

  private static Octets octets(int length) {
    byte[] octets = new byte[length];
    Arrays.fill(octets, (byte) 'x');
    return Octets.view(octets);
  }

  @Test
  void aNewSecretTakesThePlaceOfTheOldOne() {
    AssociationSecret secret = AssociationSecret.of(secret("12345"));
    assertTrue(secret.matches(Octets.ofAscii("12345")));
    KeyMaterial before = secret.current();
    secret.change(secret("54321"));
    assertTrue(secret.matches(Octets.ofAscii("54321")));
    for (String wrong : new String[] {"12345", "5432", "543210", ""}) {
      assertFalse(secret.matches(Octets.ofAscii(wrong)), wrong);
    }
    // Whoever began with the old one, goes on with it.
    assertEquals(Octets.ofAscii("12345"), before.export());
    assertFalse((secret + "").contains("54321"));
  }

  @Test
  void whatOthersWipeIsNotTheSecret() {
    KeyMaterial given = secret("12345");
    AssociationSecret secret = AssociationSecret.of(given);
    given.wipe();
    secret.current().wipe();
    KeyMaterial next = secret("54321");
    secret.change(next);
    next.wipe();
    assertTrue(secret.matches(Octets.ofAscii("54321")));
  }

  @Test
  void aSecretHasOneTo64Octets() {
    assertFalse(AssociationSecret.accepts(Octets.EMPTY));
    assertTrue(AssociationSecret.accepts(octets(1)));
    assertTrue(AssociationSecret.accepts(octets(64)));
    assertFalse(AssociationSecret.accepts(octets(65)));
    KeyMaterial longest = KeyMaterial.of(octets(64));
    KeyMaterial longer = KeyMaterial.of(octets(65));
    AssociationSecret secret = AssociationSecret.of(longest);
    assertThrows(IllegalArgumentException.class, () -> secret.change(longer));
    assertTrue(secret.current().matches(longest));
    assertThrows(IllegalArgumentException.class, () -> AssociationSecret.of(longer));
  }

  @Test
  void inAFileItIsThereAfterARestart() throws Exception {
    assertThrows(
        NoSuchFileException.class, () -> FileAssociationSecretStore.open(file(), PASSWORD));
    try (FileAssociationSecretStore store = FileAssociationSecretStore.create(file(), PASSWORD)) {
      AssociationSecret.of(secret("first"), store).change(KeyMaterial.of(octets(64)));
    }
    try (FileAssociationSecretStore store = FileAssociationSecretStore.open(file(), PASSWORD)) {
      AssociationSecret secret = AssociationSecret.of(secret("of a new device"), store);
      assertEquals(octets(64), secret.current().export());
      secret.change(secret("1"));
      // The store gives what was saved last, also without having been opened again.
      assertTrue(
          AssociationSecret.of(secret("of a new device"), store).matches(Octets.ofAscii("1")));
    }
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
    IOException refusal =
        assertThrows(IOException.class, () -> FileAssociationSecretStore.open(file(), PASSWORD));
    assertTrue(refusal.toString().contains("Check the password"), refusal.toString());
    Files.write(file(), whole);
    assertThrows(
        IOException.class,
        () -> FileAssociationSecretStore.open(file(), "another one".toCharArray()));
    // The file of a security setup is something else.
    assertThrows(IOException.class, () -> FileSecuritySetupStore.open(file(), PASSWORD));
  }

  @Test
  void whatCannotBeSavedIsNotChanged() throws Exception {
    Path inTheWay = directory.resolve("secret.p12.new").resolve("in the way");
    try (FileAssociationSecretStore store = FileAssociationSecretStore.create(file(), PASSWORD)) {
      AssociationSecret secret = AssociationSecret.of(secret("12345"), store);
      Files.createDirectories(inTheWay);
      KeyMaterial next = secret("54321");
      assertThrows(UncheckedIOException.class, () -> secret.change(next));
      assertTrue(secret.matches(Octets.ofAscii("12345")));
      Files.delete(inTheWay);
      secret.change(next);
      assertTrue(secret.matches(Octets.ofAscii("54321")));
    }
  }

  @Test
  void whoReadsWhileItChangesHasOneOrTheOther() throws Exception {
    AssociationSecret secret = AssociationSecret.of(secret("aaaaaaaa"));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Void> writer =
          threads.submit(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  secret.change(secret(i % 2 == 0 ? "bbbbbbbbbbbb" : "aaaaaaaa"));
                }
                return null;
              });
      do {
        String read = secret.current().export().toAscii();
        assertTrue(read.equals("aaaaaaaa") || read.equals("bbbbbbbbbbbb"), read);
      } while (!writer.isDone());
      writer.get();
    } finally {
      threads.shutdownNow();
    }
  }
}
