package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.cosem.AttributeRef;
import java.util.List;

/**
 * push_object: what is pushed, in version 2 of the class (Blue Book 4.4.8).
 *
 * @param attribute the attribute; index 0 for all
 * @param dataIndex 0 for all of it, else one element of it, from 1 on
 * @param restriction which rows, if it is the buffer of a profile
 * @param columns which columns, if it is the buffer of a profile; empty for all
 */
public record PushObject(
    AttributeRef attribute,
    int dataIndex,
    PushRestriction restriction,
    List<CaptureObjectDefinition> columns) {
  private static final ValueType<List<CaptureObjectDefinition>> COLUMNS =
      ValueType.arrayOf(CaptureObjectDefinition.TYPE);

  /** Its type. */
  public static final ValueType<PushObject> TYPE =
      ValueType.structure(
          "push_object",
          in ->
              new PushObject(
                  new AttributeRef(
                      in.next(ValueType.LONG_UNSIGNED),
                      in.next(ValueType.LOGICAL_NAME),
                      in.next(ValueType.INTEGER)),
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(PushRestriction.TYPE),
                  in.next(COLUMNS)),
          field("class_id", ValueType.LONG_UNSIGNED, value -> value.attribute.classId()),
          field("logical_name", ValueType.LOGICAL_NAME, value -> value.attribute.logicalName()),
          field("attribute_index", ValueType.INTEGER, value -> value.attribute.attributeIndex()),
          field("data_index", ValueType.LONG_UNSIGNED, PushObject::dataIndex),
          field("restriction", PushRestriction.TYPE, PushObject::restriction),
          field("columns", COLUMNS, PushObject::columns));

  /** Keeps a copy of the list. */
  public PushObject {
    columns = List.copyOf(columns);
  }
}
