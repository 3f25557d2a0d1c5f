package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param clear what was found in octets of its own, which are not among those around it; null as a
 *     rule
 */
public record Node(
    int offset,
    int length,
    String name,
    String meaning,
    List<Node> children,
    Form form,
    @Nullable Object value,
    @Nullable Clear clear) {
  /**
   * An APDU that is nowhere among the octets that were given: they hold it protected.
   *
   * @param octets the APDU in clear
   * @param apdu its fields; their offsets are from 0 on in these octets
   */
  public record Clear(Octets octets, Node apdu) {}

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

  /** A field whose octets are all among those around it. */
  Node(
      int offset,
      int length,
      String name,
      String meaning,
      List<Node> children,
      Form form,
      @Nullable Object value) {
    this(offset, length, name, meaning, children, form, value, null);
  }

  /** A child of some name. */
  Optional<Node> child(String name) {
    return children.stream().filter(child -> child.name.equals(name)).findFirst();
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
