package io.dlms4j.server.description;

import io.dlms4j.cosem.classes.AttributeDescriptor;
import io.dlms4j.cosem.classes.InterfaceClass;
import io.dlms4j.cosem.classes.InterfaceClasses;
import io.dlms4j.cosem.classes.ValueType;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The class of a described object.
 *
 * @param declared what the library knows of it; null if it does not know it
 */
record ClassReference(int classId, int version, @Nullable InterfaceClass declared) {
  private static final Pattern INDEX = Pattern.compile("-?[0-9]{1,3}");

  /** By number or name, in a version or in the newest that is known. */
  static ClassReference read(Json json, @Nullable Json version) {
    Integer wanted = version == null ? null : version.number(0, 0xFF);
    if (json.isNumber()) {
      int classId = json.number(0, 0xFFFF);
      InterfaceClass found =
          (wanted == null ? InterfaceClasses.ofId(classId) : InterfaceClasses.of(classId, wanted))
              .orElse(null);
      if (found != null) {
        return of(found);
      }
      return new ClassReference(classId, wanted == null ? 0 : wanted, null);
    }
    String name = json.text();
    InterfaceClass found = null;
    for (InterfaceClass each : InterfaceClasses.all()) {
      if (each.name().equalsIgnoreCase(name) && (wanted == null || wanted == each.version())) {
        found = each;
      }
    }
    if (found == null) {
      throw json.fault(
          "no class "
              + Json.quoted(name)
              + (wanted == null ? "" : " of version " + wanted)
              + " is known; name it by its number");
    }
    return of(found);
  }

  private static ClassReference of(InterfaceClass declared) {
    return new ClassReference(declared.classId(), declared.version(), declared);
  }

  /** The index of an attribute that is named by its name or index, as text or as a number. */
  int attributeIndex(String nameOrIndex, Json at) {
    InterfaceClass known = declared;
    if (INDEX.matcher(nameOrIndex).matches()) {
      int index = Integer.parseInt(nameOrIndex);
      if (index == 0 || index < Byte.MIN_VALUE || index > Byte.MAX_VALUE) {
        throw at.fault("attribute index " + index + " is 0 or not within -128..127");
      }
      // Those below zero are the manufacturer's own.
      if (index > 0 && known != null && known.attribute(index).isEmpty()) {
        throw at.fault(known + " has no attribute " + index);
      }
      return index;
    }
    return named(nameOrIndex)
        .orElseThrow(
            () ->
                at.fault(
                    (known == null ? "class " + classId : known.toString())
                        + " has no attribute "
                        + Json.quoted(nameOrIndex)));
  }

  int attributeIndex(Json json) {
    return attributeIndex(
        json.isNumber()
            ? Integer.toString(json.number(Byte.MIN_VALUE, Byte.MAX_VALUE))
            : json.text(),
        json);
  }

  /** The index of an attribute of a name. */
  Optional<Integer> named(String name) {
    InterfaceClass known = declared;
    if (known == null) {
      return Optional.empty();
    }
    return known.attributes().stream()
        .filter(each -> each.name().equals(name))
        .map(AttributeDescriptor::index)
        .findFirst();
  }

  @Nullable ValueType<?> type(int attributeIndex) {
    InterfaceClass known = declared;
    AttributeDescriptor<?> found =
        known == null ? null : known.attribute(attributeIndex).orElse(null);
    return found == null ? null : found.type();
  }
}
