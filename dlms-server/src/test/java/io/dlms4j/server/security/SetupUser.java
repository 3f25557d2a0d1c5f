package io.dlms4j.server.security;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecuritySuite;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A process of its own that changes the unicast key until it is killed: the number of each key
 * stands in a log as soon as the change has been answered with success.
 */
final class SetupUser {
  static final char[] PASSWORD = "not a secret".toCharArray();
  static final KeyMaterial KEK = KeyMaterial.ofHex("000102030405060708090A0B0C0D0E0F");

  private SetupUser() {}

  /** The key of a number, 16 octets. */
  static KeyMaterial key(long number) {
    return KeyMaterial.of(
        Octets.view(ByteBuffer.allocate(16).putLong(0x4B6579L).putLong(number).array()));
  }

  static long number(KeyMaterial key) {
    return ByteBuffer.wrap(key.export().toByteArray()).getLong(8);
  }

  static SecuritySetup setup(SecuritySetupStore store) {
    return Contexts.builder(
            KeyRing.builder(SecuritySuite.SUITE_0).unicastKey(key(0)).masterKey(KEK).build())
        .store(store)
        .build();
  }

  static long number(SecuritySetup setup) {
    return number(
        Contexts.symmetric(
            Contexts.keysFor(setup, Contexts.CLIENT), KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY));
  }

  /**
   * Runs for ever.
   *
   * @param arguments the file of the setup, the log of keys
   */
  public static void main(String[] arguments) throws IOException {
    try (FileSecuritySetupStore store =
            FileSecuritySetupStore.open(Path.of(arguments[0]), PASSWORD);
        FileOutputStream log = new FileOutputStream(arguments[1], true)) {
      SecuritySetup setup = setup(store);
      Caller caller = new Caller(setup.object(), Contexts.CLIENT);
      System.out.write('!');
      System.out.flush();
      for (long next = number(setup) + 1; ; next++) {
        CosemData parameters = CosemData.array(Contexts.wrapped(0, KEK, key(next)));
        if (caller.invoke(2, parameters) != ActionResult.SUCCESS) {
          throw new IOException("key " + next + " was not taken");
        }
        log.write(ByteBuffer.allocate(8).putLong(next).array());
      }
    }
  }
}
