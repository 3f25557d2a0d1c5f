package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.cosem.AttributeRef;

/** value_definition: an attribute by class, name and index (Blue Book 4.5.6). */
final class ValueDefinition {
  /** Its type: long-unsigned, octet-string and integer. */
  static final ValueType<AttributeRef> TYPE =
      ValueType.structure(
          "value_definition",
          in ->
              new AttributeRef(
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(ValueType.LOGICAL_NAME),
                  in.next(ValueType.INTEGER)),
          field("class_id", ValueType.LONG_UNSIGNED, AttributeRef::classId),
          field("logical_name", ValueType.LOGICAL_NAME, AttributeRef::logicalName),
          field("attribute_index", ValueType.INTEGER, AttributeRef::attributeIndex));

  private ValueDefinition() {}
}
