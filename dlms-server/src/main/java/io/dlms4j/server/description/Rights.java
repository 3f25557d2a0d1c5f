package io.dlms4j.server.description;

import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.MethodAccessMode;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rights of an association as they are described.
 *
 * @param otherwise to what is not in the map
 * @param objects to single attributes, or to an object: attribute {@link #WHOLE}
 * @param known the objects that are described; those that the server makes may always be read
 * @param methods whether methods may be invoked
 */
record Rights(
    AttributeAccessMode otherwise,
    Map<ObisCode, Map<Integer, AttributeAccessMode>> objects,
    Map<ObisCode, ObjectPlan> known,
    boolean methods)
    implements AccessPolicy {
  /** No attribute has this index. */
  private static final int WHOLE = 0;

  Rights {
    objects = Map.copyOf(objects);
    known = Map.copyOf(known);
  }

  static Rights read(
      @Nullable Json otherwise,
      @Nullable Json rights,
      @Nullable Json methods,
      Map<ObisCode, ObjectPlan> known) {
    Map<ObisCode, Map<Integer, AttributeAccessMode>> objects = new HashMap<>();
    if (rights != null) {
      for (Map.Entry<String, Json> each : rights.map().entrySet()) {
        Json json = each.getValue();
        ObjectPlan object =
            ObisCode.parse(each.getKey())
                .map(known::get)
                .orElseThrow(
                    () -> json.fault("no object " + Json.quoted(each.getKey()) + " is described"));
        if (objects.putIfAbsent(object.logicalName(), of(object, json)) != null) {
          throw json.fault("rights to " + object.logicalName() + " are given twice");
        }
      }
    }
    return new Rights(
        otherwise == null ? AttributeAccessMode.READ_ONLY : mode(otherwise),
        objects,
        known,
        methods != null && methods.truth());
  }

  private static Map<Integer, AttributeAccessMode> of(ObjectPlan object, Json json) {
    if (json.isText()) {
      return Map.of(WHOLE, mode(json));
    }
    Map<Integer, AttributeAccessMode> modes = new HashMap<>();
    for (Map.Entry<String, Json> each : json.map().entrySet()) {
      Json right = each.getValue();
      int index = object.type().attributeIndex(each.getKey(), right);
      if (!object.has(index)) {
        throw right.fault(
            "attribute " + index + " of " + object.logicalName() + " is not described");
      }
      AttributeAccessMode mode = mode(right);
      if (mode.mayWrite() && !object.isWritable(index)) {
        throw right.fault("attribute " + index + " cannot be written: it is no constant");
      }
      if (modes.putIfAbsent(index, mode) != null) {
        throw right.fault("the right to attribute " + index + " is given twice");
      }
    }
    return Map.copyOf(modes);
  }

  private static AttributeAccessMode mode(Json json) {
    return switch (json.text()) {
      case "-" -> AttributeAccessMode.NO_ACCESS;
      case "R" -> AttributeAccessMode.READ_ONLY;
      case "W" -> AttributeAccessMode.WRITE_ONLY;
      case "RW" -> AttributeAccessMode.READ_AND_WRITE;
      default -> throw json.fault("a right is R, W, RW or -");
    };
  }

  @Override
  public AttributeAccessMode mode(CosemObject object, int attributeIndex) {
    ObjectPlan plan = known.get(object.logicalName());
    if (plan == null) {
      return AttributeAccessMode.READ_ONLY;
    }
    Map<Integer, AttributeAccessMode> modes =
        Optional.ofNullable(objects.get(object.logicalName())).orElse(Map.of());
    AttributeAccessMode found = modes.get(attributeIndex);
    AttributeAccessMode mode = found == null ? modes.getOrDefault(WHOLE, otherwise) : found;
    if (!mode.mayWrite() || plan.isWritable(attributeIndex)) {
      return mode;
    }
    return mode.mayRead() ? AttributeAccessMode.READ_ONLY : AttributeAccessMode.NO_ACCESS;
  }

  @Override
  public MethodAccessMode methodMode(CosemObject object, int methodIndex) {
    return methods && known.containsKey(object.logicalName())
        ? MethodAccessMode.ACCESS
        : MethodAccessMode.NO_ACCESS;
  }
}
