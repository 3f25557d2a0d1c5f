package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ObisCode;
import java.util.ArrayList;
import java.util.List;

/**
 * object_list_element: an object that an association sees, with the rights to it (Blue Book 4.4.4,
 * Association LN, attribute 2).
 *
 * @param classId class_id, 0..65535
 * @param version version of the class, 0..255
 * @param logicalName its OBIS code
 * @param attributeAccess the rights to its attributes
 * @param methodAccess the rights to its methods
 */
public record ObjectListElement(
    int classId,
    int version,
    ObisCode logicalName,
    List<AttributeAccess> attributeAccess,
    List<MethodAccess> methodAccess) {
  private static final String CLAUSE = "Blue Book 4.4.4";

  /**
   * attribute_access_item.
   *
   * @param attributeIndex -128..127
   * @param accessMode what may be done with it
   * @param accessSelectors the selective accesses that it has; empty if none
   */
  public record AttributeAccess(
      int attributeIndex, AttributeAccessMode accessMode, List<Integer> accessSelectors) {
    /** Keeps a copy of the list. */
    public AttributeAccess {
      accessSelectors = List.copyOf(accessSelectors);
    }
  }

  /**
   * method_access_item.
   *
   * @param methodIndex -128..127
   * @param allowed whether it may be invoked
   */
  public record MethodAccess(int methodIndex, boolean allowed) {}

  /** Keeps copies of the lists. */
  public ObjectListElement {
    attributeAccess = List.copyOf(attributeAccess);
    methodAccess = List.copyOf(methodAccess);
  }

  /**
   * Reads an element.
   *
   * @param data a structure of class_id, version, logical_name and access_rights
   * @return the element
   * @throws AxdrException if the value is something else
   */
  public static ObjectListElement decode(CosemData data) {
    List<CosemData> fields = data.structureOf(4);
    List<CosemData> rights = fields.get(3).structureOf(2);
    List<AttributeAccess> attributes = new ArrayList<>();
    for (CosemData item : rights.get(0).elements()) {
      attributes.add(decodeAttribute(item));
    }
    List<MethodAccess> methods = new ArrayList<>();
    for (CosemData item : rights.get(1).elements()) {
      List<CosemData> parts = item.structureOf(2);
      // A boolean in version 0 of the class, an enum from version 1 on.
      CosemData mode = parts.get(1);
      boolean allowed =
          mode instanceof CosemData.BooleanData bool ? bool.value() : mode.integralValue() != 0;
      methods.add(new MethodAccess(index(parts.get(0), "method_id"), allowed));
    }
    return new ObjectListElement(
        Fields.within(fields.get(0), 0, 0xFFFF, "class_id", CLAUSE),
        Fields.within(fields.get(1), 0, 0xFF, "version", CLAUSE),
        CaptureObjectDefinition.logicalName(fields.get(2)),
        attributes,
        methods);
  }

  private static AttributeAccess decodeAttribute(CosemData item) {
    List<CosemData> parts = item.structureOf(3);
    long code = parts.get(1).integralValue();
    AttributeAccessMode mode =
        AttributeAccessMode.ofCode(code)
            .orElseThrow(() -> Fields.malformed("access_mode " + code + " is not defined", CLAUSE));
    List<Integer> selectors = new ArrayList<>();
    if (!(parts.get(2) instanceof CosemData.NullData)) {
      for (CosemData selector : parts.get(2).elements()) {
        selectors.add(Fields.within(selector, 0, 255, "access_selector", CLAUSE));
      }
    }
    return new AttributeAccess(index(parts.get(0), "attribute_id"), mode, selectors);
  }

  /** An integer by the Blue Book; a selector of a GET may be greater than that holds. */
  private static CosemData selector(int selector) {
    return selector <= Byte.MAX_VALUE ? CosemData.integer(selector) : CosemData.unsigned(selector);
  }

  private static int index(CosemData data, String name) {
    return Fields.within(data, Byte.MIN_VALUE, Byte.MAX_VALUE, name, CLAUSE);
  }

  /**
   * The element's value, as version 0 of Association LN has it.
   *
   * @return a structure of four
   */
  public CosemData encode() {
    List<CosemData> attributes = new ArrayList<>();
    for (AttributeAccess access : attributeAccess) {
      attributes.add(
          CosemData.structure(
              CosemData.integer(access.attributeIndex()),
              CosemData.enumerated(access.accessMode().code()),
              access.accessSelectors().isEmpty()
                  ? CosemData.nullData()
                  : CosemData.array(
                      access.accessSelectors().stream()
                          .map(ObjectListElement::selector)
                          .toList())));
    }
    List<CosemData> methods = new ArrayList<>();
    for (MethodAccess access : methodAccess) {
      methods.add(
          CosemData.structure(
              CosemData.integer(access.methodIndex()), CosemData.bool(access.allowed())));
    }
    return CosemData.structure(
        CosemData.longUnsigned(classId),
        CosemData.unsigned(version),
        CosemData.octetString(logicalName.toOctets()),
        CosemData.structure(CosemData.array(attributes), CosemData.array(methods)));
  }
}
