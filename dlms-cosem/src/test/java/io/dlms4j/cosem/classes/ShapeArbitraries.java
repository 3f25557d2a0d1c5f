package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Data of any shape, and of none. */
final class ShapeArbitraries {
  private ShapeArbitraries() {}

  static Arbitrary<CosemData> of(ValueShape shape) {
    if (shape instanceof ValueShape.Simple simple) {
      return simple(simple.tag());
    }
    if (shape instanceof ValueShape.OctetStringOf octets) {
      return contents(octets.content()).map(CosemData::octetString);
    }
    if (shape instanceof ValueShape.BitString bits) {
      return bits.bits() == 0 ? bitStrings() : bitStrings(bits.bits());
    }
    if (shape instanceof ValueShape.Enumeration names) {
      return names.names().isEmpty()
          ? Arbitraries.integers().between(0, 255).map(CosemData::enumerated)
          : Arbitraries.of(names.names().keySet()).map(CosemData::enumerated);
    }
    if (shape instanceof ValueShape.ArrayOf array) {
      return of(array.element().shape()).list().ofMaxSize(3).map(CosemData::array);
    }
    if (shape instanceof ValueShape.Structure structure) {
      List<Arbitrary<CosemData>> fields = new ArrayList<>();
      for (ValueShape.Field field : structure.fields()) {
        fields.add(of(field.type().shape()));
      }
      return Combinators.combine(fields).as(CosemData::structure);
    }
    if (shape instanceof ValueShape.OrNull orNull) {
      return Arbitraries.oneOf(Arbitraries.just(CosemData.nullData()), of(orNull.type().shape()));
    }
    return tree(2);
  }

  /** Trees of anything. */
  static Arbitrary<CosemData> tree(int depth) {
    Arbitrary<CosemData> leaves =
        Arbitraries.of(DataTag.values())
            .filter(tag -> isLeaf(tag))
            .flatMap(ShapeArbitraries::simple);
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<List<CosemData>> elements = tree(depth - 1).list().ofMaxSize(5);
    return Arbitraries.oneOf(
        leaves, elements.map(CosemData::structure), elements.map(CosemData::array));
  }

  private static boolean isLeaf(DataTag tag) {
    return switch (tag) {
      case ARRAY, STRUCTURE, COMPACT_ARRAY -> false;
      default -> true;
    };
  }

  private static Arbitrary<CosemData> simple(DataTag tag) {
    return switch (tag) {
      case BOOLEAN -> Arbitraries.of(true, false).map(CosemData::bool);
      case BIT_STRING -> bitStrings();
      case INTEGER -> Arbitraries.integers().between(-128, 127).map(CosemData::integer);
      case LONG -> Arbitraries.integers().between(-32768, 32767).map(CosemData::longInteger);
      case DOUBLE_LONG -> Arbitraries.integers().map(CosemData::doubleLong);
      case UNSIGNED -> Arbitraries.integers().between(0, 0xFF).map(CosemData::unsigned);
      case LONG_UNSIGNED -> Arbitraries.integers().between(0, 0xFFFF).map(CosemData::longUnsigned);
      case DOUBLE_LONG_UNSIGNED ->
          Arbitraries.longs().between(0, 0xFFFF_FFFFL).map(CosemData::doubleLongUnsigned);
      case LONG64 -> Arbitraries.longs().map(CosemData.Long64Data::new);
      case LONG64_UNSIGNED -> Arbitraries.longs().map(CosemData.Long64UnsignedData::new);
      case ENUM -> Arbitraries.integers().between(0, 0xFF).map(CosemData::enumerated);
      case FLOAT32 -> Arbitraries.floats().map(CosemData.Float32Data::new);
      case FLOAT64 -> Arbitraries.doubles().map(CosemData.Float64Data::new);
      case OCTET_STRING -> octets(0, 14).map(CosemData::octetString);
      case VISIBLE_STRING ->
          Arbitraries.strings().ascii().ofMaxLength(8).map(CosemData::visibleString);
      case UTF8_STRING -> octets(0, 6).map(CosemData.Utf8StringData::new);
      case BCD -> Arbitraries.integers().between(0, 0xFF).map(CosemData.BcdData::new);
      case DATE_TIME -> dateTimes().map(CosemData.DateTimeData::new);
      case DATE -> dates().map(CosemData.DateData::new);
      case TIME -> times().map(CosemData.TimeData::new);
      default -> Arbitraries.just(CosemData.nullData());
    };
  }

  private static Arbitrary<Octets> contents(ValueShape.Content content) {
    return switch (content) {
      case LOGICAL_NAME -> octets(6, 6);
      case DATE_TIME -> dateTimes().map(CosemDateTime::encode);
      case DATE -> dates().map(CosemDate::encode);
      case TIME -> times().map(CosemTime::encode);
    };
  }

  private static Arbitrary<Octets> octets(int least, int most) {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMinSize(least)
        .ofMaxSize(most)
        .map(Octets::copyOf);
  }

  private static Arbitrary<CosemData> bitStrings() {
    return Arbitraries.integers().between(0, 20).flatMap(ShapeArbitraries::bitStrings);
  }

  private static Arbitrary<CosemData> bitStrings(int bits) {
    int octets = (bits + 7) / 8;
    return octets(octets, octets)
        .map(
            given -> {
              // What is after the last bit means nothing, and does not come back.
              byte[] clean = given.toByteArray();
              if (bits % 8 != 0) {
                clean[octets - 1] &= (byte) (0xFF00 >> bits % 8);
              }
              return new CosemData.BitStringData(Octets.view(clean), bits);
            });
  }

  private static Arbitrary<Integer> field(int least, int most, int... more) {
    List<Integer> others = new ArrayList<>();
    for (int each : more) {
      others.add(each);
    }
    return Arbitraries.oneOf(Arbitraries.integers().between(least, most), Arbitraries.of(others));
  }

  private static Arbitrary<CosemDate> dates() {
    return Combinators.combine(
            field(0, 0xFFFF, 2026, 0xFFFF),
            field(1, 12, 0xFD, 0xFE, 0xFF),
            field(1, 31, 0xFD, 0xFE, 0xFF),
            field(1, 7, 0xFF))
        .as(CosemDate::new);
  }

  private static Arbitrary<CosemTime> times() {
    return Combinators.combine(
            field(0, 23, 0xFF), field(0, 59, 0xFF), field(0, 59, 0xFF), field(0, 99, 0xFF))
        .as(CosemTime::new);
  }

  private static Arbitrary<CosemDateTime> dateTimes() {
    return Combinators.combine(
            dates(),
            times(),
            field(-720, 840, CosemDateTime.NOT_SPECIFIED),
            Arbitraries.integers().between(0, 0xFF))
        .as(CosemDateTime::new);
  }
}
