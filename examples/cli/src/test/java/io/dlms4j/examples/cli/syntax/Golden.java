package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import io.dlms4j.vectors.GoldenVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All golden octets of the project: the vendor's frames and the annotated APDUs. */
final class Golden {
  private static final String ANCHOR = "/io/dlms4j/cosem/apdu/get-request-with-list.txt";

  private Golden() {}

  static Octets frame(String name) {
    return Octets.view(GoldenVector.load(name).octets());
  }

  static Octets apdu(String file) {
    return Objects.requireNonNull(apdus().get(file + ".txt"), file);
  }

  /** The annotated APDUs by the names of their files. */
  static Map<String, Octets> apdus() {
    URL anchor = Objects.requireNonNull(Golden.class.getResource(ANCHOR), ANCHOR);
    try (Stream<Path> files = Files.list(Path.of(anchor.toURI()).resolveSibling("."))) {
      return files.collect(
          Collectors.toMap(
              file -> file.getFileName().toString(), Golden::read, (a, b) -> a, TreeMap::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Octets read(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return Octets.ofHex(
          lines.map(line -> line.replaceFirst("#.*", "")).collect(Collectors.joining(" ")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
