package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

/** Named octets of a resource file; a line without a name goes on with the one before. */
final class Vectors {
  private final Map<String, StringBuilder> hex = new HashMap<>();
  private final String file;

  private Vectors(String file) {
    this.file = file;
    try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(file), file)) {
      StringBuilder current = new StringBuilder();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        String octets = line.replaceFirst("#.*", "").strip();
        int equals = octets.indexOf('=');
        if (equals >= 0) {
          current = new StringBuilder();
          hex.put(octets.substring(0, equals).strip(), current);
        }
        current.append(octets.substring(equals + 1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  static Vectors load(String file) {
    return new Vectors(file);
  }

  boolean has(String name) {
    return hex.containsKey(name);
  }

  Octets get(String name) {
    StringBuilder octets = hex.get(name);
    if (octets == null) {
      throw new NoSuchElementException(name + " in " + file);
    }
    return Octets.ofHex(octets.toString());
  }

  KeyMaterial key(String name) {
    return KeyMaterial.of(get(name));
  }

  SystemTitle title(String name) {
    return new SystemTitle(get(name));
  }
}
