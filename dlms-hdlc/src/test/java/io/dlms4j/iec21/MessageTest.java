package io.dlms4j.iec21;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Payload;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTest {
  private static Payload hex(String hex) {
    return Payload.of(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static Payload ascii(String text) {
    return Payload.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void isBoth(Iec21Message message, String hex) {
    assertEquals(hex(hex), message.encode());
    assertEquals(message, Iec21Message.decode(hex(hex)));
  }

  private static Iec21Exception refused(Payload characters) {
    return assertThrows(Iec21Exception.class, () -> Iec21Message.decode(characters));
  }

  @Test
  void aRequestIsSlashQuestionMarkAddressExclamationMark() {
    isBoth(new SignOnRequest(""), "2F 3F 21 0D 0A");
    isBoth(new SignOnRequest("12345678"), "2F 3F 31 32 33 34 35 36 37 38 21 0D 0A");
  }

  @Test
  void anIdentificationOfAMeterWithHdlcShowsItByBackslashTwo() {
    Identification meter = new Identification("ISk", '5', "2", "MT382-1000");
    isBoth(meter, "2F 49 53 6B 35 5C 32 4D 54 33 38 32 2D 31 30 30 30 0D 0A");
    assertTrue(meter.offersHdlc());
    assertTrue(meter.reactsFast());
    assertEquals(9600, meter.baudRate());
  }

  @Test
  void anIdentificationWithoutBackslashOffersNoHdlc() {
    Identification meter = (Identification) Iec21Message.decode(ascii("/ELS6\\@V10.04\r\n"));
    assertEquals(new Identification("ELS", '6', "@", "V10.04"), meter);
    assertFalse(meter.offersHdlc());
    assertFalse(meter.reactsFast());
    assertEquals(19_200, meter.baudRate());
  }

  @Test
  void optionSelectsOfReadoutProgrammingAndHdlcAreTheThreeOfTheStandard() {
    isBoth(OptionSelect.readout('5'), "06 30 35 30 0D 0A");
    isBoth(OptionSelect.programming('4'), "06 30 34 31 0D 0A");
    isBoth(OptionSelect.hdlc('5'), "06 32 35 32 0D 0A");
  }

  @Test
  void theBlockCheckCoversAllBehindTheFirstCharacterUpToEtx() {
    // SOH B 0 ETX q
    isBoth(Command.signOff(), "01 42 30 03 71");
    // SOH P 0 STX ( ) ETX `
    isBoth(new Command(CommandType.P0, "()"), "01 50 30 02 28 29 03 60");
    // SOH P 1 STX ( 0 0 0 0 0 0 0 0 ) ETX a
    isBoth(Command.password("00000000"), "01 50 31 02 28 30 30 30 30 30 30 30 30 29 03 61");
    // SOH R 1 STX 1 . 8 . 0 ( ) ETX Z
    isBoth(Command.read("1.8.0"), "01 52 31 02 31 2E 38 2E 30 28 29 03 5A");
    // STX ! CR LF ETX: 21 ^ 0D ^ 0A ^ 03 = 25
    isBoth(new DataMessage("!\r\n", true), "02 21 0D 0A 03 25");
    // STX ( 1 ) EOT: 28 ^ 31 ^ 29 ^ 04 = 34
    isBoth(new DataMessage("(1)", false), "02 28 31 29 04 34");
  }

  @Test
  void acknowledgeAndRepeatRequestAreOneCharacter() {
    isBoth(Handshake.ACK, "06");
    isBoth(Handshake.NAK, "15");
  }

  @Test
  void theRequestWithParityIsTheOneThatMetersHear() {
    assertEquals(hex("AF 3F 21 8D 0A"), EvenParity.add(new SignOnRequest("").encode()));
  }

  @Property
  void parityIsRemovedFromWhatItWasPutOnAndASingleWrongBitIsFound(
      @ForAll byte character, @ForAll byte bit) {
    int seven = character & 0x7F;
    int octet = EvenParity.add(Payload.of(new byte[] {(byte) seven})).at(0);
    assertEquals(0, Integer.bitCount(octet) % 2);
    assertEquals(seven, EvenParity.remove(octet));
    assertEquals(EvenParity.WRONG, EvenParity.remove(octet ^ (1 << (bit & 7))));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',                         0, no characters at all
          78,                         0, no message begins with 'x'
          15 06,                      1, something stands behind NAK
          2F 3F 21 0D,                2, CR LF is missing
          2F 3F 0D 0A,                1, the exclamation mark is missing
          2F 3F 2D 21 0D 0A,          2, no device address has '-'
          2F 49 53 0D 0A,             3, the manufacturer is not three letters
          2F 49 53 6B 0D 0A,          4, the baud rate character is missing
          2F 49 53 6B 35 5C 0D 0A,    6, no mode stands behind the backslash
          2F 49 53 6B 35 41 2F 0D 0A, 6, no identification has '/'
          06 30 35 0D 0A,             3, an option select has three control characters
          06 30 07 30 0D 0A,          2, a control character is not printable
          02 21,                      0, ETX or EOT is missing
          02 21 03 23,                3, block check character '#' should be '"'
          02 07 03 04,                1, no data has 0x07
          01 41 30 03 72,             1, there is no such command
          01 42 30 28 03 59,          3, STX is missing before the data
          AF 3F 21 8D 0A,             0, 0xAF is no character of 7 bits
          """)
  void whatIsNoMessageIsRefusedWithItsPlaceAndTheClause(String octets, int at, String what) {
    Iec21Exception refused = refused(hex(octets));
    assertEquals(at, refused.octetOffset(), refused::getMessage);
    assertTrue(String.valueOf(refused.getMessage()).startsWith(what), refused::getMessage);
    assertTrue(refused.clause().startsWith("IEC 62056-21"), refused.clause());
  }

  @Test
  void anAddressOf33CharactersAndAnIdentificationOf17AreTooLong() {
    assertEquals(34, refused(ascii("/?" + "1".repeat(33) + "!\r\n")).octetOffset());
    assertEquals(21, refused(ascii("/ISk5" + "x".repeat(17) + "\r\n")).octetOffset());
    assertEquals(23, refused(ascii("/ISk5\\2" + "x".repeat(17) + "\r\n")).octetOffset());
  }

  @ParameterizedTest
  @CsvSource({"0,300", "1,600", "2,1200", "3,2400", "4,4800", "5,9600", "6,19200"})
  void theDigitsOfModeCStandForTheirSpeeds(char character, int baudRate) {
    assertEquals(baudRate, new Identification("KAM", character, "", "").baudRate());
    assertEquals(ProtocolMode.C, new Identification("KAM", character, "", "").mode());
    assertEquals(character, BaudCharacter.ofModeC(baudRate));
  }

  @ParameterizedTest
  @CsvSource({"A,600", "B,1200", "C,2400", "D,4800", "E,9600", "F,19200"})
  void theLettersOfModeBStandForTheirSpeeds(char character, int baudRate) {
    assertEquals(baudRate, new Identification("KAM", character, "", "").baudRate());
    assertEquals(ProtocolMode.B, new Identification("KAM", character, "", "").mode());
  }

  @ParameterizedTest
  @CsvSource({"7", "8", "9", "G", "H", "I"})
  void reservedBaudRateCharactersAreRefused(char character) {
    Iec21Exception refused =
        assertThrows(
            Iec21Exception.class, () -> new Identification("KAM", character, "", "").baudRate());
    assertEquals(4, refused.octetOffset());
  }

  @Test
  void anyOtherBaudRateCharacterIsModeA() {
    assertEquals(ProtocolMode.A, new Identification("KAM", 'z', "", "").mode());
    assertEquals(300, new Identification("KAM", 'z', "", "").baudRate());
  }

  @Test
  void leadingZerosOfAnAddressDoNotCountAndNoAddressMeansEveryone() {
    assertTrue(new SignOnRequest("000123").addresses("123"));
    assertTrue(new SignOnRequest("123").addresses("000123"));
    assertTrue(new SignOnRequest("").addresses("123"));
    assertFalse(new SignOnRequest("1230").addresses("123"));
    assertFalse(new SignOnRequest("123").addresses(""));
  }

  @Test
  void aPasswordIsNotShown() {
    assertFalse(Command.password("secret").toString().contains("secret"));
    assertTrue(Command.read("1.8.0").toString().contains("1.8.0"));
    Iec21ClientConfig config =
        Iec21ClientConfig.builder(Iec21ClientConfig.Purpose.PROGRAMMING).password("secret").build();
    assertFalse(config.toString().contains("secret"));
  }

  @Property
  void anyOctetsAreAMessageOrRefused(@ForAll byte[] octets) {
    decodesOrRefuses(octets);
  }

  @Property
  void aMessageWithOneOctetChangedIsAMessageOrRefused(
      @ForAll("messages") Iec21Message message, @ForAll byte octet, @ForAll int where) {
    byte[] octets = message.encode().toByteArray();
    octets[Math.floorMod(where, octets.length)] = octet;
    decodesOrRefuses(octets);
  }

  private static void decodesOrRefuses(byte[] octets) {
    try {
      Iec21Message message = Iec21Message.decode(Payload.of(octets));
      assertEquals(message, Iec21Message.decode(message.encode()));
    } catch (Iec21Exception refused) {
      assertTrue(refused.octetOffset() >= 0 && refused.octetOffset() <= octets.length);
    }
  }

  @Property
  void whatIsWrittenIsRead(@ForAll("messages") Iec21Message message) {
    assertEquals(message, Iec21Message.decode(message.encode()));
  }

  @Property
  void oneChangedCharacterOfABlockIsFoundByItsBlockCheck(
      @ForAll("blocks") Iec21Message message, @ForAll int where, @ForAll byte flip) {
    byte[] octets = message.encode().toByteArray();
    int changed = flip & 0x7F;
    if (changed == 0) {
      return;
    }
    octets[1 + Math.floorMod(where, octets.length - 1)] ^= (byte) changed;
    refused(Payload.of(octets));
  }

  @Provide
  Arbitrary<Iec21Message> blocks() {
    Arbitrary<String> text =
        Arbitraries.strings().withCharRange(' ', '~').withChars('\r', '\n').ofMaxLength(60);
    return Arbitraries.oneOf(
        Combinators.combine(text, Arbitraries.of(true, false)).as(DataMessage::new),
        Combinators.combine(Arbitraries.of(CommandType.values()), text, Arbitraries.of(true, false))
            .as(Command::new));
  }

  @Provide
  Arbitrary<Iec21Message> messages() {
    Arbitrary<Character> part =
        Arbitraries.chars().range(' ', '~').filter(each -> Identification.isPart(each));
    return Arbitraries.oneOf(
        blocks(),
        Arbitraries.strings().numeric().alpha().ofMaxLength(32).map(SignOnRequest::new),
        Combinators.combine(
                Arbitraries.strings().alpha().ofLength(3),
                part,
                Arbitraries.strings().withChars("2@T").ofMaxLength(3),
                Arbitraries.strings().withChars("AZaz09-. ()").ofMaxLength(16))
            .as(Identification::new),
        Combinators.combine(part, part, part).as(OptionSelect::new),
        Arbitraries.of(Handshake.values()));
  }
}
