package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value that a reader of JSON made, and where it stands in its document. */
record Json(@Nullable Object value, String path) {
  JsonException fault(String what) {
    return new JsonException(path, what);
  }

  private JsonException expected(String what) {
    return fault("expected " + what + ", found " + shown());
  }

  private String shown() {
    if (value instanceof Map) {
      return "a map";
    } else if (value instanceof List) {
      return "a list";
    }
    String text = String.valueOf(value);
    String cut = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return value instanceof String ? '"' + cut + '"' : cut;
  }

  boolean isText() {
    return value instanceof String;
  }

  boolean isMap() {
    return value instanceof Map;
  }

  /** A map's entries by their names, in their order. */
  Map<String, Json> map() {
    if (!(value instanceof Map<?, ?> map)) {
      throw expected("a map");
    }
    Map<String, Json> fields = new LinkedHashMap<>();
    map.forEach(
        (key, each) -> {
          String name = String.valueOf(key);
          fields.put(name, new Json(each, path.isEmpty() ? name : path + "." + name));
        });
    return fields;
  }

  /** A map that has no entries but those of some names. */
  Map<String, Json> map(Set<String> names) {
    Map<String, Json> fields = map();
    for (Map.Entry<String, Json> field : fields.entrySet()) {
      if (!names.contains(field.getKey())) {
        throw field.getValue().fault("there is no such field here; there are " + names);
      }
    }
    return fields;
  }

  /** An entry that must be there. */
  Json required(Map<String, Json> fields, String name) {
    Json field = fields.get(name);
    if (field == null) {
      throw fault(name + " is missing");
    }
    return field;
  }

  List<Json> list() {
    if (!(value instanceof List<?> list)) {
      throw expected("a list");
    }
    List<Json> items = new ArrayList<>(list.size());
    for (Object each : list) {
      items.add(new Json(each, path + "[" + items.size() + "]"));
    }
    return items;
  }

  long number(long least, long most) {
    if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
      BigInteger number = new BigInteger(value.toString());
      if (number.compareTo(BigInteger.valueOf(least)) >= 0
          && number.compareTo(BigInteger.valueOf(most)) <= 0) {
        return number.longValue();
      }
    }
    throw expected("a whole number within " + least + ".." + most);
  }

  boolean truth() {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw expected("true or false");
  }

  String text() {
    if (value instanceof String text) {
      return text;
    }
    throw expected("text");
  }

  void nothing() {
    if (value != null) {
      throw expected("null");
    }
  }

  Octets octets() {
    try {
      return Octets.ofHex(text());
    } catch (IllegalArgumentException e) {
      throw expected("octets in hexadecimal");
    }
  }
}
