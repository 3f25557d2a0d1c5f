package io.dlms4j.axdr;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Values of all types at random. */
final class DataArbitraries {
  private DataArbitraries() {}

  static Arbitrary<CosemData> trees() {
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
        Tuple.of(1, inner.list().ofMaxSize(5).map(CosemData::structure)),
        Tuple.of(1, compactArrays()));
  }

  /** Compact-arrays of up to three elements, nested ones too. */
  static Arbitrary<CosemData> compactArrays() {
    return types(3)
        .flatMap(
            type ->
                of(type)
                    .list()
                    .ofMaxSize(3)
                    .map(
                        elements ->
                            CompactArrayData.of(
                                type, takesOctets(type) ? elements : List.<CosemData>of())));
  }

  private static boolean takesOctets(TypeDescription type) {
    if (type instanceof TypeDescription.ArrayType array) {
      return array.numberOfElements() > 0 && takesOctets(array.type());
    }
    if (type instanceof TypeDescription.StructureType structure) {
      return structure.types().stream().anyMatch(DataArbitraries::takesOctets);
    }
    return type.tag() != DataTag.NULL_DATA && type.tag() != DataTag.DONT_CARE;
  }

  private static Arbitrary<TypeDescription> types(int depth) {
    Arbitrary<TypeDescription> simple =
        Arbitraries.of(DataTag.values()).filter(tag -> !tag.isComposite()).map(TypeDescription::of);
    if (depth == 0) {
      return simple;
    }
    Arbitrary<TypeDescription> inner = Arbitraries.lazy(() -> types(depth - 1));
    return Arbitraries.frequencyOf(
        Tuple.of(3, simple),
        Tuple.of(
            1,
            Combinators.combine(Arbitraries.integers().between(0, 3), inner)
                .as(TypeDescription::array)),
        Tuple.of(2, inner.list().ofMaxSize(3).map(TypeDescription.StructureType::new)));
  }

  private static Arbitrary<CosemData> of(TypeDescription type) {
    if (type instanceof TypeDescription.ArrayType array) {
      return of(array.type()).list().ofSize(array.numberOfElements()).map(CosemData::array);
    }
    if (type instanceof TypeDescription.StructureType structure) {
      return structure.types().isEmpty()
          ? Arbitraries.just(CosemData.structure())
          : Combinators.combine(structure.types().stream().map(DataArbitraries::of).toList())
              .as(CosemData::structure);
    }
    return leaf(type.tag());
  }

  private static Arbitrary<CosemData> leaves() {
    return Arbitraries.of(DataTag.values())
        .filter(tag -> !tag.isComposite())
        .flatMap(DataArbitraries::leaf);
  }

  private static Arbitrary<Long> within(long min, long max) {
    return Arbitraries.longs().between(min, max);
  }

  /** Values of a simple type. */
  static Arbitrary<CosemData> leaf(DataTag tag) {
    Arbitrary<Octets> strings =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Octets::view);
    Arbitrary<Integer> octet = Arbitraries.integers().between(0, 255);
    return switch (tag) {
      case NULL_DATA -> Arbitraries.just(CosemData.nullData());
      case DONT_CARE -> Arbitraries.just(new DontCareData());
      case BOOLEAN -> Arbitraries.of(true, false).map(CosemData::bool);
      case BIT_STRING -> strings.flatMap(DataArbitraries::bitStrings);
      case DOUBLE_LONG -> Arbitraries.integers().map(CosemData::doubleLong);
      case DOUBLE_LONG_UNSIGNED -> within(0, 0xFFFF_FFFFL).map(CosemData::doubleLongUnsigned);
      case OCTET_STRING -> strings.map(CosemData::octetString);
      case VISIBLE_STRING -> strings.map(VisibleStringData::new);
      case UTF8_STRING ->
          Arbitraries.oneOf(
              strings.map(Utf8StringData::new),
              Arbitraries.strings()
                  .ofMaxLength(20)
                  .map(text -> text.getBytes(StandardCharsets.UTF_8))
                  .map(utf8 -> new Utf8StringData(Octets.view(utf8))));
      case BCD -> octet.map(BcdData::new);
      case INTEGER -> Arbitraries.integers().between(-128, 127).map(CosemData::integer);
      case LONG -> Arbitraries.integers().between(-32768, 32767).map(CosemData::longInteger);
      case UNSIGNED -> octet.map(CosemData::unsigned);
      case LONG_UNSIGNED -> Arbitraries.integers().between(0, 65535).map(CosemData::longUnsigned);
      case LONG64 -> Arbitraries.longs().map(Long64Data::new);
      case LONG64_UNSIGNED -> Arbitraries.longs().map(Long64UnsignedData::new);
      case ENUM -> octet.map(CosemData::enumerated);
      case FLOAT32 ->
          Arbitraries.integers().map(bits -> new Float32Data(Float.intBitsToFloat(bits)));
      case FLOAT64 ->
          Arbitraries.longs().map(bits -> new Float64Data(Double.longBitsToDouble(bits)));
      case DATE_TIME -> dateTimes().map(CosemData::dateTime);
      case DATE -> dates().map(DateData::new);
      case TIME -> times().map(TimeData::new);
      case DELTA_INTEGER -> within(-128, 127).map(d -> new DeltaData(tag, d));
      case DELTA_LONG -> within(-32768, 32767).map(d -> new DeltaData(tag, d));
      case DELTA_DOUBLE_LONG ->
          within(Integer.MIN_VALUE, Integer.MAX_VALUE).map(d -> new DeltaData(tag, d));
      case DELTA_UNSIGNED -> within(0, 255).map(d -> new DeltaData(tag, d));
      case DELTA_LONG_UNSIGNED -> within(0, 65535).map(d -> new DeltaData(tag, d));
      case DELTA_DOUBLE_LONG_UNSIGNED -> within(0, 0xFFFF_FFFFL).map(d -> new DeltaData(tag, d));
      case ARRAY, STRUCTURE, COMPACT_ARRAY -> throw new IllegalArgumentException("not simple");
    };
  }

  private static Arbitrary<CosemData> bitStrings(Octets bits) {
    return bits.isEmpty()
        ? Arbitraries.just(new BitStringData(bits, 0))
        : Arbitraries.integers()
            .between(0, 7)
            .map(unused -> new BitStringData(bits, 8 * bits.length() - unused));
  }

  static Arbitrary<CosemDateTime> dateTimes() {
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
