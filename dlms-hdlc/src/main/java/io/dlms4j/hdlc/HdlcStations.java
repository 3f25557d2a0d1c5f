package io.dlms4j.hdlc;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who is on the server's side of a line: physical devices by lower address (1..16381, without 126
 * and 127), each with the upper addresses (1..16382, without 127) of its logical devices. May
 * change at any time, on any thread: a link asks anew at every frame whose connection it does not
 * know.
 */
public interface HdlcStations {
  /** No physical device, or more than one. */
  int NOT_ONE = 0;

  /**
   * Whether there is such a logical device.
   *
   * @param physicalAddress lower address
   * @param logicalAddress upper address
   * @return whether somebody answers to that
   */
  boolean has(int physicalAddress, int logicalAddress);

  /**
   * The physical device that need not be named.
   *
   * @return its lower address, if it is the only one; else {@link #NOT_ONE}
   */
  int onlyDevice();

  /**
   * Everybody, for what is sent to all.
   *
   * @return the upper addresses by lower address, in ascending order
   */
  NavigableMap<Integer, ? extends Set<Integer>> all();

  /**
   * Stations that do not change.
   *
   * @param devices upper addresses by lower address, copied
   * @return the stations
   */
  static HdlcStations of(Map<Integer, Set<Integer>> devices) {
    TreeMap<Integer, Set<Integer>> copy = new TreeMap<>();
    devices.forEach((physical, logicals) -> copy.put(physical, new TreeSet<>(logicals)));
    int only = copy.size() == 1 ? copy.firstKey() : NOT_ONE;
    return new HdlcStations() {
      @Override
      public boolean has(int physicalAddress, int logicalAddress) {
        Set<Integer> logicals = copy.get(physicalAddress);
        return logicals != null && logicals.contains(logicalAddress);
      }

      @Override
      public int onlyDevice() {
        return only;
      }

      @Override
      public NavigableMap<Integer, Set<Integer>> all() {
        return copy;
      }
    };
  }
}
