package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.GetRequestNext;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcFrame;
import io.dlms4j.hdlc.LlcHeader;
import io.dlms4j.link.Payload;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Hdlc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The server, given the K351C's data, answers on a real line exactly the octets that the vendor's
 * DLMS description prints in chapter 4.
 */
class ServerChapterFourTest {
  private static final int PATIENCE_MILLISECONDS = 10_000;

  private DlmsServer server;
  private Socket line;

  @BeforeEach
  void start() throws IOException {
    server =
        DlmsServer.builder()
            .tcpOnLoopback(0, new Hdlc(512, 128, Duration.ofSeconds(20), Duration.ofMillis(500)))
            .device(ChapterFour.device())
            .start();
    line = connect(server);
  }

  private static Socket connect(DlmsServer to) throws IOException {
    InetSocketAddress address = to.addresses().get(0);
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(PATIENCE_MILLISECONDS);
    return socket;
  }

  @AfterEach
  void stop() throws IOException {
    line.close();
    server.close();
  }

  private void expect(String request, String answer) throws IOException {
    expect(line, request, answer);
  }

  private static void expect(Socket on, String request, String answer) throws IOException {
    on.getOutputStream().write(ChapterFour.octets(request));
    byte[] due = ChapterFour.octets(answer);
    assertEquals(hex(due), hex(on.getInputStream().readNBytes(due.length)));
  }

  private static String hex(byte[] octets) {
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(octets);
  }

  @Test
  void answersSession41WithThePrintedOctets() throws IOException {
    expect("V01", "V02");
    expect("V03", "V04");
    expect("V05", "V06");
    expect("V07", "V08");
  }

  @Test
  void aK351cOverABackendAnswersSession41WithThePrintedOctets() throws IOException {
    OmnipowerMeter meter =
        OmnipowerMeter.of(new TestMeter(MeterIdentity.builder().serialNumber(12_345_679).build()))
            .variant(MeterVariant.K351C)
            .build();
    try (DlmsServer k351c =
            DlmsServer.builder().tcpOnLoopback(0, meter.link()).device(meter.device()).start();
        Socket other = connect(k351c)) {
      expect(other, "V01", "V02");
      expect(other, "V03", "V04");
      expect(other, "V05", "V06");
      expect(other, "V07", "V08");
    }
  }

  /** What session 4.2 agrees on: the link, the association, and the services of AMB-18. */
  @Test
  void link06AK351cOverABackendAgreesOnWhatIsPrintedOfSession42() throws IOException {
    OmnipowerMeter meter = OmnipowerMeter.of(new TestMeter()).variant(MeterVariant.K351C).build();
    try (DlmsServer k351c =
            DlmsServer.builder().tcpOnLoopback(0, meter.link()).device(meter.device()).start();
        Socket other = connect(k351c)) {
      expect(other, "V09", "V10");
      expect(other, "V11", "V12");
    }
  }

  @Test
  void answersSession42WithThePrintedOctetsAsFarAsTheyArePrinted() throws IOException {
    expect("V09", "V10");
    expect("V11", "V12");
    expect("V13", "V14");
    expect("V15", "V16");
    for (int block = 3; block <= 6; block++) {
      byte[] request = nextBlock(block - 1, block);
      line.getOutputStream().write(request);
      byte[] answer = line.getInputStream().readNBytes(ChapterFour.octets("V16").length);
      HdlcFrame frame = HdlcFrame.decode(answer, 1, answer.length - 2);
      assertEquals(block, ((HdlcFrame.I) frame).sendSequenceNumber());
    }
    expect("V17", "V18");
    expect("V19", "V20");
  }

  @Test
  void takesTheWholeSessionOneOctetAtATime() throws IOException {
    line.setTcpNoDelay(true);
    for (String[] exchange : new String[][] {{"V01", "V02"}, {"V03", "V04"}, {"V05", "V06"}}) {
      for (byte octet : ChapterFour.octets(exchange[0])) {
        line.getOutputStream().write(octet);
      }
      byte[] due = ChapterFour.octets(exchange[1]);
      assertArrayEquals(due, line.getInputStream().readNBytes(due.length));
    }
  }

  /**
   * The requests that the document leaves out; V15 and V17 are the first and the last of their
   * kind.
   */
  private static byte[] nextBlock(int acknowledged, int sequence) {
    Octets apdu =
        ApduCodec.STANDARD.encode(new GetRequestNext(new InvokeIdAndPriority(0x81), acknowledged));
    byte[] information = new byte[LlcHeader.LENGTH + apdu.length()];
    Payload llc = LlcHeader.COMMAND.octets();
    System.arraycopy(llc.array(), llc.offset(), information, 0, llc.length());
    apdu.copyTo(information, LlcHeader.LENGTH);
    return new HdlcFrame.I(
            HdlcAddress.logical(16),
            HdlcAddress.client(18),
            true,
            false,
            sequence,
            sequence,
            Payload.of(information))
        .encodeWithFlags()
        .toByteArray();
  }

  @Test
  void theOmittedRequestsAreOfTheKindOfThePrintedOnes() {
    assertArrayEquals(ChapterFour.octets("V15"), nextBlock(1, 2));
    assertArrayEquals(ChapterFour.octets("V17"), nextBlock(6, 7));
  }
}
