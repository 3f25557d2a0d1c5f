package io.dlms4j.examples.cli;

import io.dlms4j.cosem.security.SystemTitle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** System titles on the command line. */
final class Titles {
  private Titles() {}

  /** Reads the value of an option; null if it was not given. */
  static @Nullable SystemTitle parse(CommandLine commandLine, String option, @Nullable String hex) {
    if (hex == null) {
      return null;
    }
    try {
      return SystemTitle.ofHex(hex);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          commandLine,
          option + " is a system title, 16 hexadecimal digits, not \"" + hex + "\"",
          e);
    }
  }
}
