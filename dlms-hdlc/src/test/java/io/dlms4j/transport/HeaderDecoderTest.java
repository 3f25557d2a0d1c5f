package io.dlms4j.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcFrame;
import io.dlms4j.link.Payload;
import io.dlms4j.transport.HeaderDecoder.Decoded;
import io.dlms4j.wrapper.Wpdu;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HeaderDecoderTest {
  private static final HdlcAddress CLIENT = HdlcAddress.client(16);
  private static final HdlcAddress SERVER = HdlcAddress.server(1, 32);
  private static final Payload WORDS = Payload.of(new byte[] {(byte) 0xE6, (byte) 0xE6, 0});

  private static Payload hex(String octets) {
    return Payload.of(HexFormat.ofDelimiter(" ").parseHex(octets));
  }

  private static String hdlc(HdlcFrame frame) {
    Payload octets = frame.encodeWithFlags();
    Decoded decoded = HeaderDecoder.hdlc().decode(octets);
    assertEquals(octets.length() - 1, decoded == null ? 0 : decoded.length());
    return decoded == null ? "" : decoded.text();
  }

  @Test
  void everyKindOfFrameIsNamedWithItsNumbers() {
    assertEquals(
        "HDLC SNRM P/F, 16 -> 1/32, FCS ok",
        hdlc(new HdlcFrame.Snrm(SERVER, CLIENT, true, Payload.EMPTY)));
    assertEquals(
        "HDLC UA P/F, 1/32 -> 16, information 3, HCS ok, FCS ok",
        hdlc(new HdlcFrame.Ua(CLIENT, SERVER, true, WORDS)));
    assertEquals(
        "HDLC I N(S)=5 N(R)=6 P/F segmented, 16 -> 1/32, information 3, HCS ok, FCS ok",
        hdlc(new HdlcFrame.I(SERVER, CLIENT, true, true, 5, 6, WORDS)));
    assertEquals(
        "HDLC I N(S)=0 N(R)=7, 16 -> 1/32, information 3, HCS ok, FCS ok",
        hdlc(new HdlcFrame.I(SERVER, CLIENT, false, false, 0, 7, WORDS)));
    assertEquals(
        "HDLC RR N(R)=3 P/F, 16 -> 1/32, FCS ok", hdlc(new HdlcFrame.Rr(SERVER, CLIENT, true, 3)));
    assertEquals(
        "HDLC RNR N(R)=1, 16 -> 1/32, FCS ok", hdlc(new HdlcFrame.Rnr(SERVER, CLIENT, false, 1)));
    assertEquals(
        "HDLC UI, 1/32 -> 16, information 3, HCS ok, FCS ok",
        hdlc(new HdlcFrame.Ui(CLIENT, SERVER, false, WORDS)));
    assertEquals(
        "HDLC DISC P/F, 16 -> 1/32, FCS ok",
        hdlc(new HdlcFrame.Disc(SERVER, CLIENT, true, Payload.EMPTY)));
    assertEquals(
        "HDLC DM P/F, 1/32 -> 16, FCS ok",
        hdlc(new HdlcFrame.Dm(CLIENT, SERVER, true, Payload.EMPTY)));
    assertEquals(
        "HDLC FRMR P/F, 1/32 -> 16, information 3, HCS ok, FCS ok",
        hdlc(new HdlcFrame.Frmr(CLIENT, SERVER, true, WORDS)));
    assertEquals(
        "HDLC control 227, 16 -> 1/32, FCS ok",
        hdlc(new HdlcFrame.Undefined(SERVER, CLIENT, 0xE3, Payload.EMPTY)));
  }

  @Test
  void addressesOfFourOctetsAreReadIntoTheirParts() {
    HdlcAddress wide = HdlcAddress.server(300, 16381);
    assertEquals(
        "HDLC RR N(R)=0 P/F, 16 -> 300/16381, FCS ok",
        hdlc(new HdlcFrame.Rr(wide, CLIENT, true, 0)));
  }

  @Test
  void aDamagedFrameIsDescribedAndItsCheckSequencesJudged() {
    byte[] octets =
        new HdlcFrame.I(SERVER, CLIENT, true, false, 0, 0, WORDS).encodeWithFlags().toByteArray();
    byte[] information = octets.clone();
    information[10] ^= 1;
    assertEquals(
        "HDLC I N(S)=0 N(R)=0 P/F, 16 -> 1/32, information 3, HCS ok, FCS wrong",
        text(HeaderDecoder.hdlc(), information));
    byte[] header = octets.clone();
    header[6] ^= 0x20;
    assertEquals(
        "HDLC I N(S)=0 N(R)=1 P/F, 16 -> 1/32, information 3, HCS wrong, FCS wrong",
        text(HeaderDecoder.hdlc(), header));
  }

  private static String text(HeaderDecoder decoder, byte[] octets) {
    Decoded decoded = decoder.decode(Payload.of(octets));
    return decoded == null ? "" : decoded.text();
  }

  @Test
  void noiseEndsAtTheNextFlag() {
    assertEquals(
        new Decoded(3, "no HDLC frame: 3 octets"),
        HeaderDecoder.hdlc().decode(hex("01 02 03 7E A0 07")));
    assertEquals(
        new Decoded(4, "no HDLC frame: 4 octets"),
        HeaderDecoder.hdlc().decode(hex("7E 01 02 03 7E A0 07")));
    assertEquals(new Decoded(1, ""), HeaderDecoder.hdlc().decode(hex("7E 7E A0 07")));
    assertEquals(
        new Decoded(9, "no HDLC frame: 9 octets"),
        HeaderDecoder.hdlc().decode(hex("7E A0 07 03 21 93 0F 01 00 7E")));
  }

  @Test
  void aUnitOfTheWrapperIsDescribedByItsHeader() {
    Payload octets = new Wpdu(16, 300, WORDS).encode();
    assertEquals(new Decoded(11, "WPDU 16 -> 300, data 3"), HeaderDecoder.wrapper().decode(octets));
    assertEquals(
        new Decoded(3, "no WPDU: version 2"), HeaderDecoder.wrapper().decode(hex("00 02 00")));
  }

  @Test
  void noBeginningOfAFrameIsTakenForAWhole() {
    Payload frame = new HdlcFrame.Ua(CLIENT, SERVER, true, WORDS).encodeWithFlags();
    for (int length = 1; length < frame.length(); length++) {
      assertNull(HeaderDecoder.hdlc().decode(frame.slice(0, length)));
    }
    Payload unit = new Wpdu(16, 1, WORDS).encode();
    for (int length = 1; length < unit.length(); length++) {
      assertNull(HeaderDecoder.wrapper().decode(unit.slice(0, length)));
    }
  }

  @Property(tries = 1000)
  void arbitraryOctetsAreDecodedOrWaitedForWithinABound(
      @ForAll @Size(min = 1, max = 100) byte[] octets, @ForAll @IntRange(max = 3) int shape) {
    if (shape > 0 && octets.length > 9) {
      octets[0] = 0x7E;
      octets[1] = (byte) 0xA8;
      octets[2] = (byte) (octets.length - 2 - (shape - 1) * 40);
      octets[octets.length - 1] = 0x7E;
    }
    for (HeaderDecoder decoder :
        new HeaderDecoder[] {HeaderDecoder.hdlc(), HeaderDecoder.wrapper(), HeaderDecoder.none()}) {
      Decoded decoded = decoder.decode(Payload.of(octets));
      if (decoded != null) {
        assertTrue(decoded.length() >= 1 && decoded.length() <= octets.length);
      }
    }
  }
}
