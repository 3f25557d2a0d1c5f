package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterTime;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The clock over the wire, at 2013-10-09 21:19:46 as in figure 11 of the DLMS description. */
class ClockObjectTest {
  private final TestMeter backend = new TestMeter();
  private MeterOnLines lines;
  private BlockingDlmsClient client;

  @BeforeEach
  void start() {
    lines = new MeterOnLines(OmnipowerMeter.of(backend).build());
    client = lines.connect(OmnipowerAssociation.OPTICAL);
  }

  @AfterEach
  void stop() {
    client.close();
    lines.close();
  }

  private CosemData read(int attribute) {
    return client.get(AttributeRef.of(8, "0.1.1.0.0.255", attribute));
  }

  private void write(int attribute, CosemData value) {
    client.set(AttributeRef.of(8, "0.1.1.0.0.255", attribute), value);
  }

  private static CosemData octets(String hex) {
    return CosemData.octetString(Octets.ofHex(hex));
  }

  private static void assertRefused(DataAccessResult due, Executable access) {
    assertEquals(due, assertThrows(DataAccessException.class, access).result());
  }

  @Test
  void clk01TheTimeHasTwelveOctetsWithoutHundredthsAndDeviation() {
    assertEquals(octets("07 DD 0A 09 03 15 13 2E FF 80 00 80"), read(2));
  }

  @Test
  void clk02TheStatusHasTheInvalidBitAndTheDaylightBitOnly() {
    assertEquals(CosemData.unsigned(0x80), read(4));
    backend.invalidClock();
    assertEquals(CosemData.unsigned(0x81), read(4));
    assertEquals(octets("07 DD 0A 09 03 15 13 2E FF 80 00 81"), read(2));
    backend.now(LocalDateTime.of(2013, 12, 24, 18, 0), false);
    assertEquals(CosemData.unsigned(0x01), read(4));
  }

  @Test
  void clk03TheMarkOfTheClientDecidesWhetherDaylightSavingIsPartOfItsTime() {
    write(2, octets("07 DD 07 0A FF 0C 00 00 00 80 00 80"));
    assertEquals(new MeterTime(LocalDateTime.of(2013, 7, 10, 12, 0), true), backend.clock().time());
    // Without the mark it is normal time, and shown an hour later.
    write(2, octets("07 DD 07 0A FF 0C 00 00 00 80 00 00"));
    assertEquals(new MeterTime(LocalDateTime.of(2013, 7, 10, 13, 0), true), backend.clock().time());
    write(2, octets("07 DD 0C 18 02 12 00 00 FF 80 00 00"));
    assertEquals(octets("07 DD 0C 18 02 12 00 00 FF 80 00 00"), read(2));
    // Whoever does not say has meant the season's.
    write(2, octets("07 DD 07 0A FF 0C 00 00 00 80 00 FF"));
    assertEquals(octets("07 DD 07 0A 03 0C 00 00 FF 80 00 80"), read(2));
  }

  @Test
  void clk03TheHourThatAnAutumnNightHasTwiceIsSetByItsMark() {
    write(2, octets("07 DD 0A 1B 07 02 1E 00 FF 80 00 80"));
    long first = backend.clock().normalTime();
    write(2, octets("07 DD 0A 1B 07 02 1E 00 FF 80 00 00"));
    assertEquals(first + 3_600, backend.clock().normalTime());
  }

  @Test
  void clk04BeginEndAndDeviationAreReadOnlyAndOnlyTheSwitchIsWritten() {
    assertEquals(octets("07 DD 03 1F 07 02 00 00 FF 80 00 00"), read(5));
    assertEquals(octets("07 DD 0A 1B 07 03 00 00 FF 80 00 80"), read(6));
    assertEquals(CosemData.integer(60), read(7));
    for (int attribute : new int[] {1, 3, 4, 5, 6, 7, 9}) {
      assertRefused(DataAccessResult.READ_WRITE_DENIED, () -> write(attribute, read(attribute)));
    }
    assertEquals(CosemData.bool(true), read(8));
    write(8, CosemData.bool(false));
    assertEquals(CosemData.bool(false), read(8));
    // Time went on as it is: what was added is not shown any more.
    assertEquals(octets("07 DD 0A 09 03 14 13 2E FF 80 00 00"), read(2));
  }

  @Test
  void whatIsNoTimeIsRefusedAndTheClockGoesOn() {
    CosemData before = read(2);
    assertRefused(DataAccessResult.TYPE_UNMATCHED, () -> write(2, CosemData.unsigned(1)));
    assertRefused(DataAccessResult.TYPE_UNMATCHED, () -> write(2, octets("07 DD 0A 09 03")));
    assertRefused(
        DataAccessResult.TYPE_UNMATCHED,
        () -> write(2, octets("07 DD 0D 09 03 15 13 2E FF 80 00 80")));
    // The 31st of June, and a day that is not specified.
    assertRefused(
        DataAccessResult.OTHER_REASON,
        () -> write(2, octets("07 DD 06 1F FF 15 13 2E FF 80 00 80")));
    assertRefused(
        DataAccessResult.OTHER_REASON,
        () -> write(2, octets("07 DD 0A FF FF 15 13 2E FF 80 00 80")));
    assertRefused(DataAccessResult.TYPE_UNMATCHED, () -> write(8, CosemData.unsigned(1)));
    assertEquals(before, read(2));
  }
}
