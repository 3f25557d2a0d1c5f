package io.dlms4j.fuzz;

import io.dlms4j.axdr.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The golden octets of the APDUs, from which the fuzzer sets out. */
final class GoldenApdus {
  private static final String ONE = "/io/dlms4j/cosem/apdu/aarq-lls.txt";

  private GoldenApdus() {}

  /** Those of xDLMS. */
  static List<byte[]> xdlms() {
    return all().filter(apdu -> !isAcse(apdu)).toList();
  }

  /** AARQ, AARE, RLRQ and RLRE. */
  static List<byte[]> acse() {
    return all().filter(GoldenApdus::isAcse).toList();
  }

  /** An octet, then pieces: the one given, and each APDU that is not of ACSE. */
  static List<byte[]> sessions(int mode, byte[] first) {
    return xdlms().stream()
        .filter(apdu -> apdu.length < 0x100)
        .map(apdu -> session(mode, List.of(first, apdu)))
        .toList();
  }

  static byte[] session(int mode, List<byte[]> pieces) {
    ByteArrayOutputStream session = new ByteArrayOutputStream();
    session.write(mode);
    for (byte[] piece : pieces) {
      session.write(piece.length);
      session.writeBytes(piece);
    }
    return session.toByteArray();
  }

  static byte[] load(String name) {
    return read(folder().resolve(name));
  }

  private static boolean isAcse(byte[] apdu) {
    return (apdu[0] & 0xFC) == 0x60;
  }

  private static Stream<byte[]> all() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .sorted()
          .map(GoldenApdus::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    URL one = Objects.requireNonNull(GoldenApdus.class.getResource(ONE), ONE);
    try {
      return Objects.requireNonNull(Path.of(one.toURI()).getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      String hex =
          Files.readAllLines(file).stream()
              .map(line -> line.replaceFirst("#.*", ""))
              .collect(Collectors.joining());
      return Octets.ofHex(hex).toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
