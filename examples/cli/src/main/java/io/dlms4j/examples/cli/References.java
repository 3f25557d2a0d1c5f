package io.dlms4j.examples.cli;

import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.MethodRef;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Attributes and methods as they are named on the command line. */
final class References {
  private static final Pattern REFERENCE = Pattern.compile("(\\d{1,5}):(.+):(-?\\d{1,3})");

  private References() {}

  /** An attribute, or nothing if the text has another form. */
  static Optional<AttributeRef> attribute(CommandLine command, String text) {
    Matcher matcher = REFERENCE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          AttributeRef.of(
              Integer.parseInt(matcher.group(1)),
              matcher.group(2),
              Integer.parseInt(matcher.group(3))));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }

  /** An attribute that has to be named in full. */
  static AttributeRef requireAttribute(CommandLine command, String text) {
    return attribute(command, text)
        .orElseThrow(
            () ->
                new ParameterException(
                    command,
                    "'" + text + "' is not class:obis:attribute, such as 8:0.1.1.0.0.255:2"));
  }

  /** A method that has to be named in full. */
  static MethodRef requireMethod(CommandLine command, String text) {
    return attribute(command, text)
        .map(same -> new MethodRef(same.classId(), same.logicalName(), same.attributeIndex()))
        .orElseThrow(
            () ->
                new ParameterException(
                    command,
                    "'" + text + "' is not class:obis:method, such as 70:0.0.96.3.10.255:1"));
  }
}
