package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.ObisCode;

/**
 * A TCP-UDP setup object (class 41, version 0; Blue Book 4.9.1).
 *
 * @param logicalName its OBIS code
 */
public record TcpUdpSetup(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: port on which the server listens. */
  public static final AttributeDescriptor<Integer> TCP_UDP_PORT =
      AttributeDescriptor.ofStatic(2, "TCP-UDP_port", ValueType.LONG_UNSIGNED);

  /** Attribute 3: name of the IP setup object below. */
  public static final AttributeDescriptor<ObisCode> IP_REFERENCE =
      AttributeDescriptor.ofStatic(3, "IP_reference", ValueType.LOGICAL_NAME);

  /** Attribute 4: maximum segment size of TCP, in octets. */
  public static final AttributeDescriptor<Integer> MSS =
      AttributeDescriptor.ofStatic(4, "MSS", ValueType.LONG_UNSIGNED);

  /** Attribute 5: connections at once, 1 at least. */
  public static final AttributeDescriptor<Integer> NB_OF_SIM_CONN =
      AttributeDescriptor.ofStatic(5, "nb_of_sim_conn", ValueType.UNSIGNED);

  /** Attribute 6: seconds; 0 for ever. */
  public static final AttributeDescriptor<Integer> INACTIVITY_TIME_OUT =
      AttributeDescriptor.ofStatic(6, "inactivity_time_out", ValueType.LONG_UNSIGNED);

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(41, 0, "TCP-UDP setup")
          .attributes(TCP_UDP_PORT, IP_REFERENCE, MSS, NB_OF_SIM_CONN, INACTIVITY_TIME_OUT)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static TcpUdpSetup at(String logicalName) {
    return new TcpUdpSetup(ObisCode.of(logicalName));
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
  public TypedAttribute<Integer> tcpUdpPort() {
    return attribute(TCP_UDP_PORT);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<ObisCode> ipReference() {
    return attribute(IP_REFERENCE);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> mss() {
    return attribute(MSS);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> nbOfSimConn() {
    return attribute(NB_OF_SIM_CONN);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> inactivityTimeOut() {
    return attribute(INACTIVITY_TIME_OUT);
  }
}
