package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * A SAP assignment object (class 17, version 0; Blue Book 4.4.5).
 *
 * @param logicalName its OBIS code
 */
public record SapAssignment(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: the logical devices of the physical device. */
  public static final AttributeDescriptor<List<SapAssignmentElement>> SAP_ASSIGNMENT_LIST =
      AttributeDescriptor.ofStatic(
          2, "SAP_assignment_list", ValueType.arrayOf(SapAssignmentElement.TYPE));

  /** Method 1. */
  public static final MethodDescriptor<SapAssignmentElement, Nothing> CONNECT_LOGICAL_DEVICE =
      MethodDescriptor.taking(1, "connect_logical_device", SapAssignmentElement.TYPE);

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(17, 0, "SAP assignment")
          .attributes(SAP_ASSIGNMENT_LIST)
          .methods(CONNECT_LOGICAL_DEVICE)
          .methodOffset(0x20)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static SapAssignment at(String logicalName) {
    return new SapAssignment(ObisCode.of(logicalName));
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
  public TypedAttribute<List<SapAssignmentElement>> sapAssignmentList() {
    return attribute(SAP_ASSIGNMENT_LIST);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<SapAssignmentElement, Nothing> connectLogicalDevice() {
    return method(CONNECT_LOGICAL_DEVICE);
  }
}
