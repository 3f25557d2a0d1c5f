package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Payload;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HdlcFrameTest {
  private static final HdlcAddress CLIENT = HdlcAddress.client(16);
  private static final HdlcAddress SERVER = HdlcAddress.logical(1);

  @Test
  void theCheckSequenceHasTheCheckValueOfItsKind() {
    byte[] octets = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0x906E, Fcs16.of(Payload.of(octets)));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 1, 03",
    "127, 0, 1, FF",
    "1, 17, 2, 02 23",
    "1, 127, 2, 02 FF",
    "4660, 127, 4, 48 68 00 FF",
    "16383, 16382, 4, FE FE FE FD"
  })
  void addressesAreWrittenWithAnExtensionBitInEveryOctet(
      int upper, int lower, int length, String octets) {
    byte[] written = new byte[length];
    new HdlcAddress(upper, lower, length).write(written, 0);
    assertEquals(Octets.hex(octets), Payload.of(written));
  }

  @Test
  void reservedAddressesAreKnownInTheirForm() {
    assertTrue(HdlcAddress.client(0).isNoStation());
    assertTrue(new HdlcAddress(1, 0, 2).isNoStation());
    assertFalse(HdlcAddress.logical(1).isNoStation());
    assertTrue(HdlcAddress.logical(0x7F).isAllStation());
    assertTrue(new HdlcAddress(1, 0x3FFF, 4).isAllStation());
    assertFalse(new HdlcAddress(1, 0x7F, 4).isAllStation());
    assertTrue(new HdlcAddress(1, 0x7E, 2).isCallingPhysicalDevice());
    assertTrue(new HdlcAddress(1, 0x3FFE, 4).isCallingPhysicalDevice());
    assertFalse(new HdlcAddress(1, 0x7E, 4).isCallingPhysicalDevice());
  }

  @Test
  void theShortestFormWithRoomForBothPartsIsChosen() {
    assertEquals(2, HdlcAddress.server(1, 127).length());
    assertEquals(4, HdlcAddress.server(1, 128).length());
    assertEquals(4, HdlcAddress.server(128, 1).length());
    assertThrows(IllegalArgumentException.class, () -> HdlcAddress.server(1, 0x4000));
    assertThrows(IllegalArgumentException.class, () -> new HdlcAddress(128, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> new HdlcAddress(1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new HdlcAddress(1, 1, 3));
  }

  @Property(tries = 500)
  void everyFrameComesBackAsItWas(@ForAll("frames") HdlcFrame frame) {
    assertEquals(frame, HdlcFrame.decode(frame.encode()));
    Payload withFlags = frame.encodeWithFlags();
    assertEquals(0x7E, withFlags.at(0));
    assertEquals(0x7E, withFlags.at(withFlags.length() - 1));
    assertEquals(frame.encode(), withFlags.slice(1, withFlags.length() - 2));
  }

  @Property(tries = 500)
  void oneWrongOctetIsAlwaysNoticed(
      @ForAll("frames") HdlcFrame frame, @ForAll int where, @ForAll int how) {
    byte[] octets = frame.encode().toByteArray();
    octets[Math.floorMod(where, octets.length)] ^= (byte) (1 + Math.floorMod(how, 255));
    assertThrows(HdlcException.class, () -> HdlcFrame.decode(octets, 0, octets.length));
  }

  @Property(tries = 1000)
  void arbitraryOctetsAreAFrameOrTheDeclaredException(@ForAll byte[] octets) {
    try {
      assertEquals(Payload.of(octets), HdlcFrame.decode(Payload.of(octets)).encode());
    } catch (HdlcException refused) {
      assertTrue(refused.octetOffset() <= octets.length);
    }
  }

  @Property(tries = 2000)
  void anyContentWithAGoodFcsIsAFrameOrTheDeclaredException(@ForAll byte[] content) {
    byte[] octets = new byte[content.length + 4];
    octets[0] = (byte) (0xA0 | octets.length >>> 8);
    octets[1] = (byte) octets.length;
    System.arraycopy(content, 0, octets, 2, content.length);
    Fcs16.append(octets, 0, content.length + 2);
    try {
      assertEquals(Payload.of(octets), HdlcFrame.decode(Payload.of(octets)).encode());
    } catch (HdlcException refused) {
      assertTrue(refused.octetOffset() <= octets.length);
    }
  }

  @Property(tries = 1000)
  void arbitraryParametersAreReadOrTheDeclaredException(@ForAll byte[] octets) {
    byte[] group = octets.clone();
    if (group.length > 3) {
      group[0] = (byte) 0x81;
      group[1] = (byte) 0x80;
      group[2] = (byte) (group.length - 3);
    }
    try {
      HdlcParameters read = HdlcParameters.decode(Payload.of(group));
      assertEquals(read, HdlcParameters.decode(read.encode()));
    } catch (HdlcException refused) {
      assertTrue(refused.octetOffset() <= group.length);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "81 80 00, 128, 128, 1, 1",
    "81 80 06 05 01 40 06 01 50, 64, 80, 1, 1",
    "81 80 0C 05 04 00 00 02 00 06 04 00 00 04 00, 512, 1024, 1, 1",
    "81 80 06 07 01 07 08 01 03, 128, 128, 7, 3",
    "81 80 05 05 03 00 01 00, 256, 128, 1, 1",
    "81 80 06 09 01 55 05 01 20, 32, 128, 1, 1",
    "81 82 01 55 80 03 06 01 40, 128, 64, 1, 1",
    "81 80 03 06 01 40 F0 01 02 03, 128, 64, 1, 1",
    "81 80 08 05 02 FF FF 07 02 01 00, 2030, 128, 7, 1"
  })
  void parametersAreReadInEveryLengthAndUnknownOnesPassedOver(
      String octets, int transmit, int receive, int windowTransmit, int windowReceive) {
    assertEquals(
        new HdlcParameters(transmit, receive, windowTransmit, windowReceive),
        HdlcParameters.decode(Octets.hex(octets)));
  }

  @ParameterizedTest
  @CsvSource({
    "80 80 00, 0",
    "81 80, 1",
    "81 80 03 05, 2",
    "81 80 02 05 01, 4",
    "81 80 03 05 01 00, 5",
    "81 80 02 05 00, 5",
    "81 80 07 05 05 00 00 00 00 01, 5"
  })
  void parametersThatCannotBeAreRefusedWhereTheFaultIs(String octets, int offset) {
    HdlcException refused =
        assertThrows(HdlcException.class, () -> HdlcParameters.decode(Octets.hex(octets)));
    assertEquals(offset, refused.octetOffset());
  }

  @Test
  void neitherSideGetsMoreThanItOfferedNorThanThePeerCan() {
    HdlcParameters client = new HdlcParameters(512, 512);
    HdlcParameters server = new HdlcParameters(1010, 128);
    assertEquals(new HdlcParameters(512, 128), server.agreedWith(client));
    assertEquals(new HdlcParameters(128, 512), client.agreedWith(server));
    assertEquals(
        new HdlcParameters(100, 60, 2, 5),
        new HdlcParameters(100, 200, 2, 7).agreedWith(new HdlcParameters(60, 300, 5, 4)));
  }

  @ParameterizedTest
  @CsvSource({
    "A0 06 03 21 00 00, 0",
    "B0 07 03 21 93 00 00, 0",
    "A0 08 03 21 93 00 00, 0",
    "A0 07 03 21 93 00 00, 5"
  })
  void whatIsNoFrameIsRefusedWhereTheFaultIs(String octets, int offset) {
    HdlcException refused =
        assertThrows(HdlcException.class, () -> HdlcFrame.decode(Octets.hex(octets)));
    assertEquals(offset, refused.octetOffset());
  }

  @ParameterizedTest
  @CsvSource({
    // an address of three octets, one that does not end, and a frame that ends after its addresses
    "A0 09 00 02 05 21 93, 2",
    "A0 09 00 02 04 06 08, 2",
    "A0 07 00 03 21, 5",
    // a header check alone, one cut short, a wrong one, an RR with information, a segmented DISC
    "A0 09 03 21 10 00 00, 5",
    "A0 08 03 21 10 00, 5",
    "A0 0A 03 21 10 00 00 01, 5",
    "A8 07 03 21 53, 0"
  })
  void goodFcsDoesNotMakeAFrame(String content, int offset) {
    Payload unchecked = Octets.hex(content + " 00 00");
    byte[] octets = unchecked.array();
    Fcs16.append(octets, 0, octets.length - 2);
    HdlcException refused =
        assertThrows(HdlcException.class, () -> HdlcFrame.decode(Payload.of(octets)));
    assertEquals(offset, refused.octetOffset());
  }

  @Test
  void theLargestInformationFieldFitsAFrame() {
    Payload largest = Payload.of(new byte[2030]);
    HdlcAddress server = new HdlcAddress(1, 32, 4);
    HdlcFrame frame = new HdlcFrame.I(server, CLIENT, true, true, 3, 4, largest);
    assertEquals(frame, HdlcFrame.decode(frame.encode()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new HdlcFrame.Ui(server, CLIENT, true, Payload.of(new byte[2031])).encode());
  }

  @Test
  void aReasonForRejectionComesBackAsItWas() {
    FrameReject reject = new FrameReject(0xFF, 5, 2, false, true, false, false, true);
    assertEquals(Octets.hex("FF 4A 09"), reject.encode());
    assertEquals(reject, FrameReject.decode(reject.encode()));
    assertThrows(HdlcException.class, () -> FrameReject.decode(Octets.hex("FF 4A")));
  }

  @Provide
  Arbitrary<HdlcFrame> frames() {
    Arbitrary<Integer> sequence = Arbitraries.integers().between(0, 7);
    Arbitrary<Payload> information =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Payload::of);
    Arbitrary<HdlcAddress> address =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 0x7F).map(HdlcAddress::logical),
            Combinators.combine(
                    Arbitraries.integers().between(0, 0x7F),
                    Arbitraries.integers().between(0, 0x7F))
                .as((upper, lower) -> new HdlcAddress(upper, lower, 2)),
            Combinators.combine(
                    Arbitraries.integers().between(0, 0x3FFF),
                    Arbitraries.integers().between(0, 0x3FFF))
                .as((upper, lower) -> new HdlcAddress(upper, lower, 4)));
    Arbitrary<Boolean> bit = Arbitraries.of(true, false);
    Arbitrary<Integer> undefined =
        Arbitraries.integers().between(0, 255).filter(control -> !FrameCodec.isDefined(control));
    Arbitrary<HdlcFrame> unnumbered =
        Combinators.combine(
                Arbitraries.integers().between(0, 5), address, address, bit, information)
            .as(
                (kind, to, from, poll, content) ->
                    switch (kind) {
                      case 0 -> new HdlcFrame.Snrm(to, from, poll, content);
                      case 1 -> new HdlcFrame.Ua(to, from, poll, content);
                      case 2 -> new HdlcFrame.Disc(to, from, poll, content);
                      case 3 -> new HdlcFrame.Dm(to, from, poll, content);
                      case 4 -> new HdlcFrame.Frmr(to, from, poll, content);
                      default -> new HdlcFrame.Ui(to, from, poll, content);
                    });
    return Arbitraries.oneOf(
        unnumbered,
        Combinators.combine(address, address, bit, bit, sequence, sequence, information)
            .as(HdlcFrame.I::new),
        Combinators.combine(address, address, bit, sequence).as(HdlcFrame.Rr::new),
        Combinators.combine(address, address, bit, sequence).as(HdlcFrame.Rnr::new),
        Combinators.combine(address, address, undefined, information).as(HdlcFrame.Undefined::new));
  }

  @Test
  void aControlFieldOfAKnownFrameIsNotUndefined() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new HdlcFrame.Undefined(SERVER, CLIENT, 0x93, Payload.EMPTY));
    assertThrows(
        IllegalArgumentException.class,
        () -> new HdlcFrame.I(SERVER, CLIENT, true, false, 8, 0, Payload.EMPTY));
  }
}
