package io.dlms4j.server.description;

import io.dlms4j.cosem.ObisCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A value of a JSON document, and where it stands in it. */
record Json(JsonNode node, String path) {
  /** Data nest two levels of JSON for each of their own. */
  static final int MOST_DEPTH = 48;

  private static final int MOST_DIGITS = 100;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MOST_DEPTH)
                          .maxNumberLength(MOST_DIGITS)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  static Json parse(String text) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (StreamConstraintsException e) {
      throw new DescriptionException(
          "$", "nested more than " + MOST_DEPTH + " deep, or a number or name too long" + where(e));
    } catch (NumberFormatException e) {
      // Not one of the parser's own: an exponent that no decimal has.
      throw new DescriptionException("$", "a number has an exponent that is too large");
    } catch (JacksonException e) {
      // Neither the parser's sentence nor the cause: they quote the text, and with it a password.
      throw new DescriptionException("$", "no JSON, or a name given twice" + where(e));
    }
    if (root.isMissingNode()) {
      throw new DescriptionException("$", "no JSON: there is nothing");
    }
    return new Json(root, "$");
  }

  private static String where(JacksonException e) {
    return e.getLocation() == null
        ? ""
        : ", at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }

  DescriptionException fault(String what) {
    return new DescriptionException(path, what);
  }

  private DescriptionException expected(String what) {
    return fault(
        "expected " + what + ", found " + node.getNodeType().name().toLowerCase(Locale.ROOT));
  }

  boolean isText() {
    return node.isString();
  }

  boolean isMap() {
    return node.isObject();
  }

  boolean isNumber() {
    return node.isIntegralNumber();
  }

  /** A map's entries by their names, in their order. */
  Map<String, Json> map() {
    if (!node.isObject()) {
      throw expected("an object");
    }
    Map<String, Json> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      fields.put(each.getKey(), new Json(each.getValue(), path + "." + each.getKey()));
    }
    return fields;
  }

  /** A map that has no entries but those of some names. */
  Fields fields(Set<String> names) {
    Map<String, Json> fields = map();
    for (Map.Entry<String, Json> field : fields.entrySet()) {
      if (!names.contains(field.getKey())) {
        throw field.getValue().fault("there is no such key here; there are " + sorted(names));
      }
    }
    return new Fields(this, fields);
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  List<Json> list() {
    if (!node.isArray()) {
      throw expected("an array");
    }
    List<Json> items = new ArrayList<>(node.size());
    for (JsonNode each : node.values()) {
      items.add(new Json(each, path + "[" + items.size() + "]"));
    }
    return items;
  }

  List<Json> someOf(String what) {
    List<Json> items = list();
    if (items.isEmpty()) {
      throw fault("there is no " + what);
    }
    return items;
  }

  BigInteger number(BigInteger least, BigInteger most) {
    if (!node.isIntegralNumber()) {
      throw expected("a whole number");
    }
    BigInteger number = node.bigIntegerValue();
    if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
      throw fault(number + " is not within " + least + ".." + most);
    }
    return number;
  }

  long number(long least, long most) {
    return number(BigInteger.valueOf(least), BigInteger.valueOf(most)).longValue();
  }

  int number(int least, int most) {
    return (int) number((long) least, (long) most);
  }

  BigDecimal decimal() {
    if (!node.isNumber()) {
      throw expected("a number");
    }
    return node.decimalValue();
  }

  boolean truth() {
    if (!node.isBoolean()) {
      throw expected("true or false");
    }
    return node.booleanValue();
  }

  String text() {
    if (!node.isString()) {
      throw expected("a string");
    }
    return node.stringValue();
  }

  void nothing() {
    if (!node.isNull()) {
      throw expected("null");
    }
  }

  ObisCode obis() {
    String text = text();
    return ObisCode.parse(text)
        .orElseThrow(() -> fault(quoted(text) + " is no OBIS code such as 1.0.1.8.0.255"));
  }

  static String quoted(String text) {
    return "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
  }

  /** The entries of a map whose names are known. */
  record Fields(Json json, Map<String, Json> map) {
    @Nullable Json get(String name) {
      return map.get(name);
    }

    boolean has(String name) {
      return map.containsKey(name);
    }

    Json required(String name) {
      Json field = map.get(name);
      if (field == null) {
        throw json.fault(name + " is missing");
      }
      return field;
    }

    int number(String name, int least, int most, int otherwise) {
      Json field = map.get(name);
      return field == null ? otherwise : field.number(least, most);
    }
  }
}
