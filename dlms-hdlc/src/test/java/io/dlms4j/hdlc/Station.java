package io.dlms4j.hdlc;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A link under test, with its peer and its user played by the test, on a clock of its own. */
final class Station {
  private final Link link;
  private long now = 7 * Bench.SECOND;

  Station(Link link) {
    this.link = link;
  }

  long now() {
    return now;
  }

  /** Takes frames, and says what the link sends then. */
  List<HdlcFrame> receive(HdlcFrame... frames) {
    for (HdlcFrame frame : frames) {
      Payload octets = frame.encodeWithFlags();
      link.receive(octets.array(), octets.offset(), octets.length(), now);
    }
    return sent();
  }

  /** Takes a frame of any content: what stands between format field and check sequences. */
  List<HdlcFrame> receive(String addressesAndControl, String information) {
    Payload head = Octets.hex(addressesAndControl);
    Payload body = Octets.hex(information);
    int check = body.length() == 0 ? 0 : 2;
    byte[] octets =
        Octets.join(Octets.hex("7E A000"), head, Payload.of(new byte[check]), body).toByteArray();
    byte[] frame = Arrays.copyOf(octets, octets.length + 3);
    frame[1] |= (byte) ((frame.length - 2) >>> 8);
    frame[2] = (byte) (frame.length - 2);
    if (check > 0) {
      Fcs16.append(frame, 1, 2 + head.length());
    }
    Fcs16.append(frame, 1, frame.length - 4);
    frame[frame.length - 1] = HdlcFrame.FLAG;
    link.receive(frame, 0, frame.length, now);
    return sent();
  }

  /** All that the link sends now. */
  List<HdlcFrame> sent() {
    List<HdlcFrame> sent = new ArrayList<>();
    for (Payload octets = link.pollTransmit(now); octets != null; octets = link.pollTransmit(now)) {
      sent.add(HdlcFrame.decode(octets.slice(1, octets.length() - 2)));
    }
    return sent;
  }

  List<LinkEvent> events() {
    List<LinkEvent> events = new ArrayList<>();
    for (LinkEvent event = link.pollEvent(); event != null; event = link.pollEvent()) {
      events.add(event);
    }
    return events;
  }

  /** Lets time pass until the link's deadline, and says what it sends then. */
  List<HdlcFrame> wakeAtDeadline() {
    return passUntil(link.nextDeadline());
  }

  List<HdlcFrame> pass(long nanos) {
    return passUntil(now + nanos);
  }

  private List<HdlcFrame> passUntil(long time) {
    now = time;
    link.onDeadline(now);
    return sent();
  }
}
