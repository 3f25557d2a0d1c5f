package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataReader;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.DeltaData;
import io.dlms4j.axdr.Octets;
import java.util.List;

/** Compares what the pull reader gives with a tree of the same octets. */
final class Pulled {
  static final DecodeLimits LIMITS = DecodeLimits.DEFAULT.withMaxElements(4096);

  private Pulled() {}

  static void compare(CosemData tree, DataReader reader) {
    assertEquals(tree.tag(), reader.peekTag());
    switch (tree.tag()) {
      case ARRAY, COMPACT_ARRAY -> compareAll(tree.elements(), reader.beginArray(), reader);
      case STRUCTURE -> compareAll(tree.elements(), reader.beginStructure(), reader);
      case INTEGER,
          LONG,
          DOUBLE_LONG,
          LONG64,
          UNSIGNED,
          LONG_UNSIGNED,
          DOUBLE_LONG_UNSIGNED,
          ENUM ->
          assertEquals(tree.integralValue(), reader.readIntegral());
      case LONG64_UNSIGNED ->
          assertEquals(((CosemData.Long64UnsignedData) tree).bits(), reader.readUnsigned64());
      case OCTET_STRING -> compareOctets(tree.octetStringValue(), reader);
      case VISIBLE_STRING, UTF8_STRING -> assertEquals(tree.text(), reader.readText());
      case BIT_STRING -> assertEquals(tree, reader.readBitString());
      case FLOAT32 -> assertEquals(((CosemData.Float32Data) tree).value(), reader.readFloat32());
      case FLOAT64 -> assertEquals(((CosemData.Float64Data) tree).value(), reader.readFloat64());
      case BCD -> assertEquals(((CosemData.BcdData) tree).value(), reader.readBcd());
      case DATE_TIME -> assertEquals(tree.dateTimeValue(), reader.readDateTime());
      case DATE -> assertEquals(((CosemData.DateData) tree).value(), reader.readDate());
      case TIME -> assertEquals(((CosemData.TimeData) tree).value(), reader.readTime());
      case BOOLEAN -> assertEquals(tree.booleanValue(), reader.readBoolean());
      case DELTA_INTEGER, DELTA_LONG, DELTA_DOUBLE_LONG ->
          assertEquals(((DeltaData) tree).delta(), reader.readDelta());
      case DELTA_UNSIGNED, DELTA_LONG_UNSIGNED, DELTA_DOUBLE_LONG_UNSIGNED ->
          assertEquals(((DeltaData) tree).delta(), reader.readDelta());
      case NULL_DATA, DONT_CARE -> reader.skip();
    }
  }

  private static void compareAll(List<CosemData> elements, int number, DataReader reader) {
    assertEquals(elements.size(), number);
    for (CosemData element : elements) {
      compare(element, reader);
    }
  }

  /** By both ways that there are, which take turns. */
  private static void compareOctets(Octets octets, DataReader reader) {
    if (octets.length() % 2 == 0) {
      assertEquals(octets, reader.readOctetString());
      return;
    }
    byte[] target = new byte[octets.length() + 1];
    assertEquals(octets.length(), reader.readOctets(target, 1));
    byte[] expected = new byte[target.length];
    octets.copyTo(expected, 1);
    assertArrayEquals(expected, target);
  }
}
