package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.PlainData;
import io.dlms4j.axdr.PlainDataException;
import io.dlms4j.cosem.ObisCode;
import java.util.Map;

/** Data: shown element by element; in JSON as {@link PlainData} has it. */
final class DataType implements Type {
  static final DataType DATA = new DataType();

  private static final String READS_AS = "reads-as";

  private DataType() {}

  @Override
  public void read(Walk in) {
    int start = in.position();
    show(in, 0);
    // The library's reader decides: it also counts what the parts cannot know of each other.
    in.value(PlainData.of(decode(in, start)));
  }

  private static CosemData decode(Walk in, int start) {
    try {
      return CosemData.decode(in.since(start));
    } catch (AxdrException e) {
      throw at(start, e);
    }
  }

  private static SyntaxException at(int start, AxdrException e) {
    int offset = start + Math.max(0, e.offset());
    // The sentence ends in the offset within the value, which would confuse, and the clause.
    String what = String.valueOf(e.getMessage());
    int bracket = what.lastIndexOf(" (octet ");
    return new SyntaxException(
        offset, bracket < 0 ? what : what.substring(0, bracket) + " (" + e.clause() + ")");
  }

  private static void show(Walk in, int depth) {
    DataTag tag = DataTag.of(in.peek());
    if ((tag == DataTag.ARRAY || tag == DataTag.STRUCTURE) && depth < maxDepth()) {
      in.octet();
      int count = in.length();
      in.meaning(tag + " of " + count);
      for (int i = 0; i < count; i++) {
        in.open("[" + i + "]");
        show(in, depth + 1);
        in.close();
      }
      return;
    }
    AxdrReader reader = AxdrReader.of(in.rest(), DecodeLimits.DEFAULT);
    int start = in.position();
    CosemData value;
    try {
      value = reader.readData();
    } catch (AxdrException e) {
      throw at(start, e);
    }
    in.octets(reader.position());
    in.meaning(words(value));
  }

  private static int maxDepth() {
    return DecodeLimits.DEFAULT.maxDepth();
  }

  private static String words(CosemData value) {
    if (value.tag() != DataTag.OCTET_STRING) {
      return value.toString();
    }
    if (value.octetStringValue().length() == ObisCode.OCTETS
        && value.octetStringValue().at(ObisCode.OCTETS - 1) == 0xFF) {
      return value
          + ", reads as "
          + ObisCode.ofOctets(value.octetStringValue()).map(ObisCode::toString).orElseThrow();
    }
    Object readsAs =
        PlainData.of(value) instanceof Map<?, ?> map && map.containsKey(READS_AS)
            ? map.get(READS_AS)
            : null;
    return readsAs == null ? value.toString() : value + ", reads as " + readsAs;
  }

  @Override
  public void write(Json from, AxdrWriter to) {
    try {
      to.writeOctets(PlainData.toData(from.value()).encode());
    } catch (PlainDataException e) {
      String within = e.path();
      String path = within.isEmpty() ? from.path() : from.path() + "." + within;
      String what = String.valueOf(e.getMessage());
      throw new JsonException(
          path, within.isEmpty() ? what : what.substring(within.length() + ": ".length()));
    }
  }
}
