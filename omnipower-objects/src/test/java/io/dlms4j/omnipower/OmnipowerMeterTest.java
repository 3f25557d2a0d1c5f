package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.client.LinkException;
import io.dlms4j.client.ProfileRow;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.AssociationRefusedException;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.classes.ObjectListElement;
import io.dlms4j.cosem.classes.RangeDescriptor;
import io.dlms4j.cosem.classes.Register;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.HouseholdSource;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.transport.TransportLoop;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The meter as its clients see it, over HDLC and TCP. */
class OmnipowerMeterTest {
  private static final String RTC = "0.1.1.0.0.255";
  private static final String LOAD_PROFILE = "1.1.99.1.0.255";
  private static final int DAYLIGHT_SAVING = 0x80;

  private static TransportLoop loop;
  private static DlmsServer server;
  private static EngineBackend backend;

  /**
   * A weekend in autumn with the end of daylight saving in it: 26 October 2013, 00:00, to the 28th,
   * 00:00.
   */
  @BeforeAll
  static void start() {
    loop = TransportLoop.create(1);
    backend =
        new EngineBackend(
            MeteringEngine.startingAt(new MeterTime(LocalDateTime.of(2013, 10, 26, 0, 0), true))
                .build(),
            MeterIdentity.builder().serialNumber(17_882_969).build());
    backend.run(new HouseholdSource(7), Duration.ofHours(49).toSeconds());
    OmnipowerMeter meter = OmnipowerMeter.of(backend).build();
    server =
        DlmsServer.builder()
            .loop(loop)
            .tcpOnLoopback(0, meter.hdlc())
            .device(meter.device())
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
    loop.close();
  }

  private static BlockingDlmsClient connect(OmnipowerAssociation association) {
    return builder(association).connect().blocking();
  }

  private static DlmsClientBuilder builder(OmnipowerAssociation association) {
    DlmsClientBuilder builder =
        DlmsClient.tcp("127.0.0.1", server.addresses().get(0).getPort())
            .loop(loop)
            .hdlc(HdlcAddress.logical(association.serverSap()), association.clientSap());
    return association == OmnipowerAssociation.PUBLIC
        ? builder
        : builder.lowLevelSecurity(OmnipowerMeter.DEFAULT_PASSWORD);
  }

  @Test
  void link04ThePublicAssociationSeesItsFifteenObjectsAndNoOther() {
    try (BlockingDlmsClient client = connect(OmnipowerAssociation.PUBLIC)) {
      assertEquals(0x001010, Conformance.toBits(client.context().conformance()));
      assertEquals(
          catalogue(CatalogueEntry::publicAccess), view(client.associationView().objects()));
      assertEquals(15, client.associationView().objects().size());
      DataAccessException hidden =
          assertThrows(
              DataAccessException.class, () -> client.get(AttributeRef.of(3, "1.1.1.8.0.255", 2)));
      assertEquals(DataAccessResult.OBJECT_UNDEFINED, hidden.result());
    }
  }

  @Test
  void link05EveryAssociationWithLowLevelSecuritySeesTheWholeCatalogue() {
    for (OmnipowerAssociation association : OmnipowerAssociation.values()) {
      if (association == OmnipowerAssociation.PUBLIC) {
        continue;
      }
      try (BlockingDlmsClient client = connect(association)) {
        assertEquals(
            catalogue(CatalogueEntry::lowLevelSecurityAccess),
            view(client.associationView().objects()));
      }
    }
  }

  private static List<String> catalogue(Function<CatalogueEntry, AttributeAccessMode> right) {
    return Catalogue.omnipower().entries().stream()
        .filter(entry -> !right.apply(entry).isNoAccess())
        .map(entry -> entry.classId() + " v" + entry.version() + " " + entry.logicalName())
        .sorted()
        .toList();
  }

  private static List<String> view(List<ObjectListElement> objects) {
    return objects.stream()
        .map(each -> each.classId() + " v" + each.version() + " " + each.logicalName())
        .sorted()
        .toList();
  }

  @Test
  void link06LowLevelSecurityIsGrantedTheServicesOfTheDescription() {
    try (BlockingDlmsClient client = connect(OmnipowerAssociation.OPTICAL)) {
      assertEquals(0x00101D, Conformance.toBits(client.context().conformance()));
    }
  }

  @Test
  void link05AWrongPasswordIsRefusedAndTheRightOneIsTakenAfterwards() {
    DlmsClientBuilder wrong = builder(OmnipowerAssociation.OPTICAL).lowLevelSecurity("12346");
    AssociationRefusedException refused =
        assertThrows(AssociationRefusedException.class, () -> wrong.connect().blocking());
    assertEquals(ResultSourceDiagnostic.AUTHENTICATION_FAILURE, refused.diagnostic());
    connect(OmnipowerAssociation.OPTICAL).close();
  }

  @Test
  void aClientSapWithoutAnAssociationIsRefused() {
    DlmsClientBuilder stranger =
        DlmsClient.tcp("127.0.0.1", server.addresses().get(0).getPort())
            .loop(loop)
            .hdlc(HdlcAddress.logical(16), 42);
    assertThrows(AssociationRefusedException.class, () -> stranger.connect().blocking());
  }

  @Test
  void everyReadableAttributeOfEveryObjectIsReadWithTheTypeOfItsClass() {
    for (OmnipowerAssociation association : OmnipowerAssociation.values()) {
      try (BlockingDlmsClient client = connect(association)) {
        for (ObjectListElement object : client.associationView().objects()) {
          for (ObjectListElement.AttributeAccess access : object.attributeAccess()) {
            AttributeRef attribute =
                new AttributeRef(object.classId(), object.logicalName(), access.attributeIndex());
            assertTrue(access.accessMode().mayRead(), attribute.toString());
            CosemData value = client.get(attribute);
            assertEquals(expectedTag(object, access.attributeIndex()), value.tag(), "" + attribute);
            if (access.attributeIndex() == 1) {
              assertEquals(object.logicalName().toOctets(), value.octetStringValue());
            }
          }
        }
      }
    }
  }

  private static DataTag expectedTag(ObjectListElement object, int index) {
    Map<Integer, DataTag> tags =
        switch (object.classId()) {
          case 1 ->
              Map.of(
                  2,
                  Catalogue.omnipower()
                      .find(object.logicalName())
                      .map(CatalogueEntry::type)
                      .orElseThrow());
          case 3 -> Map.of(2, DataTag.DOUBLE_LONG_UNSIGNED, 3, DataTag.STRUCTURE);
          case 7 ->
              Map.of(
                  2, DataTag.ARRAY,
                  3, DataTag.ARRAY,
                  4, DataTag.DOUBLE_LONG_UNSIGNED,
                  5, DataTag.ENUM,
                  6, DataTag.STRUCTURE,
                  7, DataTag.DOUBLE_LONG_UNSIGNED,
                  8, DataTag.DOUBLE_LONG_UNSIGNED);
          case 8 ->
              Map.of(
                  2, DataTag.OCTET_STRING,
                  3, DataTag.LONG,
                  4, DataTag.UNSIGNED,
                  5, DataTag.OCTET_STRING,
                  6, DataTag.OCTET_STRING,
                  7, DataTag.INTEGER,
                  8, DataTag.BOOLEAN,
                  9, DataTag.ENUM);
          case 15 ->
              Map.of(
                  2, DataTag.ARRAY,
                  3, DataTag.STRUCTURE,
                  4, DataTag.OCTET_STRING,
                  5, DataTag.STRUCTURE,
                  6, DataTag.OCTET_STRING,
                  8, DataTag.ENUM);
          case 17 -> Map.of(2, DataTag.ARRAY);
          case 18 ->
              Map.of(
                  2, DataTag.DOUBLE_LONG_UNSIGNED,
                  3, DataTag.BIT_STRING,
                  4, DataTag.DOUBLE_LONG_UNSIGNED,
                  5, DataTag.BOOLEAN,
                  6, DataTag.ENUM,
                  7, DataTag.ARRAY);
          case 23 ->
              Map.of(
                  2, DataTag.ENUM,
                  3, DataTag.UNSIGNED,
                  4, DataTag.UNSIGNED,
                  5, DataTag.LONG_UNSIGNED,
                  6, DataTag.LONG_UNSIGNED,
                  7, DataTag.LONG_UNSIGNED,
                  8, DataTag.LONG_UNSIGNED,
                  9, DataTag.LONG_UNSIGNED);
          default -> throw new AssertionError("no test for class " + object.classId());
        };
    return index == 1 ? DataTag.OCTET_STRING : Objects.requireNonNull(tags.get(index));
  }

  @Test
  void identityIsTheBackendsAndFollowsTheVendorsExamples() {
    try (BlockingDlmsClient client = connect(OmnipowerAssociation.PUBLIC)) {
      assertEquals(17_882_969, client.get(data("1.1.0.0.1.255")).integralValue());
      assertEquals(17_882_969, client.get(data("1.1.96.1.0.255")).integralValue());
      // 69855, as the vendor's example has it (AMB-10).
      assertEquals(
          Octets.of(0x01, 0x10, 0xDF), client.get(data("1.1.0.0.0.255")).octetStringValue());
      assertEquals("Q1", client.get(data("1.1.0.2.2.128")).text());
      List<CosemData> devices = client.get(AttributeRef.of(17, "0.0.41.0.0.255", 2)).elements();
      assertEquals(
          List.of(1L, 16L),
          devices.stream().map(each -> each.elements().get(0).integralValue()).toList());
      assertEquals(
          Octets.ofHex("4B 41 4D 45 00 00 01 10 DF 59"),
          devices.get(1).elements().get(1).octetStringValue());
    }
  }

  private static AttributeRef data(String logicalName) {
    return AttributeRef.of(1, logicalName, 2);
  }

  @Test
  void reg01And02RegistersAreTheEnginesInTheirUnits() {
    try (BlockingDlmsClient client = connect(OmnipowerAssociation.PRIMARY_MODULE)) {
      assertEquals(
          backend.energy(EnergyKind.A_PLUS) + " Wh",
          client.read(Register.at("1.1.1.8.0.255")).toString());
      assertEquals(
          backend.energy(EnergyKind.A_MINUS) + " Wh",
          client.read(Register.at("1.1.2.8.0.255")).toString());
      assertEquals(
          backend.energy(EnergyKind.R_PLUS) + " varh",
          client.read(Register.at("1.1.3.8.0.255")).toString());
      assertEquals(
          backend.energy(EnergyKind.R_MINUS) + " varh",
          client.read(Register.at("1.1.4.8.0.255")).toString());
    }
  }

  @Test
  void clk01To04TheClockShowsItsTimeAndDaylightSaving() {
    try (BlockingDlmsClient client = connect(OmnipowerAssociation.PUBLIC)) {
      CosemDateTime time = client.get(AttributeRef.of(8, RTC, 2)).dateTimeValue();
      // 49 hours after midnight of the 26th, daylight saving having ended in between.
      assertEquals("2013-10-28 Mon 00:00:00 status 00", time.toString());
      assertEquals(0, client.get(AttributeRef.of(8, RTC, 4)).integralValue());
      assertEquals(
          Octets.ofHex("07 DD 03 1F 07 02 00 00 FF 80 00 00"),
          client.get(AttributeRef.of(8, RTC, 5)).octetStringValue());
      assertEquals(
          Octets.ofHex("07 DD 0A 1B 07 03 00 00 FF 80 00 80"),
          client.get(AttributeRef.of(8, RTC, 6)).octetStringValue());
    }
  }

  private static List<ProfileRow> rows(CosemDateTime from, CosemDateTime to) {
    List<ProfileRow> rows = new ArrayList<>();
    try (BlockingDlmsClient client = connect(OmnipowerAssociation.PRIMARY_MODULE)) {
      long count = client.profile(LOAD_PROFILE).between(from, to).forEach(rows::add);
      assertEquals(count, rows.size());
    }
    return rows;
  }

  private static CosemDateTime time(int day, int hour, int minute, int clockStatus) {
    return CosemDateTime.of(
        LocalDateTime.of(2013, 10, day, hour, minute), CosemDateTime.NOT_SPECIFIED, clockStatus);
  }

  private static String times(List<ProfileRow> rows) {
    return rows.stream()
        .map(row -> row.dateTime(0).time() + (row.dateTime(0).isDaylightSaving() ? "d" : ""))
        .collect(Collectors.joining(" "));
  }

  @Test
  void log07BothEndsOfARangeAreInIt() {
    assertEquals(
        "12:00:00d 12:15:00d 12:30:00d",
        times(rows(time(26, 12, 0, DAYLIGHT_SAVING), time(26, 12, 30, DAYLIGHT_SAVING))));
    assertEquals(
        "", times(rows(time(26, 12, 1, DAYLIGHT_SAVING), time(26, 12, 14, DAYLIGHT_SAVING))));
    assertEquals(
        "", times(rows(time(26, 13, 0, DAYLIGHT_SAVING), time(26, 12, 0, DAYLIGHT_SAVING))));
  }

  @Test
  void amb09TheHourThatAnAutumnNightHasTwiceIsToldApartByTheClockStatus() {
    assertEquals(
        "02:00:00d 02:15:00d 02:30:00d 02:45:00d 02:00:00 02:15:00",
        times(rows(time(27, 2, 0, DAYLIGHT_SAVING), time(27, 2, 15, 0))));
    assertEquals("02:00:00 02:15:00", times(rows(time(27, 2, 0, 0), time(27, 2, 15, 0))));
  }

  @Test
  void whereTheClockStatusIsNotSpecifiedTheSeasonDecides() {
    assertEquals("12:00:00d 12:15:00d", times(rows(time(26, 12, 0, 0xFF), time(26, 12, 15, 0xFF))));
    assertEquals("12:00:00 12:15:00", times(rows(time(27, 12, 0, 0xFF), time(27, 12, 15, 0xFF))));
  }

  @Test
  void lp02And06TheWholeProfileIsOneRowAPeriodWithRegisterValues() {
    List<ProfileRow> rows = new ArrayList<>();
    try (BlockingDlmsClient client = connect(OmnipowerAssociation.PRIMARY_MODULE)) {
      assertEquals(49 * 4, client.profile(LOAD_PROFILE).forEach(rows::add));
      assertEquals(49 * 4, client.get(AttributeRef.of(7, LOAD_PROFILE, 7)).integralValue());
    }
    ProfileRow last = rows.get(rows.size() - 1);
    assertEquals(backend.energy(EnergyKind.A_PLUS) + " Wh", last.text(4));
    assertEquals(backend.energy(EnergyKind.R_MINUS) + " varh", last.text(7));
    for (int i = 1; i < rows.size(); i++) {
      for (int column = 4; column < 8; column++) {
        assertTrue(
            rows.get(i).values().get(column).integralValue()
                >= rows.get(i - 1).values().get(column).integralValue());
      }
    }
  }

  @Test
  void log05EntriesCountFromTheNewestAndRunTheWayTheyAreAskedFor() {
    assertEquals("23:45:00 23:30:00 23:15:00", times(entries(1, 3)));
    assertEquals("23:45:00 00:00:00", times(entries(1, 0)));
    assertEquals("00:00:00", times(entries(0, 0)));
  }

  private static List<ProfileRow> entries(long from, long to) {
    List<ProfileRow> rows = new ArrayList<>();
    try (BlockingDlmsClient client = connect(OmnipowerAssociation.PRIMARY_MODULE)) {
      client.profile(LOAD_PROFILE).entries(from, to).forEach(rows::add);
    }
    return rows;
  }

  @Test
  void log06ColumnsAreSelectedByNumberFromOne() {
    try (BlockingDlmsClient client = connect(OmnipowerAssociation.PRIMARY_MODULE)) {
      AttributeRef buffer = AttributeRef.of(7, LOAD_PROFILE, 2);
      List<CosemData> row =
          client
              .get(buffer, new EntryDescriptor(0, 0, 5, 6).toSelectiveAccess())
              .elements()
              .get(0)
              .elements();
      assertEquals(
          List.of(backend.energy(EnergyKind.A_PLUS), backend.energy(EnergyKind.A_MINUS)),
          row.stream().map(CosemData::integralValue).toList());
      assertEquals(
          5,
          client
              .get(buffer, new EntryDescriptor(0, 0, 4, 0).toSelectiveAccess())
              .elements()
              .get(0)
              .elements()
              .size());
      for (EntryDescriptor wrong :
          List.of(
              new EntryDescriptor(0, 0, 0, 1),
              new EntryDescriptor(0, 0, 1, 9),
              new EntryDescriptor(0, 0, 6, 5))) {
        assertRefused(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED, client, wrong.toSelectiveAccess());
      }
    }
  }

  @Test
  void log07ColumnsAreSelectedByDefinition() {
    CaptureObjectDefinition clock = new CaptureObjectDefinition(AttributeRef.of(8, RTC, 2));
    CaptureObjectDefinition export =
        new CaptureObjectDefinition(AttributeRef.of(3, "1.1.2.8.0.255", 2));
    CosemData noon = CosemData.octetString(time(27, 12, 0, 0).encode());
    try (BlockingDlmsClient client = connect(OmnipowerAssociation.PRIMARY_MODULE)) {
      List<CosemData> rows =
          client
              .get(
                  AttributeRef.of(7, LOAD_PROFILE, 2),
                  new RangeDescriptor(clock, noon, noon, List.of(export, clock))
                      .toSelectiveAccess())
              .elements();
      assertEquals(1, rows.size());
      assertEquals(DataTag.DOUBLE_LONG_UNSIGNED, rows.get(0).elements().get(0).tag());
      assertEquals(
          noon.dateTimeValue().toString(),
          rows.get(0).elements().get(1).dateTimeValue().toString());

      CaptureObjectDefinition stranger =
          new CaptureObjectDefinition(AttributeRef.of(3, "1.1.9.8.0.255", 2));
      assertRefused(
          DataAccessResult.SCOPE_OF_ACCESS_VIOLATED,
          client,
          new RangeDescriptor(clock, noon, noon, List.of(stranger)).toSelectiveAccess());
      assertRefused(
          DataAccessResult.SCOPE_OF_ACCESS_VIOLATED,
          client,
          new RangeDescriptor(export, noon, noon, List.of()).toSelectiveAccess());
    }
  }

  @Test
  void log04OtherSelectorsAndParametersOfOtherTypesAreRefusedAndTheMeterGoesOn() {
    try (BlockingDlmsClient client = connect(OmnipowerAssociation.PRIMARY_MODULE)) {
      assertRefused(
          DataAccessResult.SCOPE_OF_ACCESS_VIOLATED,
          client,
          new SelectiveAccess(3, EncodedData.of(CosemData.nullData())));
      assertRefused(
          DataAccessResult.TYPE_UNMATCHED,
          client,
          new SelectiveAccess(1, EncodedData.of(CosemData.unsigned(5))));
      assertRefused(
          DataAccessResult.TYPE_UNMATCHED,
          client,
          new SelectiveAccess(2, EncodedData.of(CosemData.structure(CosemData.unsigned(5)))));
      assertFalse(client.associationView().objects().isEmpty());
    }
  }

  private static void assertRefused(
      DataAccessResult due, BlockingDlmsClient client, SelectiveAccess access) {
    DataAccessException refused =
        assertThrows(
            DataAccessException.class,
            () -> client.get(AttributeRef.of(7, LOAD_PROFILE, 2), access));
    assertEquals(due, refused.result());
  }

  @Test
  void unknownObjectsClassesAndAttributesHaveTheirOwnResults() {
    try (BlockingDlmsClient client = connect(OmnipowerAssociation.PRIMARY_MODULE)) {
      Map<AttributeRef, DataAccessResult> due =
          Map.of(
              AttributeRef.of(3, "1.1.77.8.0.255", 2), DataAccessResult.OBJECT_UNDEFINED,
              AttributeRef.of(1, "1.1.1.8.0.255", 2), DataAccessResult.OBJECT_CLASS_INCONSISTENT,
              AttributeRef.of(3, "1.1.1.8.0.255", 9), DataAccessResult.OBJECT_UNDEFINED);
      due.forEach(
          (attribute, result) ->
              assertEquals(
                  result,
                  assertThrows(DataAccessException.class, () -> client.get(attribute)).result()));
    }
  }

  @Test
  void theHdlcSetupShowsWhatTheLinkNegotiates() {
    try (BlockingDlmsClient client = connect(OmnipowerAssociation.PUBLIC)) {
      assertEquals(1010, hdlcSetup(client, 5));
      assertEquals(1010, hdlcSetup(client, 6));
      assertEquals(500, hdlcSetup(client, 7));
      assertEquals(20, hdlcSetup(client, 8));
      assertEquals(32, hdlcSetup(client, 9));
    }
  }

  private static long hdlcSetup(BlockingDlmsClient client, int attribute) {
    return client.get(AttributeRef.of(23, "0.0.22.0.0.255", attribute)).integralValue();
  }

  @Test
  void link02TheMeterAnswersToItsPhysicalAddressAndToNoOther() {
    DlmsClientBuilder right =
        DlmsClient.tcp("127.0.0.1", server.addresses().get(0).getPort())
            .loop(loop)
            .hdlc(HdlcAddress.server(1, 32), 16);
    right.connect().blocking().close();
    DlmsClientBuilder wrong =
        DlmsClient.tcp("127.0.0.1", server.addresses().get(0).getPort())
            .loop(loop)
            .linkResponseTimeout(Duration.ofMillis(100), 0)
            .hdlc(HdlcAddress.server(1, 33), 16);
    assertThrows(LinkException.class, () -> wrong.connect().blocking());
  }

  @Test
  void obisCodesOfTheCatalogueAreOfOneObjectEach() {
    List<ObisCode> names =
        Catalogue.omnipower().entries().stream().map(CatalogueEntry::logicalName).toList();
    assertEquals(names.size(), names.stream().distinct().count());
  }
}
