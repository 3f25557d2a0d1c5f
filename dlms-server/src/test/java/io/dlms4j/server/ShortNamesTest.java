package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.AssociationSn;
import io.dlms4j.cosem.classes.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which object a short name belongs to (Blue Book 4.1.2, 4.1.3). */
class ShortNamesTest {
  private static CosemObject object(int classId, String name, int attributes, int methods) {
    CosemObjectBuilder object = CosemObject.builder(classId, 0, ObisCode.of(name));
    for (int index = 2; index <= attributes; index++) {
      object.attribute(index, CosemData::nullData);
    }
    for (int index = 1; index <= methods; index++) {
      object.method(index, request -> InvokeResult.success());
    }
    return object.build();
  }

  private static CosemObject data(String name) {
    return object(1, name, 2, 0);
  }

  private static String target(ShortNames names, int name) {
    return names
        .find(name)
        .map(
            found ->
                found.object() + (found.isMethod() ? " method " : " attribute ") + found.index())
        .orElse("nothing");
  }

  private static String refused(
      List<CosemObject> objects, Map<ObisCode, ShortNames.Chosen> chosen) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> ShortNames.of(objects, chosen))
            .getMessage());
  }

  @Test
  void attributesAreEightApart() {
    CosemObject clock = object(8, "0.0.1.0.0.255", 9, 0);
    ShortNames names =
        ShortNames.of(
            List.of(clock), Map.of(clock.logicalName(), new ShortNames.Chosen(0x2BC0, null)));
    assertEquals("8:0.0.1.0.0.255 attribute 1", target(names, 0x2BC0));
    assertEquals("8:0.0.1.0.0.255 attribute 2", target(names, 0x2BC8));
    assertEquals("8:0.0.1.0.0.255 attribute 9", target(names, 0x2C00));
    for (int name : new int[] {0, 0x2BB8, 0x2BBF, 0x2BC1, 0x2BC7, 0x2C08, 0xFFFF}) {
      assertEquals("nothing", target(names, name), Integer.toHexString(name));
    }
  }

  @Test
  void attributesThatCameLaterHaveTheNamesOfMethodsWithoutUse() {
    ObisCode name = ObisCode.of("0.0.40.0.1.255");
    CosemObjectBuilder association = CosemObject.builder(AssociationSn.VERSION_3, name);
    for (int index = 2; index <= AssociationSn.CURRENT_USER.index(); index++) {
      association.attribute(index, CosemData::nullData);
    }
    for (MethodDescriptor<?, ?> method : AssociationSn.VERSION_3.methods()) {
      association.method(method.index(), request -> InvokeResult.success());
    }
    ShortNames names =
        ShortNames.of(
            List.of(association.build()), Map.of(name, new ShortNames.Chosen(0x1000, null)));
    assertEquals("12:0.0.40.0.1.255 attribute 5", target(names, 0x1020));
    assertEquals("12:0.0.40.0.1.255 attribute 6", target(names, 0x1028));
    assertEquals("12:0.0.40.0.1.255 method 3", target(names, 0x1030));
    assertEquals("12:0.0.40.0.1.255 method 8", target(names, 0x1058));
    assertEquals("12:0.0.40.0.1.255 method 10", target(names, 0x1068));
  }

  @Test
  void methodsAreWhereTheBlueBookPutsThoseOfTheClass() {
    record Expected(int classId, int attributes, int firstMethod) {}
    for (Expected each :
        List.of(
            new Expected(3, 3, 0x28), // Register: reset
            new Expected(4, 5, 0x38), // Extended register: reset
            new Expected(5, 9, 0x48), // Demand register: reset
            new Expected(7, 8, 0x58), // Profile generic: reset
            new Expected(8, 9, 0x60), // Clock: adjust_to_quarter
            new Expected(9, 2, 0x20), // Script table: execute
            new Expected(18, 7, 0x40), // Image transfer: image_transfer_initiate
            new Expected(20, 10, 0x50), // Activity calendar: activate_passive_calendar
            new Expected(70, 4, 0x20))) { // Disconnect control: remote_disconnect
      CosemObject object = object(each.classId(), "0.0.96.3.10.255", each.attributes(), 2);
      ShortNames names =
          ShortNames.of(
              List.of(object), Map.of(object.logicalName(), new ShortNames.Chosen(0x1000, null)));
      int first = 0x1000 + each.firstMethod();
      assertEquals(object + " method 1", target(names, first));
      assertEquals(object + " method 2", target(names, first + 8));
      assertEquals(
          object + " attribute " + each.attributes(),
          target(names, 0x1000 + 8 * (each.attributes() - 1)));
      assertEquals("nothing", target(names, first + 16));
    }
  }

  @Test
  void methodsOfAnObjectWithMoreAttributesThanItsClassAreBehindThem() {
    CosemObject register = object(3, "1.0.1.8.0.255", 7, 1);
    ShortNames names =
        ShortNames.of(
            List.of(register), Map.of(register.logicalName(), new ShortNames.Chosen(0x1000, null)));
    assertEquals(register + " attribute 7", target(names, 0x1030));
    assertEquals(register + " method 1", target(names, 0x1038));
  }

  @Test
  void methodsAreWhereSomebodyChose() {
    CosemObject register = object(3, "1.0.1.8.0.255", 3, 1);
    ObisCode name = register.logicalName();
    ShortNames names =
        ShortNames.of(List.of(register), Map.of(name, new ShortNames.Chosen(0x1000, 0x80)));
    assertEquals("nothing", target(names, 0x1028));
    assertEquals(register + " method 1", target(names, 0x1080));
    assertEquals(
        "the methods of 1.0.1.8.0.255 have the short names of its attributes",
        refused(List.of(register), Map.of(name, new ShortNames.Chosen(0x1000, 0x10))));
  }

  @Test
  void reservedNamesBelongToTheObjectsThatTheyAreReservedFor() {
    ShortNames names =
        ShortNames.of(
            List.of(
                object(12, "0.0.40.0.0.255", 3, 0),
                object(9, "0.0.10.0.125.255", 2, 1),
                object(17, "0.0.41.0.0.255", 2, 0),
                data("0.0.42.0.0.255")),
            Map.of());
    assertEquals("12:0.0.40.0.0.255 attribute 2", target(names, 0xFA08));
    assertEquals("9:0.0.10.0.125.255 method 1", target(names, 0xFB20));
    assertEquals("17:0.0.41.0.0.255 attribute 2", target(names, 0xFC08));
    assertEquals("1:0.0.42.0.0.255 attribute 2", target(names, 0xFD08));
  }

  @Test
  void whoHasNoNameGetsTheNextThatIsFree() {
    CosemObject chosen = object(1, "0.0.96.1.9.255", 4, 0);
    ShortNames names =
        ShortNames.of(
            List.of(data("0.0.96.1.0.255"), data("0.0.96.1.1.255"), chosen, data("0.0.96.1.2.255")),
            Map.of(chosen.logicalName(), new ShortNames.Chosen(0x118, null)));
    assertEquals("1:0.0.96.1.0.255 attribute 1", target(names, 0x100));
    // 0110 to 011F would meet the one that was chosen.
    assertEquals("nothing", target(names, 0x110));
    assertEquals("1:0.0.96.1.9.255 attribute 1", target(names, 0x118));
    assertEquals("1:0.0.96.1.1.255 attribute 1", target(names, 0x138));
    assertEquals("1:0.0.96.1.2.255 attribute 2", target(names, 0x150));
    assertEquals(
        List.of(0x100, 0x118, 0x138, 0x148),
        names.all().stream().map(ShortNames.Named::baseName).toList());
  }

  @Test
  void namesThatMeetAreRefused() {
    CosemObject one = data("0.0.96.1.0.255");
    CosemObject other = data("0.0.96.1.1.255");
    Map<ObisCode, ShortNames.Chosen> meeting =
        Map.of(
            one.logicalName(), new ShortNames.Chosen(0x1000, null),
            other.logicalName(), new ShortNames.Chosen(0x1008, null));
    assertEquals(
        "0.0.96.1.1.255 and 0.0.96.1.0.255 have the same short names",
        refused(List.of(one, other), meeting));
    assertEquals(
        "the short names of 0.0.96.1.0.255 go beyond 65535",
        refused(List.of(one), Map.of(one.logicalName(), new ShortNames.Chosen(0xFFF8, null))));
    List<CosemObject> many = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      many.add(object(1, "0.0.96.2." + i + ".255", 127, 0));
    }
    assertTrue(refused(many, Map.of()).startsWith("there are not enough short names for 1:"));
  }

  @Test
  void aBaseNameIsAMultipleOfEight() {
    for (int name : new int[] {-8, 0x1001, 0x1004, 0x1_0000}) {
      assertThrows(IllegalArgumentException.class, () -> new ShortNames.Chosen(name, null));
      assertThrows(IllegalArgumentException.class, () -> new ShortNames.Chosen(0, name));
    }
  }

  @Test
  void negativeAttributesAndMethodsHaveNoShortName() {
    CosemObject object =
        CosemObject.builder(1, 0, ObisCode.of("0.0.96.1.0.255"))
            .attribute(-1, CosemData::nullData)
            .method(-1, request -> InvokeResult.success())
            .build();
    ShortNames names = ShortNames.of(List.of(object), Map.of());
    assertEquals("1:0.0.96.1.0.255 attribute 1", target(names, 0x100));
    for (int name : new int[] {0xF0, 0xF8, 0x108, 0x110}) {
      assertEquals("nothing", target(names, name));
    }
  }
}
