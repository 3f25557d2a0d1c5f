package io.dlms4j.examples.cli;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.MethodRef;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Invokes one method. */
@Command(
    name = "action",
    description = "Invokes one method of a meter, and prints what it returns, if anything.")
final class ActionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private MeterOptions meter = new MeterOptions();

  @Parameters(
      index = "1",
      paramLabel = "METHOD",
      description = "class:obis:method, such as 70:0.0.96.3.10.255:1")
  private String method = "";

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "PARAMETERS",
      description = "The invocation parameters " + DataText.FORM + "; without them none are sent.")
  private @Nullable String parameters;

  @Override
  public Integer call() {
    MethodRef reference = References.requireMethod(spec.commandLine(), method);
    String given = parameters;
    CosemData data = given == null ? null : DataText.read(spec.commandLine(), given);
    meter.connect(
        client ->
            client
                .action(reference, data)
                .ifPresent(
                    returned -> spec.commandLine().getOut().println(new Tree().data(returned))));
    return 0;
  }
}
