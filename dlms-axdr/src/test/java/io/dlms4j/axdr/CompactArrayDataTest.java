package io.dlms4j.axdr;

import static io.dlms4j.axdr.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import io.dlms4j.axdr.AxdrException.Kind;
import io.dlms4j.axdr.CosemData.BitStringData;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The compact-array of Green Book 9.5; all octets here are derived by hand from its syntax. */
class CompactArrayDataTest {
  private static CosemData u(int value) {
    return CosemData.unsigned(value);
  }

  /** Octets, and the elements that they stand for. */
  static Stream<Arguments> compactArrays() {
    return Stream.of(
        // 13 compact-array; contents-description 11 unsigned; array-contents of 3 octets
        arguments("13 11 03 01 02 FF", List.of(u(1), u(2), u(255))),
        arguments("13 11 00", List.of()),
        // 02 structure of 02 types: 11 unsigned, 12 long-unsigned; 6 octets: twice 1 and 2
        arguments(
            "13 02 02 11 12 06 01 0102 02 0304",
            List.of(
                CosemData.structure(u(1), CosemData.longUnsigned(0x102)),
                CosemData.structure(u(2), CosemData.longUnsigned(0x304)))),
        // 01 array of 0002 (Unsigned16), of 11 unsigned: the contents have no number of elements
        arguments(
            "13 01 0002 11 04 01 02 03 04",
            List.of(CosemData.array(u(1), u(2)), CosemData.array(u(3), u(4)))),
        // strings keep their lengths; that of a bit-string counts bits
        arguments(
            "13 02 02 09 04 06 02 AABB 09 A580",
            List.of(
                CosemData.structure(
                    CosemData.octetString(Octets.of(0xAA, 0xBB)),
                    new BitStringData(Octets.of(0xA5, 0x80), 9)))),
        arguments(
            "13 0A 05 03 4B414D 00",
            List.of(CosemData.visibleString("KAM"), CosemData.visibleString(""))),
        // null-data and dont-care have no contents
        arguments(
            "13 02 03 00 11 FF 02 07 08",
            List.of(
                CosemData.structure(CosemData.nullData(), u(7), new CosemData.DontCareData()),
                CosemData.structure(CosemData.nullData(), u(8), new CosemData.DontCareData()))),
        // an array of 1 structure of 1 array of 2 delta-long
        arguments(
            "13 01 0001 02 01 01 0002 1D 04 FFFF 0001",
            List.of(
                CosemData.array(
                    CosemData.structure(
                        CosemData.array(
                            new DeltaData(DataTag.DELTA_LONG, -1),
                            new DeltaData(DataTag.DELTA_LONG, 1)))))));
  }

  @ParameterizedTest
  @MethodSource("compactArrays")
  void theElementsAreReadAndWritten(String hex, List<CosemData> elements) {
    Octets octets = Octets.ofHex(hex);
    CompactArrayData read = (CompactArrayData) CosemData.decode(octets);
    assertEquals(elements, read.elements());
    assertEquals(octets, read.encode());
    assertEquals(octets, CompactArrayData.of(read.contentsDescription(), elements).encode());
    if (!elements.isEmpty()) {
      assertEquals(octets, CosemData.compactArray(elements).encode());
    }
  }

  @Test
  void elementsArePulledAsThoseOfAnArrayAre() {
    Octets octets = Octets.ofHex("02 02 13 02 02 11 01 0002 12 0A 01 0102 0103 02 0202 0203 11 09");
    DataReader r = new DataReader(AxdrReader.of(octets));
    assertEquals(2, r.beginStructure());
    assertEquals(DataTag.COMPACT_ARRAY, r.peekTag());
    assertEquals(2, r.beginArray());
    for (int i = 1; i <= 2; i++) {
      assertEquals(DataTag.STRUCTURE, r.peekTag());
      assertEquals(2, r.beginStructure());
      assertEquals(DataTag.UNSIGNED, r.peekTag());
      assertEquals(i, r.readIntegral());
      assertEquals(2, r.beginArray());
      assertEquals(DataTag.LONG_UNSIGNED, r.peekTag());
      assertEquals(0x100 * i + 2, r.readIntegral());
      r.skip();
    }
    assertEquals(9, r.readIntegral());
    r.octets().expectEnd("the structure");
  }

  @Test
  void anElementOfAnotherTypeThanPulledIsRefusedAndLeftUnread() {
    DataReader r = new DataReader(AxdrReader.of(Octets.ofHex("13 02 01 11 01 05 11 06")));
    assertEquals(1, r.beginArray());
    assertRefused(Kind.MALFORMED, 5, r::readIntegral);
    assertRefused(Kind.MALFORMED, 5, r::beginArray);
    assertEquals(1, r.beginStructure());
    assertRefused(Kind.MALFORMED, 5, r::readOctetString);
    assertRefused(Kind.MALFORMED, 5, () -> r.readOctets(new byte[9], 0));
    assertEquals(5, r.readIntegral());
    assertEquals(6, r.readIntegral());
    assertFalse(r.octets().hasRemaining());
  }

  @Test
  void emptyArraysAndStructuresArePulledToo() {
    // structure {array [0 of unsigned], structure {}, unsigned}, and a second value after it
    Octets octets = Octets.ofHex("13 02 03 01 0000 11 02 00 11 01 07 13 11 00 12 0008");
    DataReader r = new DataReader(AxdrReader.of(octets));
    assertEquals(1, r.beginArray());
    assertEquals(3, r.beginStructure());
    assertEquals(0, r.beginArray());
    assertEquals(0, r.beginStructure());
    assertEquals(7, r.readIntegral());
    assertEquals(0, r.beginArray());
    assertEquals(8, r.readIntegral());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "13 12 03 0001 00", // half a long-unsigned
        "13 09 02 02 AA", // an octet-string longer than the contents
        "13 00 01 00", // null-data takes no octets
        "13 02 00 01 00", // nor does a structure of nothing
        "13 01 0000 11 01 00", // nor an array of nothing
        "13 13 11 00 00", // compact-array in a compact-array
        "13 07 00", // no type
        "13 1B 04 18 00 00 00" // no hour
      })
  void contentsThatAreNotOfTheirTypeAreRefusedHoweverTheyAreRead(String hex) {
    Octets octets = Octets.ofHex(hex + "00000000");
    AxdrException refusal =
        assertThrows(AxdrException.class, () -> AxdrReader.of(octets).readData());
    assertEquals(Kind.MALFORMED, refusal.kind(), refusal.getMessage());
    assertRefused(
        Kind.MALFORMED, refusal.offset(), () -> new DataReader(AxdrReader.of(octets)).beginArray());
    assertRefused(Kind.MALFORMED, refusal.offset(), () -> AxdrReader.of(octets).skipData());
  }

  @Test
  void aTypeThatTakesNoOctetsHasNoElements() {
    assertEquals(List.of(), CosemData.decode(Octets.ofHex("13 00 00")).elements());
    // an array of 65535 arrays of 65535 ... of null-data, sixteen levels deep less one
    String type = "01 FFFF".repeat(15) + "00";
    assertEquals(List.of(), CosemData.decode(Octets.ofHex("13" + type + "00")).elements());
  }

  /** Each octet of the contents would be thousands of millions of values. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "13 02 02 11 01 FFFF 01 FFFF 00 01 05",
        "13 02 02 11 01 FFFF 01 FFFF 02 00 01 05",
        "13 01 FFFF 01 FFFF 01 FFFF 00 01 05",
        "13 02 02 11 01 FFFF 02 09 00 00 00 00 00 00 00 00 00 01 05"
      })
  void contentsThatExpandWithoutBoundAreRefusedWithoutMemory(String hex) {
    Octets octets = Octets.ofHex(hex);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    assertEquals(
        Kind.LIMIT,
        assertThrows(AxdrException.class, () -> AxdrReader.of(octets).readData()).kind());
    assertEquals(
        Kind.LIMIT,
        assertThrows(AxdrException.class, () -> AxdrReader.of(octets).skipData()).kind());
    assertEquals(
        Kind.LIMIT,
        assertThrows(AxdrException.class, () -> new DataReader(AxdrReader.of(octets)).beginArray())
            .kind());
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    assertFalse(allocated > 1_000_000, allocated + " octets allocated");
  }

  @Test
  void evenWithoutALimitThatMattersValuesWithoutOctetsAreNotCountedOneByOne() {
    // structure {unsigned, array [65535 of array [32000 of null-data]]}: one element fits 2^31
    TypeDescription type =
        TypeDescription.structure(
            TypeDescription.of(DataTag.UNSIGNED),
            TypeDescription.array(
                0xFFFF, TypeDescription.array(32000, TypeDescription.of(DataTag.NULL_DATA))));
    assertTimeoutPreemptively(
        Duration.ofSeconds(1), () -> new CompactArrayData(type, Octets.of(5)));
    assertThrows(IllegalArgumentException.class, () -> new CompactArrayData(type, Octets.of(5, 6)));
  }

  @Test
  void theElementsOfAllCompactArraysOfADataCountTogether() {
    Octets two = Octets.ofHex("01 02 13 11 02 01 02 13 11 02 01 02");
    DecodeLimits six = DecodeLimits.DEFAULT.withMaxElements(6);
    assertEquals(2, AxdrReader.of(two, six).readData().elements().size());
    assertRefused(Kind.LIMIT, 11, () -> AxdrReader.of(two, six.withMaxElements(5)).readData());
    assertRefused(Kind.LIMIT, 11, () -> AxdrReader.of(two, six.withMaxElements(5)).skipData());
  }

  @Test
  void theLevelsOfADescriptionCountAsDepth() {
    Octets deep = Octets.ofHex("13" + "01 0001".repeat(15) + "11 01 05");
    CosemData.decode(deep);
    Octets deeper = Octets.ofHex("13" + "01 0001".repeat(16) + "11 01 05");
    assertRefused(Kind.LIMIT, 46, () -> CosemData.decode(deeper));
    assertRefused(Kind.LIMIT, 46, () -> AxdrReader.of(deeper).skipData());
    assertRefused(Kind.LIMIT, 46, () -> new DataReader(AxdrReader.of(deeper)).beginArray());
    Octets nest = Octets.ofHex("13" + "02 01".repeat(2048));
    assertRefused(Kind.LIMIT, 31, () -> CosemData.decode(nest));
    Octets within = Octets.ofHex("01 01".repeat(16) + "13 11 00");
    assertRefused(Kind.LIMIT, 32, () -> CosemData.decode(within));
  }

  @Test
  void aCompactArrayReadWithWiderLimitsIsExpandedWithThem() {
    CosemData many = CosemData.decode(Octets.ofHex("13 02 02 11 01 1000 00 02 01 02"));
    CompactArrayData compact = (CompactArrayData) many;
    assertRefused(Kind.LIMIT, 2, () -> compact.elements(5000));
    assertEquals(2, compact.elements(2 * (1 + 2 + 0x1000)).size());
    // As a peer with very wide limits may have it: it prints, but as octets.
    CompactArrayData huge =
        new CompactArrayData(
            TypeDescription.structure(
                TypeDescription.of(DataTag.UNSIGNED),
                TypeDescription.array(0xFFFF, TypeDescription.of(DataTag.NULL_DATA))),
            Octets.view(new byte[9]));
    assertRefused(Kind.LIMIT, 8, huge::elements);
    assertEquals(
        "compact-array of structure {unsigned, array [65535 of null-data]} "
            + "00 00 00 00 00 00 00 00 00",
        huge.toString());
  }

  @Test
  void elementsThatCannotStandInOneCompactArrayAreOurOwnError() {
    for (List<CosemData> elements :
        List.of(
            List.<CosemData>of(),
            List.of(u(1), CosemData.integer(1)),
            List.of(CosemData.nullData()),
            List.of(CosemData.structure()),
            List.of(CosemData.array(u(1)), CosemData.array(u(1), u(2))),
            List.of(CosemData.array(u(1), CosemData.integer(2))),
            List.of(CosemData.structure(u(1)), CosemData.structure(u(1), u(2))),
            List.of(CosemData.compactArray(List.of(u(1)))))) {
      assertThrows(IllegalArgumentException.class, () -> CosemData.compactArray(elements));
    }
    TypeDescription word = TypeDescription.of(DataTag.LONG_UNSIGNED);
    assertThrows(IllegalArgumentException.class, () -> new CompactArrayData(word, Octets.of(1)));
    assertThrows(IllegalArgumentException.class, () -> TypeDescription.of(DataTag.COMPACT_ARRAY));
    assertThrows(IllegalArgumentException.class, () -> TypeDescription.array(65536, word));
  }

  @Test
  void aRefusedCompactArrayLeavesTheReaderWithAllItsOctets() {
    AxdrReader r = AxdrReader.of(Octets.ofHex("13 12 03 0001 00 11 05"));
    assertThrows(AxdrException.class, r::skipData);
    assertEquals(3, r.remaining());
  }
}
