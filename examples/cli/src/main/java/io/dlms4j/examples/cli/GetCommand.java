package io.dlms4j.examples.cli;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.Outcome;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.classes.AssociationView;
import io.dlms4j.cosem.classes.ExtendedRegister;
import io.dlms4j.cosem.classes.InterfaceClasses;
import io.dlms4j.cosem.classes.ObjectListElement;
import io.dlms4j.cosem.classes.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads attributes. */
@Command(name = "get", description = "Reads attributes of a meter.")
final class GetCommand implements Callable<Integer> {
  private static final int VALUE = 2;
  private static final int SCALER_UNIT = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private MeterOptions meter = new MeterOptions();

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "OBJECT",
      description =
          "class:obis:attribute, such as 3:1.1.1.8.0.255:2; or an OBIS code alone: then the"
              + " meter's association view tells the class, and the value is shown with its unit."
              + " Of more than one, each is shown with the attribute's name.")
  private List<String> objects = new ArrayList<>();

  /** What is read for one of the objects, and how it is told. */
  private record Wanted(AttributeRef attribute, boolean withUnit) {
    String name() {
      return attribute
          + " "
          + InterfaceClasses.ofId(attribute.classId())
              .map(each -> each.attributeName(attribute.attributeIndex()))
              .orElse("attribute " + attribute.attributeIndex());
    }
  }

  @Override
  public Integer call() {
    for (String object : objects) {
      if (References.attribute(spec.commandLine(), object).isEmpty()
          && ObisCode.parse(object).isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            "'"
                + object
                + "' is neither class:obis:attribute, such as 3:1.1.1.8.0.255:2, nor an OBIS"
                + " code");
      }
    }
    int[] failed = {0};
    meter.connect(
        client -> {
          List<Wanted> wanted = wanted(client);
          if (wanted.size() == 1) {
            spec.commandLine().getOut().println(text(client, wanted.get(0)));
          } else {
            failed[0] = printAll(client, wanted);
          }
        });
    return failed[0] == 0 ? 0 : 1;
  }

  private List<Wanted> wanted(BlockingDlmsClient client) {
    List<Wanted> wanted = new ArrayList<>();
    AssociationView view = null;
    for (String object : objects) {
      Optional<AttributeRef> reference = References.attribute(spec.commandLine(), object);
      if (reference.isPresent()) {
        wanted.add(new Wanted(reference.get(), false));
      } else {
        view = view == null ? client.associationView() : view;
        wanted.add(byName(view, ObisCode.parse(object).orElseThrow()));
      }
    }
    return wanted;
  }

  private static Wanted byName(AssociationView view, ObisCode logicalName) {
    ObjectListElement element =
        view.object(logicalName)
            .orElseThrow(
                () ->
                    new CommandException(
                        "the association view of this client has no object "
                            + logicalName
                            + "; another client SAP may see it"));
    int classId = element.classId();
    return new Wanted(
        new AttributeRef(classId, logicalName, VALUE),
        classId == Register.CLASS.classId() || classId == ExtendedRegister.CLASS.classId());
  }

  private static String text(BlockingDlmsClient client, Wanted wanted) {
    CosemData value = client.get(wanted.attribute);
    return wanted.withUnit
        ? quantity(value, client.get(scalerUnit(wanted)))
        : ValueText.of(wanted.attribute, value);
  }

  /** Asks for all at once, and tells of each what became of it. */
  private int printAll(BlockingDlmsClient client, List<Wanted> wanted) {
    List<AttributeRef> attributes = new ArrayList<>();
    for (Wanted each : wanted) {
      attributes.add(each.attribute);
      if (each.withUnit) {
        attributes.add(scalerUnit(each));
      }
    }
    List<Outcome> outcomes = client.getAll(attributes);
    int failed = 0;
    int next = 0;
    for (Wanted each : wanted) {
      Outcome value = outcomes.get(next++);
      Outcome scaler = each.withUnit ? outcomes.get(next++) : value;
      try {
        String text =
            each.withUnit
                ? quantity(value.value(), scaler.value())
                : ValueText.of(each.attribute, value.value());
        spec.commandLine().getOut().println(each.name() + ": " + text);
      } catch (DlmsException | CommandException e) {
        spec.commandLine().getErr().println("dlms: " + each.name() + ": " + e.getMessage());
        failed++;
      }
    }
    return failed;
  }

  private static AttributeRef scalerUnit(Wanted wanted) {
    return new AttributeRef(
        wanted.attribute.classId(), wanted.attribute.logicalName(), SCALER_UNIT);
  }

  private static String quantity(CosemData value, CosemData scalerUnit) {
    try {
      return ScalerUnit.decode(scalerUnit).quantity(value.integralValue()).toString();
    } catch (AxdrException e) {
      throw new CommandException("the meter's register is malformed: " + e.getMessage(), e);
    }
  }
}
