package io.dlms4j.examples.cli;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.classes.InterfaceClasses;
import io.dlms4j.cosem.classes.MethodDescriptor;
import io.dlms4j.cosem.classes.Nothing;
import io.dlms4j.cosem.classes.ValueType;
import java.util.Optional;
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
      description =
          "The invocation parameter "
              + TypedValue.FORM
              + "; without it integer(0) is sent where the class declares that the method takes"
              + " nothing, and else none.")
  private @Nullable String parameters;

  @Override
  public Integer call() {
    MethodRef reference = References.requireMethod(spec.commandLine(), method);
    Optional<MethodDescriptor<?, ?>> known =
        InterfaceClasses.ofId(reference.classId())
            .flatMap(each -> each.method(reference.methodIndex()));
    CosemData data = parameter(known);
    meter.connect(
        client ->
            client
                .action(reference, data)
                .ifPresent(returned -> spec.commandLine().getOut().println(text(known, returned))));
    return 0;
  }

  private @Nullable CosemData parameter(Optional<MethodDescriptor<?, ?>> known) {
    ValueType<?> type = known.isPresent() ? known.get().parameter() : ValueType.ANY;
    String given = parameters;
    if (given != null) {
      String what = known.isPresent() ? known.get().name() : method;
      return TypedValue.read(spec.commandLine(), what, type, given);
    }
    return type == ValueType.NOTHING ? ValueType.NOTHING.encode(Nothing.NOTHING) : null;
  }

  private static String text(Optional<MethodDescriptor<?, ?>> known, CosemData returned) {
    return ValueText.of(known.isPresent() ? known.get().returned() : ValueType.ANY, returned);
  }
}
