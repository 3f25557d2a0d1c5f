package io.dlms4j.ber;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class BerPropertiesTest {
  private static final List<Consumer<BerReader>> READS =
      List.of(
          BerReader::peekTag,
          BerReader::skip,
          BerReader::readElement,
          BerReader::readElements,
          r -> r.readInteger(0x02),
          r -> r.readBitString(0x03),
          r -> r.readObjectIdentifier(0x06),
          r -> r.readPrimitive(0x5F1F));

  @Property(tries = 3000)
  void octetsOfAnyKindGiveAValueOrARefusalThatHasNotMoved(@ForAll("octets") Octets octets) {
    for (Consumer<BerReader> read : READS) {
      BerReader r = BerReader.of(octets);
      try {
        read.accept(r);
        assertTrue(r.position() <= octets.length());
      } catch (BerException refusal) {
        assertEquals(0, r.position());
        assertTrue(refusal.offset() <= octets.length(), refusal.getMessage());
      }
    }
    walk(BerReader.of(octets));
  }

  /** Reads everything in everything. */
  private static void walk(BerReader r) {
    try {
      while (r.hasRemaining()) {
        int tag = r.peekTag();
        if (((tag > 0xFF ? tag >> 8 : tag) & 0x20) != 0) {
          walk(r.readConstructed(tag));
        } else {
          r.readPrimitive(tag);
        }
      }
    } catch (BerException refused) {
      assertTrue(r.hasRemaining());
    }
  }

  @Property(tries = 500)
  void everyIntegerComesBack(@ForAll long value) {
    BerReader r = BerReader.of(new BerWriter().writeInteger(0x82, value).toOctets());
    assertEquals(value, r.readInteger(0x82));
    assertFalse(r.hasRemaining());
  }

  @Property(tries = 300)
  void everyNestComesBackAndNoTruncationOfItIsTaken(
      @ForAll @Size(max = 300) byte[] content, @ForAll long number) {
    Octets octets =
        new BerWriter()
            .writeConstructed(
                0xBF1F,
                outer ->
                    outer
                        .writeConstructed(
                            0xA1, in -> in.writePrimitive(0x04, Octets.copyOf(content)))
                        .writeInteger(0x02, number))
            .toOctets();
    BerReader outer = BerReader.of(octets).readConstructed(0xBF1F);
    assertEquals(Octets.view(content), outer.readConstructed(0xA1).readPrimitive(0x04));
    assertEquals(number, outer.readInteger(0x02));
    outer.expectEnd("the nest");
    for (int length = 0; length < octets.length(); length++) {
      Octets part = octets.slice(0, length);
      assertThrows(BerException.class, () -> BerReader.of(part).readConstructed(0xBF1F));
    }
  }

  @Provide
  Arbitrary<Octets> octets() {
    Arbitrary<Byte> octet =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 8).map(Integer::byteValue),
            Arbitraries.of(0x02, 0x03, 0x06, 0x1F, 0x5F, 0x60, 0xA1, 0x80, 0x81, 0x82, 0x84)
                .map(Integer::byteValue),
            Arbitraries.bytes());
    return octet.array(byte[].class).ofMaxSize(40).map(Octets::view);
  }
}
