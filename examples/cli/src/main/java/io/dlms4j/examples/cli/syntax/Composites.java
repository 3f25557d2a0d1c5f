package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.AxdrWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Types that are made of others, in A-XDR (IEC 61334-6). */
final class Composites {
  /** Nothing at all: a choice that says everything. */
  static final Type NULL = new Null();

  private Composites() {}

  /** A component of a SEQUENCE. */
  record Field(String name, Type type, Presence presence) {}

  private enum Presence {
    REQUIRED,
    OPTIONAL,
    /** DEFAULT TRUE, the only default there is in COSEM. */
    DEFAULT_TRUE
  }

  static Field field(String name, Type type) {
    return new Field(name, type, Presence.REQUIRED);
  }

  static Field optional(String name, Type type) {
    return new Field(name, type, Presence.OPTIONAL);
  }

  static Field defaultTrue(String name) {
    return new Field(name, Numbers.BOOLEAN, Presence.DEFAULT_TRUE);
  }

  static Type sequence(Field... fields) {
    return new Sequence(List.of(fields));
  }

  static Type sequenceOf(Type element) {
    return new SequenceOf(element);
  }

  /** One of several, of which each has a number. */
  record Alternative(int number, String name, Type type) {}

  static Alternative alternative(int number, String name, Type type) {
    return new Alternative(number, name, type);
  }

  static Type choice(Alternative... alternatives) {
    return choice(List.of(alternatives));
  }

  static Type choice(List<Alternative> alternatives) {
    Map<Integer, Alternative> byNumber = new TreeMap<>();
    Map<String, Alternative> byName = new LinkedHashMap<>();
    for (Alternative each : alternatives) {
      byNumber.put(each.number, each);
      byName.put(each.name, each);
    }
    return new Choice(byNumber, byName);
  }

  private record Null() implements Type {
    @Override
    public void read(Walk in) {
      in.value(null);
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      from.nothing();
    }
  }

  private record Sequence(List<Field> fields) implements Type {
    @Override
    public void read(Walk in) {
      in.form(Node.Form.FIELDS);
      for (Field field : fields) {
        in.open(field.name);
        if (field.presence == Presence.REQUIRED || isPresent(in)) {
          field.type.read(in);
        } else if (field.presence == Presence.DEFAULT_TRUE) {
          in.value(true).meaning("true, by default");
        } else {
          in.meaning("absent");
        }
        in.close();
      }
    }

    private static boolean isPresent(Walk in) {
      int flag = in.peek();
      if (flag > 1) {
        throw in.error("usage flag %02X is neither 00 nor 01".formatted(flag));
      }
      in.octet();
      return flag == 1;
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      Map<String, Json> values =
          from.map(fields.stream().map(Field::name).collect(Collectors.toSet()));
      for (Field field : fields) {
        Json value = values.get(field.name);
        switch (field.presence) {
          case REQUIRED -> field.type.write(from.required(values, field.name), to);
          case OPTIONAL -> {
            to.writePresence(value != null);
            if (value != null) {
              field.type.write(value, to);
            }
          }
          case DEFAULT_TRUE -> {
            boolean isDefault = value == null || value.truth();
            to.writePresence(!isDefault);
            if (!isDefault) {
              to.writeBoolean(false);
            }
          }
        }
      }
    }
  }

  private record SequenceOf(Type element) implements Type {
    @Override
    public void read(Walk in) {
      in.form(Node.Form.ITEMS);
      int count = in.length();
      in.meaning("list of " + count);
      for (int i = 0; i < count; i++) {
        int start = in.position();
        in.field("[" + i + "]", element);
        if (in.position() == start) {
          throw in.error("an element of no octets");
        }
      }
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      List<Json> elements = from.list();
      to.writeLength(elements.size());
      elements.forEach(each -> element.write(each, to));
    }
  }

  private record Choice(Map<Integer, Alternative> byNumber, Map<String, Alternative> byName)
      implements Type {
    @Override
    public void read(Walk in) {
      in.form(Node.Form.FIELDS);
      Alternative chosen = byNumber.get(in.peek());
      if (chosen == null) {
        throw in.error(
            "%d (%02X) is no choice here; there are %s"
                .formatted(in.peek(), in.peek(), shown(byNumber.keySet())));
      }
      in.open(chosen.name);
      in.octet();
      chosen.type.read(in);
      in.close();
    }

    private static String shown(Set<Integer> numbers) {
      return numbers.size() > 20 ? numbers.size() + " others" : numbers.toString();
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      Map.Entry<Alternative, Json> chosen = chosen(from, byName);
      to.writeUnsigned8(chosen.getKey().number);
      chosen.getKey().type.write(chosen.getValue(), to);
    }
  }

  /** The one entry of a map, and which of the alternatives it is. */
  static Map.Entry<Alternative, Json> chosen(Json from, Map<String, Alternative> byName) {
    Map<String, Json> map = from.map();
    if (map.size() != 1) {
      throw from.fault("expected one choice, found " + map.keySet());
    }
    Map.Entry<String, Json> entry = map.entrySet().iterator().next();
    Alternative chosen = byName.get(entry.getKey());
    if (chosen == null) {
      throw entry.getValue().fault("there is no such choice");
    }
    return Map.entry(chosen, entry.getValue());
  }
}
