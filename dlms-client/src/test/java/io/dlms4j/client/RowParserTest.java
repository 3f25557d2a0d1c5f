package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CompactArrayData;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.axdr.TypeDescription;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowParserTest {
  private static final int COLUMNS = 3;

  @Provide
  Arbitrary<List<CosemData>> rows() {
    Arbitrary<CosemData> value =
        Arbitraries.oneOf(
            Arbitraries.just(CosemData.nullData()),
            Arbitraries.integers().map(CosemData::doubleLong),
            Arbitraries.integers().between(0, 0xFFFF).map(CosemData::longUnsigned),
            Arbitraries.integers().between(0, 499).map(TestMeter::time).map(CosemData::dateTime),
            Arbitraries.integers()
                .between(0, 300)
                .map(length -> CosemData.octetString(Octets.copyOf(new byte[length]))),
            Arbitraries.integers()
                .between(0, 9)
                .map(n -> CosemData.array(CosemData.integer(n), CosemData.nullData())));
    return value.list().ofSize(COLUMNS).map(CosemData::structure).list().ofMaxSize(140);
  }

  private static Octets encode(List<CosemData> rows) {
    return CosemData.array(rows).encode();
  }

  private static List<CosemData> parse(Octets encoded, List<Integer> cuts) {
    RowParser parser = new RowParser(DecodeLimits.DEFAULT, COLUMNS);
    List<CosemData> rows = new ArrayList<>();
    int position = 0;
    for (int cut : cuts) {
      int length = Math.min(cut, encoded.length() - position);
      parser.feed(
          encoded.slice(position, length), false, row -> rows.add(CosemData.structure(row)));
      position += length;
    }
    parser.feed(
        encoded.slice(position, encoded.length() - position),
        true,
        row -> rows.add(CosemData.structure(row)));
    assertEquals(rows.size(), parser.rows());
    return rows;
  }

  @Property(tries = 200)
  void anyCutIntoBlocksGivesTheSameRows(
      @ForAll("rows") List<CosemData> rows,
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 400) Integer> cuts) {
    assertEquals(rows, parse(encode(rows), cuts));
  }

  @Property(tries = 50)
  void singleOctetsGiveTheSameRows(@ForAll("rows") @Size(max = 4) List<CosemData> rows) {
    Octets encoded = encode(rows);
    List<Integer> ones = java.util.Collections.nCopies(encoded.length(), 1);
    // Nothing is left for the last block.
    assertEquals(rows, parse(encoded, ones));
  }

  @Property(tries = 200)
  void aBufferThatEndsEarlyIsMalformed(
      @ForAll("rows") List<CosemData> rows,
      @ForAll @IntRange(min = 0, max = 1_000_000) int at,
      @ForAll @IntRange(min = 0, max = 400) int cut) {
    Octets encoded = encode(rows);
    Octets truncated = encoded.slice(0, at % encoded.length());
    assertThrows(ProtocolException.class, () -> parse(truncated, List.of(cut)));
  }

  @Property(tries = 300)
  void damageIsAValueOrABreachOfTheProtocolAndNothingElse(
      @ForAll("rows") @Size(max = 5) List<CosemData> rows,
      @ForAll @IntRange(min = 0, max = 1_000_000) int at,
      @ForAll byte damage,
      @ForAll @IntRange(min = 0, max = 100) int cut) {
    byte[] octets = encode(rows).toByteArray();
    octets[at % octets.length] ^= damage;
    try {
      parse(Octets.view(octets), List.of(cut));
    } catch (ProtocolException expected) {
      assertEquals(DlmsException.Scope.REQUEST, expected.scope());
      assertTrue(
          String.valueOf(expected.getMessage()).startsWith("the profile's buffer is malformed: "));
    }
  }

  private static String refused(String hex) {
    return String.valueOf(
        assertThrows(ProtocolException.class, () -> parse(Octets.ofHex(hex), List.of()))
            .getMessage());
  }

  @Test
  void whatIsNoBufferSaysWhy() {
    String prefix = "the profile's buffer is malformed: ";
    assertEquals(prefix + "it is empty", refused(""));
    assertEquals(prefix + "it is no array", refused("0203"));
    assertEquals(prefix + "it declares 1 rows and has 0", refused("0101"));
    assertEquals(prefix + "it declares 0 rows and has more", refused("010000"));
    assertEquals(prefix + "row 1 has 2 values for 3 columns", refused("010102020000"));
    assertEquals(prefix + "row 1 has 4 values for 3 columns", refused("0101020400000000"));
    assertTrue(refused("010100").startsWith(prefix + "row 1: expected "), refused("010100"));
    assertTrue(refused("0101FE").startsWith(prefix + "row 1: tag 254"), refused("0101FE"));
  }

  @Test
  void whatTheConsumerThrowsPassesThrough() {
    Octets encoded = encode(List.of(CosemData.structure(row())));
    AxdrException own =
        assertThrows(AxdrException.class, () -> CosemData.nullData().integralValue());
    RowParser parser = new RowParser(DecodeLimits.DEFAULT, COLUMNS);
    assertSame(
        own,
        assertThrows(
            AxdrException.class,
            () ->
                parser.feed(
                    encoded,
                    true,
                    values -> {
                      throw own;
                    })));
  }

  private static List<CosemData> row() {
    return List.of(CosemData.nullData(), CosemData.nullData(), CosemData.nullData());
  }

  @Test
  void theLimitHoldsForARowAndNotForABlock() {
    DecodeLimits limits = DecodeLimits.DEFAULT.withMaxOctets(20);
    List<CosemData> rows = java.util.Collections.nCopies(100, CosemData.structure(row()));
    RowParser parser = new RowParser(limits, COLUMNS);
    parser.feed(encode(rows), true, values -> {});
    assertEquals(100, parser.rows());
  }

  @Test
  void aRowAboveTheLimitIsRefusedBeforeItHasCome() {
    DecodeLimits limits = DecodeLimits.DEFAULT.withMaxOctets(20);
    RowParser parser = new RowParser(limits, COLUMNS);
    ProtocolException failure =
        assertThrows(
            ProtocolException.class,
            () -> parser.feed(Octets.ofHex("0101 0203 0000 0911"), false, values -> {}));
    assertTrue(String.valueOf(failure.getMessage()).contains("row 1: "), failure.getMessage());
    // Without a length that says so at once: nulls without end.
    RowParser endless = new RowParser(limits, COLUMNS);
    endless.feed(Octets.ofHex("0101 0203"), false, values -> {});
    assertThrows(
        ProtocolException.class,
        () -> {
          for (int i = 0; i < 30; i++) {
            endless.feed(Octets.ofHex("0101"), false, values -> {});
          }
        });
  }

  @Property(tries = 200)
  void rowsOfACompactArrayComeOutAlikeHoweverTheyAreCut(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 0xFFFF) Integer> numbers,
      @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 20) Integer> cuts) {
    List<CosemData> rows =
        numbers.stream()
            .map(
                number ->
                    CosemData.structure(
                        CosemData.longUnsigned(number),
                        CosemData.octetString(Octets.copyOf(new byte[number % 7])),
                        CosemData.nullData()))
            .toList();
    TypeDescription type =
        TypeDescription.structure(
            TypeDescription.of(DataTag.LONG_UNSIGNED),
            TypeDescription.of(DataTag.OCTET_STRING),
            TypeDescription.of(DataTag.NULL_DATA));
    assertEquals(rows, parse(CompactArrayData.of(type, rows).encode(), cuts));
  }

  @Test
  void aCompactArrayWhoseContentsEndInARowIsMalformed() {
    // Contents of five octets in rows of two: structure of one long-unsigned.
    Octets encoded = Octets.ofHex("13 02 01 12 05 0001 0002 00");
    for (int cut = 0; cut < encoded.length(); cut++) {
      int first = cut;
      RowParser parser = new RowParser(DecodeLimits.DEFAULT, 1);
      assertThrows(
          ProtocolException.class,
          () -> {
            parser.feed(encoded.slice(0, first), false, row -> {});
            parser.feed(encoded.slice(first, encoded.length() - first), true, row -> {});
          });
    }
  }

  @Test
  void aCompactArrayOfAnythingButStructuresHasNoRows() {
    RowParser parser = new RowParser(DecodeLimits.DEFAULT, 1);
    ProtocolException failure =
        assertThrows(
            ProtocolException.class,
            () -> parser.feed(Octets.ofHex("13 12 02 0001"), true, row -> {}));
    assertTrue(String.valueOf(failure.getMessage()).contains("no row is one"), failure::toString);
  }
}
