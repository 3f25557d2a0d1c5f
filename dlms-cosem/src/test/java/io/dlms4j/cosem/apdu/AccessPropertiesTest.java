package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dlms4j.axdr.Octets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class AccessPropertiesTest {
  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void everyApduComesBackFromItsOctets(@ForAll("apdus") Apdu apdu) {
    Octets octets = ApduCodec.STANDARD.encode(apdu);
    assertFalse(octets.isEmpty());
    assertEquals(apdu, ApduCodec.STANDARD.decode(octets));
  }

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void octetsOfAnyKindAreAnApduOrRefused(@ForAll("octets") Octets octets) {
    Apdus.assertApduOrRefused(octets);
  }

  @Property(tries = 3000)
  void damagedApdusAreApdusOrRefused(
      @ForAll("golden") String name, @ForAll @IntRange(max = 200) int at, @ForAll byte octet) {
    byte[] damaged = GoldenApdus.load(name).toByteArray();
    damaged[at % damaged.length] = octet;
    Apdus.assertApduOrRefused(Octets.view(damaged));
  }

  @Provide
  Arbitrary<String> golden() {
    return Arbitraries.of(AccessAndNotificationTest.golden());
  }

  @Provide
  Arbitrary<Octets> octets() {
    return Apdus.octetsBehind(0x0E, 0x0F, 0x10, 0xC2, 0xD8, 0xD9, 0xDA);
  }

  @Provide
  Arbitrary<Apdu> apdus() {
    return AccessApdus.any();
  }
}
