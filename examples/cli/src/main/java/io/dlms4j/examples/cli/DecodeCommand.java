package io.dlms4j.examples.cli;

import io.dlms4j.axdr.Octets;
import io.dlms4j.hdlc.HdlcException;
import io.dlms4j.wrapper.WrapperException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what octets mean. */
@Command(
    name = "decode",
    description = "Prints an HDLC frame, a WPDU, or an APDU alone, as a tree down to the values.")
final class DecodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "HEX",
      description = "The octets in hexadecimal, with or without blanks.")
  private List<String> hex = List.of();

  @Override
  public Integer call() {
    Octets octets;
    try {
      octets = Octets.ofHex(String.join(" ", hex));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "these are no octets in hexadecimal: " + e.getMessage(), e);
    }
    if (octets.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "there are no octets to decode");
    }
    Tree tree = new Tree();
    if (FrameTree.looksLikeFrame(octets)) {
      try {
        FrameTree.add(tree, octets);
      } catch (HdlcException e) {
        throw new CommandException("this is no good HDLC frame: " + e.getMessage(), e);
      }
    } else if (WpduTree.looksLikeWpdu(octets)) {
      try {
        WpduTree.add(tree, octets);
      } catch (WrapperException e) {
        throw new CommandException("this is no good WPDU: " + e.getMessage(), e);
      }
    } else {
      ApduTree.add(tree, octets);
    }
    tree.lines().forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
