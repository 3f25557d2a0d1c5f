package io.dlms4j.axdr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.AxdrException.Kind;
import io.dlms4j.axdr.CosemData.BcdData;
import io.dlms4j.axdr.CosemData.DateData;
import io.dlms4j.axdr.CosemData.Float32Data;
import io.dlms4j.axdr.CosemData.Float64Data;
import io.dlms4j.axdr.CosemData.Long64Data;
import io.dlms4j.axdr.CosemData.Long64UnsignedData;
import io.dlms4j.axdr.CosemData.TimeData;
import io.dlms4j.axdr.CosemData.Utf8StringData;
import io.dlms4j.axdr.CosemData.VisibleStringData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
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

  @Property(tries = 500)
  void everyValueIsPulledAsItIsReadAsATree(@ForAll("trees") CosemData tree) {
    DataReader r = new DataReader(AxdrReader.of(tree.encode()));
    assertEquals(expanded(tree), pull(r));
    r.octets().expectEnd("the value");
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

  @Property(tries = 2000)
  void octetsThatBeginACompactArrayGiveAValueOrARefusalAndSkippingAgrees(
      @ForAll("octets") Octets octets) {
    Octets compact = Octets.ofHex("13 02" + octets.toHex());
    assertSkippingAgrees(compact, DecodeLimits.DEFAULT);
    assertSkippingAgrees(compact, SMALL);
    valueOrRefusal(() -> pull(new DataReader(AxdrReader.of(compact, SMALL))));
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

  /** Pulls every value by the method that is made for it. */
  private static CosemData pull(DataReader r) {
    return switch (r.peekTag()) {
      case ARRAY, COMPACT_ARRAY -> CosemData.array(pull(r, r.beginArray()));
      case STRUCTURE -> CosemData.structure(pull(r, r.beginStructure()));
      case BOOLEAN -> CosemData.bool(r.readBoolean());
      case BIT_STRING -> r.readBitString();
      case INTEGER -> CosemData.integer((int) r.readIntegral());
      case LONG -> CosemData.longInteger((int) r.readIntegral());
      case DOUBLE_LONG -> CosemData.doubleLong((int) r.readIntegral());
      case LONG64 -> new Long64Data(r.readIntegral());
      case UNSIGNED -> CosemData.unsigned((int) r.readIntegral());
      case LONG_UNSIGNED -> CosemData.longUnsigned((int) r.readIntegral());
      case DOUBLE_LONG_UNSIGNED -> CosemData.doubleLongUnsigned(r.readIntegral());
      case LONG64_UNSIGNED -> new Long64UnsignedData(r.readUnsigned64());
      case ENUM -> CosemData.enumerated((int) r.readIntegral());
      case OCTET_STRING -> CosemData.octetString(r.readOctetString());
      case VISIBLE_STRING -> new VisibleStringData(string(r));
      case UTF8_STRING -> new Utf8StringData(string(r));
      case BCD -> new BcdData(r.readBcd());
      case FLOAT32 -> new Float32Data(r.readFloat32());
      case FLOAT64 -> new Float64Data(r.readFloat64());
      case DATE_TIME -> CosemData.dateTime(r.readDateTime());
      case DATE -> new DateData(r.readDate());
      case TIME -> new TimeData(r.readTime());
      case DELTA_INTEGER, DELTA_LONG, DELTA_DOUBLE_LONG -> delta(r);
      case DELTA_UNSIGNED, DELTA_LONG_UNSIGNED, DELTA_DOUBLE_LONG_UNSIGNED -> delta(r);
      case NULL_DATA, DONT_CARE -> r.readData();
    };
  }

  private static CosemData delta(DataReader r) {
    return new DeltaData(r.peekTag(), r.readDelta());
  }

  private static Octets string(DataReader r) {
    byte[] target = new byte[400];
    return Octets.copyOf(target, 0, r.readOctets(target, 0));
  }

  private static List<CosemData> pull(DataReader r, int size) {
    List<CosemData> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(pull(r));
    }
    return elements;
  }

  /** The same with arrays in place of compact-arrays. */
  private static CosemData expanded(CosemData tree) {
    return switch (tree.tag()) {
      case ARRAY, COMPACT_ARRAY ->
          CosemData.array(tree.elements().stream().map(DataPropertiesTest::expanded).toList());
      case STRUCTURE ->
          CosemData.structure(tree.elements().stream().map(DataPropertiesTest::expanded).toList());
      default -> tree;
    };
  }

  private static final List<Consumer<DataReader>> PULLS =
      List.of(
          DataReader::peekTag,
          DataReader::readUnsigned64,
          DataReader::readDelta,
          r -> r.readOctets(new byte[5], 0),
          DataReader::readText,
          DataReader::readBitString,
          DataReader::readFloat32,
          DataReader::readFloat64,
          DataReader::readBcd,
          DataReader::readDate,
          DataReader::readTime,
          DataReader::readData,
          DataPropertiesTest::pull,
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
            Tuple.of(5, Arbitraries.integers().between(0, 33).map(Integer::byteValue)),
            Tuple.of(3, Arbitraries.of(1, 2, 3).map(Integer::byteValue)),
            Tuple.of(1, Arbitraries.integers().between(0x80, 0x85).map(Integer::byteValue)),
            Tuple.of(1, Arbitraries.bytes()));
    return octet.array(byte[].class).ofMaxSize(60).map(Octets::view);
  }

  @Provide
  Arbitrary<CosemData> trees() {
    return DataArbitraries.trees();
  }
}
