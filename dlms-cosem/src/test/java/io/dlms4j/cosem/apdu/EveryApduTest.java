package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.RandomGenerator;

/** No kind of APDU is left out of the tests. */
class EveryApduTest {
  @Example
  void everyKindOfApduHasGoldenOctets() {
    assertEquals(
        names(kinds(Apdu.class)),
        names(GoldenApdus.XDLMS.stream().map(name -> decode(name).getClass())));
  }

  @Example
  void everyKindOfApduIsAmongThoseThatPropertiesAreTriedWith() {
    RandomGenerator<Apdu> apdus = Apdus.any().generator(1000);
    Random random = new Random(1);
    assertEquals(
        names(kinds(Apdu.class)),
        names(Stream.generate(() -> apdus.next(random).value().getClass()).limit(2000)));
  }

  /** A family's name will do, where the rest tells more than the choice's. */
  @Example
  void everyGoldenFileIsNamedAfterItsApdu() {
    for (String file : GoldenApdus.files()) {
      if (GoldenApdus.XDLMS.contains(file)) {
        Apdu apdu = decode(file);
        assertTrue(fileNames(apdu).anyMatch(file::startsWith), file);
      }
    }
  }

  private static Stream<String> fileNames(Apdu apdu) {
    if (apdu instanceof ServiceSpecificCiphering ciphering) {
      String service = ciphering.service().name().toLowerCase(Locale.ROOT).replace('_', '-');
      return Stream.of((ciphering.dedicated() ? "ded-" : "glo-") + service);
    }
    return Stream.concat(Stream.of(apdu.getClass()), Stream.of(apdu.getClass().getInterfaces()))
        .map(type -> type.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-"))
        .map(name -> name.toLowerCase(Locale.ROOT));
  }

  private static SortedSet<String> names(Stream<? extends Class<?>> types) {
    SortedSet<String> names = new TreeSet<>();
    types.forEach(type -> names.add(type.getSimpleName()));
    return names;
  }

  private static Apdu decode(String name) {
    return ApduCodec.STANDARD.decode(GoldenApdus.load(name));
  }

  /** The records below a sealed interface. */
  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(EveryApduTest::kinds)
        : Stream.of(type);
  }
}
