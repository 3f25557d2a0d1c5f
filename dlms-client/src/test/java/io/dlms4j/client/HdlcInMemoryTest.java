package io.dlms4j.client;

import io.dlms4j.server.DlmsServer;

/** The contract over HDLC on a line in memory. */
class HdlcInMemoryTest extends StreamContract {
  @Override
  Place place() {
    return new Place.HdlcInMemory();
  }

  @Override
  String refusal(DlmsServer gone) {
    return "in memory: nobody listens there";
  }
}
