package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ports and devices of a server that runs, and how it stops. */
class RunningServerTest {
  private static final ObisCode NAME = ObisCode.of("0.0.96.1.0.255");
  private static final String GET = "C001C1" + "0001" + "0000600100FF" + "0200";
  private static final String GET_LATER = "C001C1" + "0001" + "0000600100FF" + "0300";
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final CompletableFuture<ReadResult> later = new CompletableFuture<>();
  private final CountDownLatch asked = new CountDownLatch(1);

  private PhysicalDevice device(int address, int sap) {
    CosemObject object =
        CosemObject.builder(1, 0, NAME)
            .attribute(2, () -> CosemData.unsigned(address))
            .attribute(
                3,
                List.of(),
                request -> {
                  asked.countDown();
                  return later;
                })
            .build();
    return PhysicalDevice.of(
        address,
        LogicalDevice.builder(sap, Octets.ofAscii("DLM" + address))
            .association(
                16,
                ServerAssociationConfig.builder()
                    .lowestLevelSecurity()
                    .conformance(Set.of(Conformance.GET))
                    .build(),
                AccessPolicy.full())
            .object(object)
            .build());
  }

  private static DlmsServer server(PhysicalDevice... devices) {
    return DlmsServer.builder()
        .devices(DeviceSet.of(devices))
        .tcpOnLoopback(0, Wrapper.defaults())
        .start();
  }

  private static WrapperSocket connect(DlmsServer server, int port, int sap) throws IOException {
    return new WrapperSocket(server.addresses().get(port), sap);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static void join(CompletionStage<Void> stage) {
    stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void devicesBehindOnePortAreToldApartByTheirSaps() throws IOException {
    try (DlmsServer server = server(device(20, 1), device(21, 300));
        WrapperSocket first = connect(server, 0, 1);
        WrapperSocket second = connect(server, 0, 300)) {
      assertTrue(first.associate());
      assertTrue(second.associate());
      assertEquals("C401C1001114", first.exchange(GET));
      assertEquals("C401C1001115", second.exchange(GET));
    }
  }

  @Test
  void aServerThatBeganWithoutDevicesIsJoinedByThem() throws IOException {
    PhysicalDevice device = device(20, 1);
    try (DlmsServer server = server()) {
      server.add(device);
      try (WrapperSocket client = connect(server, 0, 1)) {
        assertTrue(client.associate());
        assertTrue(server.remove(device));
        assertEquals("closed", client.receive());
      }
      assertFalse(server.remove(device));
    }
  }

  @Test
  void aMeterHasAPortOfItsOwnForAsLongAsItIsThere() throws IOException {
    try (DlmsServer server = server(device(20, 1))) {
      OpenPort port =
          server
              .openTcp(anyPort(), Wrapper.defaults(), DeviceSet.of(device(30, 1)))
              .toCompletableFuture()
              .join();
      assertEquals(2, server.ports().size());
      assertEquals(port.address().orElseThrow(), server.addresses().get(1));
      try (WrapperSocket first = connect(server, 0, 1);
          WrapperSocket second = connect(server, 1, 1)) {
        assertTrue(first.associate());
        assertTrue(second.associate());
        assertEquals("C401C1001114", first.exchange(GET));
        assertEquals("C401C100111E", second.exchange(GET));
        join(port.close());
        join(port.close());
        assertEquals("closed", second.receive());
        assertEquals("C401C1001114", first.exchange(GET));
      }
      assertEquals(1, server.ports().size());
      assertFalse(isServed(port.address().orElseThrow()));
    }
  }

  @Test
  void aPortThatCannotServeItsDevicesIsNotOpened() {
    try (DlmsServer server = server()) {
      DeviceSet two = DeviceSet.of(device(30, 1), device(31, 1));
      assertThrows(
          IllegalArgumentException.class, () -> server.openTcp(anyPort(), Wrapper.defaults(), two));
      assertEquals(1, server.ports().size());
    }
  }

  @Test
  void aServerThatStopsAnswersWhatItWasAskedAndTakesNothingNew()
      throws IOException, InterruptedException {
    DlmsServer server = server(device(20, 1));
    InetSocketAddress address = server.addresses().get(0);
    try (WrapperSocket asking = connect(server, 0, 1);
        WrapperSocket idle = connect(server, 0, 1)) {
      assertTrue(asking.associate());
      asking.send(GET_LATER);
      assertTrue(asked.await(20, TimeUnit.SECONDS));
      CompletionStage<Void> stopped = server.stop(GRACE);
      assertFalse(idle.associate());
      assertFalse(stopped.toCompletableFuture().isDone());
      ReadResult.of(CosemData.unsigned(7)).thenAccept(later::complete);
      assertEquals("C401C1001107", asking.receive());
      assertEquals("closed", asking.receive());
      assertEquals("closed", idle.receive());
      join(stopped);
      assertFalse(isServed(address));
      assertThrows(
          IllegalStateException.class,
          () -> server.openTcp(anyPort(), Wrapper.defaults(), new DeviceSet()));
    }
    server.close();
  }

  /**
   * Whether a meter answers there. A connection alone says nothing: somebody else may have the port
   * by now, this socket may be connected to itself, and the system may queue it until the selector
   * that closes the port comes round.
   */
  private static boolean isServed(InetSocketAddress address) {
    try (WrapperSocket late = new WrapperSocket(address, 1)) {
      return late.associate();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatIsNotAnsweredWithinTheGraceIsCut() throws IOException, InterruptedException {
    DlmsServer server = server(device(20, 1));
    try (WrapperSocket client = connect(server, 0, 1)) {
      assertTrue(client.associate());
      client.send(GET_LATER);
      assertTrue(asked.await(20, TimeUnit.SECONDS));
      join(server.stop(Duration.ofMillis(50)));
      assertEquals("closed", client.receive());
    }
    assertThrows(IllegalArgumentException.class, () -> server.stop(Duration.ofMillis(-1)));
  }

  @Test
  void aServerWithNothingUnderWayStopsAtOnce() throws IOException {
    DlmsServer server = server(device(20, 1));
    try (WrapperSocket client = connect(server, 0, 1)) {
      assertTrue(client.associate());
      join(server.stop(GRACE));
      assertEquals("closed", client.receive());
    }
  }

  @Test
  void oneAddressDoesNotGetMoreLinesThanItMayHave() throws IOException {
    try (DlmsServer server =
        DlmsServer.builder()
            .device(device(20, 1))
            .tcpOnLoopback(0, Wrapper.defaults())
            .maxLines(10, 1)
            .start()) {
      try (WrapperSocket first = connect(server, 0, 1)) {
        assertTrue(first.associate());
        try (WrapperSocket second = connect(server, 0, 1)) {
          assertEquals("closed", second.receive());
        }
        assertEquals("C401C1001114", first.exchange(GET));
      }
    }
    assertThrows(IllegalArgumentException.class, () -> DlmsServer.builder().maxLines(1, 0));
    assertThrows(IllegalArgumentException.class, () -> DlmsServer.builder().maxLines(0, 1));
  }
}
