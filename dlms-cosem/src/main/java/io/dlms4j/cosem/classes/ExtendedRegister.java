package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;

/**
 * An Extended register object (class 4, version 0; Blue Book 4.3.3).
 *
 * @param logicalName its OBIS code
 */
public record ExtendedRegister(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: the number, before it is scaled. */
  public static final AttributeDescriptor<CosemData> VALUE =
      AttributeDescriptor.ofDynamic(2, "value", ValueType.ANY);

  /** Attribute 3. */
  public static final AttributeDescriptor<ScalerUnit> SCALER_UNIT =
      AttributeDescriptor.ofStatic(3, "scaler_unit", ValueType.SCALER_UNIT);

  /** Attribute 4: what the value is worth, in the meter's own terms. */
  public static final AttributeDescriptor<CosemData> STATUS =
      AttributeDescriptor.ofDynamic(4, "status", ValueType.ANY);

  /** Attribute 5: when the value was captured. */
  public static final AttributeDescriptor<CosemDateTime> CAPTURE_TIME =
      AttributeDescriptor.ofDynamic(5, "capture_time", ValueType.DATE_TIME);

  /** Method 1: puts the value back to its default. */
  public static final MethodDescriptor<Nothing, Nothing> RESET = MethodDescriptor.of(1, "reset");

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(4, 0, "Extended register")
          .attributes(VALUE, SCALER_UNIT, STATUS, CAPTURE_TIME)
          .methods(RESET)
          .methodOffset(0x38)
          .build();

  /**
   * A register by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static ExtendedRegister at(String logicalName) {
    return new ExtendedRegister(ObisCode.of(logicalName));
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
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemDateTime> captureTime() {
    return attribute(CAPTURE_TIME);
  }
}
