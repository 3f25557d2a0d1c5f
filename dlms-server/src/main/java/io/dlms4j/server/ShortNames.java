package io.dlms4j.server;

import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.InterfaceClass;
import io.dlms4j.cosem.classes.InterfaceClasses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The short names of a logical device: each object has a base_name, each of its attributes and
 * methods an offset to that (Blue Book 4.1.2). Only those with positive indices have one.
 * Immutable.
 */
final class ShortNames {
  /** base_name of the current association (Blue Book 4.1.3, reserved base_names). */
  static final int ASSOCIATION = 0xFA00;

  private static final int BROADCAST_SCRIPTS = 0xFB00;
  private static final int SAP_ASSIGNMENT = 0xFC00;
  private static final int LOGICAL_DEVICE_NAME = 0xFD00;

  private static final Map<ObisCode, Integer> RESERVED =
      Map.of(
          new ObisCode(0, 0, 40, 0, 0, 255), ASSOCIATION,
          new ObisCode(0, 0, 10, 0, 125, 255), BROADCAST_SCRIPTS,
          new ObisCode(0, 0, 41, 0, 0, 255), SAP_ASSIGNMENT,
          new ObisCode(0, 0, 42, 0, 0, 255), LOGICAL_DEVICE_NAME);

  /** Names that nobody chose are given out from here upwards. */
  private static final int FIRST_GIVEN = 0x0100;

  private static final int LEAST_RESERVED = ASSOCIATION;
  private static final int MOST_NAMES = 0x1_0000;
  private static final int STEP = 8;

  private final NavigableMap<Integer, Named> byBaseName;

  /** Names that somebody chose for an object. The offset of its first method may be left open. */
  record Chosen(int baseName, @Nullable Integer methodOffset) {
    Chosen {
      requireName("base_name", baseName);
      if (methodOffset != null) {
        requireName("offset", methodOffset);
      }
    }

    private static void requireName(String what, int name) {
      if (name < 0 || name >= MOST_NAMES || name % STEP != 0) {
        throw new IllegalArgumentException(
            what + " " + name + " is no multiple of 8 within 0..65528");
      }
    }
  }

  /** An object with its names: those up to {@code end} are its own. */
  record Named(CosemObject object, int baseName, int methodOffset, int end) {
    Optional<Target> target(int name) {
      int offset = name - baseName;
      int index = offset / STEP + 1;
      if (offset % STEP != 0 || name >= end) {
        return Optional.empty();
      }
      if (object.attribute(index).isPresent()) {
        return Optional.of(new Target(object, index, false));
      }
      int method = (offset - methodOffset) / STEP + 1;
      return offset >= methodOffset && object.methods().contains(method)
          ? Optional.of(new Target(object, method, true))
          : Optional.empty();
    }
  }

  /** What a short name is the name of. */
  record Target(CosemObject object, int index, boolean isMethod) {}

  private ShortNames(NavigableMap<Integer, Named> byBaseName) {
    this.byBaseName = byBaseName;
  }

  /**
   * Gives every object its names: first those that were chosen or are reserved, then the others in
   * their order.
   *
   * @throws IllegalArgumentException if names overlap, or there are not enough
   */
  static ShortNames of(Collection<CosemObject> objects, Map<ObisCode, Chosen> chosen) {
    ShortNames names = new ShortNames(new TreeMap<>());
    List<CosemObject> others = new ArrayList<>();
    for (CosemObject object : objects) {
      Chosen own = chosen.get(object.logicalName());
      Integer reserved = RESERVED.get(object.logicalName());
      if (own != null) {
        names.add(named(object, own.baseName(), own.methodOffset()));
      } else if (reserved != null) {
        names.add(named(object, reserved, null));
      } else {
        others.add(object);
      }
    }
    int free = FIRST_GIVEN;
    for (CosemObject object : others) {
      Named named = named(object, free, null);
      for (Named other = names.overlapping(named);
          other != null;
          other = names.overlapping(named)) {
        named = named(object, other.end(), null);
      }
      if (named.end() > LEAST_RESERVED) {
        throw new IllegalArgumentException("there are not enough short names for " + object);
      }
      names.add(named);
      free = named.end();
    }
    return names;
  }

  private static Named named(CosemObject object, int baseName, @Nullable Integer methodOffset) {
    int attributes =
        STEP * object.attributes().stream().mapToInt(CosemObject.Attribute::index).max().orElse(0);
    int methods = methodOffset == null ? ofClass(object, attributes) : methodOffset;
    if (methodOffset != null && methods < attributes) {
      throw new IllegalArgumentException(
          "the methods of " + object.logicalName() + " have the short names of its attributes");
    }
    int last = object.methods().stream().mapToInt(Integer::intValue).max().orElse(0);
    int end = baseName + (last > 0 ? methods + STEP * last : Math.max(attributes, STEP));
    return new Named(object, baseName, methods, end);
  }

  /**
   * Where the methods begin: where the Blue Book puts those of the class, unless the object has
   * attributes there; else just behind its attributes. What counts is the first method that there
   * is: Association SN has two without use, whose names later attributes were given.
   */
  private static int ofClass(CosemObject object, int attributes) {
    int declared =
        InterfaceClasses.of(object.classId(), object.version())
            .or(() -> InterfaceClasses.ofId(object.classId()))
            .map(InterfaceClass::methodOffset)
            .orElse(0);
    int first = object.methods().stream().filter(index -> index > 0).findFirst().orElse(1);
    return declared > 0 && declared + STEP * (first - 1) >= attributes ? declared : attributes;
  }

  private void add(Named named) {
    Named other = overlapping(named);
    if (other != null) {
      throw new IllegalArgumentException(
          named.object().logicalName()
              + " and "
              + other.object().logicalName()
              + " have the same short names");
    }
    if (named.end() > MOST_NAMES) {
      throw new IllegalArgumentException(
          "the short names of " + named.object().logicalName() + " go beyond 65535");
    }
    byBaseName.put(named.baseName(), named);
  }

  private @Nullable Named overlapping(Named named) {
    Map.Entry<Integer, Named> below = byBaseName.lowerEntry(named.end());
    return below != null && below.getValue().end() > named.baseName() ? below.getValue() : null;
  }

  /** What a short name is the name of, if anything. */
  Optional<Target> find(int name) {
    Map.Entry<Integer, Named> below = byBaseName.floorEntry(name);
    return below == null ? Optional.empty() : below.getValue().target(name);
  }

  /** All objects with their names, in ascending order. */
  List<Named> all() {
    return new ArrayList<>(byBaseName.values());
  }
}
