package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ObisCode;

/**
 * A Data object (class 1, version 0; Blue Book 4.3.1).
 *
 * @param logicalName its OBIS code
 */
public record Data(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: anything. */
  public static final AttributeDescriptor<CosemData> VALUE =
      AttributeDescriptor.ofDynamic(2, "value", ValueType.ANY);

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(1, 0, "Data").attributes(VALUE).build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static Data at(String logicalName) {
    return new Data(ObisCode.of(logicalName));
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
}
