package io.dlms4j.iec21;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.iec21.Iec21Event.EndReason;
import io.dlms4j.iec21.Iec21Event.Ended;
import io.dlms4j.iec21.Iec21Event.HandOver;
import io.dlms4j.iec21.Iec21Event.SetLine;
import io.dlms4j.link.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The device against a client that says what the test says. */
class Iec21ServerTest {
  private static final long MILLISECOND = 1_000_000L;
  private static final String ACK = "\u0006";
  private static final String NAK = "\u0015";
  private static final String BLOCK = "1.8.0(1*kWh)\r\n!\r\n";
  private static final SetLine INITIAL = new SetLine(LineSettings.sevenEvenOne(300));

  private long now = 1_000_000_000L;
  private Iec21Server server = new Iec21Server(device().readout(BLOCK).build(), LineOptions.PLAIN);

  private static Iec21ServerConfig.Builder device() {
    return Iec21ServerConfig.builder("KAM", "X").deviceAddress("17");
  }

  @BeforeEach
  void open() {
    server.open(now);
    assertEquals(List.of(INITIAL), events());
  }

  private List<Iec21Event> events() {
    List<Iec21Event> events = new ArrayList<>();
    for (Iec21Event event = server.pollEvent(); event != null; event = server.pollEvent()) {
      events.add(event);
    }
    return events;
  }

  private String sent() {
    for (int i = 0; i < 20 && server.nextDeadline() != Iec21Machine.NEVER; i++) {
      now = Math.max(now, server.nextDeadline());
      server.onDeadline(now);
      Payload octets = server.pollTransmit(now);
      if (octets != null) {
        return new String(octets.toByteArray(), StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  private void pass() {
    assertNull(server.pollTransmit(now));
    now = Math.max(now, server.nextDeadline());
    server.onDeadline(now);
  }

  private void says(String characters) {
    byte[] octets = characters.getBytes(StandardCharsets.ISO_8859_1);
    now += 10 * MILLISECOND;
    server.receive(octets, 0, octets.length, now);
  }

  private static String readout() {
    return new String(
        new DataMessage(BLOCK, true).encode().toByteArray(), StandardCharsets.ISO_8859_1);
  }

  private void identify() {
    says("/?!\r\n");
    assertEquals("/KAM5\\2X\r\n", sent());
    pass();
  }

  @Test
  void theIdentificationWaitsForTheReactionTime() {
    says("/?17!\r\n");
    assertEquals(now + 200 * MILLISECOND, server.nextDeadline());
    assertNull(server.pollTransmit(now + 199 * MILLISECOND));
    assertEquals("/KAM5\\2X\r\n", sent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/?18!\r\n", "?!\r\n", "/?!", "/?-!\r\n", "\u0006252\r\n", "\u0006", "/KAM5\r\n"})
  void whatIsNoRequestToThisDeviceIsAnsweredWithSilence(String characters) {
    says(characters);
    assertEquals("", sent());
    identify();
  }

  @Test
  void aClientThatSelectsNothingIsReadOutTo300BaudAfter2200Milliseconds() {
    identify();
    assertEquals(now + 2200 * MILLISECOND, server.nextDeadline());
    assertEquals(readout(), sent());
    assertEquals(List.of(INITIAL), events());
  }

  @ParameterizedTest
  @ValueSource(strings = {"040", "051", "252x", "262", "990"})
  void aSelectionThatIsNotOfferedIsReadOutTo300BaudToo(String select) {
    identify();
    says(ACK + select + "\r\n");
    assertEquals(readout(), sent());
    assertEquals(List.of(INITIAL), events());
  }

  @Test
  void hdlcAt300BaudIsAgreedTo() {
    identify();
    says(ACK + "202\r\n");
    assertEquals(ACK + "202\r\n", sent());
    pass();
    LineSettings agreed = LineSettings.eightNoneOne(300);
    assertEquals(List.of(new SetLine(agreed), new HandOver(agreed)), events());
  }

  @Test
  void aReadoutGoesAgainAsOftenAsItMayAndTheDeviceWaitsForTheNextRequestThen() {
    identify();
    says(ACK + "050\r\n");
    assertEquals(List.of(new SetLine(LineSettings.sevenEvenOne(9600))), events());
    assertEquals(readout(), sent());
    for (int i = 0; i < 2; i++) {
      says(NAK);
      assertEquals(readout(), sent());
    }
    says(NAK);
    List<Iec21Event> events = events();
    assertEquals(EndReason.PROTOCOL_ERROR, ((Ended) events.get(0)).reason());
    assertEquals(INITIAL, events.get(1));
    identify();
  }

  @Test
  void aReadoutThatNobodyAcknowledgesIsOverAfterAWhile() {
    identify();
    says(ACK + "050\r\n");
    assertEquals(readout(), sent());
    pass();
    pass();
    assertEquals(
        EndReason.NO_ANSWER,
        events().stream()
            .filter(Ended.class::isInstance)
            .map(event -> ((Ended) event).reason())
            .findFirst()
            .orElseThrow());
    identify();
  }

  @Test
  void aDeviceWithoutReadoutWaitsForTheNextRequest() {
    server = new Iec21Server(device().build(), LineOptions.PLAIN);
    open();
    identify();
    says(ACK + "050\r\n");
    assertEquals(EndReason.REFUSED, ((Ended) events().get(0)).reason());
    identify();
  }

  @Test
  void aClosedDeviceAnswersNobody() {
    server.close(now);
    assertEquals(List.of(new Ended(EndReason.FINISHED, "closed")), events());
    says("/?!\r\n");
    assertEquals("", sent());
  }

  @Test
  void aDeviceThatCannotBeIdentifiedIsNotConfigured() {
    assertThrows(
        IllegalArgumentException.class, () -> Iec21ServerConfig.builder("KA", "X").build());
    assertThrows(
        IllegalArgumentException.class, () -> Iec21ServerConfig.builder("KAM", "X!").build());
    assertThrows(IllegalArgumentException.class, () -> device().baudRate(9601).build());
    assertThrows(IllegalArgumentException.class, () -> device().readout("\u0003").build());
  }

  @Property(tries = 200)
  void anyOctetsAtAnyTimeLeaveADeviceThatAnswersTheNextRequest(@ForAll long seed) {
    Random random = new Random(seed);
    server.open(now);
    List<String> pieces =
        List.of("/?!\r\n", "/?", ACK, NAK, ACK + "252\r\n", ACK + "050\r\n", "\u0002", "x\u0003y");
    for (int i = 0; i < 60; i++) {
      if (random.nextBoolean()) {
        says(pieces.get(random.nextInt(pieces.size())));
      } else {
        byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        server.receive(noise, 0, noise.length, now);
      }
      now += random.nextInt(3000) * MILLISECOND;
      server.onDeadline(now);
      server.pollTransmit(now);
      if (events().stream().anyMatch(HandOver.class::isInstance)) {
        server.open(now);
      }
    }
    int steps = 0;
    while (server.nextDeadline() != Iec21Machine.NEVER) {
      now = Math.max(now, server.nextDeadline());
      server.onDeadline(now);
      server.pollTransmit(now);
      if (events().stream().anyMatch(HandOver.class::isInstance)) {
        server.open(now);
      }
      assertTrue(++steps < 50);
    }
    identify();
  }
}
