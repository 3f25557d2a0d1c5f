package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.transport.LineException;
import io.dlms4j.transport.TransportLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What cannot be served is refused while it is built, and not when the first client comes. */
class BuildersTest {
  private static final Octets NAME = Octets.ofAscii("KAM00000001");
  private static final ObisCode OBIS = ObisCode.of("0.0.96.1.0.255");

  private static String refused(Executable building) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, building).getMessage());
  }

  private static LogicalDevice logical(int sap, Octets name) {
    return LogicalDevice.builder(sap, name).build();
  }

  private static PhysicalDevice physical(int address) {
    return PhysicalDevice.of(address, logical(1, NAME));
  }

  @Test
  void aLogicalDeviceHasASapAndANameThatFitTheirTypes() {
    assertEquals("SAP 0 is not within 1..16383", refused(() -> logical(0, NAME)));
    assertEquals("SAP 16384 is not within 1..16383", refused(() -> logical(16_384, NAME)));
    assertEquals(
        "a logical device name has 1 to 16 octets, not 0", refused(() -> logical(1, Octets.EMPTY)));
    assertEquals(
        "a logical device name has 1 to 16 octets, not 17",
        refused(() -> logical(1, Octets.copyOf(new byte[17]))));
    assertEquals(16_383, logical(16_383, Octets.copyOf(new byte[16])).sap());
  }

  @Test
  void aLogicalDeviceHasOneObjectOfAName() {
    CosemObject object = CosemObject.data(OBIS, CosemData::nullData);
    LogicalDevice.Builder twice = LogicalDevice.builder(1, NAME).object(object).object(object);
    assertEquals("there are two objects 0.0.96.1.0.255", refused(twice::build));
    LogicalDevice.Builder association =
        LogicalDevice.builder(1, NAME)
            .object(CosemObject.data(AssociationLnObject.LOGICAL_NAME, CosemData::nullData));
    assertEquals("there are two objects 0.0.40.0.0.255", refused(association::build));
  }

  @Test
  void aClientHasOneAssociationWithALogicalDevice() {
    ServerAssociationConfig config =
        ServerAssociationConfig.builder().lowestLevelSecurity().build();
    LogicalDevice.Builder device =
        LogicalDevice.builder(1, NAME).association(16, config, AccessPolicy.readOnly());
    assertEquals(
        "there are two associations for client 16",
        refused(() -> device.association(16, config, AccessPolicy.readOnly())));
    assertEquals(
        "client SAP 0 is not within 1..65535",
        refused(() -> device.association(0, config, AccessPolicy.readOnly())));
    assertEquals(
        "client SAP 65536 is not within 1..65535",
        refused(() -> device.association(0x1_0000, config, AccessPolicy.readOnly())));
  }

  @Test
  void anObjectHasAClassAVersionAndAttributesThatFitTheirTypes() {
    assertEquals(
        "class_id 65536, version 0 are not within 0..65535 and 0..255",
        refused(() -> CosemObject.builder(0x1_0000, 0, OBIS)));
    assertEquals(
        "class_id 1, version 256 are not within 0..65535 and 0..255",
        refused(() -> CosemObject.builder(1, 256, OBIS)));
    CosemObjectBuilder object = CosemObject.builder(1, 0, OBIS);
    assertEquals(
        "attribute index 128 is not within -128..127",
        refused(() -> object.attribute(128, CosemData::nullData)));
    assertEquals(
        "access selector 128 is not within 0..127",
        refused(
            () -> object.attribute(2, List.of(128), request -> ReadResult.of(writer -> false))));
    assertEquals(
        "1:0.0.96.1.0.255 has an attribute 1 already",
        refused(() -> object.attribute(1, CosemData::nullData)));
    object.attribute(2, CosemData::nullData);
    assertEquals(
        "1:0.0.96.1.0.255 has an attribute 2 already",
        refused(() -> object.attribute(2, CosemData::nullData)));
    assertEquals(
        List.of(-5, 1, 2),
        object.attribute(-5, CosemData::nullData).build().attributes().stream()
            .map(CosemObject.Attribute::index)
            .toList());
  }

  @Test
  void anObjectIsNotChangedByWhatItsBuilderDoesLater() {
    CosemObjectBuilder builder = CosemObject.builder(1, 0, OBIS);
    CosemObject object = builder.build();
    builder.attribute(2, CosemData::nullData).method(1, request -> InvokeResult.success());
    assertEquals(1, object.attributes().size());
    assertEquals(List.of(), object.methods());
  }

  @Test
  void aMethodHasAnIndexOfItsOwn() {
    CosemObjectBuilder object =
        CosemObject.builder(1, 0, OBIS).method(1, request -> InvokeResult.success());
    assertEquals(
        "1:0.0.96.1.0.255 has a method 1 already",
        refused(() -> object.method(1, request -> InvokeResult.success())));
    assertEquals(
        "method index -129 is not within -128..127",
        refused(() -> object.method(-129, request -> InvokeResult.success())));
    assertEquals(
        List.of(-1, 1), object.method(-1, request -> InvokeResult.success()).build().methods());
  }

  @Test
  void shortNamesThatMeetAreRefusedIfAnybodyCouldUseThem() {
    LogicalDevice.Builder device =
        LogicalDevice.builder(1, NAME)
            .object(CosemObject.data(OBIS, CosemData::nullData), 0x1000)
            .object(CosemObject.data(ObisCode.of("0.0.96.1.1.255"), CosemData::nullData), 0x1008);
    assertEquals(3, device.build().objects().size());
    device.association(
        16,
        ServerAssociationConfig.builder().lowestLevelSecurity().shortNames().build(),
        AccessPolicy.readOnly());
    assertEquals(
        "0.0.96.1.1.255 and 0.0.96.1.0.255 have the same short names", refused(device::build));
    assertEquals(
        "base_name 4097 is no multiple of 8 within 0..65528",
        refused(
            () ->
                LogicalDevice.builder(1, NAME)
                    .object(CosemObject.data(OBIS, CosemData::nullData), 0x1001)));
  }

  @Test
  void successIsNoRefusal() {
    assertEquals(
        "success is no refusal", refused(() -> ReadResult.refused(DataAccessResult.SUCCESS)));
    assertEquals(
        "success is no refusal", refused(() -> InvokeResult.refused(ActionResult.SUCCESS)));
  }

  @Test
  void aPhysicalDeviceHasAnAddressAndLogicalDevicesThatDiffer() {
    for (int address : new int[] {-1, 0, 126, 127, 16_382, 16_383}) {
      assertEquals(
          "physical address " + address + " is reserved or not within 1..16381",
          refused(() -> physical(address)));
    }
    assertEquals(16_381, physical(16_381).physicalAddress());
    assertEquals(
        "a physical device has at least one logical device", refused(() -> PhysicalDevice.of(17)));
    assertEquals(
        "two logical devices have SAP 1",
        refused(
            () -> PhysicalDevice.of(17, logical(1, NAME), logical(1, Octets.ofAscii("other")))));
    assertTrue(
        refused(() -> PhysicalDevice.of(17, logical(1, NAME), logical(2, NAME)))
            .startsWith("two logical devices have the name"));
  }

  @Test
  void aServerNeedsADeviceAndAPort() {
    assertThrows(
        IllegalStateException.class,
        () -> DlmsServer.builder().tcpOnLoopback(0, Hdlc.defaults()).start());
    assertThrows(
        IllegalStateException.class, () -> DlmsServer.builder().device(physical(17)).start());
    DlmsServer.Builder builder = DlmsServer.builder().device(physical(17));
    assertEquals(
        "two devices have the physical address 17", refused(() -> builder.device(physical(17))));
  }

  @Test
  void aServerThatNoClientCouldReachDoesNotStart() {
    // Upper address 127 is everybody's.
    DlmsServer.Builder everybody =
        DlmsServer.builder()
            .device(PhysicalDevice.of(17, logical(127, NAME)))
            .tcpOnLoopback(0, Hdlc.defaults());
    assertEquals("logical device 127 is reserved or out of range", refused(everybody::start));
    DlmsServer.Builder noRoom =
        DlmsServer.builder()
            .device(physical(17))
            .tcpOnLoopback(0, new Hdlc(0, 128, Duration.ofSeconds(20), Duration.ofSeconds(1)));
    refused(noRoom::start);
  }

  @Test
  void aServerWhosePortIsTakenSaysSoAndFreesTheOthers() {
    try (DlmsServer first =
        DlmsServer.builder().device(physical(17)).tcpOnLoopback(0, Hdlc.defaults()).start()) {
      InetSocketAddress taken = first.addresses().get(0);
      DlmsServer.Builder second =
          DlmsServer.builder()
              .device(physical(17))
              .tcpOnLoopback(0, Hdlc.defaults())
              .tcp(taken, Hdlc.defaults());
      LineException failure = assertThrows(LineException.class, second::start);
      String message = String.valueOf(failure.getMessage());
      assertTrue(message.startsWith("cannot listen on "), message);
      assertTrue(message.contains(":" + taken.getPort() + ": "), message);
    }
  }

  @Test
  void aServerTellsItsPortsInTheirOrderAndMayBeClosedTwice() {
    try (TransportLoop loop = TransportLoop.create(1)) {
      DlmsServer server =
          DlmsServer.builder()
              .loop(loop)
              .device(physical(17))
              .tcpOnLoopback(0, Hdlc.defaults())
              .tcpOnLoopback(0, Hdlc.defaults())
              .start();
      assertEquals(2, server.addresses().stream().distinct().count());
      assertTrue(server.addresses().stream().allMatch(each -> each.getPort() > 0));
      server.close();
      server.close();
    }
  }
}
