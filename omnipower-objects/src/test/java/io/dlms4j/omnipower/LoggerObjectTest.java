package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.ProfileRow;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.classes.RangeDescriptor;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.catalogue.CapturedAttribute;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Loggers over the wire. The load profile has a weekend in autumn with the end of daylight saving
 * in it: 26 October 2013, 00:00, to its end, a row a quarter of an hour.
 */
class LoggerObjectTest {
  private static final Catalogue CATALOGUE = Catalogue.of(MeterVariant.THREE_PHASE);
  private static final String LOAD_PROFILE = "1.1.99.1.0.255";
  private static final String BILLING = "1.1.98.1.0.255";
  private static final AttributeRef BUFFER = AttributeRef.of(7, LOAD_PROFILE, 2);
  private static final int DAYLIGHT_SAVING = 0x80;
  private static final int ROWS = 49 * 4;

  private static final TestMeter BACKEND = new TestMeter();
  private static MeterOnLines lines;

  @BeforeAll
  static void start() {
    long first =
        BACKEND.clock().normalTimeOf(new MeterTime(LocalDateTime.of(2013, 10, 26, 0, 0), true));
    TestLogger profile =
        new TestLogger(
            CATALOGUE.captured(CATALOGUE.entry("Load Profile logger"), "A+/A-/R+/R-"), 900);
    for (int i = 0; i < ROWS; i++) {
      profile.row(first + 900L * i, row(i));
    }
    BACKEND.logger("Load Profile logger", profile);
    List<CapturedAttribute> billing =
        CATALOGUE.captured(CATALOGUE.entry("Billing logger"), "all").subList(0, 4);
    BACKEND.logger("Billing logger", new TestLogger(billing, 0).row(first, row(0).subList(0, 3)));
    lines = new MeterOnLines(OmnipowerMeter.of(BACKEND).build());
  }

  @AfterAll
  static void stop() {
    lines.close();
  }

  private static List<CosemData> row(int number) {
    return List.of(
        CosemData.longUnsigned(0),
        CosemData.doubleLongUnsigned(0x500),
        CosemData.unsigned(5),
        CosemData.doubleLongUnsigned(1_000 + number),
        CosemData.doubleLongUnsigned(2_000 + number),
        CosemData.doubleLongUnsigned(3_000 + number),
        CosemData.doubleLongUnsigned(4_000 + number));
  }

  private static BlockingDlmsClient connect() {
    return lines.connect(OmnipowerAssociation.PRIMARY_MODULE);
  }

  private static List<ProfileRow> between(CosemDateTime from, CosemDateTime to) {
    List<ProfileRow> rows = new ArrayList<>();
    try (BlockingDlmsClient client = connect()) {
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

  private static void assertRefused(DataAccessResult due, Executable access) {
    assertEquals(due, assertThrows(DataAccessException.class, access).result());
  }

  @Test
  void log01EveryRowOfADataLoggerStartsWithTheSameFourColumns() {
    try (BlockingDlmsClient client = connect()) {
      for (String logger : List.of(BILLING, "1.1.98.2.0.255", LOAD_PROFILE, "1.1.99.1.1.255")) {
        List<String> columns =
            client.get(AttributeRef.of(7, logger, 3)).elements().stream()
                .map(each -> CaptureObjectDefinition.decode(each).attribute().toString())
                .toList();
        assertEquals(
            List.of(
                AttributeRef.of(8, "0.1.1.0.0.255", 2).toString(),
                AttributeRef.of(7, logger, -1).toString(),
                AttributeRef.of(7, logger, -2).toString(),
                AttributeRef.of(1, "1.1.134.0.1.255", 2).toString()),
            columns.subList(0, 4));
      }
    }
  }

  @Test
  void log09RowsHaveTheLayoutOfTheVendorsExample() {
    try (BlockingDlmsClient client = connect()) {
      CosemData row =
          client.get(BUFFER, new EntryDescriptor(0, 0, 1, 0).toSelectiveAccess()).elements().get(0);
      AxdrWriter writer = new AxdrWriter();
      writer.writeData(row);
      assertEquals(
          Octets.ofHex(
              "02 08 09 0C 07 DD 0A 1B 07 17 2D 00 FF 80 00 00 12 00 00 06 00 00 05 00 11 05"
                  + " 06 00 00 04 AB 06 00 00 08 93 06 00 00 0C 7B 06 00 00 10 63"),
          writer.toOctets());
    }
  }

  @Test
  void log04TheWholeBufferIsReadWithoutASelectorAndWithSelector0() {
    try (BlockingDlmsClient client = connect()) {
      assertEquals(ROWS, client.get(BUFFER).elements().size());
      SelectiveAccess all = new SelectiveAccess(0, EncodedData.of(CosemData.nullData()));
      assertEquals(ROWS, client.get(BUFFER, all).elements().size());
      assertEquals(ROWS, client.get(AttributeRef.of(7, LOAD_PROFILE, 7)).integralValue());
    }
  }

  @Test
  void log04OtherSelectorsAndParametersOfOtherTypesAreRefusedAndTheMeterGoesOn() {
    try (BlockingDlmsClient client = connect()) {
      assertRefused(
          DataAccessResult.SCOPE_OF_ACCESS_VIOLATED,
          () -> client.get(BUFFER, new SelectiveAccess(3, EncodedData.of(CosemData.nullData()))));
      assertRefused(
          DataAccessResult.TYPE_UNMATCHED,
          () -> client.get(BUFFER, new SelectiveAccess(1, EncodedData.of(CosemData.unsigned(5)))));
      assertRefused(
          DataAccessResult.TYPE_UNMATCHED,
          () ->
              client.get(
                  BUFFER,
                  new SelectiveAccess(
                      2, EncodedData.of(CosemData.structure(CosemData.unsigned(5))))));
      assertFalse(client.associationView().objects().isEmpty());
    }
  }

  @Test
  void log05EntriesCountFromTheNewestAndRunTheWayTheyAreAskedFor() {
    assertEquals("23:30:00 23:15:00 23:00:00", times(entries(1, 3)));
    assertEquals("23:30:00 23:45:00", times(entries(1, 0)));
    assertEquals("23:45:00", times(entries(0, 0)));
    assertEquals("", times(entries(ROWS, ROWS + 5)));
  }

  private static List<ProfileRow> entries(long from, long to) {
    List<ProfileRow> rows = new ArrayList<>();
    try (BlockingDlmsClient client = connect()) {
      client.profile(LOAD_PROFILE).entries(from, to).forEach(rows::add);
    }
    return rows;
  }

  @Test
  void log06ColumnsAreSelectedByNumberFromOneAndZeroIsTheLast() {
    try (BlockingDlmsClient client = connect()) {
      List<CosemData> row =
          client
              .get(BUFFER, new EntryDescriptor(0, 0, 5, 6).toSelectiveAccess())
              .elements()
              .get(0)
              .elements();
      assertEquals(
          List.of(1_000L + ROWS - 1, 2_000L + ROWS - 1),
          row.stream().map(CosemData::integralValue).toList());
      assertEquals(
          5,
          client
              .get(BUFFER, new EntryDescriptor(0, 0, 4, 0).toSelectiveAccess())
              .elements()
              .get(0)
              .elements()
              .size());
      for (EntryDescriptor wrong :
          List.of(
              new EntryDescriptor(0, 0, 0, 1),
              new EntryDescriptor(0, 0, 1, 9),
              new EntryDescriptor(0, 0, 6, 5))) {
        assertRefused(
            DataAccessResult.SCOPE_OF_ACCESS_VIOLATED,
            () -> client.get(BUFFER, wrong.toSelectiveAccess()));
      }
    }
  }

  @Test
  void log07BothEndsOfARangeAreInIt() {
    assertEquals(
        "12:00:00d 12:15:00d 12:30:00d",
        times(between(time(26, 12, 0, DAYLIGHT_SAVING), time(26, 12, 30, DAYLIGHT_SAVING))));
    assertEquals(
        "", times(between(time(26, 12, 1, DAYLIGHT_SAVING), time(26, 12, 14, DAYLIGHT_SAVING))));
    assertEquals(
        "", times(between(time(26, 13, 0, DAYLIGHT_SAVING), time(26, 12, 0, DAYLIGHT_SAVING))));
  }

  @Test
  void amb09TheHourThatAnAutumnNightHasTwiceIsToldApartByTheClockStatus() {
    assertEquals(
        "02:00:00d 02:15:00d 02:30:00d 02:45:00d 02:00:00 02:15:00",
        times(between(time(27, 2, 0, DAYLIGHT_SAVING), time(27, 2, 15, 0))));
    assertEquals("02:00:00 02:15:00", times(between(time(27, 2, 0, 0), time(27, 2, 15, 0))));
  }

  @Test
  void whereTheClockStatusIsNotSpecifiedTheSeasonDecides() {
    assertEquals(
        "12:00:00d 12:15:00d", times(between(time(26, 12, 0, 0xFF), time(26, 12, 15, 0xFF))));
    assertEquals(
        "12:00:00 12:15:00", times(between(time(27, 12, 0, 0xFF), time(27, 12, 15, 0xFF))));
  }

  @Test
  void log07ColumnsAreSelectedByDefinitionAndNoneMeansAll() {
    CaptureObjectDefinition clock = clock();
    CaptureObjectDefinition export =
        new CaptureObjectDefinition(AttributeRef.of(3, "1.1.2.8.0.255", 2));
    CosemData noon = CosemData.octetString(time(27, 12, 0, 0).encode());
    try (BlockingDlmsClient client = connect()) {
      List<CosemData> rows =
          client
              .get(
                  BUFFER,
                  new RangeDescriptor(clock, noon, noon, List.of(export, clock))
                      .toSelectiveAccess())
              .elements();
      assertEquals(1, rows.size());
      assertEquals(2_000 + 37 * 4, rows.get(0).elements().get(0).integralValue());
      assertEquals(
          noon.dateTimeValue().toString(),
          rows.get(0).elements().get(1).dateTimeValue().toString());
      assertEquals(
          8,
          client
              .get(BUFFER, new RangeDescriptor(clock, noon, noon, List.of()).toSelectiveAccess())
              .elements()
              .get(0)
              .elements()
              .size());
      CaptureObjectDefinition stranger =
          new CaptureObjectDefinition(AttributeRef.of(3, "1.1.9.8.0.255", 2));
      for (RangeDescriptor wrong :
          List.of(
              new RangeDescriptor(clock, noon, noon, List.of(stranger)),
              new RangeDescriptor(stranger, noon, noon, List.of()))) {
        assertRefused(
            DataAccessResult.SCOPE_OF_ACCESS_VIOLATED,
            () -> client.get(BUFFER, wrong.toSelectiveAccess()));
      }
    }
  }

  private static CaptureObjectDefinition clock() {
    return new CaptureObjectDefinition(AttributeRef.of(8, "0.1.1.0.0.255", 2));
  }

  @Test
  void rowsOfAClockThatWasSetBackAreFoundByTheirTimes() {
    TestMeter meter = new TestMeter();
    long noon = meter.clock().normalTime();
    TestLogger events =
        new TestLogger(CATALOGUE.captured(CATALOGUE.entry("Status logger"), "all"), 0)
            .row(noon, List.of(CosemData.unsigned(1)))
            .row(noon + 900, List.of(CosemData.unsigned(2)))
            .row(noon - 900, List.of(CosemData.unsigned(3)))
            .row(noon, List.of(CosemData.unsigned(4)));
    meter.logger("Status logger", events);
    CosemData at = CosemData.octetString(Octets.ofHex("07 DD 0A 09 03 15 13 2E FF 80 00 80"));
    try (MeterOnLines other = new MeterOnLines(OmnipowerMeter.of(meter).build());
        BlockingDlmsClient client = other.connect(OmnipowerAssociation.OPTICAL)) {
      List<CosemData> rows =
          client
              .get(
                  AttributeRef.of(7, "1.1.99.98.2.255", 2),
                  new RangeDescriptor(clock(), at, at, List.of()).toSelectiveAccess())
              .elements();
      assertEquals(
          List.of(1L, 4L), rows.stream().map(r -> r.elements().get(1).integralValue()).toList());
    }
  }

  @Test
  void log08OnlyThePeriodOfTwoLoggersIsWrittenAndTheLoggerSaysWhichItTakes() {
    try (BlockingDlmsClient client = connect()) {
      AttributeRef period = AttributeRef.of(7, LOAD_PROFILE, 4);
      assertEquals(900, client.get(period).integralValue());
      client.set(period, CosemData.doubleLongUnsigned(1_800));
      assertEquals(1_800, client.get(period).integralValue());
      client.set(period, CosemData.doubleLongUnsigned(900));
      assertRefused(
          DataAccessResult.TEMPORARY_FAILURE,
          () -> client.set(period, CosemData.doubleLongUnsigned(901)));
      assertRefused(
          DataAccessResult.TYPE_UNMATCHED, () -> client.set(period, CosemData.longUnsigned(900)));
      for (int attribute : new int[] {2, 3, 5, 6, 7, 8}) {
        assertRefused(
            DataAccessResult.READ_WRITE_DENIED,
            () -> client.set(AttributeRef.of(7, LOAD_PROFILE, attribute), CosemData.unsigned(0)));
      }
      assertRefused(
          DataAccessResult.READ_WRITE_DENIED,
          () -> client.set(AttributeRef.of(7, BILLING, 4), CosemData.doubleLongUnsigned(900)));
      // A logger that the backend does not have takes no period either.
      assertRefused(
          DataAccessResult.READ_WRITE_DENIED,
          () ->
              client.set(
                  AttributeRef.of(7, "1.1.99.1.1.255", 4), CosemData.doubleLongUnsigned(900)));
    }
  }

  @Test
  void aRowOfTheDebitingLoggerIsCapturedByItsMethod() {
    try (BlockingDlmsClient client = connect()) {
      AttributeRef inUse = AttributeRef.of(7, BILLING, 7);
      long before = client.get(inUse).integralValue();
      client.action(MethodRef.of(7, BILLING, 2), CosemData.integer(0));
      assertEquals(before + 1, client.get(inUse).integralValue());
    }
  }

  @Test
  void aLoggerThatTheBackendDoesNotHaveShowsItsColumnsAndNoRows() {
    for (MeterVariant variant : MeterVariant.values()) {
      Catalogue catalogue = Catalogue.of(variant);
      try (MeterOnLines empty =
              new MeterOnLines(OmnipowerMeter.of(new TestMeter()).variant(variant).build());
          BlockingDlmsClient client = empty.connect(OmnipowerAssociation.OPTICAL)) {
        for (CatalogueEntry entry : catalogue.entries()) {
          if (entry.classId() == 7) {
            List<CosemData> columns =
                client.get(new AttributeRef(7, entry.logicalName(), 3)).elements();
            assertTrue(
                columns.size() > 1 || entry.name().equals("Voltage quality logger"), entry::name);
            assertEquals(clock(), CaptureObjectDefinition.decode(columns.get(0)));
            assertEquals(
                0, client.get(new AttributeRef(7, entry.logicalName(), 8)).integralValue());
            assertTrue(
                client.get(new AttributeRef(7, entry.logicalName(), 2)).elements().isEmpty());
          }
        }
      }
    }
  }
}
