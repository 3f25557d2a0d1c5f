package io.dlms4j.server;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A port of a running server. May be used on any thread. */
public interface OpenPort {
  /**
   * Where it listens, with the port that the system chose where it was asked to.
   *
   * @return the address; nothing for a serial line
   */
  Optional<InetSocketAddress> address();

  /**
   * The devices that it serves.
   *
   * @return a set that may be changed
   */
  DeviceSet devices();

  /**
   * Stops listening and closes the lines of this port; the server goes on. Closing again does
   * nothing.
   *
   * @return completes when all of that is done
   */
  CompletionStage<Void> close();
}
