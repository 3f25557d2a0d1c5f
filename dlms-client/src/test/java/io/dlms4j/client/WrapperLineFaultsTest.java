package io.dlms4j.client;

import io.dlms4j.server.LinkProfile;
import io.dlms4j.server.Wrapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Lines that do harm to the COSEM wrapper. */
class WrapperLineFaultsTest extends LineFaultsContract {
  @Override
  LinkProfile profile() {
    return Wrapper.defaults();
  }

  @Override
  DlmsClientBuilder link(DlmsClientBuilder client, int serverSap, int clientSap) {
    return client.wrapper(serverSap, clientSap);
  }

  /** A header for 31 octets, and three of those. */
  @Override
  byte[] unfinished() {
    return new byte[] {0, 1, 0, 0x13, 0, 0x10, 0, 0x1F, 0x60, 0x1D, (byte) 0xA1};
  }

  @Test
  void whoAsksAndTakesNoAnswersIsNotReadFromAnyMore() throws IOException {
    assertReadsNoMoreOfWhoTakesNoAnswers();
  }
}
