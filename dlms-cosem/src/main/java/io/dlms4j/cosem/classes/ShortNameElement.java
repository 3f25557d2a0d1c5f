package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.cosem.ObisCode;

/**
 * objlist_element: an object that the association sees, and its short name (Blue Book 4.4.3).
 *
 * @param baseName short name of its first attribute, as a number with a sign: 0xFA00 is -1536
 * @param classId class_id, 0..65535
 * @param version version of the class, 0..255
 * @param logicalName its OBIS code
 */
public record ShortNameElement(int baseName, int classId, int version, ObisCode logicalName) {
  /** Its type. */
  public static final ValueType<ShortNameElement> TYPE =
      ValueType.structure(
          "objlist_element",
          in ->
              new ShortNameElement(
                  in.next(ValueType.LONG),
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(ValueType.UNSIGNED),
                  in.next(ValueType.LOGICAL_NAME)),
          field("base_name", ValueType.LONG, ShortNameElement::baseName),
          field("class_id", ValueType.LONG_UNSIGNED, ShortNameElement::classId),
          field("version", ValueType.UNSIGNED, ShortNameElement::version),
          field("logical_name", ValueType.LOGICAL_NAME, ShortNameElement::logicalName));
}
