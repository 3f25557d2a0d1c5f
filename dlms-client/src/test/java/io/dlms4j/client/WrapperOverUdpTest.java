package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.hdlc.HdlcAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The contract over the COSEM wrapper in datagrams. */
class WrapperOverUdpTest extends NetworkContract {
  @Override
  Place place() {
    return new Place.WrapperOverUdp();
  }

  @Test
  void whereNothingListensTheConnectionEnds() {
    DlmsClientBuilder builder = reader().responseTimeout(Duration.ofMillis(500));
    server().close();
    try (DlmsClient client = builder.connect()) {
      // By what the system reports of the port, or by the silence where it reports nothing.
      DlmsException failure = failure(DlmsException.class, client.opened());
      assertEquals(DlmsException.Origin.REMOTE, failure.origin());
    }
  }

  @Test
  void hdlcIsRefusedForDatagrams() {
    DlmsClientBuilder builder =
        DlmsClient.udp("127.0.0.1", 4059).hdlc(HdlcAddress.logical(1), TestMeter.READER);
    assertThrows(IllegalArgumentException.class, builder::connect);
  }
}
