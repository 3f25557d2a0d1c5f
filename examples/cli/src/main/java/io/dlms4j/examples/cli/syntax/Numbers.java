package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Numbers, truth values, and what is written as a number. */
final class Numbers {
  static final Type UNSIGNED8 = plain(Width.UNSIGNED8);
  static final Type UNSIGNED16 = plain(Width.UNSIGNED16);
  static final Type UNSIGNED32 = plain(Width.UNSIGNED32);
  static final Type INTEGER8 = plain(Width.INTEGER8);

  /** The contents of a BER INTEGER, which fill what is left. */
  static final Type INTEGER = plain(Width.INTEGER);

  static final Type BOOLEAN = new Truth();

  private Numbers() {}

  /** How a number is written. */
  enum Width {
    UNSIGNED8(0, 0xFF),
    UNSIGNED16(0, 0xFFFF),
    UNSIGNED32(0, 0xFFFF_FFFFL),
    INTEGER8(-0x80, 0x7F),
    INTEGER(Long.MIN_VALUE, Long.MAX_VALUE);

    private final long least;
    private final long most;

    Width(long least, long most) {
      this.least = least;
      this.most = most;
    }

    long read(Walk in) {
      return switch (this) {
        case UNSIGNED8 -> in.unsigned(1);
        case UNSIGNED16 -> in.unsigned(2);
        case UNSIGNED32 -> in.unsigned(4);
        case INTEGER8 -> (byte) in.octet();
        case INTEGER -> {
          int length = in.remaining();
          if (length < 1 || length > 8) {
            throw in.error("an INTEGER of " + length + " octets");
          }
          long value = (byte) in.peek();
          Octets octets = in.octets(length);
          for (int i = 1; i < length; i++) {
            value = value << 8 | octets.at(i);
          }
          yield value;
        }
      };
    }

    void write(long value, AxdrWriter to) {
      switch (this) {
        case UNSIGNED8 -> to.writeUnsigned8((int) value);
        case UNSIGNED16 -> to.writeUnsigned16((int) value);
        case UNSIGNED32 -> to.writeUnsigned32(value);
        case INTEGER8 -> to.writeInteger8((int) value);
        case INTEGER -> {
          int length = 1;
          while (length < 8 && value >> (8 * length - 1) != value >> 63) {
            length++;
          }
          for (int i = length - 1; i >= 0; i--) {
            to.writeUnsigned8((int) (value >> (8 * i)) & 0xFF);
          }
        }
      }
    }
  }

  /** What a number means to a person; it may depend on the fields before it. */
  interface Meaning {
    String of(long value, Walk in);
  }

  private static Type plain(Width width) {
    return explained(width, (value, in) -> "");
  }

  /** A number, which is a number in JSON. */
  static Type explained(Width width, Meaning meaning) {
    return new Plain(width, meaning);
  }

  private record Plain(Width width, Meaning meaning) implements Type {
    @Override
    public void read(Walk in) {
      long value = width.read(in);
      in.remember(value);
      String words = meaning.of(value, in);
      in.value(value).meaning(words.isEmpty() ? "" + value : value + ", " + words);
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      width.write(from.number(width.least, width.most), to);
    }
  }

  /** What the values of a Java enumeration are called, by their number on the wire. */
  static <T> Map<Long, String> names(T[] values, ToIntFunction<T> code) {
    Map<Long, String> names = new LinkedHashMap<>();
    for (T value : values) {
      names.put((long) code.applyAsInt(value), value.toString());
    }
    return names;
  }

  /** Names of the numbers from 0 on. */
  static Map<Long, String> names(String... names) {
    Map<Long, String> map = new LinkedHashMap<>();
    for (String name : names) {
      map.put((long) map.size(), name);
    }
    return map;
  }

  /** A number that stands for a name: in JSON the name, or the number where it has none. */
  static Type enumerated(Width width, Map<Long, String> names) {
    Map<String, Long> numbers = new HashMap<>();
    names.forEach((number, name) -> numbers.put(name, number));
    return new Enumerated(width, names, numbers);
  }

  private record Enumerated(Width width, Map<Long, String> names, Map<String, Long> numbers)
      implements Type {
    @Override
    public void read(Walk in) {
      long value = width.read(in);
      in.remember(value);
      String name = names.get(value);
      in.value(name == null ? (Object) value : name)
          .meaning(name == null ? value + ", which has no name" : name + " (" + value + ")");
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      if (!from.isText()) {
        width.write(from.number(width.least, width.most), to);
        return;
      }
      Long number = numbers.get(from.text());
      if (number == null) {
        throw from.fault("\"" + from.text() + "\" is none of " + names.values());
      }
      width.write(number, to);
    }
  }

  /** A BOOLEAN: written as 00 or 01, read from any octet. */
  private record Truth() implements Type {
    @Override
    public void read(Walk in) {
      boolean value = in.octet() != 0;
      in.remember(value ? 1 : 0);
      in.value(value).meaning(value ? "true" : "false");
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      to.writeBoolean(from.truth());
    }
  }

  /**
   * A part of a number.
   *
   * @param name what it is called
   * @param shift how many bits are below it
   * @param bits how many it has
   * @param names what its values are called; without names it is a number, or a truth value if it
   *     is a single bit
   * @param reserved whether it goes unmentioned where it is 0
   */
  record Bits(String name, int shift, int bits, List<String> names, boolean reserved) {
    static Bits number(String name, int shift, int bits) {
      return new Bits(name, shift, bits, List.of(), false);
    }

    static Bits reserved(int shift, int bits) {
      return new Bits("reserved", shift, bits, List.of(), true);
    }

    static Bits flag(String name, int shift, String... names) {
      return new Bits(name, shift, 1, List.of(names), false);
    }

    private boolean isTruth() {
      return bits == 1 && names.isEmpty();
    }

    private long most() {
      return (1L << bits) - 1;
    }

    private Object plain(long part) {
      if (!names.isEmpty()) {
        return names.get((int) part);
      }
      return isTruth() ? (Object) (part == 1) : part;
    }

    private String words(long part) {
      if (isTruth()) {
        return part == 1 ? name : "";
      }
      return reserved && part == 0 ? "" : name + " " + plain(part);
    }

    private long part(Json from) {
      if (isTruth()) {
        return from.truth() ? 1 : 0;
      } else if (names.isEmpty()) {
        return from.number(0, most());
      }
      int index = names.indexOf(from.text());
      if (index < 0) {
        throw from.fault("\"" + from.text() + "\" is none of " + names);
      }
      return index;
    }
  }

  /** A number of several parts: in JSON a map of them. */
  static Type bits(Width width, Bits... parts) {
    return new Parts(width, List.of(parts));
  }

  private record Parts(Width width, List<Bits> parts) implements Type {
    @Override
    public void read(Walk in) {
      long value = width.read(in);
      Map<String, Object> map = new LinkedHashMap<>();
      StringBuilder words = new StringBuilder();
      for (Bits bits : parts) {
        long part = value >> bits.shift & bits.most();
        in.remember(bits.name, part);
        if (!bits.reserved || part != 0) {
          map.put(bits.name, bits.plain(part));
        }
        String said = bits.words(part);
        words.append(words.isEmpty() || said.isEmpty() ? "" : ", ").append(said);
      }
      in.value(map).meaning(words.toString());
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      Map<String, Json> map = from.map();
      long value = 0;
      for (Bits bits : parts) {
        Json part = bits.reserved ? map.get(bits.name) : from.required(map, bits.name);
        if (part != null) {
          value |= bits.part(part) << bits.shift;
        }
        map.remove(bits.name);
      }
      for (Json unknown : map.values()) {
        throw unknown.fault("there is no such part");
      }
      width.write(value, to);
    }
  }
}
