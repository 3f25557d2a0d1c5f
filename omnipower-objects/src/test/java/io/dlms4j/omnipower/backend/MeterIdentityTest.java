package io.dlms4j.omnipower.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MeterIdentityTest {
  @Test
  void whatIsNotGivenIsAsInTheVendorsExamples() {
    MeterIdentity identity = MeterIdentity.builder().build();
    assertEquals(17_882_969, identity.meterNumber1());
    assertEquals(0, identity.meterNumber2());
    assertEquals(0, identity.meterNumber3());
    assertEquals(17_882_969, identity.serialNumber());
    assertEquals("5098736-Q1", identity.softwareNumberAndRevision());
    assertEquals("6841138BN143002084", identity.typeNumber());
    assertEquals(0, identity.specialData1());
    assertEquals(0, identity.specialData2());
  }

  @Test
  void amb10TheLowMeterNumberIsTheThreeHighOctetsInBothExamples() {
    assertEquals(69_855, MeterIdentity.builder().build().meterNumberLow());
    assertEquals(74_543, MeterIdentity.builder().serialNumber(19_083_074).build().meterNumberLow());
    assertEquals(
        0xFF_FFFF, MeterIdentity.builder().meterNumber1(0xFFFF_FFFFL).build().meterNumberLow());
  }

  @Test
  void identificationFollowsTheSerialNumberUnlessItIsGiven() {
    assertEquals(
        "1KAS0019083074",
        MeterIdentity.builder().serialNumber(19_083_074).build().identificationNumber());
    assertEquals(
        "1KAS4294967295",
        MeterIdentity.builder().serialNumber(0xFFFF_FFFFL).build().identificationNumber());
    assertEquals(
        "X", MeterIdentity.builder().identificationNumber("X").build().identificationNumber());
  }

  @Test
  void everythingGivenIsKept() {
    assertEquals(
        new MeterIdentity(1, 2, 3, 4, "five", 6, "R7", "eight", 9, 10),
        MeterIdentity.builder()
            .meterNumber1(1)
            .meterNumber2(2)
            .meterNumber3(3)
            .serialNumber(4)
            .identificationNumber("five")
            .software(6, "R7")
            .typeNumber("eight")
            .specialData(9, 10)
            .build());
  }

  @Test
  void whatDoesNotFitItsObjectIsRefused() {
    refused(MeterIdentity.builder().meterNumber1(-1));
    refused(MeterIdentity.builder().meterNumber2(0x1_0000_0000L));
    refused(MeterIdentity.builder().meterNumber3(-1));
    refused(MeterIdentity.builder().serialNumber(0x1_0000_0000L));
    refused(MeterIdentity.builder().identificationNumber(""));
    refused(MeterIdentity.builder().identificationNumber("x".repeat(33)));
    refused(MeterIdentity.builder().software(-1, "Q1"));
    refused(MeterIdentity.builder().software(1, "too long."));
    refused(MeterIdentity.builder().typeNumber("m\u00e5ler"));
    refused(MeterIdentity.builder().typeNumber("a\nb"));
    refused(MeterIdentity.builder().specialData(-1, 0));
    refused(MeterIdentity.builder().specialData(0, 0x1_0000_0000L));
  }

  private static void refused(MeterIdentity.Builder builder) {
    assertThrows(IllegalArgumentException.class, builder::build);
  }
}
