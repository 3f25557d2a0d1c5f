package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.cosem.ObisCode;

/**
 * object_definition: an object, by class and name (Blue Book 4.3.5).
 *
 * @param classId class_id, 0..65535
 * @param logicalName its OBIS code
 */
public record ObjectDefinition(int classId, ObisCode logicalName) {
  /** Its type. */
  public static final ValueType<ObjectDefinition> TYPE =
      ValueType.structure(
          "object_definition",
          in ->
              new ObjectDefinition(
                  in.next(ValueType.LONG_UNSIGNED), in.next(ValueType.LOGICAL_NAME)),
          field("class_id", ValueType.LONG_UNSIGNED, ObjectDefinition::classId),
          field("logical_name", ValueType.LOGICAL_NAME, ObjectDefinition::logicalName));
}
