package io.dlms4j.examples.cli;

import io.dlms4j.axdr.Octets;
import io.dlms4j.examples.cli.syntax.Frames;
import io.dlms4j.examples.cli.syntax.JsonException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes octets of what decode has printed as JSON. */
@Command(
    name = "encode",
    description = {
      "Prints the octets of the JSON that decode --json has printed, in hexadecimal.",
      "Values may have been changed: lengths and check sequences are computed anew."
    })
final class EncodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The JSON; - reads it from stdin.")
  private String file = InputText.STDIN;

  @Override
  public Integer call() {
    try {
      for (Octets part : Frames.encode(JsonText.read(InputText.read(file)))) {
        spec.commandLine().getOut().println(part);
      }
    } catch (JsonException e) {
      throw new CommandException("cannot encode " + e.getMessage(), e);
    }
    return 0;
  }
}
