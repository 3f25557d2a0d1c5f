package io.dlms4j.examples.cli;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.classes.InterfaceClass;
import io.dlms4j.cosem.classes.InterfaceClasses;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes one attribute. */
@Command(name = "set", description = "Writes one attribute of a meter.")
final class SetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private MeterOptions meter = new MeterOptions();

  @Parameters(
      index = "1",
      paramLabel = "ATTRIBUTE",
      description = "class:obis:attribute, such as 8:0.1.1.0.0.255:2")
  private String attribute = "";

  @Parameters(index = "2", paramLabel = "VALUE", description = "The value " + TypedValue.FORM)
  private String value = "";

  @Override
  public Integer call() {
    AttributeRef reference = References.requireAttribute(spec.commandLine(), attribute);
    Optional<InterfaceClass> known = InterfaceClasses.ofId(reference.classId());
    String what =
        known
            .map(each -> each.name() + "." + each.attributeName(reference.attributeIndex()))
            .orElse(attribute);
    CosemData data =
        TypedValue.read(
            spec.commandLine(), what, ValueText.type(known, reference.attributeIndex()), value);
    meter.connect(client -> client.set(reference, data));
    return 0;
  }
}
