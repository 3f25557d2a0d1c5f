package io.dlms4j.wrapper;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.Payload;
import java.util.ArrayList;
import java.util.List;

/** What the tests of both links do with a link. */
final class Links {
  private Links() {}

  static List<LinkEvent> events(Link link) {
    List<LinkEvent> events = new ArrayList<>();
    for (LinkEvent event = link.pollEvent(); event != null; event = link.pollEvent()) {
      events.add(event);
    }
    return events;
  }

  static List<Payload> output(Link link) {
    List<Payload> output = new ArrayList<>();
    for (Payload each = link.pollTransmit(0); each != null; each = link.pollTransmit(0)) {
      output.add(each);
    }
    return output;
  }

  static void receive(Link link, Payload octets, long now) {
    link.receive(octets.array(), octets.offset(), octets.length(), now);
  }

  static Payload payload(int... octets) {
    byte[] array = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      array[i] = (byte) octets[i];
    }
    return Payload.of(array);
  }

  static Payload unit(int source, int destination, int... data) {
    return new Wpdu(source, destination, payload(data)).encode();
  }
}
