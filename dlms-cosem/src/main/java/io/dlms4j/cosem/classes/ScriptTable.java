package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * A Script table object (class 9, version 0; Blue Book 4.5.2).
 *
 * @param logicalName its OBIS code
 */
public record ScriptTable(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: the scripts. */
  public static final AttributeDescriptor<List<Script>> SCRIPTS =
      AttributeDescriptor.ofStatic(2, "scripts", ValueType.arrayOf(Script.TYPE));

  /** Method 1: executes the script of that identifier. */
  public static final MethodDescriptor<Integer, Nothing> EXECUTE =
      MethodDescriptor.taking(1, "execute", ValueType.LONG_UNSIGNED);

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(9, 0, "Script table")
          .attributes(SCRIPTS)
          .methods(EXECUTE)
          .methodOffset(0x20)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static ScriptTable at(String logicalName) {
    return new ScriptTable(ObisCode.of(logicalName));
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
  public TypedAttribute<List<Script>> scripts() {
    return attribute(SCRIPTS);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<Integer, Nothing> execute() {
    return method(EXECUTE);
  }
}
