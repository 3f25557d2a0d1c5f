package io.dlms4j.examples.cli;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.examples.cli.syntax.Frames;
import io.dlms4j.examples.cli.syntax.Part;
import io.dlms4j.examples.cli.syntax.Session;
import io.dlms4j.examples.cli.syntax.TreeText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what octets mean. */
@Command(
    name = "decode",
    description = {
      "Prints HDLC frames, WPDUs, or an APDU alone, as a tree of offset, octets, field and"
          + " meaning.",
      "With --keys, protected APDUs are shown in clear as well, and whether their tags and"
          + " signatures are right; what AARQ, AARE and InitiateRequest tell counts for the frames"
          + " behind them. Offsets with a plus sign count in what is in clear.",
      "What breaks off is printed as far as it can be read, then what is wrong and at which octet."
    })
final class DecodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "HEX",
      description = "The octets in hexadecimal, with or without blanks; - reads them from stdin.")
  private List<String> hex = List.of();

  @Option(
      names = "--json",
      description = "Prints JSON instead, which the command encode makes octets of again.")
  private boolean json;

  @Mixin private KeyFileOptions keyFile = new KeyFileOptions();

  @Option(
      names = "--client-title",
      paramLabel = "HEX16",
      description = "The client's system title, if no AARQ among the frames tells it.")
  private @Nullable String clientTitle;

  @Option(
      names = "--server-title",
      paramLabel = "HEX16",
      description = "The server's system title, if no AARE among the frames tells it.")
  private @Nullable String serverTitle;

  @Override
  public Integer call() {
    Octets octets = octets();
    List<Part> parts = Frames.decode(octets, session());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      List<Map<String, @Nullable Object>> all = parts.stream().map(Part::toPlain).toList();
      out.println(JsonText.print(all.size() == 1 ? all.get(0) : all));
    } else {
      parts.forEach(part -> TreeText.of(part, octets).forEach(out::println));
    }
    List<Part.Fault> faults = parts.stream().flatMap(part -> part.faults().stream()).toList();
    faults.forEach(fault -> spec.commandLine().getErr().println("dlms: " + fault));
    return faults.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private @Nullable Session session() {
    CommandLine commandLine = spec.commandLine();
    SystemTitle client = Titles.parse(commandLine, "--client-title", clientTitle);
    SystemTitle server = Titles.parse(commandLine, "--server-title", serverTitle);
    KeyFile keys = keyFile.read(commandLine);
    if (keys != null) {
      return new Session(keys, client, server);
    } else if (client != null || server != null) {
      throw new ParameterException(
          commandLine, "a system title without --keys shows nothing: give the keys as well");
    }
    return null;
  }

  private Octets octets() {
    String text = String.join(" ", hex);
    if (text.equals(InputText.STDIN)) {
      text = InputText.read(InputText.STDIN);
    }
    Octets octets;
    try {
      octets = Octets.ofHex(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "these are no octets in hexadecimal: " + e.getMessage(), e);
    }
    if (octets.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "there are no octets to decode");
    }
    return octets;
  }
}
