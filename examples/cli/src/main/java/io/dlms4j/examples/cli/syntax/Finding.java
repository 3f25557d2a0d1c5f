package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a protected APDU.
 *
 * @param words in one line
 * @param json the same in the terms of JSON
 * @param fault whether this is a fault of the octets, not only something that is not known
 * @param proved whether a tag or a signature was right
 * @param clear the APDU inside, if it was encrypted and no more is
 */
record Finding(
    String words, Map<String, Object> json, boolean fault, boolean proved, @Nullable Octets clear) {
  private static final String REFUSED = "refused";

  /** Why an APDU could not be opened, though it may be good. */
  static Finding closed(String why) {
    return new Finding(why, Map.of(REFUSED, why), false, false, null);
  }

  /** Why an APDU is bad, as far as can be known here. */
  static Finding bad(String why) {
    return new Finding(why, Map.of(REFUSED, why), true, false, null);
  }

  /** What comes out of octets without a tag is no APDU. */
  static Finding senseless() {
    return bad(
        "there is no tag, and in clear this is no such APDU: the key does not fit, or the"
            + " system title");
  }

  boolean isOpen() {
    return !json.containsKey(REFUSED);
  }

  /** The same, but a fault. */
  Finding but(String what) {
    return new Finding(words + "; but " + what, json, true, proved, clear);
  }

  /** The terms of JSON, without the APDU. */
  Map<String, @Nullable Object> plain() {
    return new LinkedHashMap<>(json);
  }

  /** The terms of JSON, with the APDU in clear. */
  Map<String, @Nullable Object> with(@Nullable Object apdu) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(json);
    all.put(Part.APDU, apdu);
    return all;
  }
}
