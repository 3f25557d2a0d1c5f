package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * A Register activation object (class 6, version 0; Blue Book 4.3.5).
 *
 * @param logicalName its OBIS code
 */
public record RegisterActivation(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: the registers that are activated and deactivated. */
  public static final AttributeDescriptor<List<ObjectDefinition>> REGISTER_ASSIGNMENT =
      AttributeDescriptor.ofStatic(
          2, "register_assignment", ValueType.arrayOf(ObjectDefinition.TYPE));

  /** Attribute 3: the masks. */
  public static final AttributeDescriptor<List<RegisterActMask>> MASK_LIST =
      AttributeDescriptor.ofStatic(3, "mask_list", ValueType.arrayOf(RegisterActMask.TYPE));

  /** Attribute 4: name of the mask that counts now. */
  public static final AttributeDescriptor<Octets> ACTIVE_MASK =
      AttributeDescriptor.ofDynamic(4, "active_mask", ValueType.OCTET_STRING);

  /** Method 1: adds a register to the end of register_assignment. */
  public static final MethodDescriptor<ObjectDefinition, Nothing> ADD_REGISTER =
      MethodDescriptor.taking(1, "add_register", ObjectDefinition.TYPE);

  /** Method 2: adds a mask, in place of one of the same name. */
  public static final MethodDescriptor<RegisterActMask, Nothing> ADD_MASK =
      MethodDescriptor.taking(2, "add_mask", RegisterActMask.TYPE);

  /** Method 3: deletes the mask of that name. */
  public static final MethodDescriptor<Octets, Nothing> DELETE_MASK =
      MethodDescriptor.taking(3, "delete_mask", ValueType.OCTET_STRING);

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(6, 0, "Register activation")
          .attributes(REGISTER_ASSIGNMENT, MASK_LIST, ACTIVE_MASK)
          .methods(ADD_REGISTER, ADD_MASK, DELETE_MASK)
          .methodOffset(0x30)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static RegisterActivation at(String logicalName) {
    return new RegisterActivation(ObisCode.of(logicalName));
  }

  @Override
  public InterfaceClass interfaceClass() {
    return CLASS;
  }

  /**
   * Attribute 2.
   *
   * @return the attribute
   */
  public TypedAttribute<List<ObjectDefinition>> registerAssignment() {
    return attribute(REGISTER_ASSIGNMENT);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<List<RegisterActMask>> maskList() {
    return attribute(MASK_LIST);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<Octets> activeMask() {
    return attribute(ACTIVE_MASK);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<ObjectDefinition, Nothing> addRegister() {
    return method(ADD_REGISTER);
  }

  /**
   * Method 2.
   *
   * @return the method
   */
  public TypedMethod<RegisterActMask, Nothing> addMask() {
    return method(ADD_MASK);
  }

  /**
   * Method 3.
   *
   * @return the method
   */
  public TypedMethod<Octets, Nothing> deleteMask() {
    return method(DELETE_MASK);
  }
}
