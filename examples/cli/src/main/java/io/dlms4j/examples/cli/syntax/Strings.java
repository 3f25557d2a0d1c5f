package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.axdr.PlainData;
import io.dlms4j.axdr.PlainDataException;
import io.dlms4j.cosem.ObisCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Octets of any number, and what they hold. */
final class Strings {
  /** An OCTET STRING: hexadecimal in JSON. */
  static final Type OCTET_STRING = prefixed(new Hex());

  /** Octets that fill what is left. */
  static final Type OCTETS = new Hex();

  /** An OCTET STRING that holds a date and time, or nothing. */
  static final Type DATE_TIME = prefixed(new DateTime());

  /** Octets that are mostly text. */
  static final Type TEXT = new Text();

  /** Octets that identify a system: three letters of a manufacturer and a number. */
  static final Type SYSTEM_TITLE = new SystemTitle();

  static final Type LOGICAL_NAME = new LogicalName();

  private Strings() {}

  /** A type behind its length in octets. */
  static Type prefixed(Type contents) {
    return new Prefixed(contents);
  }

  /**
   * Octets that hold something of a type, on a condition; in JSON that, or hexadecimal where they
   * hold no such thing.
   */
  static Type holding(String what, Supplier<Type> contents, Predicate<Walk> condition) {
    return new Holding(what, contents, condition);
  }

  private record Prefixed(Type contents) implements Type {
    @Override
    public void read(Walk in) {
      in.within(in.length(), contents);
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      AxdrWriter inner = new AxdrWriter();
      contents.write(from, inner);
      to.writeOctetString(inner.toOctets());
    }
  }

  private static Octets rest(Walk in) {
    return in.octets(in.remaining());
  }

  static String shown(Octets octets) {
    return octets.isEmpty() ? "empty" : octets.toString();
  }

  private record Hex() implements Type {
    @Override
    public void read(Walk in) {
      Octets octets = rest(in);
      in.value(octets.toHex()).meaning(shown(octets));
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      to.writeOctets(from.octets());
    }
  }

  private record Text() implements Type {
    private static final String OCTETS = "octets";

    @Override
    public void read(Walk in) {
      Octets octets = rest(in);
      String text = octets.toAscii();
      boolean readable = text.chars().allMatch(each -> each >= ' ' && each <= '~');
      in.value(readable ? text : Map.of(OCTETS, octets.toHex()))
          .meaning(readable ? shown(octets) + " \"" + text + '"' : shown(octets));
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      if (from.isMap()) {
        to.writeOctets(from.required(from.map(Set.of(OCTETS)), OCTETS).octets());
        return;
      }
      try {
        to.writeOctets(Octets.ofAscii(from.text()));
      } catch (IllegalArgumentException e) {
        throw from.fault("not all of it is ASCII; {\"octets\": \"FF\"} takes any octets");
      }
    }
  }

  private record SystemTitle() implements Type {
    private static final int LETTERS = 3;
    private static final int LENGTH = 8;

    @Override
    public void read(Walk in) {
      Octets octets = rest(in);
      in.value(octets.toHex()).meaning(shown(octets));
      if (octets.length() == LENGTH) {
        String letters = octets.slice(0, LETTERS).toAscii();
        if (letters.chars().allMatch(each -> each >= 'A' && each <= 'Z')) {
          in.meaning(shown(octets) + ", manufacturer " + letters);
        }
      }
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      to.writeOctets(from.octets());
    }
  }

  private record LogicalName() implements Type {
    @Override
    public void read(Walk in) {
      String name = ObisCode.ofOctets(in.octets(ObisCode.OCTETS)).orElseThrow().toString();
      in.value(name).meaning(name);
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      try {
        to.writeOctets(ObisCode.of(from.text()).toOctets());
      } catch (IllegalArgumentException e) {
        throw from.fault(String.valueOf(e.getMessage()));
      }
    }
  }

  /** In JSON as PlainData writes a date-time; hexadecimal if the octets are none. */
  private record DateTime() implements Type {
    private static final String KEY = "date-time";

    @Override
    public void read(Walk in) {
      Octets octets = rest(in);
      Object text = text(octets);
      in.value(text == null ? octets.toHex() : text)
          .meaning(text == null ? shown(octets) : shown(octets) + ", " + text);
    }

    private static @Nullable Object text(Octets octets) {
      if (octets.length() != CosemDateTime.OCTETS) {
        return null;
      }
      try {
        String text = CosemData.octetString(octets).dateTimeValue().toString();
        return octets(text).equals(octets) ? text : null;
      } catch (AxdrException | PlainDataException e) {
        return null;
      }
    }

    private static Octets octets(String text) {
      Octets data = PlainData.toData(Map.of(KEY, text)).encode();
      return data.slice(1, data.length() - 1);
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      try {
        to.writeOctets(Octets.ofHex(from.text()));
        return;
      } catch (IllegalArgumentException e) {
        // Then it is a date and time.
      }
      try {
        to.writeOctets(octets(from.text()));
      } catch (PlainDataException e) {
        throw from.fault(String.valueOf(e.getMessage()));
      }
    }
  }

  private record Holding(String what, Supplier<Type> contents, Predicate<Walk> condition)
      implements Type {
    @Override
    public void read(Walk in) {
      int length = in.remaining();
      if (length == 0 || !in.mayAttempt() || !condition.test(in)) {
        Octets octets = rest(in);
        in.value(octets.toHex()).meaning(shown(octets));
        return;
      }
      Walk.Result result = in.attempt(what, contents.get());
      Node held = result.node();
      SyntaxException fault = result.fault();
      Octets octets = rest(in);
      if (fault == null) {
        in.adopt(shownOf(held));
        in.value(held.toPlain()).meaning(length + " octets, " + what);
      } else {
        in.adopt(shownOf(held));
        in.value(octets.toHex())
            .meaning(
                "%s, no %s: octet %d: %s"
                    .formatted(shown(octets), what, fault.offset(), fault.what()));
      }
    }

    /** A choice says nothing of its own; a value does. */
    private static List<Node> shownOf(Node held) {
      return held.form() == Node.Form.FIELDS ? held.children() : List.of(held);
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      if (from.isText()) {
        to.writeOctets(from.octets());
      } else {
        contents.get().write(from, to);
      }
    }
  }
}
