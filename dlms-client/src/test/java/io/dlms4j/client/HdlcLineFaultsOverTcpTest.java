package io.dlms4j.client;

import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.server.Hdlc;
import io.dlms4j.server.LinkProfile;

/** Lines that do harm to HDLC. */
class HdlcLineFaultsOverTcpTest extends LineFaultsContract {
  @Override
  LinkProfile profile() {
    return Hdlc.defaults();
  }

  @Override
  DlmsClientBuilder link(DlmsClientBuilder client, int serverSap, int clientSap) {
    return client.hdlc(HdlcAddress.logical(serverSap), clientSap);
  }

  /** Flag, format and length of an SNRM, and its addresses. */
  @Override
  byte[] unfinished() {
    return new byte[] {0x7E, (byte) 0xA0, 0x07, 0x21, 0x27};
  }
}
