package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.EventNotification;
import io.dlms4j.cosem.apdu.InformationReport;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.apdu.WriteResponse;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server tells without being asked, on real TCP lines with the wrapper. */
class NotificationTest {
  private static final EncodedData VALUE = EncodedData.of(CosemData.unsigned(42));
  private static final EventNotification EVENT =
      new EventNotification(null, AttributeRef.of(1, "0.0.96.1.0.255", 2), VALUE);

  private static final String LOGICAL_NAMES = "601DA109060760857405080101BE10040E01000000065F1F04";
  private static final String SHORT_NAMES =
      "601DA109060760857405080102BE10040E01000000065F1F04001C1B20FFFF";

  private final PhysicalDevice device = TestDevice.create();
  private final DlmsServer server =
      DlmsServer.builder().device(device).tcpOnLoopback(0, Wrapper.defaults()).start();

  @AfterEach
  void close() {
    server.close();
  }

  private Socket associated(int client, String aarq) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    socket.connect(server.addresses().get(0), 20_000);
    socket
        .getOutputStream()
        .write(
            Octets.ofHex(String.format("0001%04X0001%04X%s", client, aarq.length() / 2, aarq))
                .toByteArray());
    String aare = received(socket, client);
    assertEquals("A203020100", aare.substring(26, 36), aare);
    return socket;
  }

  private static String received(Socket socket, int client) throws IOException {
    byte[] header = socket.getInputStream().readNBytes(8);
    assertEquals(
        String.format("00010001%04X", client), Octets.copyOf(header).toHex().substring(0, 12));
    int length = (header[6] & 0xFF) << 8 | (header[7] & 0xFF);
    return Octets.copyOf(socket.getInputStream().readNBytes(length)).toHex();
  }

  private int send(int client, Apdu notification) throws Exception {
    return server
        .sendNotification(device, TestDevice.SAP, client, notification)
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  @Test
  void aClientWithLogicalNamesIsToldEventsAndData() throws Exception {
    try (Socket client = associated(16, LOGICAL_NAMES + "0000FEDFFFFF")) {
      assertEquals(1, send(16, EVENT));
      // event-notification-request, no time, attribute descriptor, unsigned 42
      assertEquals("C200" + "00010000600100FF02" + "112A", received(client, 16));
      DataNotification data =
          new DataNotification(LongInvokeIdAndPriority.of(7, false, false), Octets.EMPTY, VALUE);
      assertEquals(1, send(16, data));
      // data-notification, long-invoke-id 7, no date-time, unsigned 42
      assertEquals("0F" + "00000007" + "00" + "112A", received(client, 16));
    }
  }

  @Test
  void aClientWithShortNamesIsToldReports() throws Exception {
    InformationReport report =
        new InformationReport(
            null, List.of(new VariableAccess.VariableName(0x1008)), List.of(VALUE));
    try (Socket client = associated(18, SHORT_NAMES)) {
      assertEquals(1, send(18, report));
      // informationReportRequest, no time, one name, unsigned 42
      assertEquals("18" + "00" + "01021008" + "01112A", received(client, 18));
      assertEquals(0, send(18, EVENT));
    }
  }

  @Test
  void everyLineOfTheClientIsTold() throws Exception {
    try (Socket one = associated(16, LOGICAL_NAMES + "0000FEDFFFFF");
        Socket other = associated(16, LOGICAL_NAMES + "0000FEDFFFFF")) {
      assertEquals(2, send(16, EVENT));
      assertEquals(received(one, 16), received(other, 16));
    }
  }

  @Test
  void allThatAreAssociatedAreToldAtOnce() throws Exception {
    try (Socket one = associated(16, LOGICAL_NAMES + "0000FEDFFFFF");
        Socket same = associated(16, LOGICAL_NAMES + "0000FEDFFFFF");
        Socket other = associated(18, SHORT_NAMES)) {
      InformationReport report =
          new InformationReport(
              null, List.of(new VariableAccess.VariableName(0x1008)), List.of(VALUE));
      assertEquals(2, all(EVENT));
      assertEquals("C200" + "00010000600100FF02" + "112A", received(one, 16));
      assertEquals("C200" + "00010000600100FF02" + "112A", received(same, 16));
      assertEquals(1, all(report));
      assertEquals("18" + "00" + "01021008" + "01112A", received(other, 18));
    }
  }

  private int all(Apdu notification) throws Exception {
    return server.sendToAll(device, notification).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void whoIsNotAssociatedOrDidNotAgreeToItIsToldNothing() throws Exception {
    assertEquals(0, send(16, EVENT));
    // GET alone.
    try (Socket client = associated(16, LOGICAL_NAMES + "00000010FFFF")) {
      assertEquals(0, send(16, EVENT));
      client.getOutputStream().write(Octets.ofHex("00010010000100056203800100").toByteArray());
      assertEquals("6303800100", received(client, 16));
    }
  }

  @Test
  void whoIsMeantIsToldAndNobodyElse() throws Exception {
    try (Socket client = associated(16, LOGICAL_NAMES + "0000FEDFFFFF")) {
      assertEquals(0, send(17, EVENT));
      for (int sap : new int[] {TestDevice.SAP, TestDevice.SAP + 1}) {
        PhysicalDevice told = sap == TestDevice.SAP ? TestDevice.create() : device;
        assertEquals(
            0,
            server
                .sendNotification(told, sap, 16, EVENT)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS));
      }
      assertEquals(1, send(16, EVENT));
      received(client, 16);
      client.getOutputStream().write(Octets.ofHex("00010010000100056203800100").toByteArray());
      assertEquals("6303800100", received(client, 16));
      // The line is still there, the association is not.
      assertEquals(0, send(16, EVENT));
    }
  }

  @Test
  void anAnswerIsNoNotification() {
    ExecutionException refused =
        assertThrows(ExecutionException.class, () -> send(16, new WriteResponse(List.of())));
    assertInstanceOf(IllegalArgumentException.class, refused.getCause());
  }
}
