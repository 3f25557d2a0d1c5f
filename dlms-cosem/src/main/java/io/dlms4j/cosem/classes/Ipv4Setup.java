package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * An IPv4 setup object (class 42, version 0; Blue Book 4.9.2).
 *
 * @param logicalName its OBIS code
 */
public record Ipv4Setup(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: name of the setup object of the data link below. */
  public static final AttributeDescriptor<ObisCode> DL_REFERENCE =
      AttributeDescriptor.ofStatic(2, "DL_reference", ValueType.LOGICAL_NAME);

  /** Attribute 3: the meter's address, as a number of 32 bits. */
  public static final AttributeDescriptor<Long> IP_ADDRESS =
      AttributeDescriptor.ofStatic(3, "IP_address", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Attribute 4: groups that it is in, each as a number of 32 bits. */
  public static final AttributeDescriptor<List<Long>> MULTICAST_IP_ADDRESS =
      AttributeDescriptor.ofStatic(
          4, "multicast_IP_address", ValueType.arrayOf(ValueType.DOUBLE_LONG_UNSIGNED));

  /** Attribute 5: options of what it sends. */
  public static final AttributeDescriptor<List<IpOption>> IP_OPTIONS =
      AttributeDescriptor.ofStatic(5, "IP_options", ValueType.arrayOf(IpOption.TYPE));

  /** Attribute 6: as a number of 32 bits. */
  public static final AttributeDescriptor<Long> SUBNET_MASK =
      AttributeDescriptor.ofStatic(6, "subnet_mask", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Attribute 7: as a number of 32 bits. */
  public static final AttributeDescriptor<Long> GATEWAY_IP_ADDRESS =
      AttributeDescriptor.ofStatic(7, "gateway_IP_address", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Attribute 8: whether the addresses come from DHCP. */
  public static final AttributeDescriptor<Boolean> USE_DHCP_FLAG =
      AttributeDescriptor.ofStatic(8, "use_DHCP_flag", ValueType.BOOLEAN);

  /** Attribute 9: as a number of 32 bits. */
  public static final AttributeDescriptor<Long> PRIMARY_DNS_ADDRESS =
      AttributeDescriptor.ofStatic(9, "primary_DNS_address", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Attribute 10: as a number of 32 bits. */
  public static final AttributeDescriptor<Long> SECONDARY_DNS_ADDRESS =
      AttributeDescriptor.ofStatic(10, "secondary_DNS_address", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Method 1: adds a group. */
  public static final MethodDescriptor<Long, Nothing> ADD_MC_IP_ADDRESS =
      MethodDescriptor.taking(1, "add_mc_IP_address", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Method 2: deletes a group. */
  public static final MethodDescriptor<Long, Nothing> DELETE_MC_IP_ADDRESS =
      MethodDescriptor.taking(2, "delete_mc_IP_address", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Method 3: tells how many groups there are. */
  public static final MethodDescriptor<Nothing, Integer> GET_NBOF_MC_IP_ADDRESSES =
      new MethodDescriptor<>(
          3, "get_nbof_mc_IP_addresses", ValueType.NOTHING, ValueType.LONG_UNSIGNED);

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(42, 0, "IPv4 setup")
          .attributes(
              DL_REFERENCE,
              IP_ADDRESS,
              MULTICAST_IP_ADDRESS,
              IP_OPTIONS,
              SUBNET_MASK,
              GATEWAY_IP_ADDRESS,
              USE_DHCP_FLAG,
              PRIMARY_DNS_ADDRESS,
              SECONDARY_DNS_ADDRESS)
          .methods(ADD_MC_IP_ADDRESS, DELETE_MC_IP_ADDRESS, GET_NBOF_MC_IP_ADDRESSES)
          .methodOffset(0x60)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static Ipv4Setup at(String logicalName) {
    return new Ipv4Setup(ObisCode.of(logicalName));
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
  public TypedAttribute<ObisCode> dlReference() {
    return attribute(DL_REFERENCE);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<Long> ipAddress() {
    return attribute(IP_ADDRESS);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<List<Long>> multicastIpAddress() {
    return attribute(MULTICAST_IP_ADDRESS);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<List<IpOption>> ipOptions() {
    return attribute(IP_OPTIONS);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<Long> subnetMask() {
    return attribute(SUBNET_MASK);
  }

  /**
   * Attribute 7.
   *
   * @return the attribute
   */
  public TypedAttribute<Long> gatewayIpAddress() {
    return attribute(GATEWAY_IP_ADDRESS);
  }

  /**
   * Attribute 8.
   *
   * @return the attribute
   */
  public TypedAttribute<Boolean> useDhcpFlag() {
    return attribute(USE_DHCP_FLAG);
  }

  /**
   * Attribute 9.
   *
   * @return the attribute
   */
  public TypedAttribute<Long> primaryDnsAddress() {
    return attribute(PRIMARY_DNS_ADDRESS);
  }

  /**
   * Attribute 10.
   *
   * @return the attribute
   */
  public TypedAttribute<Long> secondaryDnsAddress() {
    return attribute(SECONDARY_DNS_ADDRESS);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<Long, Nothing> addMcIpAddress() {
    return method(ADD_MC_IP_ADDRESS);
  }

  /**
   * Method 2.
   *
   * @return the method
   */
  public TypedMethod<Long, Nothing> deleteMcIpAddress() {
    return method(DELETE_MC_IP_ADDRESS);
  }

  /**
   * Method 3.
   *
   * @return the method
   */
  public TypedMethod<Nothing, Integer> getNbofMcIpAddresses() {
    return method(GET_NBOF_MC_IP_ADDRESSES);
  }
}
