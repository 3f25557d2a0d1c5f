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
      "Values may have been changed: lengths and check sequences are computed anew.",
      "Nothing is protected anew: what decode has shown in clear, as \"unprotected\", is passed over."
    })
final class EncodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The JSON; - reads it from stdin.")
  private String file = InputText.STDIN;

  @Override
  public Integer call() {
    try {
      Object plain = JsonText.read(InputText.read(file));
      for (Octets part : Frames.encode(plain)) {
        spec.commandLine().getOut().println(part);
      }
      if (Frames.tellsOfProtected(plain)) {
        spec.commandLine()
            .getErr()
            .println(
                "dlms: note: what stands under \"unprotected\" was passed over; the protected"
                    + " octets are encoded as they are");
      }
    } catch (JsonException e) {
      throw new CommandException("cannot encode " + e.getMessage(), e);
    }
    return 0;
  }
}
