package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an association sees of a logical device: its objects, and the rights to them (Blue Book
 * 4.4.4, object_list). Immutable.
 *
 * @param objects in the order in which the meter lists them
 */
public record AssociationView(List<ObjectListElement> objects) {
  /** Of a list without its association object: what most meters have, and the codes of others. */
  private static final int UNKNOWN_VERSION = 1;

  /** Keeps a copy of the list. */
  public AssociationView {
    objects = List.copyOf(objects);
  }

  /**
   * Reads an object_list. What its access modes mean depends on the version of the association
   * object, which is in the list itself; if it is not, as in a part of a list, version 1 is
   * assumed.
   *
   * @param data an array of object_list_element
   * @return the view
   * @throws AxdrException if the value is something else
   */
  public static AssociationView decode(CosemData data) {
    List<CosemData> elements = data.elements();
    int version = versionIn(elements);
    return new AssociationView(
        elements.stream().map(element -> ObjectListElement.decode(element, version)).toList());
  }

  private static int versionIn(List<CosemData> elements) {
    int version = UNKNOWN_VERSION;
    boolean found = false;
    for (CosemData element : elements) {
      List<CosemData> fields = element.elements();
      if (fields.size() < 3 || fields.get(0).integralValue() != AssociationLn.CLASS_ID) {
        continue;
      }
      int of = Fields.within(fields.get(1), 0, 0xFF, "version", "Blue Book 4.4.4");
      if (fields.get(2).octetStringValue().equals(AssociationLn.CURRENT.logicalName().toOctets())) {
        return of;
      }
      version = found ? version : of;
      found = true;
    }
    return version;
  }

  /**
   * The object_list, as the version of the association object in it has it.
   *
   * @return an array of object_list_element
   */
  public CosemData encode() {
    int version =
        objects.stream()
            .filter(each -> each.logicalName().equals(AssociationLn.CURRENT.logicalName()))
            .findFirst()
            .or(() -> ofClass(AssociationLn.CLASS_ID).stream().findFirst())
            .map(ObjectListElement::version)
            .orElse(UNKNOWN_VERSION);
    return CosemData.array(objects.stream().map(object -> object.encode(version)).toList());
  }

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code
   * @return the object, or nothing if the association does not see it
   */
  public Optional<ObjectListElement> object(ObisCode logicalName) {
    return objects.stream().filter(each -> each.logicalName().equals(logicalName)).findFirst();
  }

  /**
   * The objects of a class, of whatever version.
   *
   * @param classId class_id
   * @return those that the association sees, in order
   */
  public List<ObjectListElement> ofClass(int classId) {
    return objects.stream().filter(each -> each.classId() == classId).toList();
  }

  /**
   * The right to an attribute.
   *
   * @param attribute which one
   * @return the right; none to what the association does not see
   */
  public AttributeAccessMode mode(AttributeRef attribute) {
    return object(attribute.logicalName())
        .filter(object -> object.classId() == attribute.classId())
        .map(object -> object.attributeMode(attribute.attributeIndex()))
        .orElse(AttributeAccessMode.NO_ACCESS);
  }

  /**
   * The right to a method.
   *
   * @param method which one
   * @return the right; none to what the association does not see
   */
  public MethodAccessMode mode(MethodRef method) {
    return object(method.logicalName())
        .filter(object -> object.classId() == method.classId())
        .map(object -> object.methodMode(method.methodIndex()))
        .orElse(MethodAccessMode.NO_ACCESS);
  }

  /**
   * All objects by their names, for whoever looks up many.
   *
   * @return the objects; of two with one name, the first
   */
  public Map<ObisCode, ObjectListElement> byLogicalName() {
    Map<ObisCode, ObjectListElement> map = new HashMap<>();
    objects.forEach(object -> map.putIfAbsent(object.logicalName(), object));
    return Map.copyOf(map);
  }
}
