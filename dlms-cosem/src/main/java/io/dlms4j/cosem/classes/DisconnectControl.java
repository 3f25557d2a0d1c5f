package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.ObisCode;

/**
 * A Disconnect control object (class 70, version 0; Blue Book 4.5.8).
 *
 * @param logicalName its OBIS code
 */
public record DisconnectControl(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: whether the breaker is closed. */
  public static final AttributeDescriptor<Boolean> OUTPUT_STATE =
      AttributeDescriptor.ofDynamic(2, "output_state", ValueType.BOOLEAN);

  /** Attribute 3: what the breaker is told to be. */
  public static final AttributeDescriptor<ControlState> CONTROL_STATE =
      AttributeDescriptor.ofDynamic(
          3, "control_state", ValueType.enumOf("control_state", ControlState.values()));

  /** Attribute 4: who may connect and disconnect. */
  public static final AttributeDescriptor<ControlMode> CONTROL_MODE =
      AttributeDescriptor.ofStatic(
          4, "control_mode", ValueType.enumOf("control_mode", ControlMode.values()));

  /** Method 1: disconnects, if the control mode allows. */
  public static final MethodDescriptor<Nothing, Nothing> REMOTE_DISCONNECT =
      MethodDescriptor.of(1, "remote_disconnect");

  /** Method 2: connects, or makes ready for it, as the control mode says. */
  public static final MethodDescriptor<Nothing, Nothing> REMOTE_RECONNECT =
      MethodDescriptor.of(2, "remote_reconnect");

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(70, 0, "Disconnect control")
          .attributes(OUTPUT_STATE, CONTROL_STATE, CONTROL_MODE)
          .methods(REMOTE_DISCONNECT, REMOTE_RECONNECT)
          .methodOffset(0x20)
          .build();

  /** control_state: what the breaker is told to be. */
  public enum ControlState implements Coded {
    /** Open. */
    DISCONNECTED(0),
    /** Closed. */
    CONNECTED(1),
    /** Open, to be closed by hand. */
    READY_FOR_RECONNECTION(2);

    private final int code;

    ControlState(int code) {
      this.code = code;
    }

    /**
     * The number on the wire.
     *
     * @return 0..2
     */
    @Override
    public int code() {
      return code;
    }
  }

  /**
   * control_mode: who may connect and disconnect; the letters are of the transitions (Blue Book
   * 4.5.8).
   */
  public enum ControlMode implements Coded {
    /** The breaker is always closed. */
    NONE(0),
    /**
     * Disconnection: remote (b, c), manual (f), local (g); reconnection: remote (d), manual (e).
     */
    MODE_1(1),
    /**
     * Disconnection: remote (b, c), manual (f), local (g); reconnection: remote (a), manual (e).
     */
    MODE_2(2),
    /** Disconnection: remote (b, c), local (g); reconnection: remote (d), manual (e). */
    MODE_3(3),
    /** Disconnection: remote (b, c), local (g); reconnection: remote (a), manual (e). */
    MODE_4(4),
    /**
     * Disconnection: remote (b, c), manual (f), local (g); reconnection: remote (d), manual (e),
     * local (h).
     */
    MODE_5(5),
    /** Disconnection: remote (b, c), local (g); reconnection: remote (d), manual (e), local (h). */
    MODE_6(6);

    private final int code;

    ControlMode(int code) {
      this.code = code;
    }

    /**
     * The number on the wire.
     *
     * @return 0..6
     */
    @Override
    public int code() {
      return code;
    }
  }

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static DisconnectControl at(String logicalName) {
    return new DisconnectControl(ObisCode.of(logicalName));
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
  public TypedAttribute<Boolean> outputState() {
    return attribute(OUTPUT_STATE);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<ControlState> controlState() {
    return attribute(CONTROL_STATE);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<ControlMode> controlMode() {
    return attribute(CONTROL_MODE);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<Nothing, Nothing> remoteDisconnect() {
    return method(REMOTE_DISCONNECT);
  }

  /**
   * Method 2.
   *
   * @return the method
   */
  public TypedMethod<Nothing, Nothing> remoteReconnect() {
    return method(REMOTE_RECONNECT);
  }
}
