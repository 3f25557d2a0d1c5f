package io.dlms4j.client;

import io.dlms4j.server.DlmsServer;

/** The contract over HDLC on a TCP line. */
class HdlcOverTcpTest extends StreamContract {
  @Override
  Place place() {
    return new Place.HdlcOverTcp();
  }

  @Override
  String refusal(DlmsServer gone) {
    return ":" + gone.addresses().get(0).getPort() + ": Connection refused";
  }
}
