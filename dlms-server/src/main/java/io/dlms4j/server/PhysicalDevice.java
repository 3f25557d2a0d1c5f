package io.dlms4j.server;

import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.SapAssignment;
import io.dlms4j.cosem.classes.SapAssignmentElement;
import io.dlms4j.hdlc.HdlcAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A physical device: a box with one or more logical devices in it (Blue Book 4.1.7). Immutable but
 * for its address.
 *
 * <p>The list of its logical devices (SAP assignment, 0.0.41.0.0.255) is in each of them without
 * being added.
 */
public final class PhysicalDevice {
  private static final int MOST_ADDRESS = HdlcAddress.CALLING_PHYSICAL_DEVICE_LONG - 1;
  private static final ObisCode SAP_ASSIGNMENT = new ObisCode(0, 0, 41, 0, 0, 255);

  private final Map<Integer, LogicalDevice> logicalDevices;

  /** Where it can be found. */
  private final List<DeviceSet> sets = new CopyOnWriteArrayList<>();

  private volatile int physicalAddress;

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
   * @return the device
   * @throws IllegalArgumentException if the address is out of range or reserved, if there is no
   *     logical device, if two have one SAP or one name, or if one has a SAP assignment already
   */
  public static PhysicalDevice of(int physicalAddress, LogicalDevice... logicalDevices) {
    requireAddress(physicalAddress);
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

  private static void requireAddress(int physicalAddress) {
    if (physicalAddress < 1
        || physicalAddress > MOST_ADDRESS
        || physicalAddress == HdlcAddress.CALLING_PHYSICAL_DEVICE
        || physicalAddress == HdlcAddress.ALL_STATION) {
      throw new IllegalArgumentException(
          "physical address " + physicalAddress + " is reserved or not within 1.." + MOST_ADDRESS);
    }
  }

  /**
   * Gives the device another address (IEC HDLC setup, device_address). Clients find it there from
   * now on, in every set that it is in; associations that are open go on. May be called on any
   * thread.
   *
   * @param address the new lower HDLC address, as in {@link #of}
   * @throws IllegalArgumentException if it is out of range, reserved, or another device has it;
   *     then nothing changes
   */
  public synchronized void moveTo(int address) {
    requireAddress(address);
    int before = physicalAddress;
    if (address == before) {
      return;
    }
    List<DeviceSet> reached = new ArrayList<>();
    try {
      for (DeviceSet set : sets) {
        set.alsoAt(address, this);
        reached.add(set);
      }
    } catch (IllegalArgumentException e) {
      reached.forEach(set -> set.notAt(address, this));
      throw e;
    }
    // In both places for a moment, so that nobody finds it in neither.
    physicalAddress = address;
    reached.forEach(set -> set.notAt(before, this));
  }

  /** It is in a set from now on. */
  void enters(DeviceSet set) {
    sets.add(set);
  }

  /** It is in a set no more. */
  void leaves(DeviceSet set) {
    sets.remove(set);
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
