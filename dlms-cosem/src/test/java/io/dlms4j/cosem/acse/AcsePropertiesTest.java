package io.dlms4j.cosem.acse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.apdu.GoldenApdus;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class AcsePropertiesTest {
  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
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
      @ForAll("golden") String name, @ForAll @IntRange(max = 146) int at, @ForAll byte octet) {
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
    return Arbitraries.of(
        Stream.concat(
                GoldenApdus.ACSE.stream(),
                GoldenAcseTest.golden().map(arguments -> (String) arguments.get()[0]))
            .toList());
  }

  @Provide
  Arbitrary<Octets> octets() {
    Arbitrary<Octets> any =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Octets::copyOf);
    Arbitrary<Integer> tags =
        Arbitraries.of(
            0x80, 0xA1, 0xA2, 0xA3, 0xA6, 0xA9, 0x88, 0x8A, 0x8B, 0xAC, 0x9D, 0xBD, 0xBE, 0x06);
    Arbitrary<Octets> fields =
        Combinators.combine(
                Arbitraries.of(0x60, 0x61, 0x62, 0x63),
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
    Arbitrary<MechanismName> mechanisms = names.map(MechanismName::new);
    Arbitrary<Octets> bits =
        Combinators.combine(
                Arbitraries.integers().between(0, 7), Arbitraries.integers().between(0, 255))
            .as((unused, octet) -> Octets.of(unused, octet));
    Arbitrary<Octets> element = octets().map(content -> element(0x30, content));
    Arbitrary<AuthenticationValue> values =
        Arbitraries.oneOf(
            strings.map(AuthenticationValue.Charstring::new),
            bits.map(AuthenticationValue.BitString::new),
            element.map(AuthenticationValue.External::new),
            Combinators.combine(mechanisms, element).as(AuthenticationValue.Other::new));
    Arbitrary<ApplicationEntity> entities =
        Combinators.combine(
                strings.injectNull(0.5),
                strings.injectNull(0.5),
                Arbitraries.longs().injectNull(0.5),
                Arbitraries.longs().injectNull(0.5))
            .as(ApplicationEntity::new);
    Arbitrary<AARQ.Authentication> calling =
        Combinators.combine(bits, mechanisms.injectNull(0.3), values.injectNull(0.3))
            .as(AARQ.Authentication::new);
    Arbitrary<AARE.Authentication> responding =
        Combinators.combine(bits.injectNull(0.3), mechanisms, values.injectNull(0.3))
            .as(AARE.Authentication::new);
    return Arbitraries.oneOf(
        Combinators.combine(
                bits.injectNull(0.7),
                contexts,
                entities,
                entities,
                calling.injectNull(0.3),
                strings.injectNull(0.7),
                strings.injectNull(0.2))
            .as(AARQ::new),
        Combinators.combine(
                bits.injectNull(0.7),
                contexts,
                Arbitraries.of(AssociationResult.class),
                Combinators.combine(
                        Arbitraries.of(ResultSourceDiagnostic.Source.class),
                        Arbitraries.integers().between(0, 255))
                    .as(ResultSourceDiagnostic::new),
                entities,
                responding.injectNull(0.3),
                strings.injectNull(0.7),
                strings.injectNull(0.2))
            .as(AARE::new),
        Combinators.combine(
                Arbitraries.of(RLRQ.Reason.class).injectNull(0.3), strings.injectNull(0.3))
            .as(RLRQ::new),
        Combinators.combine(
                Arbitraries.of(RLRE.Reason.class).injectNull(0.3), strings.injectNull(0.3))
            .as(RLRE::new));
  }
}
