package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.Payload;
import io.dlms4j.wrapper.Wpdu;
import io.dlms4j.wrapper.WrapperDatagramLink;
import io.dlms4j.wrapper.WrapperException;
import io.dlms4j.wrapper.WrapperServerConfig;
import io.dlms4j.wrapper.WrapperStreamLink;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

class WrapperFuzz {
  private static final int LONGEST = 300;
  private static final int MOST_CONNECTIONS = 4;

  @FuzzTest(maxDuration = FuzzTime.EACH)
  void anyChunkingOfAStreamGivesTheSameAndADatagramIsAWpduOrDropped(byte[] input) {
    List<Payload> inPieces = new ArrayList<>();
    Link stream = new WrapperStreamLink(config());
    Pieces.of(input, 0, piece -> inPieces.addAll(receive(stream, piece)));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Pieces.of(input, 0, all::writeBytes);
    assertEquals(receive(new WrapperStreamLink(config()), all.toByteArray()), inPieces);

    Link datagrams = new WrapperDatagramLink(config());
    Pieces.of(
        input,
        0,
        piece -> {
          boolean good;
          try {
            good = Wpdu.decode(Payload.of(piece)).data().length() <= LONGEST;
          } catch (WrapperException e) {
            good = false;
          }
          assertTrue(receive(datagrams, piece).size() <= (good ? 1 : 0), "a bad datagram came up");
        });
  }

  private static WrapperServerConfig config() {
    return WrapperServerConfig.builder(Set.of(1, 16))
        .maxConnections(MOST_CONNECTIONS)
        .maxPayloadLength(LONGEST)
        .build();
  }

  private static List<Payload> receive(Link link, byte[] octets) {
    link.receive(octets, 0, octets.length, 0);
    List<Payload> payloads = new ArrayList<>();
    for (LinkEvent event = link.pollEvent(); event != null; event = link.pollEvent()) {
      if (event instanceof LinkEvent.Received received) {
        payloads.add(Payload.of(received.payload().toByteArray()));
      }
    }
    return payloads;
  }
}
