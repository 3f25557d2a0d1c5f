package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.Octets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AesGcmTest {
  private static final Vectors VECTORS = Vectors.load("gcm.txt");

  @ParameterizedTest
  @CsvSource({
    "1, JDK",
    "2, JDK",
    "3, JDK",
    "4, JDK",
    "16, JDK",
    "1, BOUNCY_CASTLE",
    "2, BOUNCY_CASTLE",
    "3, BOUNCY_CASTLE",
    "4, BOUNCY_CASTLE",
    "16, BOUNCY_CASTLE"
  })
  void theCasesOfTheSpecificationAreSealedAndOpened(int number, CipherEngine engine) {
    AesGcm cipher = engine.aesGcm(VECTORS.key(number + " key"));
    byte[] nonce = VECTORS.get(number + " nonce").toByteArray();
    Octets[] aad = {of(number + " aad")};
    Octets plaintext = of(number + " plaintext");
    Octets ciphertext = of(number + " ciphertext");
    Octets tag = VECTORS.get(number + " tag").slice(0, AesGcm.TAG_LENGTH);
    Octets sealed = Octets.ofHex(ciphertext.toHex() + tag.toHex());
    assertEquals(sealed, Octets.view(cipher.seal(nonce, aad, plaintext)));
    assertArrayEquals(plaintext.toByteArray(), cipher.open(nonce, aad, sealed));
    assertEquals(ciphertext, Octets.view(cipher.counterMode(nonce, plaintext)));
    assertEquals(plaintext, Octets.view(cipher.counterMode(nonce, ciphertext)));
  }

  private static Octets of(String name) {
    return VECTORS.has(name) ? VECTORS.get(name) : Octets.EMPTY;
  }

  @ParameterizedTest
  @EnumSource(CipherEngine.class)
  void aNonceThatComesTwiceIsRefused(CipherEngine engine) {
    AesGcm cipher = engine.aesGcm(VECTORS.key("4 key"));
    byte[] nonce = VECTORS.get("4 nonce").toByteArray();
    byte[] unused = cipher.seal(nonce, new Octets[0], Octets.of(1));
    assertEquals(1 + AesGcm.TAG_LENGTH, unused.length);
    assertThrows(
        IllegalStateException.class, () -> cipher.seal(nonce, new Octets[0], Octets.of(2)));
    byte[] other = nonce.clone();
    other[11]++;
    assertEquals(1 + AesGcm.TAG_LENGTH, cipher.seal(other, new Octets[0], Octets.of(2)).length);
  }

  @Property(tries = 200)
  void bothEnginesGiveTheSameOctetsAndTakeEachOthers(
      @ForAll @Size(32) byte[] key,
      @ForAll @Size(12) byte[] nonce,
      @ForAll @Size(max = 40) byte[] aad,
      @ForAll @Size(max = 100) byte[] text,
      @ForAll boolean long256) {
    KeyMaterial material = KeyMaterial.of(Octets.copyOf(key, 0, long256 ? 32 : 16));
    Octets[] parts = {
      Octets.view(aad, 0, aad.length / 2), Octets.view(aad, aad.length / 2, (aad.length + 1) / 2)
    };
    AesGcm jdk = CipherEngine.JDK.aesGcm(material);
    AesGcm bouncyCastle = CipherEngine.BOUNCY_CASTLE.aesGcm(material);
    byte[] sealed = jdk.seal(nonce, parts, Octets.view(text));
    assertArrayEquals(sealed, bouncyCastle.seal(nonce, parts, Octets.view(text)));
    assertArrayEquals(text, jdk.open(nonce, parts, Octets.view(sealed)));
    assertArrayEquals(text, bouncyCastle.open(nonce, parts, Octets.view(sealed)));
    assertArrayEquals(
        jdk.counterMode(nonce, Octets.view(text)),
        bouncyCastle.counterMode(nonce, Octets.view(text)));
  }

  @Property(tries = 200)
  void oneBitThatIsWrongOpensNothing(
      @ForAll @Size(max = 30) byte[] text,
      @ForAll @IntRange(min = 0, max = 10_000) int bit,
      @ForAll CipherEngine engine) {
    AesGcm cipher = engine.aesGcm(VECTORS.key("4 key"));
    byte[] nonce = VECTORS.get("4 nonce").toByteArray();
    Octets[] aad = {VECTORS.get("4 aad")};
    byte[] sealed = cipher.seal(nonce, aad, Octets.view(text));
    int at = bit % (8 * sealed.length);
    sealed[at / 8] ^= (byte) (1 << at % 8);
    assertNull(cipher.open(nonce, aad, Octets.view(sealed)));
  }

  @Example
  void aTagThatIsCutOffOpensNothing() {
    for (CipherEngine engine : CipherEngine.values()) {
      AesGcm cipher = engine.aesGcm(VECTORS.key("4 key"));
      byte[] nonce = VECTORS.get("4 nonce").toByteArray();
      byte[] sealed = cipher.seal(nonce, new Octets[0], Octets.of(1, 2, 3));
      for (int length = 0; length < sealed.length; length++) {
        assertNull(cipher.open(nonce, new Octets[0], Octets.view(sealed, 0, length)));
      }
    }
  }
}
