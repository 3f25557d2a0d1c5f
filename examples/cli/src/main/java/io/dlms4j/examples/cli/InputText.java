package io.dlms4j.examples.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The text of a file, or of what is piped into the tool. */
final class InputText {
  /** The name of what is piped in. */
  static final String STDIN = "-";

  private InputText() {}

  static String read(String file) {
    try {
      byte[] octets =
          file.equals(STDIN) ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
      return new String(octets, StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      throw new CommandException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
