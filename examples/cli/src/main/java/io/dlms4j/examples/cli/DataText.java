package io.dlms4j.examples.cli;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.PlainData;
import io.dlms4j.axdr.PlainDataException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Values as they are given on the command line. */
final class DataText {
  static final String FORM =
      "as JSON, in the form that decode --json prints: {\"long-unsigned\": 207}, or null";

  private DataText() {}

  static CosemData read(CommandLine command, String json) {
    try {
      return PlainData.toData(JsonText.read(json));
    } catch (PlainDataException e) {
      throw new ParameterException(command, "this is no value: " + e.getMessage(), e);
    }
  }
}
