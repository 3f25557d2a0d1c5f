package io.dlms4j.examples.cli;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.classes.ExtendedRegister;
import io.dlms4j.cosem.classes.ObjectListElement;
import io.dlms4j.cosem.classes.Register;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads one attribute. */
@Command(name = "get", description = "Reads one attribute of a meter.")
final class GetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private MeterOptions meter = new MeterOptions();

  @Parameters(
      index = "1",
      paramLabel = "OBJECT",
      description =
          "class:obis:attribute, such as 3:1.1.1.8.0.255:2; or an OBIS code alone: then the"
              + " meter's association view tells the class, and the value is shown with its unit.")
  private String object = "";

  @Override
  public Integer call() {
    Optional<AttributeRef> reference = References.attribute(spec.commandLine(), object);
    Optional<ObisCode> logicalName = ObisCode.parse(object);
    if (reference.isEmpty() && logicalName.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "'"
              + object
              + "' is neither class:obis:attribute, such as 3:1.1.1.8.0.255:2, nor an OBIS"
              + " code");
    }
    meter.connect(
        client -> {
          String text =
              reference.isPresent()
                  ? ValueText.of(reference.get(), client.get(reference.get()))
                  : readByName(client, logicalName.orElseThrow());
          spec.commandLine().getOut().println(text);
        });
    return 0;
  }

  private static String readByName(BlockingDlmsClient client, ObisCode logicalName) {
    ObjectListElement element =
        client.objectList().stream()
            .filter(each -> each.logicalName().equals(logicalName))
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandException(
                        "the association view of this client has no object "
                            + logicalName
                            + "; another client SAP may see it"));
    AttributeRef value = new AttributeRef(element.classId(), logicalName, 2);
    CosemData data = client.get(value);
    if (element.classId() != Register.CLASS.classId()
        && element.classId() != ExtendedRegister.CLASS.classId()) {
      return ValueText.of(value, data);
    }
    AttributeRef scalerUnit = new AttributeRef(element.classId(), logicalName, 3);
    try {
      return ScalerUnit.decode(client.get(scalerUnit)).quantity(data.integralValue()).toString();
    } catch (AxdrException e) {
      throw new CommandException("the meter's register is malformed: " + e.getMessage(), e);
    }
  }
}
