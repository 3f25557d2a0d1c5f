package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.GetRequestNext;
import io.dlms4j.cosem.apdu.GetResponseWithDataBlock;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.RangeDescriptor;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcFrame;
import io.dlms4j.hdlc.HdlcParameters;
import io.dlms4j.hdlc.LlcHeader;
import io.dlms4j.link.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The client, fed on a real line with the meter's side of the sessions of chapter 4 of the vendor's
 * DLMS description, sends exactly the octets that are printed for its side.
 */
class ClientChapterFourTest {
  private static final int PATIENCE_MILLISECONDS = 10_000;
  private static final HdlcAddress METER = HdlcAddress.logical(16);

  private ServerSocket listener;
  private final ExecutorService meterThread = Executors.newSingleThreadExecutor();

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(PATIENCE_MILLISECONDS);
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
    meterThread.shutdownNow();
  }

  /**
   * Plays the meter: what is printed for its side, when what is printed for the client's has come.
   */
  private static final class Meter {
    private final Socket line;

    Meter(Socket line) throws IOException {
      this.line = line;
      line.setSoTimeout(PATIENCE_MILLISECONDS);
    }

    void expect(String request, String answer) throws IOException {
      byte[] due = ChapterFour.octets(request);
      assertEquals(hex(due), hex(line.getInputStream().readNBytes(due.length)), request);
      line.getOutputStream().write(ChapterFour.octets(answer));
    }

    /** A pair that the document leaves out. */
    void giveBlock(int block, List<Octets> rows) throws IOException {
      byte[] request = line.getInputStream().readNBytes(ChapterFour.octets("V15").length);
      HdlcFrame.I frame = (HdlcFrame.I) HdlcFrame.decode(request, 1, request.length - 2);
      Payload information = frame.information();
      assertEquals(
          new GetRequestNext(new InvokeIdAndPriority(0x81), block - 1),
          ApduCodec.STANDARD.decode(
              Octets.view(
                  information.array(),
                  information.offset() + LlcHeader.LENGTH,
                  information.length() - LlcHeader.LENGTH)));
      AxdrWriter raw = new AxdrWriter();
      rows.forEach(raw::writeOctets);
      Payload llc = LlcHeader.RESPONSE.octets();
      AxdrWriter answer = new AxdrWriter();
      answer.writeOctets(llc.array(), llc.offset(), llc.length());
      ApduCodec.STANDARD.encode(
          new GetResponseWithDataBlock(
              new InvokeIdAndPriority(0x81),
              false,
              block,
              new GetResponseWithDataBlock.RawData(raw.toOctets())),
          answer);
      Payload octets =
          new HdlcFrame.I(
                  HdlcAddress.client(18),
                  METER,
                  true,
                  false,
                  block,
                  block + 1 & 7,
                  Payload.of(answer.toOctets().toByteArray()))
              .encodeWithFlags();
      line.getOutputStream().write(octets.toByteArray());
    }

    private static String hex(byte[] octets) {
      return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(octets);
    }
  }

  @FunctionalInterface
  private interface Play {
    void with(Meter meter) throws IOException;
  }

  private Future<Void> meter(Play play) {
    Callable<Void> task =
        () -> {
          try (Socket line = listener.accept()) {
            play.with(new Meter(line));
          }
          return null;
        };
    return meterThread.submit(task);
  }

  private DlmsClientBuilder client(int sap, int server, int conformance) {
    return DlmsClient.tcp("127.0.0.1", listener.getLocalPort())
        .hdlc(HdlcAddress.logical(server), sap)
        .hdlcParameters(new HdlcParameters(512, 512))
        .association(
            association ->
                association
                    .conformance(Conformance.ofBits(conformance))
                    .confirmedServiceClass(false));
  }

  @Test
  void readsTheMeterNumberOfSession41() throws Exception {
    Future<Void> meter =
        meter(
            with -> {
              with.expect("V01", "V02");
              with.expect("V03", "V04");
              with.expect("V05", "V06");
              with.expect("V07", "V08");
            });
    try (BlockingDlmsClient client = client(16, 1, 0x00181D).connect().blocking()) {
      assertEquals(0x001010, Conformance.toBits(client.context().conformance()));
      assertEquals(125, client.context().serverMaxReceivePduSize());
      assertEquals(
          CosemData.doubleLongUnsigned(12_345_679),
          client.get(AttributeRef.of(1, "1.1.0.0.1.255", 2)));
    }
    await(meter);
  }

  @Test
  void readsTheLoadProfileOfSession42() throws Exception {
    List<Octets> omitted =
        ChapterFour.omittedRows(ChapterFour.DECLARED_ROWS - 2 * ChapterFour.ROWS_IN_A_BLOCK - 2);
    Future<Void> meter =
        meter(
            with -> {
              with.expect("V09", "V10");
              with.expect("V11", "V12");
              with.expect("V13", "V14");
              with.expect("V15", "V16");
              for (int block = 3; block <= 6; block++) {
                int first = (block - 3) * ChapterFour.ROWS_IN_A_BLOCK;
                with.giveBlock(
                    block,
                    omitted.subList(
                        first, Math.min(first + ChapterFour.ROWS_IN_A_BLOCK, omitted.size())));
              }
              with.expect("V17", "V18");
              with.expect("V19", "V20");
            });
    RangeDescriptor range =
        new RangeDescriptor(
            new CaptureObjectDefinition(AttributeRef.of(8, "0.1.1.0.0.255", 2)),
            midnight(25),
            midnight(26),
            List.of());
    try (BlockingDlmsClient client =
        client(18, 16, 0x00FE1F).lowLevelSecurity("12345").connect().blocking()) {
      assertEquals(0x00101C, Conformance.toBits(client.context().conformance()));
      List<CosemData> rows =
          client.get(AttributeRef.of(7, "1.1.99.1.0.255", 2), range.toSelectiveAccess()).elements();
      assertEquals(ChapterFour.DECLARED_ROWS, rows.size());
      assertEquals(
          "2013-10-25 Fri 00:00:00 status 80",
          rows.get(0).elements().get(0).dateTimeValue().toString());
      List<CosemData> last = rows.get(rows.size() - 1).elements();
      assertEquals("2013-10-25 Fri 15:15:00 status 80", last.get(0).dateTimeValue().toString());
      assertEquals(
          List.of(214_008L, 0L, 3_817L, 1L),
          last.subList(4, 8).stream().map(CosemData::integralValue).toList());
    }
    await(meter);
  }

  /** As printed: any day of the week, hundredths 0, deviation not specified, daylight saving. */
  private static CosemData midnight(int dayOfOctober) {
    return CosemData.octetString(
        new CosemDateTime(
                new CosemDate(2013, 10, dayOfOctober, 0xFF),
                new CosemTime(0, 0, 0, 0),
                CosemDateTime.NOT_SPECIFIED,
                0x80)
            .encode());
  }

  private static void await(Future<Void> meter)
      throws InterruptedException, TimeoutException, ExecutionException {
    meter.get(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
  }
}
