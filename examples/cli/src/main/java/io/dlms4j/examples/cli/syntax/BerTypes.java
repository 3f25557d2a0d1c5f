package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import io.dlms4j.examples.cli.syntax.Composites.Alternative;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Types in BER with definite lengths, as ACSE is written. */
final class BerTypes {
  private static final int INTEGER_TAG = 0x02;
  private static final int OCTET_STRING_TAG = 0x04;
  private static final int OBJECT_IDENTIFIER_TAG = 0x06;

  private BerTypes() {}

  /** A component of a SEQUENCE, with the tag it is told by. */
  record Element(int tag, String name, Type type, boolean required) {}

  static Element required(int tag, String name, Type type) {
    return new Element(tag, name, type, true);
  }

  static Element optional(int tag, String name, Type type) {
    return new Element(tag, name, type, false);
  }

  static Type integer(Type contents) {
    return tagged(INTEGER_TAG, contents);
  }

  static Type octetString(Type contents) {
    return tagged(OCTET_STRING_TAG, contents);
  }

  static Type objectIdentifier(Function<Octets, String> meaning) {
    return tagged(OBJECT_IDENTIFIER_TAG, new ObjectIdentifier(meaning));
  }

  /** An OBJECT IDENTIFIER whose tag has been read. */
  static Type implicitObjectIdentifier(Function<Octets, String> meaning) {
    return new ObjectIdentifier(meaning);
  }

  /** A BIT STRING whose tag has been read, and the names of its bits. */
  static Type bitString(String... names) {
    return new BitString(List.of(names));
  }

  static Type sequence(Element... elements) {
    return new Sequence(List.of(elements));
  }

  static Type choice(Alternative... alternatives) {
    Map<Integer, Alternative> byTag = new HashMap<>();
    Map<String, Alternative> byName = new LinkedHashMap<>();
    for (Alternative each : alternatives) {
      byTag.put(each.number(), each);
      byName.put(each.name(), each);
    }
    return new Choice(byTag, byName);
  }

  static Type tagged(int tag, Type contents) {
    return new Tagged(tag, Strings.prefixed(contents));
  }

  private record Tagged(int tag, Type prefixed) implements Type {
    @Override
    public void read(Walk in) {
      if (in.peek() != tag) {
        throw in.error("tag %02X expected, found %02X".formatted(tag, in.peek()));
      }
      in.octet();
      prefixed.read(in);
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      to.writeUnsigned8(tag);
      prefixed.write(from, to);
    }
  }

  private record Sequence(List<Element> elements) implements Type {
    @Override
    public void read(Walk in) {
      in.form(Node.Form.FIELDS);
      int next = 0;
      while (in.remaining() > 0) {
        int tag = in.peek();
        int found = next;
        while (found < elements.size() && elements.get(found).tag != tag) {
          found++;
        }
        requireNone(elements.subList(next, Math.min(found, elements.size())), in);
        if (found == elements.size()) {
          throw in.error("%02X is no field here, or out of its order".formatted(tag));
        }
        Element element = elements.get(found);
        in.field(element.name, new Tagged(tag, Strings.prefixed(element.type)));
        next = found + 1;
      }
      requireNone(elements.subList(next, elements.size()), in);
    }

    private static void requireNone(List<Element> skipped, Walk in) {
      for (Element element : skipped) {
        if (element.required) {
          throw in.error(element.name + " is missing");
        }
      }
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      Map<String, Json> values =
          from.map(elements.stream().map(Element::name).collect(Collectors.toSet()));
      for (Element element : elements) {
        Json value =
            element.required ? from.required(values, element.name) : values.get(element.name);
        if (value != null) {
          tagged(element.tag, element.type).write(value, to);
        }
      }
    }
  }

  private record Choice(Map<Integer, Alternative> byTag, Map<String, Alternative> byName)
      implements Type {
    @Override
    public void read(Walk in) {
      in.form(Node.Form.FIELDS);
      int tag = in.peek();
      Alternative chosen = byTag.get(tag);
      if (chosen == null) {
        throw in.error("%02X is no choice here".formatted(tag));
      }
      in.field(chosen.name(), tagged(tag, chosen.type()));
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      Map.Entry<Alternative, Json> chosen = Composites.chosen(from, byName);
      tagged(chosen.getKey().number(), chosen.getKey().type()).write(chosen.getValue(), to);
    }
  }

  /** Numbers with dots between them. */
  private record ObjectIdentifier(Function<Octets, String> meaning) implements Type {
    private static final BigInteger FORTY = BigInteger.valueOf(40);
    private static final BigInteger EIGHTY = BigInteger.valueOf(80);

    @Override
    public void read(Walk in) {
      int start = in.position();
      Octets octets = in.rest();
      if (octets.isEmpty() || octets.at(octets.length() - 1) > 0x7F) {
        throw in.error("no OBJECT IDENTIFIER: its last number is not whole");
      }
      in.octets(octets.length());
      StringBuilder text = new StringBuilder();
      BigInteger number = BigInteger.ZERO;
      for (int i = 0; i < octets.length(); i++) {
        if (octets.at(i) == 0x80 && number.signum() == 0) {
          throw new SyntaxException(start + i, "a number with an octet too many");
        }
        number = number.shiftLeft(7).or(BigInteger.valueOf(octets.at(i) & 0x7F));
        if (octets.at(i) <= 0x7F) {
          text.append(text.isEmpty() ? first(number) : "." + number);
          number = BigInteger.ZERO;
        }
      }
      String words = meaning.apply(octets);
      in.value(text.toString()).meaning(words.isEmpty() ? text.toString() : text + ", " + words);
    }

    private static String first(BigInteger number) {
      if (number.compareTo(EIGHTY) >= 0) {
        return "2." + number.subtract(EIGHTY);
      }
      return number.divide(FORTY) + "." + number.mod(FORTY);
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      String text = from.text();
      if (text.length() > 200 || !text.matches("[012](\\.\\d+)+")) {
        throw from.fault("no object identifier such as 2.16.756.5.8.1.1");
      }
      String[] parts = text.split("\\.", -1);
      BigInteger arc = new BigInteger(parts[0]);
      BigInteger second = new BigInteger(parts[1]);
      if (arc.intValue() < 2 && second.compareTo(FORTY) >= 0) {
        throw from.fault("behind 0 and 1, the second number is below 40");
      }
      writeNumber(arc.multiply(FORTY).add(second), to);
      for (int i = 2; i < parts.length; i++) {
        writeNumber(new BigInteger(parts[i]), to);
      }
    }

    private static void writeNumber(BigInteger number, AxdrWriter to) {
      int octets = Math.max(1, (number.bitLength() + 6) / 7);
      for (int i = octets - 1; i >= 0; i--) {
        int bits = number.shiftRight(7 * i).intValue() & 0x7F;
        to.writeUnsigned8(i == 0 ? bits : bits | 0x80);
      }
    }
  }

  /** In JSON its bits as 0 and 1; in a map with those behind its end, if one of these is set. */
  private record BitString(List<String> names) implements Type {
    private static final String BITS = "bits";
    private static final String UNUSED = "unused";

    @Override
    public void read(Walk in) {
      int unused = in.peek();
      int octetsLeft = in.remaining() - 1;
      if (unused > 7 || unused > 8 * octetsLeft) {
        throw in.error(unused + " unused bits in " + octetsLeft + " octets");
      }
      in.octet();
      Octets octets = in.octets(octetsLeft);
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 8 * octetsLeft; i++) {
        all.append((octets.at(i / 8) & (0x80 >> (i % 8))) == 0 ? '0' : '1');
      }
      String bits = all.substring(0, all.length() - unused);
      String behind = all.substring(bits.length());
      StringBuilder words = new StringBuilder(bits);
      for (int i = 0; i < Math.min(bits.length(), names.size()); i++) {
        if (bits.charAt(i) == '1') {
          words.append(", ").append(names.get(i));
        }
      }
      in.value(behind.contains("1") ? Map.of(BITS, bits, UNUSED, behind) : bits)
          .meaning(words.toString());
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      Json bits = from;
      String unused = "";
      if (from.isMap()) {
        Map<String, Json> fields = from.map(Set.of(BITS, UNUSED));
        bits = from.required(fields, BITS);
        unused = text(from.required(fields, UNUSED));
      }
      String used = text(bits);
      int missing = -used.length() & 7;
      if (!unused.isEmpty() && unused.length() != missing) {
        throw from.fault(missing + " bits are unused, not " + unused.length());
      }
      String all = used + (unused.isEmpty() ? "0".repeat(missing) : unused);
      to.writeUnsigned8(missing);
      for (int i = 0; i < all.length(); i += 8) {
        to.writeUnsigned8(Integer.parseInt(all.substring(i, i + 8), 2));
      }
    }

    private static String text(Json bits) {
      String text = bits.text();
      if (!text.chars().allMatch(each -> each == '0' || each == '1')) {
        throw bits.fault("a bit string is made of 0 and 1");
      }
      return text;
    }
  }
}
