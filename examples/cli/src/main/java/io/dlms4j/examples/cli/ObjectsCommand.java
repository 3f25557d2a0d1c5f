package io.dlms4j.examples.cli;

import io.dlms4j.cosem.classes.AssociationView;
import io.dlms4j.cosem.classes.InterfaceClass;
import io.dlms4j.cosem.classes.ObjectListElement;
import io.dlms4j.cosem.classes.ObjectListElement.AttributeAccess;
import io.dlms4j.cosem.classes.ObjectListElement.MethodAccess;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the objects of a meter. */
@Command(
    name = "objects",
    description =
        "Lists the objects that a client sees in a meter, with the rights to their attributes (R"
            + " read, W write) and methods (X invoke); small letters before a right say how a"
            + " request has to be protected for it (a authenticated, e encrypted, s signed).")
final class ObjectsCommand implements Callable<Integer> {
  /** How wide a list of attributes or methods may be before it goes on in the next line. */
  private static final int WIDTH = 60;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private MeterOptions meter = new MeterOptions();

  @Option(names = "--json", description = "Prints the list as JSON instead of as a table.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    meter.connect(
        client -> {
          AssociationView view = client.associationView();
          if (json) {
            out.println(JsonText.print(view.objects().stream().map(this::plain).toList()));
          } else {
            print(view, out);
          }
        });
    return 0;
  }

  private void print(AssociationView view, PrintWriter out) {
    Table table = new Table(List.of("OBIS", "Name", "Class", "Version", "Attributes", "Methods"));
    for (ObjectListElement object : view.objects()) {
      List<String> attributes = lines(attributes(object));
      List<String> methods = lines(methods(object));
      for (int line = 0; line < Math.max(1, Math.max(attributes.size(), methods.size())); line++) {
        boolean first = line == 0;
        table.add(
            List.of(
                first ? object.logicalName().toString() : "",
                first ? name(object) : "",
                first ? (object.classId() + " " + className(object)).strip() : "",
                first ? Integer.toString(object.version()) : "",
                line < attributes.size() ? attributes.get(line) : "",
                line < methods.size() ? methods.get(line) : ""));
      }
    }
    table.print(out, "");
    out.println(view.objects().size() + " objects");
  }

  private static List<String> attributes(ObjectListElement object) {
    List<String> items = new ArrayList<>();
    for (AttributeAccess access : object.attributeAccess()) {
      items.add(
          access.attributeIndex()
              + " "
              + attributeName(object, access.attributeIndex())
              + " "
              + access.accessMode());
    }
    return items;
  }

  private static List<String> methods(ObjectListElement object) {
    List<String> items = new ArrayList<>();
    for (MethodAccess access : object.methodAccess()) {
      items.add(
          access.methodIndex()
              + " "
              + methodName(object, access.methodIndex())
              + " "
              + access.accessMode());
    }
    return items;
  }

  /** Items in as few lines as the width allows. */
  private static List<String> lines(List<String> items) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      String item = items.get(i) + (i + 1 < items.size() ? "," : "");
      if (!line.isEmpty() && line.length() + 1 + item.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(item);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  private Map<String, Object> plain(ObjectListElement object) {
    List<Map<String, Object>> attributes = new ArrayList<>();
    for (AttributeAccess access : object.attributeAccess()) {
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("index", access.attributeIndex());
      plain.put("name", attributeName(object, access.attributeIndex()));
      plain.put("access", access.accessMode().toString());
      if (!access.accessSelectors().isEmpty()) {
        plain.put("accessSelectors", access.accessSelectors());
      }
      attributes.add(plain);
    }
    List<Map<String, Object>> methods = new ArrayList<>();
    for (MethodAccess access : object.methodAccess()) {
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("index", access.methodIndex());
      plain.put("name", methodName(object, access.methodIndex()));
      plain.put("access", access.accessMode().toString());
      methods.add(plain);
    }
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("logicalName", object.logicalName().toString());
    plain.put("name", name(object));
    plain.put("classId", object.classId());
    plain.put("className", className(object));
    plain.put("version", object.version());
    plain.put("attributes", attributes);
    plain.put("methods", methods);
    return plain;
  }

  /** The vendor's name of an object, if it is one of an OMNIPOWER meter. */
  private String name(ObjectListElement object) {
    return VendorNames.find(object.logicalName()).map(CatalogueEntry::name).orElse("");
  }

  private static String className(ObjectListElement object) {
    return object.interfaceClass().map(InterfaceClass::name).orElse("");
  }

  private static String attributeName(ObjectListElement object, int index) {
    return object
        .interfaceClass()
        .map(each -> each.attributeName(index))
        .orElse("attribute " + index);
  }

  private static String methodName(ObjectListElement object, int index) {
    return object.interfaceClass().map(each -> each.methodName(index)).orElse("method " + index);
  }
}
