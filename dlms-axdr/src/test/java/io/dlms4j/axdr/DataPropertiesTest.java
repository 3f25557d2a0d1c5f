package io.dlms4j.axdr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.AxdrException.Kind;
import io.dlms4j.axdr.CosemData.BcdData;
import io.dlms4j.axdr.CosemData.BitStringData;
import io.dlms4j.axdr.CosemData.DateData;
import io.dlms4j.axdr.CosemData.DontCareData;
import io.dlms4j.axdr.CosemData.Float32Data;
import io.dlms4j.axdr.CosemData.Float64Data;
import io.dlms4j.axdr.CosemData.Long64Data;
import io.dlms4j.axdr.CosemData.Long64UnsignedData;
import io.dlms4j.axdr.CosemData.TimeData;
import io.dlms4j.axdr.CosemData.Utf8StringData;
import io.dlms4j.axdr.CosemData.VisibleStringData;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

class DataPropertiesTest {
  private static final DecodeLimits SMALL = new DecodeLimits(100_000, 5, 12);

  @Property(tries = 1000)
  void everyTreeComesBackFromItsOctets(@ForAll("trees") CosemData tree) {
    Octets octets = tree.encode();
    assertEquals(tree, CosemData.decode(octets));
    assertEquals(octets, CosemData.decode(octets).encode());
    AxdrReader r = AxdrReader.of(octets);
    r.skipData();
    assertEquals(octets.length(), r.position());
  }

  @Property(tries = 300)
  void everyTruncationOfAGoodValueIsTruncated(@ForAll("trees") CosemData tree) {
    Octets octets = tree.encode();
    int step = 1 + octets.length() / 200;
    for (int length = 0; length < octets.length(); length += step) {
      Octets part = octets.slice(0, length);
      AxdrException refusal =
          assertThrows(AxdrException.class, () -> CosemData.decode(part), part::toString);
      assertEquals(Kind.TRUNCATED, refusal.kind(), refusal.getMessage());
    }
  }

  @Property(tries = 3000)
  void octetsOfAnyKindGiveAValueOrARefusalAndSkippingAgrees(@ForAll("octets") Octets octets) {
    assertSkippingAgrees(octets, DecodeLimits.DEFAULT);
    assertSkippingAgrees(octets, SMALL);
  }

  @Property(tries = 1000)
  void aDamagedValueGivesAValueOrARefusalAndSkippingAgrees(
      @ForAll("trees") CosemData tree,
      @ForAll @IntRange(min = 0, max = 1_000_000) int where,
      @ForAll @IntRange(min = 0, max = 255) int octet) {
    byte[] damaged = tree.encode().toByteArray();
    damaged[where % damaged.length] = (byte) octet;
    assertSkippingAgrees(Octets.view(damaged), DecodeLimits.DEFAULT);
    assertSkippingAgrees(Octets.view(damaged), SMALL);
  }

  @Property(tries = 1000)
  void whatWasReadCanBeWrittenAndReadAgain(@ForAll("octets") Octets octets) {
    AxdrReader r = AxdrReader.of(octets);
    boolean good = valueOrRefusal(r::skipData).isEmpty();
    if (good) {
      CosemData read = AxdrReader.of(octets).readData();
      assertEquals(read, CosemData.decode(read.encode()));
    }
    Statistics.label("good and of several octets")
        .collect(good && r.position() > 2)
        .coverage(share -> share.check(true).percentage(p -> p > 5));
  }

  @Property(tries = 1000)
  void narrowingAndPullingOctetsOfAnyKindGiveAValueOrARefusal(@ForAll("octets") Octets octets) {
    for (Consumer<DataReader> pull : PULLS) {
      valueOrRefusal(() -> pull.accept(new DataReader(AxdrReader.of(octets))));
    }
    CosemData[] value = new CosemData[1];
    if (valueOrRefusal(() -> value[0] = AxdrReader.of(octets).readData()).isEmpty()) {
      for (Consumer<CosemData> narrowing : NARROWINGS) {
        valueOrRefusal(() -> narrowing.accept(value[0]));
      }
    }
  }

  @Property(tries = 1000)
  void theSmallReadersGiveAValueOrARefusal(@ForAll("octets") Octets octets) {
    valueOrRefusal(() -> AxdrReader.of(octets).readLength());
    valueOrRefusal(() -> AxdrReader.of(octets).readOctetString());
    valueOrRefusal(() -> AxdrReader.of(octets).readPresence());
    valueOrRefusal(() -> CosemDateTime.decode(octets));
    valueOrRefusal(() -> CosemDate.decode(octets));
    valueOrRefusal(() -> CosemTime.decode(octets));
    valueOrRefusal(() -> EncodedData.read(AxdrReader.of(octets)).value());
  }

  private static final List<Consumer<DataReader>> PULLS =
      List.of(
          DataReader::peekTag,
          DataReader::beginArray,
          DataReader::beginStructure,
          DataReader::readIntegral,
          DataReader::readOctetString,
          DataReader::readDateTime,
          DataReader::readBoolean,
          DataReader::skip);

  private static final List<Consumer<CosemData>> NARROWINGS =
      List.of(
          CosemData::integralValue,
          CosemData::octetStringValue,
          CosemData::elements,
          d -> d.structureOf(2),
          CosemData::booleanValue,
          CosemData::dateTimeValue,
          CosemData::text,
          tree -> assertFalse(tree.toString().isEmpty()));

  private static void assertSkippingAgrees(Octets octets, DecodeLimits limits) {
    AxdrReader read = AxdrReader.of(octets, limits);
    AxdrReader skipped = AxdrReader.of(octets, limits);
    String refusalOfRead = valueOrRefusal(read::readData);
    assertEquals(refusalOfRead, valueOrRefusal(skipped::skipData));
    if (refusalOfRead.isEmpty()) {
      assertEquals(read.position(), skipped.position());
    }
  }

  /** Runs a decoder: anything it throws but a refusal fails the property. */
  private static String valueOrRefusal(Runnable decoder) {
    try {
      decoder.run();
      return "";
    } catch (AxdrException refusal) {
      return refusal.kind() + ": " + refusal.getMessage();
    }
  }

  /** Octets that look like Data more often than chance: tags and small lengths abound. */
  @Provide
  Arbitrary<Octets> octets() {
    Arbitrary<Byte> octet =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.integers().between(0, 28).map(Integer::byteValue)),
            Tuple.of(3, Arbitraries.of(1, 2, 3).map(Integer::byteValue)),
            Tuple.of(1, Arbitraries.integers().between(0x80, 0x85).map(Integer::byteValue)),
            Tuple.of(1, Arbitraries.bytes()));
    return octet.array(byte[].class).ofMaxSize(60).map(Octets::view);
  }

  @Provide
  Arbitrary<CosemData> trees() {
    return trees(4);
  }

  private static Arbitrary<CosemData> trees(int depth) {
    if (depth == 0) {
      return leaves();
    }
    Arbitrary<CosemData> inner = Arbitraries.lazy(() -> trees(depth - 1));
    return Arbitraries.frequencyOf(
        Tuple.of(2, leaves()),
        Tuple.of(1, inner.list().ofMaxSize(5).map(CosemData::array)),
        Tuple.of(1, inner.list().ofMaxSize(5).map(CosemData::structure)));
  }

  private static Arbitrary<CosemData> leaves() {
    Arbitrary<Octets> strings =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Octets::view);
    Arbitrary<Integer> octet = Arbitraries.integers().between(0, 255);
    return Arbitraries.oneOf(
        Arbitraries.of(
            CosemData.nullData(), new DontCareData(), CosemData.bool(true), CosemData.bool(false)),
        strings.flatMap(DataPropertiesTest::bitStrings),
        Arbitraries.integers().map(CosemData::doubleLong),
        Arbitraries.longs().between(0, 0xFFFF_FFFFL).map(CosemData::doubleLongUnsigned),
        strings.map(CosemData::octetString),
        strings.map(VisibleStringData::new),
        strings.map(Utf8StringData::new),
        octet.map(BcdData::new),
        Arbitraries.integers().between(-128, 127).map(CosemData::integer),
        Arbitraries.integers().between(-32768, 32767).map(CosemData::longInteger),
        octet.map(CosemData::unsigned),
        Arbitraries.integers().between(0, 65535).map(CosemData::longUnsigned),
        Arbitraries.longs().map(Long64Data::new),
        Arbitraries.longs().map(Long64UnsignedData::new),
        octet.map(CosemData::enumerated),
        Arbitraries.integers().map(bits -> new Float32Data(Float.intBitsToFloat(bits))),
        Arbitraries.longs().map(bits -> new Float64Data(Double.longBitsToDouble(bits))),
        dateTimes().map(CosemData::dateTime),
        dates().map(DateData::new),
        times().map(TimeData::new));
  }

  private static Arbitrary<CosemData> bitStrings(Octets bits) {
    return bits.isEmpty()
        ? Arbitraries.just(new BitStringData(bits, 0))
        : Arbitraries.integers()
            .between(0, 7)
            .map(unused -> new BitStringData(bits, 8 * bits.length() - unused));
  }

  private static Arbitrary<CosemDateTime> dateTimes() {
    return Combinators.combine(
            dates(),
            times(),
            Arbitraries.oneOf(
                Arbitraries.integers().between(-720, 840),
                Arbitraries.just(CosemDateTime.NOT_SPECIFIED)),
            Arbitraries.integers().between(0, 255))
        .as(CosemDateTime::new);
  }

  private static Arbitrary<CosemDate> dates() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 65535),
            fieldOr(1, 12, 0xFD, 0xFE, 0xFF),
            fieldOr(1, 31, 0xFD, 0xFE, 0xFF),
            fieldOr(1, 7, 0xFF))
        .as(CosemDate::new);
  }

  private static Arbitrary<CosemTime> times() {
    return Combinators.combine(
            fieldOr(0, 23, 0xFF), fieldOr(0, 59, 0xFF), fieldOr(0, 59, 0xFF), fieldOr(0, 99, 0xFF))
        .as(CosemTime::new);
  }

  private static Arbitrary<Integer> fieldOr(int min, int max, Integer... special) {
    return Arbitraries.oneOf(Arbitraries.integers().between(min, max), Arbitraries.of(special));
  }
}
