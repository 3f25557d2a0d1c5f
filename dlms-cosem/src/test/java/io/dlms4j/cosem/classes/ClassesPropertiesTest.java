package io.dlms4j.cosem.classes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.junit.jupiter.api.Test;

class ClassesPropertiesTest {
  private static final List<CosemData> GOOD =
      List.of(
          new ScalerUnit(-3, Unit.PERCENT).encode(),
          new EntryDescriptor(1, 0xFFFF_FFFFL, 1, 0xFFFF).encode(),
          column(8, 2).encode(),
          new RangeDescriptor(
                  column(8, 2),
                  CosemData.doubleLongUnsigned(1),
                  CosemData.nullData(),
                  List.of(column(3, 2), column(3, 3)))
              .encode(),
          element().encode(0));

  private static CaptureObjectDefinition column(int classId, int attribute) {
    return new CaptureObjectDefinition(AttributeRef.of(classId, "1.1.1.8.0.255", attribute), 1);
  }

  private static ObjectListElement element() {
    return new ObjectListElement(
        7,
        1,
        ObisCode.of("1.1.99.1.0.255"),
        List.of(
            new ObjectListElement.AttributeAccess(1, AttributeAccessMode.READ_ONLY, List.of()),
            new ObjectListElement.AttributeAccess(
                2, AttributeAccessMode.READ_AND_WRITE, List.of(1, 2))),
        List.of(new ObjectListElement.MethodAccess(1, MethodAccessMode.ACCESS)));
  }

  /** A type of the Blue Book, and its way back. */
  private record Type<T>(Function<CosemData, T> decode, Function<T, CosemData> encode) {
    boolean takes(CosemData data) {
      T value;
      try {
        value = decode.apply(data);
      } catch (AxdrException e) {
        assertFalse(e.clause().isEmpty());
        return false;
      }
      assertEquals(value, decode.apply(encode.apply(value)));
      return true;
    }
  }

  private static final List<Type<?>> TYPES =
      List.of(
          new Type<>(ScalerUnit::decode, ScalerUnit::encode),
          new Type<>(EntryDescriptor::decode, EntryDescriptor::encode),
          new Type<>(CaptureObjectDefinition::decode, CaptureObjectDefinition::encode),
          new Type<>(RangeDescriptor::decode, RangeDescriptor::encode),
          new Type<>(data -> ObjectListElement.decode(data, 0), element -> element.encode(1)));

  @Test
  void everyTypeTakesItsOwnValueAndNoOther() {
    for (int value = 0; value < GOOD.size(); value++) {
      for (int type = 0; type < TYPES.size(); type++) {
        assertEquals(
            value == type, TYPES.get(type).takes(GOOD.get(value)), GOOD.get(value)::toString);
      }
    }
    assertEquals(element(), ObjectListElement.decode(element().encode(0), 0));
  }

  @Test
  void aSelectorThatIsNoIntegerIsWrittenAgain() {
    ObjectListElement element =
        new ObjectListElement(
            7,
            1,
            ObisCode.of("1.1.99.1.0.255"),
            List.of(
                new ObjectListElement.AttributeAccess(
                    2, AttributeAccessMode.READ_ONLY, List.of(127, 128, 255))),
            List.of());
    assertEquals(element, ObjectListElement.decode(element.encode(0), 0));
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void dataOfAnyKindAreAValueOrRefused(@ForAll("trees") CosemData data) {
    boolean taken = false;
    for (Type<?> type : TYPES) {
      taken |= type.takes(data);
    }
    Statistics.collect(taken);
    Statistics.coverage(cover -> cover.check(true).percentage(share -> share > 10));
  }

  @Property(tries = 500)
  void sixOctetsAreALogicalName(@ForAll byte[] octets) {
    Octets name = Octets.copyOf(octets);
    assertEquals(octets.length == 6, ObisCode.ofOctets(name).isPresent());
    ObisCode.ofOctets(name).ifPresent(code -> assertEquals(name, code.toOctets()));
  }

  @Property(tries = 300)
  void aLogicalNameComesBackFromItsText(@ForAll("names") ObisCode code) {
    assertEquals(code, ObisCode.of(code.toString()));
    assertEquals(
        code,
        ObisCode.of(
            "%d-%d:%d.%d.%d*%d"
                .formatted(code.a(), code.b(), code.c(), code.d(), code.e(), code.f())));
    assertEquals(
        code.toOctets().compareTo(Octets.of(1, 1, 1, 8, 0, 255)) < 0,
        code.compareTo(ObisCode.of("1-1:1.8.0")) < 0);
  }

  @Property(tries = 500)
  void textOfAnyKindIsALogicalNameOrNot(@ForAll String text) {
    ObisCode.parse(text).ifPresent(code -> assertEquals(code, ObisCode.of(text)));
  }

  @Property(tries = 200)
  void aQuantityIsExact(@ForAll long number, @ForAll @IntRange(min = -128, max = 127) int scaler) {
    ScalerUnit unit = new ScalerUnit(scaler, Unit.ofCode(30).orElseThrow());
    assertEquals(number, unit.quantity(number).value().scaleByPowerOfTen(-scaler).longValueExact());
  }

  @Test
  void aUnitThatIsNoEnumIsRefusedAndNotCutDown() {
    // 2^32 + 30: its last 32 bits are Wh.
    CosemData data =
        CosemData.structure(CosemData.integer(0), new CosemData.Long64Data((1L << 32) + 30));
    assertThrows(AxdrException.class, () -> ScalerUnit.decode(data));
  }

  @Test
  void aFaultInALogicalNameDoesNotRepeatIt() {
    CosemData data =
        CosemData.structure(
            CosemData.longUnsigned(3),
            CosemData.octetString(Octets.view(new byte[100_000])),
            CosemData.integer(2),
            CosemData.longUnsigned(0));
    AxdrException refusal =
        assertThrows(AxdrException.class, () -> CaptureObjectDefinition.decode(data));
    assertTrue(String.valueOf(refusal.getMessage()).length() < 200);
    assertEquals(AxdrException.NO_OFFSET, refusal.offset());
  }

  @Provide
  Arbitrary<ObisCode> names() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofSize(6)
        .map(octets -> ObisCode.ofOctets(Octets.copyOf(octets)).orElseThrow());
  }

  /** Good values with one node put in the place of another, and trees of any form. */
  @Provide
  Arbitrary<CosemData> trees() {
    Arbitrary<CosemData> damaged =
        Combinators.combine(Arbitraries.of(GOOD), leaves(), Arbitraries.integers().between(0, 15))
            .as((good, leaf, at) -> replace(good, new int[] {at}, leaf));
    return Arbitraries.oneOf(damaged, tree(3));
  }

  private static Arbitrary<CosemData> tree(int depth) {
    if (depth == 0) {
      return leaves();
    }
    Arbitrary<List<CosemData>> elements = tree(depth - 1).list().ofMaxSize(4);
    return Arbitraries.oneOf(
        leaves(), elements.map(CosemData::structure), elements.map(CosemData::array));
  }

  private static Arbitrary<CosemData> leaves() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(CosemData.Long64Data::new),
        Arbitraries.longs().map(CosemData.Long64UnsignedData::new),
        Arbitraries.integers().map(CosemData::doubleLong),
        Arbitraries.integers().between(0, 255).map(CosemData::enumerated),
        Arbitraries.integers().between(-128, 127).map(CosemData::integer),
        Arbitraries.integers().between(0, 0xFFFF).map(CosemData::longUnsigned),
        Arbitraries.of(true, false).map(CosemData::bool),
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(12)
            .map(octets -> CosemData.octetString(Octets.copyOf(octets))),
        Arbitraries.just(CosemData.nullData()),
        Arbitraries.just(new CosemData.Float64Data(1.5)));
  }

  private static CosemData replace(CosemData tree, int[] countdown, CosemData leaf) {
    if (countdown[0]-- == 0) {
      return leaf;
    }
    if (tree instanceof CosemData.StructureData structure) {
      return CosemData.structure(replaceIn(structure.elements(), countdown, leaf));
    }
    if (tree instanceof CosemData.ArrayData array) {
      return CosemData.array(replaceIn(array.elements(), countdown, leaf));
    }
    return tree;
  }

  private static List<CosemData> replaceIn(
      List<CosemData> elements, int[] countdown, CosemData leaf) {
    List<CosemData> replaced = new ArrayList<>();
    for (CosemData element : elements) {
      replaced.add(replace(element, countdown, leaf));
    }
    return replaced;
  }
}
