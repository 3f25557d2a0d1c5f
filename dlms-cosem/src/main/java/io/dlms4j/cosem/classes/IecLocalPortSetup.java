package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;

/**
 * An IEC local port setup object (class 19, versions 0 and 1; Blue Book 4.7.1).
 *
 * @param logicalName its OBIS code
 */
public record IecLocalPortSetup(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: how the port speaks at first. */
  public static final AttributeDescriptor<DefaultMode> DEFAULT_MODE =
      AttributeDescriptor.ofStatic(
          2, "default_mode", ValueType.enumOf("default_mode", DefaultMode.values()));

  /** Attribute 3: speed of the opening sequence: 0 is 300 baud, 9 is 115,200. */
  public static final AttributeDescriptor<Integer> DEFAULT_BAUD =
      AttributeDescriptor.ofStatic(3, "default_baud", ValueType.ENUM);

  /** Attribute 4: speed that the meter proposes: 0 is 300 baud, 9 is 115,200. */
  public static final AttributeDescriptor<Integer> PROP_BAUD =
      AttributeDescriptor.ofStatic(4, "prop_baud", ValueType.ENUM);

  /** Attribute 5: least time between a request and its response. */
  public static final AttributeDescriptor<ResponseTime> RESPONSE_TIME =
      AttributeDescriptor.ofStatic(
          5, "response_time", ValueType.enumOf("response_time", ResponseTime.values()));

  /** Attribute 6: address after IEC 62056-21, in ASCII. */
  public static final AttributeDescriptor<Octets> DEVICE_ADDR =
      AttributeDescriptor.ofStatic(6, "device_addr", ValueType.OCTET_STRING);

  /** Attribute 7: password 1 after IEC 62056-21. */
  public static final AttributeDescriptor<Octets> PASS_P1 =
      AttributeDescriptor.ofStatic(7, "pass_p1", ValueType.OCTET_STRING);

  /** Attribute 8: password 2 after IEC 62056-21. */
  public static final AttributeDescriptor<Octets> PASS_P2 =
      AttributeDescriptor.ofStatic(8, "pass_p2", ValueType.OCTET_STRING);

  /** Attribute 9: password W5, which is for the country's own use. */
  public static final AttributeDescriptor<Octets> PASS_W5 =
      AttributeDescriptor.ofStatic(9, "pass_w5", ValueType.OCTET_STRING);

  /** The class in version 0, which does not know a default_mode that is not specified. */
  public static final InterfaceClass VERSION_0 =
      InterfaceClass.builder(19, 0, "IEC local port setup")
          .attributes(
              DEFAULT_MODE,
              DEFAULT_BAUD,
              PROP_BAUD,
              RESPONSE_TIME,
              DEVICE_ADDR,
              PASS_P1,
              PASS_P2,
              PASS_W5)
          .build();

  /** The class in version 1. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(19, 1, "IEC local port setup")
          .attributes(
              DEFAULT_MODE,
              DEFAULT_BAUD,
              PROP_BAUD,
              RESPONSE_TIME,
              DEVICE_ADDR,
              PASS_P1,
              PASS_P2,
              PASS_W5)
          .build();

  /** default_mode: how the port speaks at first. */
  public enum DefaultMode implements Coded {
    /** As IEC 62056-21, modes A to E. */
    IEC_62056_21(0),
    /** As IEC 62056-46, with all its services. */
    HDLC(1),
    /** Not specified: with the speed of prop_baud and nothing more. */
    NOT_SPECIFIED(2);

    private final int code;

    DefaultMode(int code) {
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

  /** response_time: least time between a request and its response. */
  public enum ResponseTime implements Coded {
    /** 20 ms. */
    MILLISECONDS_20(0),
    /** 200 ms. */
    MILLISECONDS_200(1);

    private final int code;

    ResponseTime(int code) {
      this.code = code;
    }

    /**
     * The number on the wire.
     *
     * @return 0..1
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
  public static IecLocalPortSetup at(String logicalName) {
    return new IecLocalPortSetup(ObisCode.of(logicalName));
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
  public TypedAttribute<DefaultMode> defaultMode() {
    return attribute(DEFAULT_MODE);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> defaultBaud() {
    return attribute(DEFAULT_BAUD);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> propBaud() {
    return attribute(PROP_BAUD);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<ResponseTime> responseTime() {
    return attribute(RESPONSE_TIME);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<Octets> deviceAddr() {
    return attribute(DEVICE_ADDR);
  }

  /**
   * Attribute 7.
   *
   * @return the attribute
   */
  public TypedAttribute<Octets> passP1() {
    return attribute(PASS_P1);
  }

  /**
   * Attribute 8.
   *
   * @return the attribute
   */
  public TypedAttribute<Octets> passP2() {
    return attribute(PASS_P2);
  }

  /**
   * Attribute 9.
   *
   * @return the attribute
   */
  public TypedAttribute<Octets> passW5() {
    return attribute(PASS_W5);
  }
}
