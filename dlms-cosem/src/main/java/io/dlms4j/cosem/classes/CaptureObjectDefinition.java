package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * capture_object_definition: what a column of a profile holds (Blue Book 4.3.6).
 *
 * @param attribute the attribute that is captured
 * @param dataIndex 0 for all of it, else one element of it, from 1 on; 0..65535
 */
public record CaptureObjectDefinition(AttributeRef attribute, int dataIndex) {
  /** Its type. */
  public static final ValueType<CaptureObjectDefinition> TYPE =
      ValueType.structure(
          "capture_object_definition",
          in ->
              new CaptureObjectDefinition(
                  new AttributeRef(
                      in.next(ValueType.LONG_UNSIGNED),
                      in.next(ValueType.LOGICAL_NAME),
                      in.next(ValueType.INTEGER)),
                  in.next(ValueType.LONG_UNSIGNED)),
          StructureField.field(
              "class_id", ValueType.LONG_UNSIGNED, value -> value.attribute.classId()),
          StructureField.field(
              "logical_name", ValueType.LOGICAL_NAME, value -> value.attribute.logicalName()),
          StructureField.field(
              "attribute_index", ValueType.INTEGER, value -> value.attribute.attributeIndex()),
          StructureField.field(
              "data_index", ValueType.LONG_UNSIGNED, CaptureObjectDefinition::dataIndex));

  private static final String CLAUSE = "Blue Book 4.3.6";

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the data index is not within 0..65535
   */
  public CaptureObjectDefinition {
    if (dataIndex < 0 || dataIndex > 0xFFFF) {
      throw new IllegalArgumentException("data index " + dataIndex + " is not within 0..65535");
    }
  }

  /**
   * A column that holds a whole attribute.
   *
   * @param attribute the attribute
   */
  public CaptureObjectDefinition(AttributeRef attribute) {
    this(attribute, 0);
  }

  /**
   * Reads a definition.
   *
   * @param data a structure of class_id, logical_name, attribute_index and data_index
   * @return the definition
   * @throws AxdrException if the value is something else
   */
  public static CaptureObjectDefinition decode(CosemData data) {
    List<CosemData> fields = data.structureOf(4);
    return new CaptureObjectDefinition(
        new AttributeRef(
            Fields.within(fields.get(0), 0, 0xFFFF, "class_id", CLAUSE),
            logicalName(fields.get(1)),
            Fields.within(
                fields.get(2), Byte.MIN_VALUE, Byte.MAX_VALUE, "attribute_index", CLAUSE)),
        Fields.within(fields.get(3), 0, 0xFFFF, "data_index", CLAUSE));
  }

  static ObisCode logicalName(CosemData data) {
    Octets octets = data.octetStringValue();
    return ObisCode.ofOctets(octets)
        .orElseThrow(
            () ->
                Fields.malformed(
                    "a logical_name has " + octets.length() + " octets, not six", CLAUSE));
  }

  /**
   * The definition's value.
   *
   * @return a structure of long-unsigned, octet-string, integer and long-unsigned
   */
  public CosemData encode() {
    return CosemData.structure(
        CosemData.longUnsigned(attribute.classId()),
        CosemData.octetString(attribute.logicalName().toOctets()),
        CosemData.integer(attribute.attributeIndex()),
        CosemData.longUnsigned(dataIndex));
  }
}
