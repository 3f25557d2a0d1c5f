package io.dlms4j.client;

import io.dlms4j.server.DlmsServer;

/** The contract over the COSEM wrapper on a TCP line. */
class WrapperOverTcpTest extends StreamContract {
  @Override
  Place place() {
    return new Place.WrapperOverTcp();
  }

  @Override
  String refusal(DlmsServer gone) {
    return ":" + gone.addresses().get(0).getPort() + ": Connection refused";
  }
}
