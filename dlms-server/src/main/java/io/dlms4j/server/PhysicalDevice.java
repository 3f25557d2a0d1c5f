package io.dlms4j.server;

import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.SapAssignment;
import io.dlms4j.cosem.classes.SapAssignmentElement;
import io.dlms4j.hdlc.HdlcAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A physical device: a box with one or more logical devices in it (Blue Book 4.1.7). Immutable.
 *
 * <p>The list of its logical devices (SAP assignment, 0.0.41.0.0.255) is in each of them without
 * being added.
 */
public final class PhysicalDevice {
  private static final int MOST_ADDRESS = HdlcAddress.CALLING_PHYSICAL_DEVICE_LONG - 1;
  private static final ObisCode SAP_ASSIGNMENT = new ObisCode(0, 0, 41, 0, 0, 255);

  private final int physicalAddress;
  private final Map<Integer, LogicalDevice> logicalDevices;

  private PhysicalDevice(int physicalAddress, Map<Integer, LogicalDevice> logicalDevices) {
    this.physicalAddress = physicalAddress;
    this.logicalDevices = logicalDevices;
  }

  /**
   * A physical device.
   *
   * @param physicalAddress the lower HDLC address that it answers to, 1..16381; not 126 and 127,
   *     which are reserved in the two-octet form of address (Green Book 8.4.2.3)
   * @param logicalDevices the logical devices in it
   * @return an immutable value
   * @throws IllegalArgumentException if the address is out of range or reserved, if there is no
   *     logical device, if two have one SAP or one name, or if one has a SAP assignment already
   */
  public static PhysicalDevice of(int physicalAddress, LogicalDevice... logicalDevices) {
    if (physicalAddress < 1
        || physicalAddress > MOST_ADDRESS
        || physicalAddress == HdlcAddress.CALLING_PHYSICAL_DEVICE
        || physicalAddress == HdlcAddress.ALL_STATION) {
      throw new IllegalArgumentException(
          "physical address " + physicalAddress + " is reserved or not within 1.." + MOST_ADDRESS);
    }
    if (logicalDevices.length == 0) {
      throw new IllegalArgumentException("a physical device has at least one logical device");
    }
    List<SapAssignmentElement> list =
        Stream.of(logicalDevices)
            .map(device -> new SapAssignmentElement(device.sap(), device.name()))
            .toList();
    CosemObject sapAssignment =
        CosemObject.builder(SapAssignment.CLASS, SAP_ASSIGNMENT)
            .attribute(SapAssignment.SAP_ASSIGNMENT_LIST, () -> list)
            .build();
    Map<Integer, LogicalDevice> bySap = new TreeMap<>();
    for (LogicalDevice device : logicalDevices) {
      for (LogicalDevice other : bySap.values()) {
        if (other.name().equals(device.name())) {
          throw new IllegalArgumentException("two logical devices have the name " + device.name());
        }
      }
      if (bySap.putIfAbsent(device.sap(), device.with(sapAssignment)) != null) {
        throw new IllegalArgumentException("two logical devices have SAP " + device.sap());
      }
    }
    return new PhysicalDevice(physicalAddress, bySap);
  }

  /**
   * The lower HDLC address.
   *
   * @return the address
   */
  public int physicalAddress() {
    return physicalAddress;
  }

  /**
   * The logical devices, with all their objects.
   *
   * @return in ascending order of their SAPs
   */
  public List<LogicalDevice> logicalDevices() {
    return List.copyOf(logicalDevices.values());
  }

  Optional<LogicalDevice> logicalDevice(int sap) {
    return Optional.ofNullable(logicalDevices.get(sap));
  }
}
