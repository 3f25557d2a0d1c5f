package io.dlms4j.examples.cli.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One field as it was found among octets: where it stands, what it is called, and what it means.
 *
 * @param offset its first octet, from 0 on in all that was given
 * @param length how many octets it takes, those of its children included
 * @param name its name in the abstract syntax; {@code [0]} and so on in a list
 * @param meaning its value in words; empty if its children say all
 * @param children its parts, in the order of the octets
 * @param form what it is in JSON
 * @param value the value in JSON of a {@link Form#VALUE}
 */
public record Node(
    int offset,
    int length,
    String name,
    String meaning,
    List<Node> children,
    Form form,
    @Nullable Object value) {
  /** What a field is in JSON. */
  public enum Form {
    /** Nothing: it is there for the eye only. */
    NONE,
    /** A value; the children show the same in parts. */
    VALUE,
    /** A map of its children by their names. */
    FIELDS,
    /** A list of its children. */
    ITEMS
  }

  /** Keeps a copy of the children. */
  public Node {
    children = List.copyOf(children);
  }

  /** How many octets stand before the first child: a tag, a length, a flag. */
  int ownOctets() {
    return children.isEmpty() ? length : children.get(0).offset - offset;
  }

  /**
   * The field in the terms of JSON: maps, lists, texts, numbers, truth values and null.
   *
   * @return its value; a field that broke off has what could be read
   */
  public @Nullable Object toPlain() {
    return switch (form) {
      case NONE -> null;
      case VALUE -> value;
      case FIELDS -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Node child : children) {
          if (child.form != Form.NONE) {
            map.put(child.name, child.toPlain());
          }
        }
        yield map;
      }
      case ITEMS -> {
        List<@Nullable Object> list = new ArrayList<>(children.size());
        for (Node child : children) {
          if (child.form != Form.NONE) {
            list.add(child.toPlain());
          }
        }
        yield list;
      }
    };
  }
}
