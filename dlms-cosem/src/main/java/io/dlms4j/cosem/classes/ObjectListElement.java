package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ObisCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
   * @param accessMode what may be done with it
   */
  public record MethodAccess(int methodIndex, MethodAccessMode accessMode) {}

  /** Keeps copies of the lists. */
  public ObjectListElement {
    attributeAccess = List.copyOf(attributeAccess);
    methodAccess = List.copyOf(methodAccess);
  }

  /**
   * Reads an element.
   *
   * @param data a structure of class_id, version, logical_name and access_rights; the last may be
   *     missing, as it is in an answer to a selective access that leaves it out: then there are no
   *     rights in the element
   * @param associationVersion the version of the Association LN that has the list: it says what the
   *     access modes mean
   * @return the element
   * @throws AxdrException if the value is something else
   */
  public static ObjectListElement decode(CosemData data, int associationVersion) {
    if (data instanceof CosemData.StructureData && data.elements().size() == 3) {
      return decode(data.elements(), List.of(), List.of());
    }
    List<CosemData> fields = data.structureOf(4);
    List<CosemData> rights = fields.get(3).structureOf(2);
    List<AttributeAccess> attributes = new ArrayList<>();
    for (CosemData item : rights.get(0).elements()) {
      attributes.add(decodeAttribute(item, associationVersion));
    }
    List<MethodAccess> methods = new ArrayList<>();
    for (CosemData item : rights.get(1).elements()) {
      methods.add(decodeMethod(item, associationVersion));
    }
    return decode(fields, attributes, methods);
  }

  private static ObjectListElement decode(
      List<CosemData> fields, List<AttributeAccess> attributes, List<MethodAccess> methods) {
    return new ObjectListElement(
        Fields.within(fields.get(0), 0, 0xFFFF, "class_id", CLAUSE),
        Fields.within(fields.get(1), 0, 0xFF, "version", CLAUSE),
        CaptureObjectDefinition.logicalName(fields.get(2)),
        attributes,
        methods);
  }

  private static AttributeAccess decodeAttribute(CosemData item, int associationVersion) {
    List<CosemData> parts = item.structureOf(3);
    long code = parts.get(1).integralValue();
    AttributeAccessMode mode =
        AttributeAccessMode.ofCode(code, associationVersion).orElseThrow(() -> undefined(code));
    List<Integer> selectors = new ArrayList<>();
    if (!(parts.get(2) instanceof CosemData.NullData)) {
      for (CosemData selector : parts.get(2).elements()) {
        selectors.add(Fields.within(selector, 0, 255, "access_selector", CLAUSE));
      }
    }
    return new AttributeAccess(index(parts.get(0), "attribute_id"), mode, selectors);
  }

  private static MethodAccess decodeMethod(CosemData item, int associationVersion) {
    List<CosemData> parts = item.structureOf(2);
    // A boolean in version 0 of the class, an enum from version 1 on.
    CosemData mode = parts.get(1);
    int index = index(parts.get(0), "method_id");
    if (mode instanceof CosemData.BooleanData bool) {
      return new MethodAccess(
          index, bool.value() ? MethodAccessMode.ACCESS : MethodAccessMode.NO_ACCESS);
    }
    long code = mode.integralValue();
    return new MethodAccess(
        index,
        MethodAccessMode.ofCode(code, associationVersion).orElseThrow(() -> undefined(code)));
  }

  private static AxdrException undefined(long code) {
    return Fields.malformed("access_mode " + code + " is not defined", CLAUSE);
  }

  /** An integer by the Blue Book; a selector of a GET may be greater than that holds. */
  private static CosemData selector(int selector) {
    return selector <= Byte.MAX_VALUE ? CosemData.integer(selector) : CosemData.unsigned(selector);
  }

  private static int index(CosemData data, String name) {
    return Fields.within(data, Byte.MIN_VALUE, Byte.MAX_VALUE, name, CLAUSE);
  }

  /**
   * The element's value.
   *
   * @param associationVersion the version of the Association LN that has the list: it says how the
   *     access modes are told
   * @return a structure of four
   */
  public CosemData encode(int associationVersion) {
    List<CosemData> attributes = new ArrayList<>();
    for (AttributeAccess access : attributeAccess) {
      attributes.add(
          CosemData.structure(
              CosemData.integer(access.attributeIndex()),
              CosemData.enumerated(access.accessMode().code(associationVersion)),
              access.accessSelectors().isEmpty()
                  ? CosemData.nullData()
                  : CosemData.array(
                      access.accessSelectors().stream()
                          .map(ObjectListElement::selector)
                          .toList())));
    }
    List<CosemData> methods = new ArrayList<>();
    for (MethodAccess access : methodAccess) {
      int code = access.accessMode().code(associationVersion);
      methods.add(
          CosemData.structure(
              CosemData.integer(access.methodIndex()),
              associationVersion == 0 ? CosemData.bool(code != 0) : CosemData.enumerated(code)));
    }
    List<CosemData> fields = new ArrayList<>(names());
    fields.add(CosemData.structure(CosemData.array(attributes), CosemData.array(methods)));
    return CosemData.structure(fields);
  }

  /**
   * The element's value without the rights, as an answer to a selective access has it.
   *
   * @return a structure of three
   */
  public CosemData encodeWithoutRights() {
    return CosemData.structure(names());
  }

  private List<CosemData> names() {
    return List.of(
        CosemData.longUnsigned(classId),
        CosemData.unsigned(version),
        CosemData.octetString(logicalName.toOctets()));
  }

  /**
   * The right to an attribute.
   *
   * @param attributeIndex which one
   * @return the right; none to an attribute that is not in the list
   */
  public AttributeAccessMode attributeMode(int attributeIndex) {
    for (AttributeAccess access : attributeAccess) {
      if (access.attributeIndex() == attributeIndex) {
        return access.accessMode();
      }
    }
    return AttributeAccessMode.NO_ACCESS;
  }

  /**
   * The right to a method.
   *
   * @param methodIndex which one
   * @return the right; none to a method that is not in the list
   */
  public MethodAccessMode methodMode(int methodIndex) {
    for (MethodAccess access : methodAccess) {
      if (access.methodIndex() == methodIndex) {
        return access.accessMode();
      }
    }
    return MethodAccessMode.NO_ACCESS;
  }

  /**
   * The class of the object, as the Blue Book declares it.
   *
   * @return the class in this version, else in the newest that is known; nothing if none is
   */
  public Optional<InterfaceClass> interfaceClass() {
    return InterfaceClasses.of(classId, version).or(() -> InterfaceClasses.ofId(classId));
  }
}
