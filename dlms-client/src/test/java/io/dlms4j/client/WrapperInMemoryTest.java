package io.dlms4j.client;

import io.dlms4j.server.DlmsServer;

/** The contract over the COSEM wrapper on a line in memory. */
class WrapperInMemoryTest extends StreamContract {
  @Override
  Place place() {
    return new Place.WrapperInMemory();
  }

  @Override
  String refusal(DlmsServer gone) {
    return "in memory: nobody listens there";
  }
}
