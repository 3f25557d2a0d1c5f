package io.dlms4j.server.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.security.CertificateRequest;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Pkcs12File;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys, certificates and policy in a file, through restarts, damage and full disks. */
class FileSecuritySetupStoreTest {
  private static final char[] PASSWORD = "not a secret".toCharArray();

  @TempDir Path directory;

  private final Authority authority = new Authority("Test root");

  private Path file() {
    return directory.resolve("setup.p12");
  }

  private static Caller caller(SecuritySetup setup) {
    return new Caller(setup.object(), Contexts.CLIENT);
  }

  private static ActionResult transfer(SecuritySetup setup, KeyMaterial kek, KeyMaterial key) {
    return caller(setup).invoke(2, CosemData.array(Contexts.wrapped(0, kek, key)));
  }

  private static void assertUnicastKey(KeyMaterial expected, SecuritySetup setup) {
    assertTrue(
        expected.matches(
            Contexts.symmetric(
                Contexts.keysFor(setup, Contexts.CLIENT), KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY)));
  }

  @ParameterizedTest
  @EnumSource(SecuritySuite.class)
  void everythingThatWasChangedIsThereAfterARestart(SecuritySuite suite) throws Exception {
    KeyRing first =
        Contexts.keys(suite).toBuilder().hlsSecret(KeyMaterial.of(Octets.of(1, 2, 3))).build();
    KeyMaterial next = Contexts.key(suite);
    KeyPair clientSigning = suite.hasPublicKeys() ? Contexts.pair(suite) : null;
    String certificates;
    Octets waiting = Octets.EMPTY;
    KeyRing keys;
    try (FileSecuritySetupStore store = FileSecuritySetupStore.create(file(), PASSWORD)) {
      SecuritySetup setup =
          Contexts.builder(first).trustedIssuer(authority.key()).store(store).build();
      Caller caller = caller(setup);
      assertEquals(
          ActionResult.SUCCESS, transfer(setup, Contexts.symmetric(first, KeyId.MASTER_KEY), next));
      assertEquals(ActionResult.SUCCESS, caller.invoke(1, CosemData.enumerated(0x6C)));
      if (clientSigning != null) {
        certify(setup, Use.DIGITAL_SIGNATURE, 0);
        assertEquals(
            ActionResult.SUCCESS,
            caller.invoke(
                6,
                CosemData.octetString(
                    authority.certify(
                        Contexts.CLIENT, Use.DIGITAL_SIGNATURE, clientSigning.getPublic()))));
        assertEquals(ActionResult.SUCCESS, caller.invoke(4, CosemData.enumerated(1)));
        waiting = requestedKey(setup, 1);
      }
      certificates = caller.octets(6);
      keys = Contexts.keysFor(setup, Contexts.CLIENT);
    }
    try (FileSecuritySetupStore store = FileSecuritySetupStore.open(file(), PASSWORD)) {
      // What is given to the builder is of a new device: it does not count any more.
      SecuritySetup setup =
          Contexts.builder(Contexts.keys(suite))
              .policy(SecurityPolicy.ofVersion1(0xFC & (suite.hasPublicKeys() ? 0xFF : 0x6C)))
              .trustedIssuer(authority.key())
              .store(store)
              .build();
      assertEquals(suite, setup.suite());
      assertEquals(SecurityPolicy.ofVersion1(0x6C), setup.policy());
      assertEquals(certificates, caller(setup).octets(6));
      KeyRing now = Contexts.keysFor(setup, Contexts.CLIENT);
      for (KeyId id : KeyId.values()) {
        assertTrue(Contexts.symmetric(keys, id).matches(Contexts.symmetric(now, id)), id.name());
      }
      assertUnicastKey(next, setup);
      assertTrue(
          Objects.requireNonNull(first.hlsSecret())
              .matches(Objects.requireNonNull(now.hlsSecret())));
      assertEquals(keys.signingKey(), now.signingKey());
      assertEquals(keys.peerSigningKey(), now.peerSigningKey());
      if (clientSigning != null) {
        assertEquals(clientSigning.getPublic(), now.peerSigningKey());
        assertTrue(now.signingKey() != null);
        // The pair that waits for its certificate still does, and is then used.
        assertEquals(waiting, requestedKey(setup, 1));
        certify(setup, Use.KEY_AGREEMENT, 1);
        assertTrue(Contexts.keysFor(setup, Contexts.CLIENT).agreementKey() != null);
      }
    }
  }

  private static Octets requestedKey(SecuritySetup setup, int type) {
    Caller caller = caller(setup);
    assertEquals(ActionResult.SUCCESS, caller.invoke(5, CosemData.enumerated(type)));
    return Octets.view(
        CertificateRequest.decode(caller.returned().octetStringValue()).publicKey().getEncoded());
  }

  private void certify(SecuritySetup setup, Use use, int type) throws Exception {
    Caller caller = caller(setup);
    if (use == Use.DIGITAL_SIGNATURE) {
      assertEquals(ActionResult.SUCCESS, caller.invoke(4, CosemData.enumerated(type)));
    }
    assertEquals(ActionResult.SUCCESS, caller.invoke(5, CosemData.enumerated(type)));
    CertificateRequest request = CertificateRequest.decode(caller.returned().octetStringValue());
    assertEquals(
        ActionResult.SUCCESS,
        caller.invoke(
            6,
            CosemData.octetString(authority.certify(Contexts.SERVER, use, request.publicKey()))));
  }

  @Test
  void aRestartInMemoryGoesOnToo() {
    KeyRing keys = Contexts.keys(SecuritySuite.SUITE_0);
    InMemorySecuritySetupStore store = new InMemorySecuritySetupStore();
    SecuritySetup before = Contexts.builder(keys).store(store).build();
    KeyMaterial next = Contexts.key(SecuritySuite.SUITE_0);
    KeyMaterial kek = Contexts.symmetric(keys, KeyId.MASTER_KEY);
    assertEquals(ActionResult.SUCCESS, transfer(before, kek, next));
    SecuritySetup after =
        Contexts.builder(Contexts.keys(SecuritySuite.SUITE_0)).store(store).build();
    assertUnicastKey(next, after);
    KeyMaterial last = Contexts.key(SecuritySuite.SUITE_0);
    assertEquals(ActionResult.SUCCESS, transfer(after, kek, last));
    assertUnicastKey(last, Contexts.builder(keys).store(store).build());
  }

  @Test
  void aFileOfAnotherServerOrSuiteIsRefused() throws Exception {
    try (FileSecuritySetupStore store = FileSecuritySetupStore.create(file(), PASSWORD)) {
      Contexts.builder(Contexts.keys(SecuritySuite.SUITE_1)).store(store).build();
      SecuritySetupBuilder otherSuite =
          Contexts.builder(Contexts.keys(SecuritySuite.SUITE_0)).store(store);
      assertThrows(IllegalArgumentException.class, otherSuite::build);
      SecuritySetupBuilder otherServer =
          SecuritySetup.builder(Contexts.NAME, Contexts.OTHER, SecuritySuite.SUITE_1).store(store);
      assertThrows(IllegalArgumentException.class, otherServer::build);
    }
  }

  @Test
  void aFileThatIsMissingThereAlreadyOrInUseIsRefused() throws Exception {
    assertThrows(NoSuchFileException.class, () -> FileSecuritySetupStore.open(file(), PASSWORD));
    try (FileSecuritySetupStore store = FileSecuritySetupStore.create(file(), PASSWORD)) {
      assertFalse(Files.exists(file()), "nothing is there before the first state");
      Contexts.builder(Contexts.keys(SecuritySuite.SUITE_0)).store(store).build();
      IOException inUse =
          assertThrows(IOException.class, () -> FileSecuritySetupStore.open(file(), PASSWORD));
      assertTrue(inUse.toString().contains("in use"), inUse.toString());
    }
    assertThrows(
        FileAlreadyExistsException.class, () -> FileSecuritySetupStore.create(file(), PASSWORD));
    FileSecuritySetupStore.open(file(), PASSWORD).close();
  }

  private KeyRing written() throws Exception {
    KeyRing keys = Contexts.keys(SecuritySuite.SUITE_0);
    try (FileSecuritySetupStore store = FileSecuritySetupStore.create(file(), PASSWORD)) {
      Contexts.builder(keys).store(store).build();
    }
    return keys;
  }

  private void assertRefused(byte[] contents) throws IOException {
    Files.write(file(), contents);
    IOException refusal =
        assertThrows(IOException.class, () -> FileSecuritySetupStore.open(file(), PASSWORD));
    assertTrue(refusal.toString().contains("Check the password"), refusal.toString());
  }

  @Test
  void aWrongPasswordIsRefusedAndTheFileStaysAsItIs() throws Exception {
    written();
    byte[] before = Files.readAllBytes(file());
    IOException refusal =
        assertThrows(
            IOException.class,
            () -> FileSecuritySetupStore.open(file(), "another one".toCharArray()));
    assertTrue(refusal.toString().contains("Check the password"), refusal.toString());
    assertThrows(
        IllegalArgumentException.class, () -> FileSecuritySetupStore.open(file(), new char[0]));
    assertArrayEquals(before, Files.readAllBytes(file()));
    FileSecuritySetupStore.open(file(), PASSWORD).close();
  }

  @Test
  void aFileThatIsCutOffIsRefusedWhereverThatIs() throws Exception {
    written();
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length += 1 + length / 40) {
      assertRefused(Arrays.copyOf(whole, length));
    }
    assertRefused(Arrays.copyOf(whole, whole.length - 1));
    Files.write(file(), whole);
    FileSecuritySetupStore.open(file(), PASSWORD).close();
  }

  @Test
  void aFileInWhichABitHasChangedIsRefusedOrSaysTheSame() throws Exception {
    KeyRing keys = written();
    byte[] whole = Files.readAllBytes(file());
    int refused = 0;
    for (int i = 0; i < whole.length; i += 7) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << i % 8);
      Files.write(file(), changed);
      try (FileSecuritySetupStore store = FileSecuritySetupStore.open(file(), PASSWORD)) {
        assertUnicastKey(
            Contexts.symmetric(keys, KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY),
            Contexts.builder(keys).store(store).build());
      } catch (IOException e) {
        refused++;
      }
    }
    assertTrue(refused > whole.length / 7 * 9 / 10, refused + " of " + whole.length / 7);
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws Exception {
    try (Pkcs12File other = Pkcs12File.create(file(), PASSWORD)) {
      other.save(
          new Pkcs12File.Contents(Map.of("something", KeyMaterial.of(Octets.of(1))), List.of()));
    }
    assertThrows(IOException.class, () -> FileSecuritySetupStore.open(file(), PASSWORD));
    try (Pkcs12File other = Pkcs12File.open(file(), PASSWORD)) {
      for (String wrong : List.of("00", "0100", "02061102", "0206" + "1101" + "1600")) {
        other.save(
            new Pkcs12File.Contents(Map.of("security-setup", KeyMaterial.ofHex(wrong)), List.of()));
        assertThrows(IOException.class, () -> openCopy());
      }
    }
  }

  /** Opens a copy, since the file itself is in use. */
  private void openCopy() throws IOException {
    Path copy = directory.resolve("copy.p12");
    Files.deleteIfExists(copy);
    Files.copy(file(), copy);
    FileSecuritySetupStore.open(copy, PASSWORD).close();
  }

  /** Whoever is killed while writing leaves the old file, and a part of the new one beside it. */
  @Test
  void whatAKilledProcessLeftBesideTheFileDoesNotCount() throws Exception {
    KeyRing keys = written();
    byte[] old = Files.readAllBytes(file());
    KeyMaterial next = Contexts.key(SecuritySuite.SUITE_0);
    try (FileSecuritySetupStore store = FileSecuritySetupStore.open(file(), PASSWORD)) {
      SecuritySetup setup = Contexts.builder(keys).store(store).build();
      assertEquals(
          ActionResult.SUCCESS, transfer(setup, Contexts.symmetric(keys, KeyId.MASTER_KEY), next));
    }
    byte[] renewed = Files.readAllBytes(file());
    Path beside = directory.resolve("setup.p12.new");
    assertFalse(Files.exists(beside));
    for (int written : new int[] {0, 1, renewed.length / 2, renewed.length}) {
      Files.write(file(), old);
      Files.write(beside, Arrays.copyOf(renewed, written));
      try (FileSecuritySetupStore store = FileSecuritySetupStore.open(file(), PASSWORD)) {
        SecuritySetup setup = Contexts.builder(keys).store(store).build();
        assertUnicastKey(Contexts.symmetric(keys, KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY), setup);
        // And it is not in the way of the next change.
        assertEquals(
            ActionResult.SUCCESS,
            transfer(setup, Contexts.symmetric(keys, KeyId.MASTER_KEY), next));
        assertFalse(Files.exists(beside));
      }
    }
    // Renamed, it counts.
    Files.write(file(), renewed);
    try (FileSecuritySetupStore store = FileSecuritySetupStore.open(file(), PASSWORD)) {
      assertUnicastKey(next, Contexts.builder(keys).store(store).build());
    }
  }

  @Test
  void whereNothingCanBeWrittenNothingChanges() throws Exception {
    KeyRing keys = Contexts.keys(SecuritySuite.SUITE_0);
    KeyMaterial kek = Contexts.symmetric(keys, KeyId.MASTER_KEY);
    KeyMaterial next = Contexts.key(SecuritySuite.SUITE_0);
    Path beside = directory.resolve("setup.p12.new");
    try (FileSecuritySetupStore store = FileSecuritySetupStore.create(file(), PASSWORD)) {
      SecuritySetup setup = Contexts.builder(keys).store(store).build();
      byte[] before = Files.readAllBytes(file());
      // A directory that is not empty can be neither deleted nor written to.
      Files.createDirectories(beside.resolve("in the way"));
      assertEquals(ActionResult.TEMPORARY_FAILURE, transfer(setup, kek, next));
      assertUnicastKey(Contexts.symmetric(keys, KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY), setup);
      assertArrayEquals(before, Files.readAllBytes(file()));
      Files.delete(beside.resolve("in the way"));
      assertEquals(ActionResult.SUCCESS, transfer(setup, kek, next));
      assertUnicastKey(next, setup);
    }
  }

  @Test
  void noKeyStandsInTheFileAsItIs() throws Exception {
    KeyRing keys = written();
    String octets = Octets.view(Files.readAllBytes(file())).toHex();
    for (KeyId id : KeyId.values()) {
      assertFalse(octets.contains(Contexts.symmetric(keys, id).export().toHex()));
    }
  }
}
