package io.dlms4j.cosem.acse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.apdu.GoldenApdus;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class AcsePropertiesTest {
  @Property(tries = 1000)
  void everyApduComesBackFromItsOctets(@ForAll("apdus") AcseApdu apdu) {
    Octets octets = AcseCodec.encode(apdu);
    assertEquals(apdu, AcseCodec.decode(octets));
    assertEquals(octets, AcseCodec.encode(AcseCodec.decode(octets)));
  }

  @Property(tries = 3000)
  void octetsOfAnyKindAreAnApduOrRefused(@ForAll("octets") Octets octets) {
    assertApduOrRefused(octets);
  }

  @Property(tries = 3000)
  void damagedApdusAreApdusOrRefused(
      @ForAll("golden") String name, @ForAll @IntRange(max = 80) int at, @ForAll byte octet) {
    byte[] damaged = GoldenApdus.load(name).toByteArray();
    damaged[at % damaged.length] = octet;
    assertApduOrRefused(Octets.view(damaged));
    assertApduOrRefused(Octets.copyOf(damaged, 0, at % damaged.length));
  }

  /** What is taken has a form that is written and read again. */
  private static void assertApduOrRefused(Octets octets) {
    AcseApdu apdu;
    try {
      apdu = AcseCodec.decode(octets);
    } catch (BerException e) {
      assertFalse(e.clause().isEmpty());
      return;
    }
    assertEquals(apdu, AcseCodec.decode(AcseCodec.encode(apdu)));
  }

  @Provide
  Arbitrary<String> golden() {
    return Arbitraries.of(GoldenApdus.ACSE);
  }

  @Provide
  Arbitrary<Octets> octets() {
    Arbitrary<Octets> any =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Octets::copyOf);
    Arbitrary<Integer> tags =
        Arbitraries.of(0x80, 0xA1, 0xA2, 0xA3, 0x8A, 0x8B, 0xAC, 0xBD, 0xBE, 0x06, 0x02, 0x04);
    Arbitrary<Octets> fields =
        Combinators.combine(
                Arbitraries.of(0x60, 0x61),
                Combinators.combine(tags, any)
                    .as((tag, content) -> element(tag, content))
                    .list()
                    .ofMaxSize(4))
            .as(
                (tag, elements) -> {
                  StringBuilder hex = new StringBuilder("A109060760857405080101");
                  elements.forEach(element -> hex.append(element.toHex()));
                  return element(tag, Octets.ofHex(hex.toString()));
                });
    return Arbitraries.oneOf(any, fields);
  }

  private static Octets element(int tag, Octets content) {
    int length = content.length();
    String header =
        length < 0x80 ? "%02X%02X".formatted(tag, length) : "%02X82%04X".formatted(tag, length);
    return Octets.ofHex(header + content.toHex());
  }

  @Provide
  Arbitrary<AcseApdu> apdus() {
    Arbitrary<Octets> strings =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(200).map(Octets::copyOf);
    Arbitrary<Octets> names =
        Arbitraries.integers()
            .between(0, 0x7F)
            .list()
            .ofMinSize(1)
            .ofMaxSize(9)
            .map(arcs -> Octets.of(arcs.stream().mapToInt(Integer::intValue).toArray()));
    Arbitrary<ApplicationContextName> contexts = names.map(ApplicationContextName::new);
    Arbitrary<AARQ.Authentication> authentications =
        Combinators.combine(
                Arbitraries.of(true, false),
                names.map(MechanismName::new).injectNull(0.3),
                strings.injectNull(0.3))
            .as(AARQ.Authentication::new)
            // One in which nothing is said is none.
            .filter(
                a ->
                    a.functionalUnit()
                        || a.mechanismName() != null
                        || a.callingAuthenticationValue() != null);
    Arbitrary<Octets> versions =
        Arbitraries.integers().between(0, 255).map(bits -> Octets.of(0, bits));
    return Arbitraries.oneOf(
        Combinators.combine(
                versions.injectNull(0.7),
                contexts,
                authentications.injectNull(0.3),
                strings.injectNull(0.2))
            .as(AARQ::new),
        Combinators.combine(
                contexts,
                Arbitraries.of(AssociationResult.class),
                Combinators.combine(
                        Arbitraries.of(ResultSourceDiagnostic.Source.class),
                        Arbitraries.integers().between(0, 255))
                    .as(ResultSourceDiagnostic::new),
                strings.injectNull(0.2))
            .as(AARE::new));
  }
}
