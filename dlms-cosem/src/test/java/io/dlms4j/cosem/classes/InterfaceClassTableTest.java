package io.dlms4j.cosem.classes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The declarations against a table that was written by itself: a slip has to be made twice. */
class InterfaceClassTableTest {
  @Test
  void everyClassIsAsTheTableHasIt() throws IOException {
    List<String> declared = new ArrayList<>();
    for (InterfaceClass each : InterfaceClasses.all()) {
      declared.add(line(each));
    }
    assertEquals(String.join("\n", table()), String.join("\n", declared));
  }

  @Test
  void theNewestVersionIsFoundByTheClassAlone() {
    assertEquals(2, InterfaceClasses.ofId(40).orElseThrow().version());
    assertEquals(4, InterfaceClasses.ofId(12).orElseThrow().version());
    assertEquals(PushSetup.VERSION_1, InterfaceClasses.of(40, 1).orElseThrow());
  }

  private static String line(InterfaceClass each) {
    List<AttributeDescriptor<?>> attributes = each.attributes();
    for (int i = 0; i < attributes.size(); i++) {
      assertEquals(i + 1, attributes.get(i).index(), each + " leaves out an attribute");
    }
    return String.join(
        "\t",
        String.valueOf(each.classId()),
        String.valueOf(each.version()),
        each.name(),
        attributes.stream().skip(1).map(AttributeDescriptor::name).collect(Collectors.joining(" ")),
        each.methods().stream()
            .map(
                method ->
                    each.methodOffset() == 0
                        ? method.name()
                        : "%s@%02x"
                            .formatted(method.name(), each.methodOffset() + 8 * method.index() - 8))
            .collect(Collectors.joining(" ")));
  }

  private static List<String> table() throws IOException {
    try (InputStream in =
        InterfaceClassTableTest.class.getResourceAsStream("interface-classes.tsv")) {
      assertNotNull(in);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
