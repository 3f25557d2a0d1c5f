package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcFrame;
import io.dlms4j.hdlc.HdlcSecondary;
import io.dlms4j.hdlc.HdlcSecondaryConfig;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.Payload;
import java.time.Duration;
import java.util.Set;

class HdlcSecondaryFuzz {
  private static final long SECOND = 1_000_000_000L;
  private static final HdlcAddress SERVER = HdlcAddress.logical(1);
  private static final HdlcAddress CLIENT = HdlcAddress.client(16);
  private static final byte[] SNRM =
      new HdlcFrame.Snrm(SERVER, CLIENT, true, Payload.EMPTY).encodeWithFlags().toByteArray();
  private static final byte[] SEGMENT =
      new HdlcFrame.I(SERVER, CLIENT, true, true, 0, 0, Payload.of(new byte[] {1, 2, 3}))
          .encodeWithFlags()
          .toByteArray();
  private static final byte[] UNKNOWN_COMMAND =
      new HdlcFrame.Undefined(SERVER, CLIENT, 0xFF, Payload.EMPTY).encodeWithFlags().toByteArray();

  private long now;

  @FuzzTest(maxDuration = FuzzTime.EACH)
  void afterWhateverComesInWhateverStateTheStationCanBeSetUpAnew(byte[] input) {
    now = 0;
    HdlcSecondary station =
        new HdlcSecondary(
            HdlcSecondaryConfig.builder()
                .device(32, Set.of(1, 16))
                .inactivityTimeout(Duration.ofHours(1))
                .build());
    int state = input.length == 0 ? 0 : input[0] & 3;
    if (state > 0) {
      receive(station, SNRM);
    }
    if (state == 2) {
      receive(station, SEGMENT);
    } else if (state == 3) {
      receive(station, UNKNOWN_COMMAND);
    }
    Pieces.of(
        input,
        1,
        piece -> {
          // A piece of no octets is a pause.
          now += piece.length == 0 ? SECOND : 0;
          receive(station, Frames.ofPiece(piece, 0x03, 0x21));
        });
    now += 2 * SECOND;
    station.onDeadline(now);
    run(station);
    byte[] snrm = SNRM.clone();
    station.receive(snrm, 0, snrm.length, now);
    boolean up = false;
    for (LinkEvent event = station.pollEvent(); event != null; event = station.pollEvent()) {
      up |= event instanceof LinkEvent.Up;
    }
    assertTrue(up, "the station does not take SNRM any more");
    station.lineLost(now);
  }

  private void receive(HdlcSecondary station, byte[] octets) {
    station.receive(octets, 0, octets.length, now);
    if (now >= station.nextDeadline()) {
      station.onDeadline(now);
    }
    run(station);
  }

  private void run(HdlcSecondary station) {
    for (LinkEvent event = station.pollEvent(); event != null; event = station.pollEvent()) {
      if (event instanceof LinkEvent.Received received) {
        station.send(received.address(), received.payload(), now);
      }
    }
    for (Payload octets = station.pollTransmit(now);
        octets != null;
        octets = station.pollTransmit(now)) {
      HdlcFrame.decode(octets.array(), octets.offset() + 1, octets.length() - 2);
    }
  }
}
