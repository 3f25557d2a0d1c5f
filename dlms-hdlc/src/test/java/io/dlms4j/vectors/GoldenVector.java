package io.dlms4j.vectors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A frame of the vectors, read from a resource with a line for every field: octets in hexadecimal,
 * then {@code #} and what they mean.
 */
public final class GoldenVector {
  private record Field(String octets, String meaning) {}

  private final String name;
  private final List<Field> fields;

  private GoldenVector(String name, List<Field> fields) {
    this.name = name;
    this.fields = fields;
  }

  /** The names of all vectors that are good frames, in the order of the document. */
  public static List<String> names() {
    return IntStream.rangeClosed(1, 20)
        .mapToObj(number -> String.format(Locale.ROOT, "V%02d", number))
        .toList();
  }

  /** Reads a vector: "V01" to "V20", or "V14-as-printed". */
  public static GoldenVector load(String name) {
    String resource = "/io/dlms4j/vectors/" + name + ".txt";
    try (InputStream in = GoldenVector.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no vector " + name);
      }
      List<Field> fields = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        int comment = line.indexOf('#');
        if (comment > 0) {
          String octets = line.substring(0, comment).replace(" ", "");
          fields.add(new Field(octets, line.substring(comment + 1).strip()));
        }
      }
      return new GoldenVector(name, fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything, flags included. */
  public byte[] octets() {
    return join(0, fields.size());
  }

  /** What stands between the flags. */
  public byte[] frame() {
    return join(1, fields.size() - 1);
  }

  /** What stands between the LLC header and the FCS; the vector must be of an I frame. */
  public byte[] apdu() {
    int llc = indexOf(meaning -> meaning.startsWith("LLC:"));
    int fcs = indexOf(meaning -> meaning.startsWith("FCS"));
    return join(llc + 1, fcs);
  }

  private int indexOf(Predicate<String> wanted) {
    for (int i = 0; i < fields.size(); i++) {
      if (wanted.test(fields.get(i).meaning())) {
        return i;
      }
    }
    throw new IllegalStateException(name + " has no such field");
  }

  private byte[] join(int from, int to) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (Field field : fields.subList(from, to)) {
      octets.writeBytes(HexFormat.of().parseHex(field.octets()));
    }
    return octets.toByteArray();
  }

  @Override
  public String toString() {
    return name;
  }
}
