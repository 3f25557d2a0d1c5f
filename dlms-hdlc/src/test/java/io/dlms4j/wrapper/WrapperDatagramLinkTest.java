package io.dlms4j.wrapper;

import static io.dlms4j.wrapper.Links.events;
import static io.dlms4j.wrapper.Links.payload;
import static io.dlms4j.wrapper.Links.receive;
import static io.dlms4j.wrapper.Links.unit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.Received;
import io.dlms4j.link.LinkEvent.Up;
import io.dlms4j.link.Payload;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WrapperDatagramLinkTest extends WrapperLinkContract {
  @Override
  Link client(WrapperClientConfig config) {
    return new WrapperDatagramLink(config);
  }

  @Override
  Link server(WrapperServerConfig config) {
    return new WrapperDatagramLink(config);
  }

  @Test
  void aBadDatagramIsDroppedAndTheNextIsTaken() {
    Link link = server(serverConfig().maxPayloadLength(4).build());
    link.open(0);
    receive(link, payload(0, 2, 0, 16, 0, 1, 0, 1, 1), 0);
    receive(link, payload(0, 1, 0, 16, 0, 1, 0, 2, 1), 0);
    receive(link, payload(0, 1, 0, 16, 0, 1, 0), 0);
    receive(link, Payload.EMPTY, 0);
    receive(link, unit(16, 1, 1, 2, 3, 4, 5), 0);
    assertEquals(List.of(), events(link));
    assertFalse(link.isFinished());
    receive(link, unit(16, 1, 1, 2, 3, 4), 0);
    assertEquals(List.of(new Up(PUBLIC), new Received(PUBLIC, payload(1, 2, 3, 4))), events(link));
  }

  @Test
  void aUnitInTwoDatagramsIsTwoBadDatagrams() {
    Link link = server(serverConfig().build());
    Payload unit = unit(16, 1, 1, 2, 3);
    receive(link, unit.slice(0, 9), 0);
    receive(link, unit.slice(9, 2), 0);
    assertEquals(List.of(), events(link));
  }

  @Test
  void aPayloadThatNoDatagramHoldsIsRefused() {
    Link link = client(clientConfig().build());
    link.open(0);
    int most = WrapperDatagramLink.MAX_PAYLOAD_LENGTH;
    assertTrue(link.send(PUBLIC, Payload.of(new byte[most]), 0));
    assertFalse(link.send(PUBLIC, Payload.of(new byte[most + 1]), 0));
  }

  @Test
  void aFloodThatNobodyTakesIsDroppedAndTheLinkStays() {
    Link link = server(serverConfig().build());
    for (int i = 0; i < 20_000; i++) {
      receive(link, unit(16, 1, 1), 0);
    }
    assertTrue(events(link).size() < 10_000);
    receive(link, unit(16, 1, 2), 0);
    assertEquals(List.of(new Received(PUBLIC, payload(2))), events(link));
  }

  @Property(tries = 500)
  void arbitraryOctetsNeverThrowAndWhatArrivesIsACopy(
      @ForAll @Size(max = 60) byte[] octets, @ForAll boolean header) {
    byte[] sent = octets.clone();
    if (header && sent.length > 8) {
      byte[] good = {0, 1, 0, 16, 0, 1, 0, (byte) (sent.length - 8)};
      System.arraycopy(good, 0, sent, 0, good.length);
    }
    Link link = server(serverConfig().build());
    link.receive(sent, 0, sent.length, 0);
    Payload data = sent.length > 8 ? Payload.of(sent.clone(), 8, sent.length - 8) : Payload.EMPTY;
    Arrays.fill(sent, (byte) 0);
    for (LinkEvent event : events(link)) {
      if (event instanceof Received received) {
        assertEquals(data, received.payload());
      }
    }
  }
}
