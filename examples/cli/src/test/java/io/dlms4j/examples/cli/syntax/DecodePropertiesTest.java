package io.dlms4j.examples.cli.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/**
 * The table against the library's codecs, with APDUs of every kind: the golden ones, in which
 * octets are changed. What the library takes, the table takes, and both write the same.
 */
class DecodePropertiesTest {
  private record Change(int where, int octet) {}

  @Provide
  Arbitrary<Octets> changedApdus() {
    Arbitrary<Change> change =
        Combinators.combine(
                Arbitraries.integers().between(0, 10_000), Arbitraries.integers().between(0, 255))
            .as(Change::new);
    return Combinators.combine(
            Arbitraries.of(List.copyOf(Golden.apdus().values())),
            change.list().ofMinSize(1).ofMaxSize(3))
        .as(DecodePropertiesTest::changed);
  }

  private static Octets changed(Octets apdu, List<Change> changes) {
    byte[] octets = apdu.toByteArray();
    for (Change change : changes) {
      // Not the tag: the kinds are to stay.
      octets[1 + change.where % (octets.length - 1)] = (byte) change.octet;
    }
    clearReservedConformance(octets);
    return Octets.view(octets);
  }

  /** The two bits of the conformance block that the library passes over; the table names them. */
  private static void clearReservedConformance(byte[] octets) {
    for (int i = 4; i < octets.length; i++) {
      if (octets[i - 4] == 0x5F
          && octets[i - 3] == 0x1F
          && octets[i - 2] == 0x04
          && octets[i - 1] == 0) {
        octets[i] &= 0x7E;
      }
    }
  }

  @Provide
  Arbitrary<Octets> changedFrames() {
    Arbitrary<Change> change =
        Combinators.combine(
                Arbitraries.integers().between(0, 10_000), Arbitraries.integers().between(0, 255))
            .as(Change::new);
    Octets wpdu = Octets.ofHex("00010001001000 09 C401C100 0903ABCDEF");
    return Combinators.combine(
            Arbitraries.of(Golden.frame("V01"), Golden.frame("V06"), Golden.frame("V12"), wpdu),
            change.list().ofMaxSize(3),
            Arbitraries.integers().between(0, 60))
        .as(
            (frame, changes, cut) -> {
              Octets changed = changed(frame, changes);
              return changed.slice(0, Math.max(1, changed.length() - cut));
            });
  }

  @Provide
  Arbitrary<Octets> noise() {
    Arbitrary<Integer> tags =
        Arbitraries.of(Golden.apdus().values()).map(apdu -> apdu.at(0)).injectDuplicates(0.1);
    return Combinators.combine(tags, Arbitraries.bytes().array(byte[].class).ofMaxSize(60))
        .as(
            (tag, rest) -> {
              byte[] octets = new byte[1 + rest.length];
              octets[0] = (byte) (int) tag;
              System.arraycopy(rest, 0, octets, 1, rest.length);
              return Octets.view(octets);
            });
  }

  /** What the library writes of what it reads; nothing if it refuses the octets. */
  private static Optional<Octets> library(Octets apdu) {
    try {
      int tag = apdu.at(0);
      return Optional.of(
          tag >= AcseCodec.AARQ_TAG && tag <= AcseCodec.RLRE_TAG
              ? AcseCodec.encode(AcseCodec.decode(apdu))
              : ApduCodec.STANDARD.encode(ApduCodec.STANDARD.decode(apdu)));
    } catch (ApduException | BerException e) {
      return Optional.empty();
    }
  }

  private static void print(Octets octets) {
    for (Part part : Frames.decode(octets)) {
      assertTrue(TreeText.of(part, octets).size() > 0);
      assertTrue(part.toPlain().size() > 0);
    }
  }

  @Property(tries = 3000)
  void whatTheLibraryTakesTheTableTakesAndWritesTheSame(@ForAll("changedApdus") Octets apdu) {
    print(apdu);
    Part part = Apdus.read(apdu, null);
    Optional<Octets> library = library(apdu);
    Statistics.collect(library.isPresent());
    Statistics.coverage(check -> check.check(true).percentage(p -> p > 20));
    if (library.isEmpty()) {
      assertTrue(part.faults().size() > 0, "the library refuses it");
      return;
    }
    Walk.Result walked = Walk.read(apdu, 0, apdu.length(), Part.APDU, Apdus.ANY, null);
    assertEquals(null, walked.fault());
    Octets written = Frames.encode(part.toPlain()).get(0);
    assertEquals(part.toPlain().get(Part.APDU), Apdus.read(written, null).toPlain().get(Part.APDU));
    assertEquals(
        Optional.of(written), library(written), "what is written is as the library writes");
    assertSame(library.get(), written);
  }

  /**
   * The library passes data on as they are; the table writes them anew, with the shortest lengths
   * and 01 for true.
   */
  private static void assertSame(Octets library, Octets written) {
    if (library.length() != written.length()) {
      assertTrue(written.length() < library.length());
      return;
    }
    for (int i = 0; i < written.length(); i++) {
      boolean truth = written.at(i) == 1 && library.at(i) > 1;
      assertTrue(written.at(i) == library.at(i) || truth, "octet " + i + " of " + written);
    }
  }

  @Property(tries = 2000)
  void noOctetsAreTooStrangeToBePrinted(@ForAll("noise") Octets octets) {
    print(octets);
  }

  @Property(tries = 2000)
  void framesThatAreBrokenAreStillPrintedAndTheirFaultsTold(@ForAll("changedFrames") Octets frame) {
    print(frame);
    for (Part part : Frames.decode(frame)) {
      if (part.faults().isEmpty()) {
        Octets again = Frames.encode(part.toPlain()).get(0);
        assertEquals(part.toPlain(), Frames.decode(again).get(0).toPlain());
      }
    }
  }

  @Property(tries = 500)
  void whatBreaksOffIsShownUpToThere(
      @ForAll("changedApdus") Octets apdu, @ForAll @IntRange(max = 200) int cut) {
    print(apdu.slice(0, Math.max(1, apdu.length() - cut)));
  }

  /** 4 kB of structures in one another, of APDUs in one another, and counts beyond all bounds. */
  @Example
  void nestingAndCountsWithoutBoundEndInAFault() {
    byte[] structures = new byte[4096];
    Arrays.fill(structures, (byte) 0x02);
    for (int i = 1; i < structures.length; i += 2) {
      structures[i] = 1;
    }
    assertFault(join(Octets.ofHex("C401C100"), Octets.view(structures)));
    Octets inner = Octets.ofHex("C0");
    while (inner.length() < 4096) {
      Octets length = Octets.of(0x82, inner.length() >>> 8, inner.length() & 0xFF);
      inner =
          join(join(Octets.ofHex("DF 00 00 00 00 00"), length), join(inner, Octets.ofHex("00")));
    }
    print(inner);
    assertFault(Octets.ofHex("C401C100 01 84 7FFFFFFF 00"));
    assertFault(Octets.ofHex("C003C1 84 FFFFFFFF"));
    assertFault(Octets.ofHex("0C 84 7FFFFFFF 0000"));
  }

  private static void assertFault(Octets octets) {
    print(octets);
    assertEquals(1, Frames.decode(octets).get(0).faults().size());
  }

  private static Octets join(Octets one, Octets other) {
    byte[] both = Arrays.copyOf(one.toByteArray(), one.length() + other.length());
    other.copyTo(both, one.length());
    return Octets.view(both);
  }
}
