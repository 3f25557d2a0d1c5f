package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.ObisCode;

/**
 * An IEC HDLC setup object (class 23, versions 0 and 1; Blue Book 4.7.2).
 *
 * @param logicalName its OBIS code
 */
public record IecHdlcSetup(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 5: in version 0: octets, 32..128. */
  public static final AttributeDescriptor<Integer> MAX_INFO_FIELD_LENGTH_TRANSMIT_0 =
      AttributeDescriptor.ofStatic(5, "max_info_field_length_transmit", ValueType.UNSIGNED);

  /** Attribute 6: in version 0: octets, 32..128. */
  public static final AttributeDescriptor<Integer> MAX_INFO_FIELD_LENGTH_RECEIVE_0 =
      AttributeDescriptor.ofStatic(6, "max_info_field_length_receive", ValueType.UNSIGNED);

  /** Attribute 2: 0 is 300 baud, 9 is 115,200. */
  public static final AttributeDescriptor<Integer> COMM_SPEED =
      AttributeDescriptor.ofStatic(2, "comm_speed", ValueType.ENUM);

  /** Attribute 3: frames, 1..7. */
  public static final AttributeDescriptor<Integer> WINDOW_SIZE_TRANSMIT =
      AttributeDescriptor.ofStatic(3, "window_size_transmit", ValueType.UNSIGNED);

  /** Attribute 4: frames, 1..7. */
  public static final AttributeDescriptor<Integer> WINDOW_SIZE_RECEIVE =
      AttributeDescriptor.ofStatic(4, "window_size_receive", ValueType.UNSIGNED);

  /** Attribute 5: octets, 32..2030. */
  public static final AttributeDescriptor<Integer> MAX_INFO_FIELD_LENGTH_TRANSMIT =
      AttributeDescriptor.ofStatic(5, "max_info_field_length_transmit", ValueType.LONG_UNSIGNED);

  /** Attribute 6: octets, 32..2030. */
  public static final AttributeDescriptor<Integer> MAX_INFO_FIELD_LENGTH_RECEIVE =
      AttributeDescriptor.ofStatic(6, "max_info_field_length_receive", ValueType.LONG_UNSIGNED);

  /** Attribute 7: milliseconds, 20..6000. */
  public static final AttributeDescriptor<Integer> INTER_OCTET_TIME_OUT =
      AttributeDescriptor.ofStatic(7, "inter_octet_time_out", ValueType.LONG_UNSIGNED);

  /** Attribute 8: seconds; 0 for ever. */
  public static final AttributeDescriptor<Integer> INACTIVITY_TIME_OUT =
      AttributeDescriptor.ofStatic(8, "inactivity_time_out", ValueType.LONG_UNSIGNED);

  /** Attribute 9: the physical address. */
  public static final AttributeDescriptor<Integer> DEVICE_ADDRESS =
      AttributeDescriptor.ofStatic(9, "device_address", ValueType.LONG_UNSIGNED);

  /** The class in version 0, whose frames are shorter. */
  public static final InterfaceClass VERSION_0 =
      InterfaceClass.builder(23, 0, "IEC HDLC setup")
          .attributes(
              COMM_SPEED,
              WINDOW_SIZE_TRANSMIT,
              WINDOW_SIZE_RECEIVE,
              MAX_INFO_FIELD_LENGTH_TRANSMIT_0,
              MAX_INFO_FIELD_LENGTH_RECEIVE_0,
              INTER_OCTET_TIME_OUT,
              INACTIVITY_TIME_OUT,
              DEVICE_ADDRESS)
          .build();

  /** The class in version 1. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(23, 1, "IEC HDLC setup")
          .attributes(
              COMM_SPEED,
              WINDOW_SIZE_TRANSMIT,
              WINDOW_SIZE_RECEIVE,
              MAX_INFO_FIELD_LENGTH_TRANSMIT,
              MAX_INFO_FIELD_LENGTH_RECEIVE,
              INTER_OCTET_TIME_OUT,
              INACTIVITY_TIME_OUT,
              DEVICE_ADDRESS)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static IecHdlcSetup at(String logicalName) {
    return new IecHdlcSetup(ObisCode.of(logicalName));
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
  public TypedAttribute<Integer> commSpeed() {
    return attribute(COMM_SPEED);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> windowSizeTransmit() {
    return attribute(WINDOW_SIZE_TRANSMIT);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> windowSizeReceive() {
    return attribute(WINDOW_SIZE_RECEIVE);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> maxInfoFieldLengthTransmit() {
    return attribute(MAX_INFO_FIELD_LENGTH_TRANSMIT);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> maxInfoFieldLengthReceive() {
    return attribute(MAX_INFO_FIELD_LENGTH_RECEIVE);
  }

  /**
   * Attribute 7.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> interOctetTimeOut() {
    return attribute(INTER_OCTET_TIME_OUT);
  }

  /**
   * Attribute 8.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> inactivityTimeOut() {
    return attribute(INACTIVITY_TIME_OUT);
  }

  /**
   * Attribute 9.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> deviceAddress() {
    return attribute(DEVICE_ADDRESS);
  }
}
