package io.dlms4j.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The physical devices behind one port or several, which may come and go while the ports are open.
 * A client finds a device by its physical address (HDLC), or by the SAP of its logical device
 * (wrapper); neither way takes longer the more devices there are. For all threads.
 */
public final class DeviceSet {
  private final ConcurrentSkipListMap<Integer, PhysicalDevice> byAddress =
      new ConcurrentSkipListMap<>();

  /** A list of one, as a rule; devices that are told apart by their addresses may share SAPs. */
  private final Map<Integer, List<PhysicalDevice>> bySap = new ConcurrentHashMap<>();

  private final List<Port> ports = new CopyOnWriteArrayList<>();

  /** A port that serves the devices. */
  interface Port {
    /**
     * Checks that it can serve a device beside those that are there.
     *
     * @throws IllegalArgumentException if it cannot
     */
    void check(DeviceSet there, PhysicalDevice device);

    /** A device has been taken out. */
    void removed(PhysicalDevice device);
  }

  /** No devices. */
  public DeviceSet() {}

  /**
   * A set of devices.
   *
   * @param devices the devices
   * @return a new set
   * @throws IllegalArgumentException if two have one physical address
   */
  public static DeviceSet of(PhysicalDevice... devices) {
    return of(List.of(devices));
  }

  /**
   * A set of devices.
   *
   * @param devices the devices
   * @return a new set
   * @throws IllegalArgumentException if two have one physical address
   */
  public static DeviceSet of(List<PhysicalDevice> devices) {
    DeviceSet set = new DeviceSet();
    devices.forEach(set::add);
    return set;
  }

  /**
   * Adds a device: clients reach it at once, on every port that serves the set, on lines that are
   * there already as well.
   *
   * @param device the device
   * @throws IllegalArgumentException if another device has its physical address, or a port could
   *     not serve it: two devices with one SAP cannot be told apart by the wrapper; then nothing
   *     changes
   */
  public synchronized void add(PhysicalDevice device) {
    if (byAddress.containsKey(device.physicalAddress())) {
      throw new IllegalArgumentException(
          "two devices have the physical address " + device.physicalAddress());
    }
    for (Port port : ports) {
      port.check(this, device);
    }
    for (LogicalDevice logical : device.logicalDevices()) {
      bySap.merge(
          logical.sap(),
          List.of(device),
          (before, one) -> {
            List<PhysicalDevice> more = new ArrayList<>(before);
            more.addAll(one);
            return List.copyOf(more);
          });
    }
    byAddress.put(device.physicalAddress(), device);
    device.enters(this);
  }

  /**
   * A device can be found at one more address.
   *
   * @throws IllegalArgumentException if another device has it
   */
  void alsoAt(int address, PhysicalDevice device) {
    if (byAddress.putIfAbsent(address, device) != null) {
      throw new IllegalArgumentException("another device has the physical address " + address);
    }
  }

  /** A device cannot be found at an address any more. */
  void notAt(int address, PhysicalDevice device) {
    byAddress.remove(address, device);
  }

  /**
   * Takes a device out. Its associations end, and answers that its objects still owe are dropped; a
   * line on which there is no other association is closed. On a line with others it is as silent as
   * any device that is not there.
   *
   * @param device the device
   * @return whether it was there
   */
  public boolean remove(PhysicalDevice device) {
    synchronized (this) {
      if (!byAddress.remove(device.physicalAddress(), device)) {
        return false;
      }
      device.leaves(this);
      for (LogicalDevice logical : device.logicalDevices()) {
        bySap.computeIfPresent(logical.sap(), (sap, those) -> without(those, device));
      }
    }
    ports.forEach(port -> port.removed(device));
    return true;
  }

  private static @Nullable List<PhysicalDevice> without(
      List<PhysicalDevice> those, PhysicalDevice device) {
    List<PhysicalDevice> left = those.stream().filter(each -> each != device).toList();
    return left.isEmpty() ? null : left;
  }

  /**
   * Finds a device.
   *
   * @param physicalAddress its lower HDLC address
   * @return the device, or nothing
   */
  public Optional<PhysicalDevice> device(int physicalAddress) {
    return Optional.ofNullable(byAddress.get(physicalAddress));
  }

  /**
   * Finds the device of a logical device.
   *
   * @param sap its service access point
   * @return the device; nothing if there is none, or more than one
   */
  public Optional<PhysicalDevice> deviceOfSap(int sap) {
    List<PhysicalDevice> those = bySap.getOrDefault(sap, List.of());
    return those.size() == 1 ? Optional.of(those.get(0)) : Optional.empty();
  }

  /**
   * How many devices there are.
   *
   * @return 0 or more
   */
  public int size() {
    return byAddress.size();
  }

  /**
   * All devices.
   *
   * @return those that are there now, in ascending order of their physical addresses
   */
  public List<PhysicalDevice> devices() {
    return List.copyOf(byAddress.values());
  }

  /** Whether a device other than this one has a logical device of that SAP. */
  boolean hasSap(int sap, PhysicalDevice than) {
    return bySap.getOrDefault(sap, List.of()).stream().anyMatch(each -> each != than);
  }

  /** The device that need not be named, or null. */
  @Nullable PhysicalDevice only() {
    Map.Entry<Integer, PhysicalDevice> first = byAddress.firstEntry();
    return first == null || byAddress.higherKey(first.getKey()) != null ? null : first.getValue();
  }

  /** The SAPs of the logical devices, by physical address. */
  NavigableMap<Integer, Set<Integer>> saps() {
    NavigableMap<Integer, Set<Integer>> all = new ConcurrentSkipListMap<>();
    byAddress.forEach(
        (address, device) ->
            all.put(
                address,
                device.logicalDevices().stream()
                    .map(LogicalDevice::sap)
                    .collect(Collectors.toSet())));
    return Collections.unmodifiableNavigableMap(all);
  }

  /**
   * Lets a port serve the devices.
   *
   * @throws IllegalArgumentException if it cannot serve one that is there
   */
  synchronized void serveOn(Port port, Consumer<DeviceSet> check) {
    check.accept(this);
    ports.add(port);
  }

  /** A port is closed. */
  void leave(Port port) {
    ports.remove(port);
  }
}
