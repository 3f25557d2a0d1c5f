package io.dlms4j.client;

/** The contract over HDLC on a blocking socket. */
class HdlcOverSocketTest extends SecurityContract {
  @Override
  Place place() {
    return new Place.HdlcOverSocket();
  }
}
