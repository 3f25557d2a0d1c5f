package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.hdlc.HdlcAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Devices that come and go behind a line that is there. */
class DeviceSetTest {
  private static final ObisCode NAME = ObisCode.of("0.0.96.1.0.255");
  private static final String GET = "C001C1" + "0001" + "0000600100FF" + "0200";

  private final CompletableFuture<ReadResult> later = new CompletableFuture<>();

  /** With attribute 2 that has the physical address, and attribute 3 that has a value later. */
  private PhysicalDevice device(int address, int sap) {
    CosemObject object =
        CosemObject.builder(1, 0, NAME)
            .attribute(2, () -> CosemData.longUnsigned(address))
            .attribute(3, List.of(), request -> later)
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

  private static Bench.Client associate(Bench bench, int address, int sap) {
    return bench.associate(
        16,
        new HdlcAddress(sap, address, 4),
        ClientAssociationConfig.builder().conformance(Set.of(Conformance.GET)).build());
  }

  private static String value(int address) {
    return String.format("C401C10012%04X", address);
  }

  @Test
  void aDeviceThatIsAddedIsReachedOnALineThatIsThere() {
    DeviceSet devices = DeviceSet.of(device(20, 1));
    Bench bench = new Bench(Admissions.Limits.DEFAULT, devices);
    Bench.Client first = associate(bench, 20, 1);
    assertEquals(value(20), first.exchange(GET));
    devices.add(device(21, 1));
    assertEquals(value(21), associate(bench, 21, 1).exchange(GET));
    assertEquals(value(20), first.exchange(GET));
  }

  @Test
  void theAssociationsOfADeviceThatIsTakenOutEndAndNoOthers() {
    PhysicalDevice gone = device(20, 1);
    Bench bench = new Bench(gone, device(21, 1));
    Bench.Client first = associate(bench, 20, 1);
    Bench.Client second = associate(bench, 21, 1);
    bench.remove(gone);
    assertFalse(bench.isLineClosed());
    assertEquals(value(21), second.exchange(GET));
    first.received.clear();
    first.send(GET);
    assertEquals(List.of(), first.received);
    // What it was asked before it went is answered to nobody.
    bench.remove(device(22, 1));
    assertEquals(value(21), second.exchange(GET));
  }

  @Test
  void aLineEndsWithTheOnlyDeviceThatItWasUsedFor() {
    PhysicalDevice gone = device(20, 1);
    Bench bench = new Bench(gone, device(21, 1));
    associate(bench, 20, 1);
    bench.remove(gone);
    assertTrue(bench.isLineClosed());
  }

  @Test
  void whatADeviceThatIsGoneStillAnswersMeetsNobody() {
    PhysicalDevice gone = device(20, 1);
    DeviceSet devices = DeviceSet.of(gone, device(21, 1));
    Bench bench = new Bench(Admissions.Limits.DEFAULT, devices);
    associate(bench, 20, 1).send("C001C1" + "0001" + "0000600100FF" + "0300");
    Bench.Client second = associate(bench, 21, 1);
    bench.remove(gone);
    ReadResult.of(CosemData.unsigned(7)).thenAccept(later::complete);
    bench.run();
    assertEquals(value(21), second.exchange(GET));
    // The place is free for another meter.
    devices.add(device(20, 1));
    assertEquals(value(20), associate(bench, 20, 1).exchange(GET));
  }

  @Test
  void aDeviceThatMovesIsReachedAtItsNewAddressAndItsAssociationsGoOn() {
    PhysicalDevice moving = device(20, 1);
    DeviceSet devices = DeviceSet.of(moving);
    DeviceSet others = DeviceSet.of(moving, device(22, 1));
    Bench bench = new Bench(Admissions.Limits.DEFAULT, devices);
    Bench.Client first = associate(bench, 20, 1);
    moving.moveTo(25);
    assertEquals(value(20), first.exchange(GET));
    assertEquals(value(20), associate(bench, 25, 1).exchange(GET));
    assertEquals(Optional.empty(), devices.device(20));
    assertEquals(Optional.of(moving), others.device(25));
    assertTrue(devices.remove(moving));
    assertEquals(0, devices.size());
  }

  @Test
  void aDeviceDoesNotMoveToAnAddressThatAnotherHasInAnyOfItsSets() {
    PhysicalDevice moving = device(20, 1);
    DeviceSet devices = DeviceSet.of(moving);
    DeviceSet others = DeviceSet.of(moving, device(22, 1));
    for (int address : new int[] {22, 0, 126, 127, 16_382}) {
      assertThrows(IllegalArgumentException.class, () -> moving.moveTo(address));
    }
    assertEquals(20, moving.physicalAddress());
    assertEquals(List.of(moving), devices.devices());
    assertEquals(2, others.size());
    assertEquals(Optional.empty(), devices.device(22));
    moving.moveTo(20);
    assertEquals(Optional.of(moving), devices.device(20));
  }

  @Test
  void devicesAreFoundByPhysicalAddressAndBySap() {
    PhysicalDevice first = device(20, 1);
    PhysicalDevice second = device(21, 2);
    PhysicalDevice third = device(22, 2);
    DeviceSet devices = DeviceSet.of(third, first, second);
    assertEquals(List.of(first, second, third), devices.devices());
    assertEquals(Optional.of(second), devices.device(21));
    assertEquals(Optional.empty(), devices.device(23));
    assertEquals(Optional.of(first), devices.deviceOfSap(1));
    assertEquals(Optional.empty(), devices.deviceOfSap(2), "two devices have it");
    assertTrue(devices.remove(third));
    assertFalse(devices.remove(third));
    assertFalse(devices.remove(device(21, 2)), "another device of that address");
    assertEquals(Optional.of(second), devices.deviceOfSap(2));
    assertEquals(2, devices.size());
  }

  @Test
  void aDeviceThatCannotBeToldFromAnotherIsNotAdded() {
    DeviceSet devices = DeviceSet.of(device(20, 1));
    assertEquals(
        "two devices have the physical address 20",
        assertThrows(IllegalArgumentException.class, () -> devices.add(device(20, 2)))
            .getMessage());
    try (DlmsServer server =
        DlmsServer.builder().devices(devices).tcpOnLoopback(0, Wrapper.defaults()).start()) {
      assertEquals(
          "two devices have SAP 1, which the wrapper cannot tell apart",
          assertThrows(IllegalArgumentException.class, () -> server.add(device(21, 1)))
              .getMessage());
      assertEquals(1, devices.size());
      server.add(device(21, 2));
      assertEquals(2, devices.size());
    }
    // No port needs to tell them apart any more.
    devices.add(device(22, 1));
  }

  @Test
  void theLastOfTenThousandDevicesBehindOneLineIsReached() {
    DeviceSet devices = new DeviceSet();
    for (int address = 1000; address < 11_000; address++) {
      devices.add(device(address, 1));
    }
    Bench bench = new Bench(Admissions.Limits.DEFAULT, devices);
    assertEquals(value(10_999), associate(bench, 10_999, 1).exchange(GET));
  }
}
