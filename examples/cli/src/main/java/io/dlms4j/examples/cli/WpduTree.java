package io.dlms4j.examples.cli;

import io.dlms4j.axdr.Octets;
import io.dlms4j.link.Payload;
import io.dlms4j.wrapper.Wpdu;
import io.dlms4j.wrapper.WrapperException;

/** A unit of the COSEM wrapper as a tree of its fields, down to the APDU. */
final class WpduTree {
  private WpduTree() {}

  /** Whether octets begin with the version of the wrapper; no APDU begins with 00. */
  static boolean looksLikeWpdu(Octets octets) {
    return octets.length() > 1 && octets.at(0) == 0 && octets.at(1) == Wpdu.VERSION;
  }

  /**
   * Adds a WPDU.
   *
   * @throws WrapperException if it is none
   */
  static void add(Tree tree, Octets octets) {
    Wpdu wpdu = Wpdu.decode(Payload.of(octets.array(), octets.offset(), octets.length()));
    Payload data = wpdu.data();
    tree.line("WPDU, version 1, " + data.length() + " octets of data")
        .inside(
            () -> {
              tree.line("source wPort " + wpdu.sourceWPort());
              tree.line("destination wPort " + wpdu.destinationWPort());
              ApduTree.add(tree, Octets.view(data.array(), data.offset(), data.length()));
            });
  }
}
