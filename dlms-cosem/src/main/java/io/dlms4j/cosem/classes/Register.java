package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;

/**
 * A Register object (class 3, version 0; Blue Book 4.3.2).
 *
 * @param logicalName its OBIS code
 */
public record Register(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: the number, before it is scaled. */
  public static final AttributeDescriptor<CosemData> VALUE =
      AttributeDescriptor.ofDynamic(2, "value", ValueType.ANY);

  /** Attribute 3. */
  public static final AttributeDescriptor<ScalerUnit> SCALER_UNIT =
      AttributeDescriptor.ofStatic(3, "scaler_unit", ValueType.SCALER_UNIT);

  /** Method 1: puts the value back to its default. */
  public static final MethodDescriptor<Nothing, Nothing> RESET = MethodDescriptor.of(1, "reset");

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(3, 0, "Register")
          .attributes(VALUE, SCALER_UNIT)
          .methods(RESET)
          .methodOffset(0x28)
          .build();

  /**
   * A register by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static Register at(String logicalName) {
    return new Register(ObisCode.of(logicalName));
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
  public TypedAttribute<CosemData> value() {
    return attribute(VALUE);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<ScalerUnit> scalerUnit() {
    return attribute(SCALER_UNIT);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<Nothing, Nothing> reset() {
    return method(RESET);
  }
}
