package io.dlms4j.server;

import io.dlms4j.link.Link;
import java.util.List;

/** How a port speaks below the application layer: makes the link of each of its lines. */
@FunctionalInterface
public interface LinkProfile {
  /**
   * Makes a link.
   *
   * @param devices the physical devices behind the line
   * @return a link of its own for one line
   */
  Link newLink(List<PhysicalDevice> devices);
}
