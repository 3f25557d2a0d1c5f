package io.dlms4j.examples.cli.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One frame, WPDU or APDU that was found among octets.
 *
 * @param tree its fields, as far as they could be read
 * @param faults what is wrong with it; empty if it is good
 */
public record Part(Node tree, List<Fault> faults) {
  /** The field of an envelope that is the APDU in it. */
  static final String APDU = "apdu";

  /** The key under which JSON tells faults; it is no part of what is encoded again. */
  static final String ERRORS = "errors";

  /**
   * Something wrong.
   *
   * @param octet where, from 0 on in all that was given
   * @param what in words
   */
  public record Fault(int octet, String what) {
    @Override
    public String toString() {
      return "octet " + octet + ": " + what;
    }
  }

  /** Keeps a copy of the faults. */
  public Part {
    faults = List.copyOf(faults);
  }

  /**
   * The part in the terms of JSON.
   *
   * @return the envelope, if there is one, by its name; the APDU as {@code apdu}; what is wrong, if
   *     anything is, as {@code errors}
   */
  public Map<String, @Nullable Object> toPlain() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    if (!tree.name().equals(APDU) && tree.toPlain() instanceof Map<?, ?> fields) {
      Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
      fields.forEach((name, value) -> envelope.put(String.valueOf(name), value));
      boolean holdsApdu = envelope.containsKey(APDU);
      Object apdu = envelope.remove(APDU);
      plain.put(tree.name(), envelope);
      if (holdsApdu) {
        plain.put(APDU, apdu);
      }
    } else {
      plain.put(tree.name(), tree.toPlain());
    }
    if (!faults.isEmpty()) {
      List<Map<String, Object>> errors = new ArrayList<>();
      for (Fault fault : faults) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("octet", fault.octet);
        error.put("what", fault.what);
        errors.add(error);
      }
      plain.put(ERRORS, errors);
    }
    return plain;
  }
}
