package io.dlms4j.cosem.classes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An interface class of the Blue Book in one of its versions, declared once: a client's typed
 * access, a server's checks and a printer's names all come from here. {@link InterfaceClasses} has
 * those that this library knows; whoever needs another one declares it in the same way.
 *
 * <pre>{@code
 * AttributeDescriptor<CosemData> value = AttributeDescriptor.ofDynamic(2, "value", ValueType.ANY);
 * InterfaceClass data = InterfaceClass.builder(1, 0, "Data").attributes(value).build();
 * }</pre>
 *
 * @param classId class_id, 0..65535
 * @param version version of the class, 0..255
 * @param name name of the class
 * @param attributes in ascending order of their indices, the first being logical_name
 * @param methods in ascending order of their indices
 * @param methodOffset offset of the short name of the first method to base_name; 0 if the Blue Book
 *     gives none
 */
public record InterfaceClass(
    int classId,
    int version,
    String name,
    List<AttributeDescriptor<?>> attributes,
    List<MethodDescriptor<?, ?>> methods,
    int methodOffset) {
  /** Keeps copies of the lists. */
  public InterfaceClass {
    attributes = List.copyOf(attributes);
    methods = List.copyOf(methods);
  }

  /**
   * Begins a class. Attribute 1, logical_name, is there already.
   *
   * @param classId class_id, 0..65535
   * @param version version of the class, 0..255
   * @param name name of the class
   * @return a builder
   * @throws IllegalArgumentException if a number is out of range
   */
  public static Builder builder(int classId, int version, String name) {
    return new Builder(classId, version, name);
  }

  /**
   * An attribute by its index.
   *
   * @param attributeIndex its index
   * @return the attribute, or nothing if the class declares none
   */
  public Optional<AttributeDescriptor<?>> attribute(int attributeIndex) {
    for (AttributeDescriptor<?> attribute : attributes) {
      if (attribute.index() == attributeIndex) {
        return Optional.of(attribute);
      }
    }
    return Optional.empty();
  }

  /**
   * A method by its index.
   *
   * @param methodIndex its index
   * @return the method, or nothing if the class declares none
   */
  public Optional<MethodDescriptor<?, ?>> method(int methodIndex) {
    for (MethodDescriptor<?, ?> method : methods) {
      if (method.index() == methodIndex) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }

  /**
   * The name of an attribute.
   *
   * @param attributeIndex its index
   * @return the name in the Blue Book, or the index of one that it does not name
   */
  public String attributeName(int attributeIndex) {
    Optional<AttributeDescriptor<?>> attribute = attribute(attributeIndex);
    return attribute.isPresent() ? attribute.get().name() : "attribute " + attributeIndex;
  }

  /**
   * The name of a method.
   *
   * @param methodIndex its index
   * @return the name in the Blue Book, or the index of one that it does not name
   */
  public String methodName(int methodIndex) {
    Optional<MethodDescriptor<?, ?>> method = method(methodIndex);
    return method.isPresent() ? method.get().name() : "method " + methodIndex;
  }

  /** Name and numbers: {@code Clock (class 8, version 0)}. */
  @Override
  public String toString() {
    return name + " (class " + classId + ", version " + version + ")";
  }

  /** Makes an {@link InterfaceClass}. Used by one thread. */
  public static final class Builder {
    private final int classId;
    private final int version;
    private final String name;
    private final List<AttributeDescriptor<?>> attributes = new ArrayList<>();
    private final List<MethodDescriptor<?, ?>> methods = new ArrayList<>();
    private int methodOffset;

    private Builder(int classId, int version, String name) {
      if (classId < 0 || classId > 0xFFFF || version < 0 || version > 0xFF) {
        throw new IllegalArgumentException(
            "class_id " + classId + ", version " + version + " are not within 0..65535 and 0..255");
      }
      this.classId = classId;
      this.version = version;
      this.name = name;
      attributes.add(AttributeDescriptor.ofStatic(1, "logical_name", ValueType.LOGICAL_NAME));
    }

    /**
     * Adds attributes.
     *
     * @param more in ascending order of their indices
     * @return this
     * @throws IllegalArgumentException if they are not in order
     */
    public Builder attributes(AttributeDescriptor<?>... more) {
      for (AttributeDescriptor<?> each : more) {
        if (each.index() <= attributes.get(attributes.size() - 1).index()) {
          throw new IllegalArgumentException(name + ": " + each.name() + " is out of order");
        }
        attributes.add(each);
      }
      return this;
    }

    /**
     * Adds methods.
     *
     * @param more in ascending order of their indices
     * @return this
     * @throws IllegalArgumentException if they are not in order
     */
    public Builder methods(MethodDescriptor<?, ?>... more) {
      for (MethodDescriptor<?, ?> each : more) {
        if (!methods.isEmpty() && each.index() <= methods.get(methods.size() - 1).index()) {
          throw new IllegalArgumentException(name + ": " + each.name() + " is out of order");
        }
        methods.add(each);
      }
      return this;
    }

    /**
     * Says where the short names of the methods begin, as the Blue Book does.
     *
     * @param offset to base_name, a multiple of 8
     * @return this
     */
    public Builder methodOffset(int offset) {
      this.methodOffset = offset;
      return this;
    }

    /**
     * Makes the class.
     *
     * @return the class
     */
    public InterfaceClass build() {
      return new InterfaceClass(classId, version, name, attributes, methods, methodOffset);
    }
  }
}
