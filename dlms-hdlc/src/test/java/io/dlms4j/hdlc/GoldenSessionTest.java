package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.Payload;
import io.dlms4j.vectors.GoldenVector;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The two sessions of the vectors, played against each side of the link. */
class GoldenSessionTest {
  /** What the document leaves out between V16 and V17: this many requests and responses. */
  private static final int OMITTED = 4;

  private static final Payload SOME_REQUEST = Octets.hex("C0 02 81 00 00 00 00");
  private static final Payload SOME_RESPONSE = Octets.hex("C4 02 81 00 00 00 00 00 00 00");

  private static Payload octets(String name) {
    return Payload.of(GoldenVector.load(name).octets());
  }

  private static Payload apdu(String name) {
    return Payload.of(GoldenVector.load(name).apdu());
  }

  private static void receive(Link link, Payload octets) {
    link.receive(octets.array(), octets.offset(), octets.length(), 0);
  }

  /** A client under test, with its meter played by the vectors. */
  private record Client(HdlcPrimary link) {
    Client(int clientSap, int server) {
      this(
          new HdlcPrimary(
              HdlcPrimaryConfig.builder(clientSap, HdlcAddress.logical(server))
                  .parameters(new HdlcParameters(512, 512))
                  .build()));
    }

    void sends(String name) {
      assertEquals(octets(name), link.pollTransmit(0));
      assertNull(link.pollTransmit(0));
    }

    void connects(String snrm, String ua) {
      link.open(0);
      sends(snrm);
      receive(link, octets(ua));
      assertEquals(new LinkEvent.Up(link.address()), link.pollEvent());
    }

    void exchanges(String request, String response) {
      assertTrue(link.send(link.address(), apdu(request), 0));
      sends(request);
      receive(link, octets(response));
      assertEquals(new LinkEvent.Received(link.address(), apdu(response)), link.pollEvent());
      assertNull(link.pollTransmit(0), "an answer is acknowledged by the next request only");
    }

    void exchangesWhatWasOmitted(int number, HdlcAddress meter) {
      assertTrue(link.send(link.address(), SOME_REQUEST, 0));
      assertNotNull(link.pollTransmit(0));
      Payload information = Octets.join(LlcHeader.RESPONSE.octets(), SOME_RESPONSE);
      HdlcAddress client = HdlcAddress.client(link.address().clientSap());
      receive(
          link,
          new HdlcFrame.I(client, meter, true, false, number, number + 1 & 7, information)
              .encodeWithFlags());
      assertEquals(new LinkEvent.Received(link.address(), SOME_RESPONSE), link.pollEvent());
    }

    void disconnects(String disc, String ua) {
      link.close(0);
      sends(disc);
      receive(link, octets(ua));
      assertEquals(new LinkEvent.Down(link.address(), DownReason.CLOSED), link.pollEvent());
      assertEquals(Link.NEVER, link.nextDeadline());
    }
  }

  @Test
  void thePrimarySendsTheClientsFramesOfTheMeterNumberSession() {
    Client client = new Client(16, 1);
    client.connects("V01", "V02");
    client.exchanges("V03", "V04");
    client.exchanges("V05", "V06");
    client.disconnects("V07", "V08");
  }

  @Test
  void thePrimarySendsTheClientsFramesOfTheLoadProfileSession() {
    Client client = new Client(18, 16);
    client.connects("V09", "V10");
    client.exchanges("V11", "V12");
    client.exchanges("V13", "V14");
    client.exchanges("V15", "V16");
    for (int i = 0; i < OMITTED; i++) {
      client.exchangesWhatWasOmitted(3 + i, HdlcAddress.logical(16));
    }
    client.exchanges("V17", "V18");
    client.disconnects("V19", "V20");
  }

  /** A server under test, with its reader played by the vectors. */
  private record Server(HdlcSecondary link, LinkAddress connection) {
    Server(int client, int logical) {
      this(
          new HdlcSecondary(
              HdlcSecondaryConfig.builder()
                  .device(32, Set.of(1, 16))
                  .parameters(new HdlcParameters(512, 128))
                  .build()),
          new LinkAddress(client, logical, 32));
    }

    @Nullable Payload answers(Payload octets) {
      receive(link, octets);
      return link.pollTransmit(0);
    }

    void connects(String snrm, String ua) {
      assertEquals(octets(ua), answers(octets(snrm)));
      assertEquals(new LinkEvent.Up(connection), link.pollEvent());
    }

    void exchanges(String request, String response) {
      assertNull(answers(octets(request)), "no frame goes before the layer above has answered");
      assertEquals(new LinkEvent.Received(connection, apdu(request)), link.pollEvent());
      assertTrue(link.send(connection, apdu(response), 0));
      assertEquals(octets(response), link.pollTransmit(0));
      assertNull(link.pollTransmit(0));
    }

    void exchangesWhatWasOmitted(int number, HdlcAddress meter) {
      Payload information = Octets.join(LlcHeader.COMMAND.octets(), SOME_REQUEST);
      HdlcAddress client = HdlcAddress.client(connection.clientSap());
      assertNull(
          answers(
              new HdlcFrame.I(meter, client, true, false, number, number, information)
                  .encodeWithFlags()));
      assertEquals(new LinkEvent.Received(connection, SOME_REQUEST), link.pollEvent());
      assertTrue(link.send(connection, SOME_RESPONSE, 0));
      assertNotNull(link.pollTransmit(0));
    }

    void disconnects(String disc, String ua) {
      assertEquals(octets(ua), answers(octets(disc)));
      assertEquals(new LinkEvent.Down(connection, DownReason.CLOSED_BY_PEER), link.pollEvent());
    }
  }

  @Test
  void theSecondarySendsTheMetersFramesOfTheMeterNumberSession() {
    Server server = new Server(16, 1);
    server.connects("V01", "V02");
    server.exchanges("V03", "V04");
    server.exchanges("V05", "V06");
    server.disconnects("V07", "V08");
  }

  @Test
  void theSecondarySendsTheMetersFramesOfTheLoadProfileSession() {
    Server server = new Server(18, 16);
    server.connects("V09", "V10");
    server.exchanges("V11", "V12");
    server.exchanges("V13", "V14");
    server.exchanges("V15", "V16");
    for (int i = 0; i < OMITTED; i++) {
      server.exchangesWhatWasOmitted(3 + i, HdlcAddress.logical(16));
    }
    server.exchanges("V17", "V18");
    server.disconnects("V19", "V20");
  }

  @Test
  void aFrameMisprintedOnTheWayIsAskedForAgain() {
    Client client = new Client(18, 16);
    client.connects("V09", "V10");
    client.exchanges("V11", "V12");
    assertTrue(client.link().send(client.link().address(), apdu("V13"), 0));
    client.sends("V13");
    receive(client.link(), octets("V14-as-printed"));
    assertNull(client.link().pollEvent());
    client.link().onDeadline(2 * Bench.SECOND);
    assertEquals(octets("V13"), client.link().pollTransmit(2 * Bench.SECOND));
    receive(client.link(), octets("V14"));
    assertEquals(
        new LinkEvent.Received(client.link().address(), apdu("V14")), client.link().pollEvent());
  }
}
