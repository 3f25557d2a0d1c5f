package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;

/** What follows from an APDU of a client's request, or from the answer to it. */
sealed interface ServerStep {
  /**
   * The client is told something.
   *
   * @param over whether that ends the request
   */
  record Reply(Octets apdu, boolean over) implements ServerStep {}

  /**
   * The client is told something long, by general block transfer, and the request is over.
   *
   * @param apdu all of it, written as it is carried off
   */
  record Stream(DataStream apdu) implements ServerStep {}

  /** The request is complete: the application is asked. */
  record Indicate(ServiceRequest service) implements ServerStep {}
}
