package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;

/** What follows from an answer to a client's request. */
sealed interface ClientStep {
  /** The request goes on with another APDU. */
  record Ask(Octets apdu) implements ClientStep {}

  /** A part of the value is there; the request goes on with another APDU when it may. */
  record Part(Octets octets, Octets next) implements ClientStep {}

  /** The last part of the value is there. */
  record LastPart(Octets octets) implements ClientStep {}

  /** All results are there. */
  record Done(ServiceResponse response) implements ClientStep {}
}
