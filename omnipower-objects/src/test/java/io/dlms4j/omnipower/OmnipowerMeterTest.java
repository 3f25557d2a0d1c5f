package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.association.AssociationRefusedException;
import io.dlms4j.cosem.classes.ExtendedRegister;
import io.dlms4j.cosem.classes.Register;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The objects of a meter and its associations as clients use them, over HDLC and TCP. */
class OmnipowerMeterTest {
  private static final AttributeRef SECRET = AttributeRef.of(15, "0.0.40.0.0.255", 7);

  private final TestMeter backend = new TestMeter();
  private MeterOnLines lines;

  @BeforeEach
  void start() {
    lines = new MeterOnLines(OmnipowerMeter.of(backend).build());
  }

  @AfterEach
  void stop() {
    lines.close();
  }

  private BlockingDlmsClient primaryModule() {
    return lines.connect(OmnipowerAssociation.PRIMARY_MODULE);
  }

  private BlockingDlmsClient optical() {
    return lines.connect(OmnipowerAssociation.OPTICAL);
  }

  private static AttributeRef data(String logicalName) {
    return AttributeRef.of(1, logicalName, 2);
  }

  private static void assertRefused(DataAccessResult due, Executable access) {
    assertEquals(due, assertThrows(DataAccessException.class, access).result());
  }

  @Test
  void identityIsTheBackendsAndFollowsTheVendorsExamples() {
    try (BlockingDlmsClient client = lines.connect(OmnipowerAssociation.PUBLIC)) {
      assertEquals(17_882_969, client.get(data("1.1.0.0.1.255")).integralValue());
      assertEquals(17_882_969, client.get(data("1.1.96.1.0.255")).integralValue());
      // 69855, as the vendor's example has it (AMB-10).
      assertEquals(
          Octets.of(0x01, 0x10, 0xDF), client.get(data("1.1.0.0.0.255")).octetStringValue());
      assertEquals("1KAS0017882969", client.get(data("1.1.0.0.4.255")).text());
      assertEquals("5098736-Q1", client.get(data("1.1.0.2.0.255")).text());
      assertEquals("Q1", client.get(data("1.1.0.2.2.128")).text());
      assertEquals("6841138BN143002084", client.get(data("1.1.96.1.1.255")).text());
      assertEquals(
          Octets.ofHex("4B 41 4D 45 00 00 01 10 DF 59"),
          client
              .get(AttributeRef.of(17, "0.0.41.0.0.255", 2))
              .elements()
              .get(1)
              .elements()
              .get(1)
              .octetStringValue());
    }
  }

  @Test
  void aNumberOfTheIdentityThatWasWrittenIsReadInItsPlace() {
    try (BlockingDlmsClient client = optical()) {
      client.set(data("1.1.0.0.1.255"), CosemData.doubleLongUnsigned(4_711));
    }
    try (BlockingDlmsClient client = lines.connect(OmnipowerAssociation.PUBLIC)) {
      assertEquals(4_711, client.get(data("1.1.0.0.1.255")).integralValue());
      assertEquals(17_882_969, client.get(data("1.1.96.1.0.255")).integralValue());
    }
  }

  @Test
  void registersHaveTheScalerOfTheDecimalsThatTheMeterWasOrderedWith() {
    backend
        .value("A14", CosemData.doubleLongUnsigned(1_234_567))
        .value("R12", CosemData.doubleLongUnsigned(5))
        .value("U_L1", CosemData.longUnsigned(231));
    Map<EnergyResolution, String> due =
        Map.of(
            EnergyResolution.DIGITS_6_3, "1234567 Wh",
            EnergyResolution.DIGITS_7_2, "12345670 Wh",
            EnergyResolution.DIGITS_7_1, "123456700 Wh",
            EnergyResolution.DIGITS_7_0, "1234567000 Wh");
    due.forEach(
        (resolution, text) -> {
          backend.resolution(resolution);
          try (BlockingDlmsClient client = optical()) {
            assertEquals(text, client.read(Register.at("1.1.1.8.0.255")).toString());
            assertEquals("231 V", client.read(Register.at("1.1.32.7.0.255")).toString());
          }
        });
  }

  @Test
  void reg16AnExtendedRegisterHasItsCaptureTimeAndNoStatus() {
    long reached =
        backend.clock().normalTimeOf(new MeterTime(LocalDateTime.of(2013, 10, 8, 18, 30), true));
    backend.value("P14_Max", CosemData.doubleLongUnsigned(4_200)).captureTime("P14_Max", reached);
    try (BlockingDlmsClient client = optical()) {
      assertEquals("4200 W", client.read(ExtendedRegister.at("1.1.1.6.0.255")).toString());
      assertEquals(
          "2013-10-08 Tue 18:30:00 status 80",
          client.get(AttributeRef.of(4, "1.1.1.6.0.255", 5)).dateTimeValue().toString());
      assertRefused(
          DataAccessResult.OBJECT_UNDEFINED,
          () -> client.get(AttributeRef.of(4, "1.1.1.6.0.255", 4)));
      // A peak that has not been reached.
      assertEquals(
          Octets.ofHex("FF FF FF FF FF FF FF FF FF 80 00 FF"),
          client.get(AttributeRef.of(4, "1.1.2.6.0.255", 5)).octetStringValue());
    }
  }

  @Test
  void whatIsWrittenIsReadAgainByEveryClient() {
    try (BlockingDlmsClient one = optical();
        BlockingDlmsClient other = lines.connect(OmnipowerAssociation.CCC_MODULE)) {
      one.set(data("1.1.134.0.14.255"), CosemData.longUnsigned(300));
      assertEquals(300, other.get(data("1.1.134.0.14.255")).integralValue());
      other.set(data("1.1.134.0.14.255"), CosemData.longUnsigned(301));
      assertEquals(301, one.get(data("1.1.134.0.14.255")).integralValue());
    }
  }

  @Test
  void aValueOfAnotherTypeIsUnmatchedAndOneOutOfRangeHasTheBackendsAnswer() {
    try (BlockingDlmsClient client = optical()) {
      AttributeRef setting = data("1.1.134.0.14.255");
      assertRefused(
          DataAccessResult.TYPE_UNMATCHED, () -> client.set(setting, CosemData.unsigned(3)));
      assertRefused(
          DataAccessResult.TYPE_UNMATCHED, () -> client.set(setting, CosemData.nullData()));
      assertRefused(
          DataAccessResult.TYPE_UNMATCHED,
          () -> client.set(setting, CosemData.array(CosemData.longUnsigned(3))));
      assertRefused(
          DataAccessResult.TEMPORARY_FAILURE,
          () -> client.set(setting, CosemData.longUnsigned((int) TestMeter.REFUSED_VALUE)));
      assertRefused(
          DataAccessResult.TYPE_UNMATCHED,
          () -> client.set(data("1.1.96.1.2.255"), CosemData.visibleString("module")));
      assertEquals(600, client.get(setting).integralValue());
    }
  }

  @Test
  void whatIsOnlyReadIsNotWrittenAndWhatIsOnlyWrittenIsNotRead() {
    try (BlockingDlmsClient client = primaryModule()) {
      assertRefused(
          DataAccessResult.READ_WRITE_DENIED,
          () ->
              client.set(AttributeRef.of(3, "1.1.1.8.0.255", 2), CosemData.doubleLongUnsigned(0)));
      AttributeRef forceBillingStop = data("1.1.0.1.5.128");
      assertRefused(DataAccessResult.READ_WRITE_DENIED, () -> client.get(forceBillingStop));
      client.set(forceBillingStop, CosemData.unsigned(1));
    }
    try (BlockingDlmsClient client = lines.connect(OmnipowerAssociation.PUBLIC)) {
      // The public association has no service to write with; that of its rights is the same.
      assertThrows(
          RuntimeException.class,
          () -> client.set(data("1.1.0.0.1.255"), CosemData.doubleLongUnsigned(1)));
      assertEquals(17_882_969, client.get(data("1.1.0.0.1.255")).integralValue());
    }
  }

  @Test
  void link07SomeObjectsAreWrittenFromThePrimaryModulesPortOnly() {
    AttributeRef basis = data("1.1.128.0.11.255");
    AttributeRef prepaid = AttributeRef.of(3, "1.1.130.0.0.255", 2);
    for (OmnipowerAssociation other :
        new OmnipowerAssociation[] {
          OmnipowerAssociation.OPTICAL, OmnipowerAssociation.CCC_MODULE
        }) {
      try (BlockingDlmsClient client = lines.connect(other)) {
        assertRefused(
            DataAccessResult.READ_WRITE_DENIED, () -> client.set(basis, CosemData.unsigned(1)));
        assertRefused(
            DataAccessResult.READ_WRITE_DENIED,
            () -> client.set(prepaid, CosemData.doubleLongUnsigned(1)));
        assertEquals(0, client.get(basis).integralValue());
      }
    }
    try (BlockingDlmsClient client = primaryModule()) {
      client.set(basis, CosemData.unsigned(1));
      client.set(prepaid, CosemData.doubleLongUnsigned(5_000));
      assertEquals(1, client.get(basis).integralValue());
      assertEquals(5_000, client.get(prepaid).integralValue());
    }
  }

  @Test
  void link05AWrongPasswordIsRefusedAndTheRightOneIsTakenAfterwards() {
    DlmsClientBuilder wrong = lines.hdlc(OmnipowerAssociation.OPTICAL).lowLevelSecurity("12346");
    AssociationRefusedException refused =
        assertThrows(AssociationRefusedException.class, () -> wrong.connect().blocking());
    assertEquals(ResultSourceDiagnostic.AUTHENTICATION_FAILURE, refused.diagnostic());
    optical().close();
  }

  @Test
  void link05InFirmwareF1ThePortsOf19And20AreExchanged() {
    assertEquals(19, OmnipowerAssociation.OPTICAL.clientSap());
    assertEquals(20, OmnipowerAssociation.OPTICAL.clientSapOfFirmwareF1());
    assertEquals(20, OmnipowerAssociation.CCC_MODULE.clientSap());
    assertEquals(19, OmnipowerAssociation.CCC_MODULE.clientSapOfFirmwareF1());
    assertEquals(18, OmnipowerAssociation.PRIMARY_MODULE.clientSapOfFirmwareF1());
    assertEquals(16, OmnipowerAssociation.PUBLIC.clientSapOfFirmwareF1());
  }

  @Test
  void aNewSecretCountsForTheNextAssociationAndSurvivesARestart() {
    try (BlockingDlmsClient client = optical()) {
      client.set(SECRET, CosemData.octetString(Octets.ofAscii("secret")));
      assertEquals(17_882_969, client.get(data("1.1.0.0.1.255")).integralValue());
      assertRefused(DataAccessResult.READ_WRITE_DENIED, () -> client.get(SECRET));
    }
    assertThrows(AssociationRefusedException.class, this::optical);
    lines
        .hdlc(OmnipowerAssociation.OPTICAL)
        .lowLevelSecurity("secret")
        .connect()
        .blocking()
        .close();
    try (MeterOnLines again = new MeterOnLines(OmnipowerMeter.of(backend).build())) {
      again
          .hdlc(OmnipowerAssociation.PRIMARY_MODULE)
          .lowLevelSecurity("secret")
          .connect()
          .blocking()
          .close();
      assertThrows(
          AssociationRefusedException.class, () -> again.connect(OmnipowerAssociation.OPTICAL));
    }
  }

  @Test
  void aSecretThatIsNoneOrIsNotKeptChangesNothing() {
    try (BlockingDlmsClient client = optical()) {
      assertRefused(
          DataAccessResult.TYPE_UNMATCHED, () -> client.set(SECRET, CosemData.unsigned(1)));
      assertRefused(
          DataAccessResult.OTHER_REASON,
          () -> client.set(SECRET, CosemData.octetString(Octets.view(new byte[65]))));
      backend.stopKeeping();
      assertRefused(
          DataAccessResult.OTHER_REASON,
          () -> client.set(SECRET, CosemData.octetString(Octets.ofAscii("secret"))));
    }
    optical().close();
  }

  @Test
  void aClientSapWithoutAnAssociationIsRefused() {
    DlmsClientBuilder stranger = lines.hdlc(HdlcAddress.logical(16), 42);
    assertThrows(AssociationRefusedException.class, () -> stranger.connect().blocking());
  }

  @Test
  void unknownObjectsClassesAndAttributesHaveTheirOwnResults() {
    try (BlockingDlmsClient client = primaryModule()) {
      Map<AttributeRef, DataAccessResult> due =
          Map.of(
              AttributeRef.of(3, "1.1.77.8.0.255", 2), DataAccessResult.OBJECT_UNDEFINED,
              AttributeRef.of(1, "1.1.1.8.0.255", 2), DataAccessResult.OBJECT_CLASS_INCONSISTENT,
              AttributeRef.of(3, "1.1.1.8.0.255", 9), DataAccessResult.OBJECT_UNDEFINED);
      due.forEach((attribute, result) -> assertRefused(result, () -> client.get(attribute)));
    }
  }

  @Test
  void aBackendThatGivesAValueOfAnotherTypeIsNotBelievedAndTheMeterGoesOn() {
    backend.value("A14", CosemData.unsigned(1));
    try (BlockingDlmsClient client = primaryModule()) {
      assertRefused(
          DataAccessResult.OTHER_REASON, () -> client.get(AttributeRef.of(3, "1.1.1.8.0.255", 2)));
      assertEquals(0, client.get(AttributeRef.of(3, "1.1.2.8.0.255", 2)).integralValue());
    }
  }

  @Test
  void aMeterBeforeOmnipowerHasNoImageTransferToBeGiven() {
    OmnipowerMeter.Builder meter =
        OmnipowerMeter.of(backend).variant(MeterVariant.K382M).imageTransfer(Images.inMemory());
    assertThrows(IllegalArgumentException.class, meter::build);
    OmnipowerMeter.of(backend).imageTransfer(Images.inMemory()).build();
  }
}
