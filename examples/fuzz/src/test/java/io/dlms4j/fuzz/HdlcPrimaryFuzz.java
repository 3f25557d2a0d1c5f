package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcFrame;
import io.dlms4j.hdlc.HdlcPrimary;
import io.dlms4j.hdlc.HdlcPrimaryConfig;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.Payload;

class HdlcPrimaryFuzz {
  private static final HdlcAddress SERVER = HdlcAddress.logical(1);
  private static final HdlcAddress CLIENT = HdlcAddress.client(16);
  private static final byte[] UA =
      new HdlcFrame.Ua(CLIENT, SERVER, true, Payload.EMPTY).encodeWithFlags().toByteArray();
  private static final int LONGEST_LIFE = 100_000;

  private int downs;

  @FuzzTest(maxDuration = FuzzTime.EACH)
  void whateverComesInWhateverStateTheStationEndsWhenItIsClosed(byte[] input) {
    downs = 0;
    HdlcPrimary station = new HdlcPrimary(HdlcPrimaryConfig.builder(16, SERVER).build());
    station.open(0);
    run(station, 0);
    int state = input.length == 0 ? 0 : input[0] & 3;
    if (state > 0) {
      station.receive(UA, 0, UA.length, 0);
      run(station, 0);
    }
    if (state > 1) {
      station.send(station.address(), Payload.of(new byte[300]), 0);
      run(station, 0);
    }
    if (state == 3) {
      station.close(0);
      run(station, 0);
    }
    Pieces.of(
        input,
        1,
        piece -> {
          byte[] octets = Frames.ofPiece(piece, 0x21, 0x03);
          station.receive(octets, 0, octets.length, 0);
          run(station, 0);
        });
    station.close(0);
    run(station, 0);
    long now = 0;
    for (int i = 0; station.nextDeadline() != Link.NEVER && i < LONGEST_LIFE; i++) {
      now = Math.max(now, station.nextDeadline());
      station.onDeadline(now);
      run(station, now);
    }
    assertEquals(Link.NEVER, station.nextDeadline());
    assertEquals(1, downs, "a link that was opened goes down once");
  }

  private void run(HdlcPrimary station, long now) {
    for (LinkEvent event = station.pollEvent(); event != null; event = station.pollEvent()) {
      downs += event instanceof LinkEvent.Down ? 1 : 0;
    }
    for (Payload octets = station.pollTransmit(now);
        octets != null;
        octets = station.pollTransmit(now)) {
      HdlcFrame.decode(octets.array(), octets.offset() + 1, octets.length() - 2);
    }
  }
}
