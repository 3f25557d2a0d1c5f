package io.dlms4j.server;

import io.dlms4j.link.Link;
import java.util.function.Supplier;

/** How a port speaks below the application layer: makes the link of each of its lines. */
@FunctionalInterface
public interface LinkProfile {
  /**
   * Makes a link.
   *
   * @param devices the physical devices behind the line, which may come and go while it is there
   * @return a link of its own for one line
   * @throws IllegalArgumentException if a setting is out of range
   */
  Link newLink(DeviceSet devices);

  /**
   * Checks that links can serve a device.
   *
   * @param there the devices that are there, with this one or without it
   * @param device the device
   * @throws IllegalArgumentException if clients could not reach it, or not tell it from another;
   *     never unless overridden
   */
  default void check(DeviceSet there, PhysicalDevice device) {}

  /**
   * A profile that follows settings which change: they are asked for anew for each line, and for
   * each check.
   *
   * @param settings what holds now; called on the threads of the lines
   * @return a profile over them
   */
  static LinkProfile following(Supplier<? extends LinkProfile> settings) {
    return new LinkProfile() {
      @Override
      public Link newLink(DeviceSet devices) {
        return settings.get().newLink(devices);
      }

      @Override
      public void check(DeviceSet there, PhysicalDevice device) {
        settings.get().check(there, device);
      }
    };
  }
}
