package io.dlms4j.iec21;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.iec21.Iec21ClientConfig.Purpose;
import io.dlms4j.iec21.Iec21Event.Acknowledged;
import io.dlms4j.iec21.Iec21Event.Answered;
import io.dlms4j.iec21.Iec21Event.DataRead;
import io.dlms4j.iec21.Iec21Event.EndReason;
import io.dlms4j.iec21.Iec21Event.Ended;
import io.dlms4j.iec21.Iec21Event.HandOver;
import io.dlms4j.iec21.Iec21Event.Identified;
import io.dlms4j.iec21.Iec21Event.PasswordRequested;
import io.dlms4j.iec21.Iec21Event.Refused;
import io.dlms4j.iec21.Iec21Event.SetLine;
import io.dlms4j.iec21.Iec21Event.SignedOn;
import io.dlms4j.link.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a device that says what the test says. */
class Iec21ClientTest {
  private static final long MILLISECOND = 1_000_000L;
  private static final String ACK = "\u0006";
  private static final String NAK = "\u0015";
  private static final Identified METER = new Identified(new Identification("KAM", '5', "2", "X"));

  private long now = 1_000_000_000L;
  private Iec21Client client = client(Iec21ClientConfig.builder(Purpose.READOUT));

  private static Iec21Client client(Iec21ClientConfig.Builder config) {
    return new Iec21Client(config.build(), LineOptions.PLAIN);
  }

  /** Begins, and takes what comes first. */
  private void open(Iec21ClientConfig.Builder config) {
    client = client(config);
    client.open(now);
    assertEquals(List.of(new SetLine(LineSettings.sevenEvenOne(300))), events());
    assertEquals("/?!\r\n", sent());
  }

  private List<Iec21Event> events() {
    List<Iec21Event> events = new ArrayList<>();
    for (Iec21Event event = client.pollEvent(); event != null; event = client.pollEvent()) {
      events.add(event);
    }
    return events;
  }

  /** What the client sends next, however long that takes. */
  private String sent() {
    for (int i = 0; i < 20; i++) {
      Payload octets = client.pollTransmit(now);
      if (octets != null) {
        return new String(octets.toByteArray(), StandardCharsets.ISO_8859_1);
      }
      if (client.nextDeadline() == Iec21Machine.NEVER) {
        break;
      }
      now = Math.max(now, client.nextDeadline());
      client.onDeadline(now);
    }
    throw new AssertionError("the client sends nothing: " + events());
  }

  /** Lets a deadline pass. */
  private void pass() {
    assertNull(client.pollTransmit(now));
    now = Math.max(now, client.nextDeadline());
    client.onDeadline(now);
  }

  private void says(String characters) {
    byte[] octets = characters.getBytes(StandardCharsets.ISO_8859_1);
    now += 10 * MILLISECOND;
    client.receive(octets, 0, octets.length, now);
  }

  private void says(Iec21Message message) {
    Payload octets = message.encode();
    now += 10 * MILLISECOND;
    client.receive(octets.array(), octets.offset(), octets.length(), now);
  }

  private static DataMessage data(String text) {
    return new DataMessage(text, true);
  }

  private static String on(Iec21Message message) {
    return new String(message.encode().toByteArray(), StandardCharsets.ISO_8859_1);
  }

  private EndReason reason() {
    List<Iec21Event> events = events();
    if (!(events.get(events.size() - 1) instanceof Ended ended)) {
      throw new AssertionError("has not ended: " + events);
    }
    assertEquals(Iec21Machine.NEVER, client.nextDeadline());
    return ended.reason();
  }

  // Readout.

  @Test
  void modeAIsReadAt300BaudThroughout() {
    open(Iec21ClientConfig.builder(Purpose.READOUT));
    says("/ABCzMETER\r\n");
    says(data("1.8.0(1*kWh)\r\n!\r\n"));
    assertEquals(
        List.of(
            new Identified(new Identification("ABC", 'z', "", "METER")),
            new DataRead("1.8.0(1*kWh)\r\n!\r\n", true),
            new Ended(EndReason.FINISHED, "")),
        events());
    assertNull(client.pollTransmit(now));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A600", "B1200", "C2400", "D4800", "E9600", "F19200"})
  void modeBIsReadAtTheSpeedThatTheDeviceGoesOnWith(String characterAndSpeed) {
    int speed = Integer.parseInt(characterAndSpeed.substring(1));
    open(Iec21ClientConfig.builder(Purpose.READOUT));
    says("/ABC" + characterAndSpeed.charAt(0) + "METER\r\n");
    List<Iec21Event> events = events();
    assertEquals(new SetLine(LineSettings.sevenEvenOne(speed)), events.get(1));
    says(data("!\r\n"));
    assertEquals(List.of(new DataRead("!\r\n", true), new Ended(EndReason.FINISHED, "")), events());
  }

  @Test
  void modeDIsListenedToWithoutAWord() {
    client = client(Iec21ClientConfig.builder(Purpose.PUSHED_READOUT));
    client.open(now);
    assertEquals(List.of(new SetLine(LineSettings.sevenEvenOne(2400))), events());
    assertEquals(Iec21Machine.NEVER, client.nextDeadline());
    says("noise /ABC3MET");
    says("ER\r\n\r\n1.8.0(1*k");
    says("Wh)\r\n!\r\n");
    assertEquals(
        List.of(
            new Identified(new Identification("ABC", '3', "", "METER")),
            new DataRead("\r\n1.8.0(1*kWh)\r\n!\r\n", true),
            new Ended(EndReason.FINISHED, "")),
        events());
  }

  @Test
  void modeDThatBreaksOffIsAwaitedAgain() {
    client = client(Iec21ClientConfig.builder(Purpose.PUSHED_READOUT));
    client.open(now);
    says("/ABC3METER\r\n1.8.0(");
    pass();
    says("1)\r\n!\r\n");
    says("/ABC3METER\r\n1.8.0(2)\r\n!\r\n");
    assertEquals(
        new DataRead("1.8.0(2)\r\n!\r\n", true),
        events().stream().filter(DataRead.class::isInstance).findFirst().orElseThrow());
  }

  @Test
  void anotherSpeedThanThatOfModeDIsRefused() {
    client = client(Iec21ClientConfig.builder(Purpose.PUSHED_READOUT));
    client.open(now);
    says("/ABC5METER\r\n");
    assertEquals(EndReason.REFUSED, reason());
  }

  @ParameterizedTest
  @ValueSource(chars = {'7', '9', 'G', 'I'})
  void aReservedSpeedIsRefused(char character) {
    open(Iec21ClientConfig.builder(Purpose.READOUT));
    says("/ABC" + character + "METER\r\n");
    assertEquals(EndReason.REFUSED, reason());
  }

  private void readOutModeC(Iec21ClientConfig.Builder config) {
    open(config);
    says("/KAM5\\2X\r\n");
    assertEquals(ACK + "050\r\n", sent());
    pass();
    assertEquals(List.of(METER, new SetLine(LineSettings.sevenEvenOne(9600))), events());
  }

  @Test
  void theSpeedIsChangedWhenTheOptionSelectIsOutAndNotBefore() {
    open(Iec21ClientConfig.builder(Purpose.READOUT));
    says("/KAM5\\2X\r\n");
    long heard = now;
    assertEquals(heard + 200 * MILLISECOND, client.nextDeadline());
    assertEquals(ACK + "050\r\n", sent());
    // 6 characters of 10 bits at 300 baud, and half of the reaction time.
    assertEquals(now + (200 + 100) * MILLISECOND, client.nextDeadline());
  }

  @Test
  void damagedDataIsAskedForAgainAndOnlyTheGoodIsHandedOn() {
    readOutModeC(Iec21ClientConfig.builder(Purpose.READOUT));
    says("\u00021.8.0(1)\r\n!\r\n\u0003?");
    assertEquals(NAK, sent());
    says(data("1.8.0(1)\r\n!\r\n"));
    assertEquals(List.of(new DataRead("1.8.0(1)\r\n!\r\n", true)), events());
    assertEquals(ACK, sent());
    pass();
    assertEquals(EndReason.FINISHED, reason());
  }

  @Test
  void dataThatBreaksOffIsAskedForAgainAfterTheTimeBetweenCharacters() {
    readOutModeC(Iec21ClientConfig.builder(Purpose.READOUT));
    says("\u00021.8.0(1");
    assertEquals(now + 1500 * MILLISECOND, client.nextDeadline());
    assertEquals(NAK, sent());
  }

  @Test
  void dataThatIsNeverGoodIsGivenUpAfterTheRepetitions() {
    readOutModeC(Iec21ClientConfig.builder(Purpose.READOUT).repetitions(3));
    for (int i = 0; i < 3; i++) {
      says("\u0002!\r\n\u0003?");
      assertEquals(NAK, sent());
    }
    says("\u0002!\r\n\u0003?");
    assertEquals(EndReason.PROTOCOL_ERROR, reason());
  }

  @Test
  void aDeviceThatDoesNotGoOnIsAskedAgainFromTheBeginning() {
    readOutModeC(Iec21ClientConfig.builder(Purpose.READOUT).repetitions(1));
    assertEquals("/?!\r\n", sent());
    assertEquals(List.of(new SetLine(LineSettings.sevenEvenOne(300))), events());
    pass();
    pass();
    assertEquals(EndReason.NO_ANSWER, reason());
  }

  @Test
  void dataWithoutEndIsGivenUpAtTheLimit() {
    readOutModeC(Iec21ClientConfig.builder(Purpose.READOUT).maxDataLength(1000));
    says("\u0002");
    for (int i = 0; i < 12 && client.nextDeadline() != Iec21Machine.NEVER; i++) {
      says("x".repeat(100));
    }
    assertEquals(EndReason.PROTOCOL_ERROR, reason());
  }

  @Test
  void partialBlocksWithoutEndAreGivenUpAtTheLimitOfAllTogether() {
    readOutModeC(Iec21ClientConfig.builder(Purpose.READOUT).maxDataLength(1000));
    for (int i = 0; i < 10; i++) {
      says(new DataMessage("(" + "1".repeat(98) + ")", false));
      assertEquals(ACK, sent());
    }
    says(new DataMessage("(" + "1".repeat(98) + ")", false));
    assertEquals(EndReason.PROTOCOL_ERROR, reason());
  }

  @Test
  void emptyPartialBlocksWithoutEndAreGivenUpToo() {
    readOutModeC(Iec21ClientConfig.builder(Purpose.READOUT).maxDataLength(50));
    for (int i = 0; i < 50; i++) {
      says(new DataMessage("", false));
      assertEquals(ACK, sent());
    }
    says(new DataMessage("", false));
    assertEquals(EndReason.PROTOCOL_ERROR, reason());
  }

  @Test
  void aCharacterNowAndThenDoesNotKeepAMessageOpenForEver() {
    readOutModeC(Iec21ClientConfig.builder(Purpose.READOUT).repetitions(0).maxDataLength(1 << 20));
    says("\u0002");
    long began = now;
    while (client.nextDeadline() != Iec21Machine.NEVER) {
      now += 1400 * MILLISECOND;
      client.onDeadline(now);
      byte[] octet = {'x'};
      client.receive(octet, 0, 1, now);
    }
    assertTrue(now - began <= 902_000 * MILLISECOND);
    assertEquals(EndReason.PROTOCOL_ERROR, reason());
  }

  @Test
  void noiseDoesNotPutOffTheEndOfTheWait() {
    open(Iec21ClientConfig.builder(Purpose.READOUT).repetitions(0));
    pass();
    long until = client.nextDeadline();
    while (now < until) {
      says("\u007f\u0000xyz");
      assertEquals(until, client.nextDeadline());
    }
    client.onDeadline(now);
    assertEquals(EndReason.NO_ANSWER, reason());
  }

  @Test
  void aDamagedLineIsNoDataToBeAskedForAgain() {
    readOutModeC(Iec21ClientConfig.builder(Purpose.READOUT));
    says("/noise\r\n");
    assertNull(client.pollTransmit(now + 1000 * MILLISECOND));
    says(data("!\r\n"));
    assertEquals(List.of(new DataRead("!\r\n", true)), events());
  }

  @Property(tries = 100)
  void anAnswerInAnyPiecesIsTheSameAnswer(@ForAll @IntRange(min = 1, max = 40) int chunk) {
    readOutModeC(Iec21ClientConfig.builder(Purpose.READOUT));
    byte[] octets = data("1-0:1.8.0*255(000123.4*kWh)\r\n!\r\n").encode().toByteArray();
    for (int at = 0; at < octets.length; at += chunk) {
      client.receive(octets, at, Math.min(chunk, octets.length - at), now);
    }
    assertEquals(List.of(new DataRead("1-0:1.8.0*255(000123.4*kWh)\r\n!\r\n", true)), events());
  }

  @Test
  void anOctetWithBit8IsACharacterWithWrongParity() {
    readOutModeC(Iec21ClientConfig.builder(Purpose.READOUT));
    says("\u0002!\r\u008a\u0003%");
    assertEquals(NAK, sent());
  }

  // Mode E.

  @Test
  void aDeviceThatDoesNotConfirmIsTakenToHaveAgreed() {
    open(Iec21ClientConfig.builder(Purpose.HDLC));
    says("/KAM5\\2X\r\n");
    assertEquals(ACK + "252\r\n", sent());
    pass();
    pass();
    LineSettings agreed = LineSettings.eightNoneOne(9600);
    assertEquals(List.of(METER, new SetLine(agreed), new HandOver(agreed)), events());
  }

  @Test
  void aDeviceThatHasToConfirmAndDoesNotIsAskedAgain() {
    open(Iec21ClientConfig.builder(Purpose.HDLC).confirmationRequired(true).repetitions(1));
    says("/KAM5\\2X\r\n");
    assertEquals(ACK + "252\r\n", sent());
    assertEquals("/?!\r\n", sent());
    says("/KAM5\\2X\r\n");
    assertEquals(ACK + "252\r\n", sent());
    says(ACK + "252\r\n");
    pass();
    assertTrue(events().contains(new HandOver(LineSettings.eightNoneOne(9600))));
  }

  @Test
  void aDeviceThatReadsOutInsteadDoesNotOpen() {
    open(Iec21ClientConfig.builder(Purpose.HDLC));
    says("/KAM5\\2X\r\n");
    assertEquals(ACK + "252\r\n", sent());
    pass();
    says(data("1.8.0(1)\r\n!\r\n"));
    assertEquals(EndReason.REFUSED, reason());
  }

  // Programming.

  private void program(Iec21ClientConfig.Builder config) {
    open(config);
    says("/KAM5\\2X\r\n");
    assertEquals(ACK + "051\r\n", sent());
    pass();
    assertEquals(List.of(METER, new SetLine(LineSettings.sevenEvenOne(9600))), events());
    says(new Command(CommandType.P0, "(12AB)"));
  }

  private void signOn() {
    program(Iec21ClientConfig.builder(Purpose.PROGRAMMING).password("00000000"));
    assertEquals(on(Command.password("00000000")), sent());
    says(ACK);
    assertEquals(List.of(new SignedOn()), events());
  }

  @Test
  void thePasswordIsGivenAndCommandsAreAnswered() {
    signOn();
    Command read = Command.read("1.8.0");
    assertTrue(client.command(read, now));
    assertFalse(client.command(read, now));
    assertEquals(on(read), sent());
    says(data("1.8.0(1*kWh)"));
    assertEquals(List.of(new Answered(read, "1.8.0(1*kWh)", true)), events());
    Command write = Command.write("0.9.1", "120000");
    assertTrue(client.command(write, now));
    assertEquals("\u0001W1\u00020.9.1(120000)\u0003", sent().replaceAll(".$", ""));
    says(ACK);
    assertEquals(List.of(new Acknowledged(write)), events());
    client.close(now);
    assertEquals(on(Command.signOff()), sent());
    pass();
    assertEquals(EndReason.FINISHED, reason());
    assertFalse(client.command(read, now));
  }

  @Test
  void withoutAPasswordTheLayerAboveIsAskedForOne() {
    program(Iec21ClientConfig.builder(Purpose.PROGRAMMING));
    assertEquals(List.of(new PasswordRequested("(12AB)")), events());
    assertEquals(Iec21Machine.NEVER, client.nextDeadline());
    Command secure = new Command(CommandType.P2, "(99)");
    assertTrue(client.command(secure, now));
    assertEquals(on(secure), sent());
    says(ACK);
    assertEquals(List.of(new SignedOn()), events());
  }

  @Test
  void aWrongPasswordEndsTheSession() {
    program(Iec21ClientConfig.builder(Purpose.PROGRAMMING).password("1"));
    assertEquals(on(Command.password("1")), sent());
    says(data("(ER02)"));
    assertEquals(EndReason.REFUSED, reason());
  }

  @Test
  void partialBlocksAreAskedForOneAfterTheOther() {
    signOn();
    Command read = new Command(CommandType.R3, "P.01(;)");
    assertTrue(client.command(read, now));
    assertEquals(on(read), sent());
    says(new DataMessage("P.01(1)", false));
    assertEquals(List.of(new Answered(read, "P.01(1)", false)), events());
    assertEquals(ACK, sent());
    says("\u0002(2)\u0003?");
    assertEquals(NAK, sent());
    says(data("(2)"));
    assertEquals(List.of(new Answered(read, "(2)", true)), events());
  }

  @Test
  void anErrorMessageIsARefusal() {
    signOn();
    Command read = Command.read("9.9.9");
    assertTrue(client.command(read, now));
    sent();
    says(data("(ER06)"));
    assertEquals(List.of(new Refused(read, "(ER06)")), events());
    assertTrue(client.command(read, now));
  }

  @Test
  void aCommandThatIsNotUnderstoodGoesAgainAndIsRefusedThen() {
    signOn();
    Command write = Command.write("1.8.0", "0");
    assertTrue(client.command(write, now));
    for (int i = 0; i < 3; i++) {
      assertEquals(on(write), sent());
      says(NAK);
    }
    assertEquals(List.of(new Refused(write, "")), events());
  }

  @Test
  void aReadThatIsNotAnsweredGoesAgain() {
    signOn();
    Command read = Command.read("1.8.0");
    assertTrue(client.command(read, now));
    for (int i = 0; i < 3; i++) {
      assertEquals(on(read), sent());
    }
    pass();
    pass();
    assertEquals(EndReason.NO_ANSWER, reason());
  }

  @Test
  void aWriteThatIsNotAnsweredIsNotDoneTwice() {
    signOn();
    assertTrue(client.command(Command.write("1.8.0", "0"), now));
    sent();
    pass();
    pass();
    assertEquals(EndReason.NO_ANSWER, reason());
  }

  @Test
  void aDeviceThatSignsOffEndsTheSession() {
    signOn();
    says(Command.signOff());
    assertEquals(EndReason.CLOSED_BY_PEER, reason());
  }

  @Test
  void aLostLineEndsWhateverGoesOn() {
    signOn();
    client.lineLost();
    assertEquals(EndReason.LINE_LOST, reason());
    client.lineLost();
    assertEquals(List.of(), events());
  }

  // Anything.

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void anEndlessMixOfMessagesEndsOrWaitsButNeverThrows(Purpose purpose) {
    for (int seed = 0; seed < 150; seed++) {
      storm(purpose, new Random(seed));
    }
  }

  private void storm(Purpose purpose, Random random) {
    client =
        client(Iec21ClientConfig.builder(purpose).password("1").maxDataLength(200).repetitions(3));
    client.open(now);
    List<String> pieces =
        List.of(
            "/KAM5\\2X\r\n",
            "/KAM3X\r\n",
            "/KAMAX\r\n",
            "/KAM?X\r\n",
            ACK,
            NAK,
            ACK + "252\r\n",
            on(data("1.8.0(1)\r\n!\r\n")),
            on(new DataMessage("(1)", false)),
            "!\r\n",
            "\u0001",
            "\u0002",
            "\u0003",
            "\u0004",
            "x".repeat(100),
            on(Command.signOff()),
            "\u0080\u00ff",
            on(new Command(CommandType.P0, "()")),
            on(data("(ER01)")));
    for (int i = 0; i < 200; i++) {
      says(pieces.get(random.nextInt(pieces.size())));
      if (random.nextBoolean() && client.nextDeadline() != Iec21Machine.NEVER) {
        now = Math.max(now, client.nextDeadline());
        client.onDeadline(now);
      }
      Payload octets = client.pollTransmit(now);
      assertTrue(octets == null || octets.length() > 0);
      events();
      if (random.nextInt(10) == 0) {
        boolean taken = client.command(Command.read("1.8.0"), now);
        assertFalse(taken && purpose != Purpose.PROGRAMMING);
      }
      if (random.nextInt(40) == 0) {
        client.open(now);
      }
    }
  }

  @Property(tries = 300)
  void anyOctetsAtAnyTimeNeitherThrowNorHang(@ForAll List<byte[]> pieces) {
    client = client(Iec21ClientConfig.builder(Purpose.READOUT));
    client.open(now);
    for (byte[] each : pieces) {
      client.receive(each, 0, each.length, now);
      now += 100 * MILLISECOND;
      client.pollTransmit(now);
      client.onDeadline(now);
    }
    int steps = 0;
    while (client.nextDeadline() != Iec21Machine.NEVER) {
      now = Math.max(now, client.nextDeadline());
      client.onDeadline(now);
      client.pollTransmit(now);
      assertTrue(++steps < 100);
    }
    List<Iec21Event> events = events();
    assertTrue(events.get(events.size() - 1) instanceof Ended, events::toString);
  }
}
