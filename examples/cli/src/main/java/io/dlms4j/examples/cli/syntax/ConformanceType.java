package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The conformance block, which is in BER even here: 5F 1F 04 00 and 24 bits. In JSON a list of the
 * bits that are set.
 */
final class ConformanceType implements Type {
  private static final Octets HEADER = Octets.of(0x5F, 0x1F, 0x04, 0x00);
  private static final int BITS = 24;

  private static final List<String> NAMES =
      IntStream.range(0, BITS).mapToObj(ConformanceType::name).toList();

  private static String name(int bit) {
    for (Conformance conformance : Conformance.values()) {
      if (conformance.bit() == bit) {
        return conformance.toString();
      }
    }
    return bit == 0 ? "reserved-zero" : "reserved-seven";
  }

  @Override
  public void read(Walk in) {
    for (int i = 0; i < HEADER.length(); i++) {
      // The standard has old implementations in mind that write the tag as 5F alone.
      if (in.peek() == HEADER.at(i)) {
        in.octet();
      } else if (i != 1) {
        throw in.error("a conformance block begins with 5F 1F 04 00 or 5F 04 00");
      }
    }
    long block = in.unsigned(3);
    List<String> set = new ArrayList<>();
    for (int bit = 0; bit < BITS; bit++) {
      if ((block >> (BITS - 1 - bit) & 1) != 0) {
        set.add(NAMES.get(bit));
      }
    }
    in.value(set).meaning(set.isEmpty() ? "none" : set.stream().collect(Collectors.joining(", ")));
  }

  @Override
  public void write(Json from, AxdrWriter to) {
    int block = 0;
    for (Json each : from.list()) {
      int bit = NAMES.indexOf(each.text());
      if (bit < 0) {
        throw each.fault("\"" + each.text() + "\" is none of " + NAMES);
      }
      block |= 1 << (BITS - 1 - bit);
    }
    to.writeOctets(HEADER).writeUnsigned8(block >>> 16).writeUnsigned16(block & 0xFFFF);
  }
}
