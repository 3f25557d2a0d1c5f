package io.dlms4j.omnipower.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.client.ProfileRow;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.classes.Register;
import io.dlms4j.omnipower.OmnipowerAssociation;
import io.dlms4j.omnipower.OmnipowerMeter;
import io.dlms4j.omnipower.backend.LoggerRow;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.backend.MeterLogger;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Wrapper;
import io.dlms4j.server.profile.Rows;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayBackendTest {
  private static final Catalogue CATALOGUE = Catalogue.of(MeterVariant.THREE_PHASE);

  private static final String HOUSEHOLD =
      """
      # a household in winter
      time,A14,1.1.2.8.0.255,U_L1,P14_Max,"P14 - peak,akk T1",SoftwareRevision

      2026-01-10T00:10:00,100,5,231.9,4200,7,T1
      2026-01-10 00:40:00,250.7,,229,,,
      2026-01-10T01:00:00,300,6,,4300,,
      """;

  @TempDir private Path directory = Path.of("");

  private final AtomicLong now = new AtomicLong();

  private static long at(int hour, int minute) {
    return LocalDateTime.of(2026, 1, 10, hour, minute).toEpochSecond(ZoneOffset.UTC);
  }

  private static Recording recording(String text, EnergyResolution resolution) throws IOException {
    return Recording.read(
        new StringReader(text), "household.csv", Catalogue.of(MeterVariant.CT), resolution);
  }

  private ReplayBackend backend(Recording recording) {
    return new ReplayBackend(recording, CATALOGUE, MeterIdentity.builder().build(), 900, now::get);
  }

  private ReplayBackend household() throws IOException {
    return backend(recording(HOUSEHOLD, EnergyResolution.DIGITS_6_3));
  }

  private static Optional<Long> number(ReplayBackend backend, String name) {
    return backend.read(CATALOGUE.entry(name)).map(CosemData::integralValue);
  }

  @Test
  void aRowIsInForceFromItsTimeOn() throws IOException {
    ReplayBackend backend = household();
    now.set(at(0, 10) - 1);
    assertEquals(Optional.empty(), number(backend, "A14"));
    now.set(at(0, 10));
    assertEquals(Optional.of(100L), number(backend, "A14"));
    assertEquals(Optional.of(231L), number(backend, "U_L1"));
    now.set(at(0, 40) - 1);
    assertEquals(Optional.of(100L), number(backend, "A14"));
    now.set(at(0, 40));
    assertEquals(Optional.of(250L), number(backend, "A14"));
    now.set(at(23, 0));
    assertEquals(Optional.of(300L), number(backend, "A14"));
  }

  @Test
  void anEmptyFieldLeavesTheValueAsItWasAndWhatIsNotRecordedIsNotKnown() throws IOException {
    ReplayBackend backend = household();
    now.set(at(0, 50));
    assertEquals(Optional.of(5L), number(backend, "A23"));
    assertEquals(Optional.of(7L), number(backend, "P14 - peak,akk T1"));
    assertEquals(
        Optional.of(CosemData.visibleString("T1")),
        backend.read(CATALOGUE.entry("SoftwareRevision")));
    assertEquals(Optional.empty(), number(backend, "R12"));
  }

  @Test
  void aPeakWasCapturedWhenItsValueCameIntoForce() throws IOException {
    ReplayBackend backend = household();
    now.set(at(0, 50));
    assertEquals(Optional.of(at(0, 10)), backend.captureTime(CATALOGUE.entry("P14_Max")));
    now.set(at(1, 0));
    assertEquals(Optional.of(at(1, 0)), backend.captureTime(CATALOGUE.entry("P14_Max")));
    assertEquals(Optional.empty(), backend.captureTime(CATALOGUE.entry("P23_Max")));
  }

  @Test
  void registersDropWhatTheResolutionDoesNotShow() throws IOException {
    ReplayBackend backend =
        backend(recording("time,A14\n2026-01-10T00:00:00,1999.9\n", EnergyResolution.DIGITS_7_1));
    now.set(at(0, 0));
    assertEquals(Optional.of(19L), number(backend, "A14"));
    assertEquals(EnergyResolution.DIGITS_7_1, backend.energyResolution());
  }

  @Test
  void theLoadProfileHasARowAPeriodFromTheFirstRowToNowAndNotBeyondTheLast() throws IOException {
    ReplayBackend backend = household();
    MeterLogger profile = backend.logger(CATALOGUE.entry("Load Profile logger")).orElseThrow();
    assertEquals(
        List.of("A14:2", "A23:2"),
        profile.columns().subList(4, 6).stream().map(Object::toString).toList());
    assertEquals(900, profile.capturePeriod());
    assertEquals(4, profile.profileEntries());
    now.set(at(0, 14));
    assertEquals(0, profile.rows().size());
    now.set(at(0, 46));
    assertEquals(List.of(100L, 100L, 250L), column(profile.rows(), 4));
    now.set(at(5, 0));
    Rows<LoggerRow> rows = profile.rows();
    assertEquals(List.of(100L, 100L, 250L, 300L), column(rows, 4));
    assertEquals(List.of(5L, 5L, 5L, 6L), column(rows, 5));
    assertEquals(at(0, 15), rows.row(0).time());
    assertEquals(at(1, 0), rows.row(3).time());
    assertThrows(IndexOutOfBoundsException.class, () -> rows.row(4));
  }

  private static List<Long> column(Rows<LoggerRow> rows, int column) {
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      values.add(rows.row(i).value(column).integralValue());
    }
    return values;
  }

  @Test
  void withoutTheEnergiesOfALayoutThereIsNoLoadProfile() throws IOException {
    ReplayBackend backend =
        backend(recording("time,U_L1\n2026-01-10T00:00:00,230\n", EnergyResolution.DIGITS_6_3));
    assertTrue(backend.logger(CATALOGUE.entry("Load Profile logger")).isEmpty());
    assertTrue(backend.logger(CATALOGUE.entry("Billing logger")).isEmpty());
  }

  @Test
  void aRecordingIsReadFromAFileAndShownOverTheWire() throws IOException {
    Path file = Files.writeString(directory.resolve("household.csv"), "\uFEFF" + HOUSEHOLD);
    ReplayBackend backend = backend(Recording.read(file, CATALOGUE, EnergyResolution.DIGITS_6_3));
    now.set(at(0, 45));
    OmnipowerMeter meter = OmnipowerMeter.of(backend).build();
    try (DlmsServer server =
            DlmsServer.builder()
                .tcpOnLoopback(0, Wrapper.defaults())
                .device(meter.device())
                .start();
        BlockingDlmsClient client =
            DlmsClient.tcp("127.0.0.1", server.addresses().get(0).getPort())
                .wrapper(16, OmnipowerAssociation.OPTICAL.clientSap())
                .lowLevelSecurity(OmnipowerMeter.DEFAULT_PASSWORD)
                .connect()
                .blocking()) {
      assertEquals("250 Wh", client.read(Register.at("1.1.1.8.0.255")).toString());
      List<ProfileRow> rows = new ArrayList<>();
      client.profile("1.1.99.1.0.255").forEach(rows::add);
      assertEquals(
          List.of("100 Wh", "100 Wh", "250 Wh"), rows.stream().map(row -> row.text(4)).toList());
      now.set(at(1, 0));
      assertEquals("300 Wh", client.read(Register.at("1.1.1.8.0.255")).toString());
      DataAccessException refused =
          assertThrows(
              DataAccessException.class,
              () -> client.set(AttributeRef.of(1, "1.1.129.0.0.255", 2), CosemData.unsigned(2)));
      assertEquals(DataAccessResult.READ_WRITE_DENIED, refused.result());
    }
  }

  @Test
  void aPeriodOfNoMeterIsRefused() throws IOException {
    Recording recording = recording(HOUSEHOLD, EnergyResolution.DIGITS_6_3);
    MeterIdentity identity = MeterIdentity.builder().build();
    assertThrows(
        IllegalArgumentException.class,
        () -> new ReplayBackend(recording, CATALOGUE, identity, 0, now::get));
  }

  private static void assertFault(int line, String reason, String text) {
    RecordingException fault =
        assertThrows(RecordingException.class, () -> recording(text, EnergyResolution.DIGITS_6_3));
    assertEquals("household.csv, line " + line + ": " + reason, fault.getMessage());
    assertEquals(line, fault.line());
    assertEquals(reason, fault.reason());
    assertEquals("household.csv", fault.file());
  }

  @Test
  void badInputIsRefusedWithItsLineAndTheReason() {
    assertFault(1, "there is no header", "");
    assertFault(2, "there is no row", "# nothing\ntime,A14\n");
    assertFault(1, "the first column is A14, and not time", "A14,time\n");
    assertFault(1, "there is no column but time", "time\n");
    assertFault(1, "CT has no object A15", "time,A15\n");
    assertFault(1, "there are two columns of A14", "time,A14,1.1.1.8.0.255\n");
    assertFault(1, "RTC is no object with a value", "time,RTC\n");
    assertFault(1, "a quotation mark is not closed", "time,\"A14\n");
    assertFault(2, "yesterday is no time like 2013-10-25T00:15:00", "time,A14\nyesterday,1\n");
    assertFault(
        2,
        "1969-12-31T23:59:59 is not within the years 1970 to 2099",
        "time,A14\n1969-12-31T23:59:59,1\n");
    assertFault(
        3,
        "the time 2026-01-10T00:00 does not come after the one before",
        "time,A14\n2026-01-10T00:00,1\n2026-01-10T00:00,2\n");
    assertFault(
        2, "there are 3 fields, where the header has 2", "time,A14\n2026-01-10T00:00,1,2\n");
    for (String decimal : List.of("NaN", "1e9", "0x10", "--1", "1".repeat(40))) {
      assertFault(
          2,
          "A14 is " + decimal + ", which is no decimal",
          "time,A14\n2026-01-10T00:00," + decimal + "\n");
    }
    assertFault(2, "A14 cannot be -1", "time,A14\n2026-01-10T00:00,-1\n");
    assertFault(2, "A14 cannot be 4294967296", "time,A14\n2026-01-10T00:00,4294967296\n");
    assertFault(
        2,
        "A14 cannot be 99999999999999999999",
        "time,A14\n2026-01-10T00:00,99999999999999999999\n");
    assertFault(
        2,
        "ModuleId is 0G, which is no octets in hexadecimal",
        "time,ModuleId\n2026-01-10T00:00,0G\n");
    assertFault(
        2,
        "SoftwareRevision is not printable ASCII",
        "time,SoftwareRevision\n2026-01-10T00:00,\u00e5\n");
  }
}
