package io.dlms4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemDateTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Meters that do not tell where they are, on a machine in Copenhagen. */
class MeterTimeTextTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Copenhagen");

  private static CosemDateTime time(LocalDateTime local, int status) {
    return CosemDateTime.of(local, CosemDateTime.NOT_SPECIFIED, status);
  }

  @Test
  void aMeterWithoutDeviationIsInTheMachinesZone() {
    Instant machine = Instant.parse("2026-07-01T10:00:00Z");
    CosemDateTime summer = time(LocalDateTime.of(2026, 7, 1, 12, 0, 3), 0x80);
    assertEquals("3 s ahead (+3 s)", MeterTimeText.deviation(summer, machine, ZONE));
    assertEquals(
        time(LocalDateTime.of(2026, 7, 1, 12, 0), 0x80), MeterTimeText.like(summer, machine, ZONE));
    assertEquals(
        time(LocalDateTime.of(2026, 12, 1, 12, 0), 0),
        MeterTimeText.like(summer, LocalDateTime.of(2026, 12, 1, 12, 0), ZONE));
  }

  @Test
  void aMeterThatShowsTheSecondThatHasBegunIsOnTime() {
    CosemDateTime begun = time(LocalDateTime.of(2026, 7, 1, 12, 0, 3), 0x80);
    for (String millis : new String[] {"000", "400", "999"}) {
      Instant machine = Instant.parse("2026-07-01T10:00:03." + millis + "Z");
      assertEquals("on time", MeterTimeText.deviation(begun, machine, ZONE));
      assertEquals(
          "1 s ahead (+1 s)", MeterTimeText.deviation(begun, machine.minusSeconds(1), ZONE));
      assertEquals(
          "1 s behind (-1 s)", MeterTimeText.deviation(begun, machine.plusSeconds(1), ZONE));
    }
  }

  @Test
  void theHourThatComesTwiceIsToldByTheClockStatus() {
    LocalDateTime twice = LocalDateTime.of(2026, 10, 25, 2, 30);
    Instant first = Instant.parse("2026-10-25T00:30:00Z");
    assertEquals("on time", MeterTimeText.deviation(time(twice, 0x80), first, ZONE));
    assertEquals("1 h ahead (+3600 s)", MeterTimeText.deviation(time(twice, 0), first, ZONE));
    assertEquals(time(twice, 0x80), MeterTimeText.like(time(twice, 0), first, ZONE));
  }

  @Test
  void aStatusThatIsNotToldIsNotSet() {
    CosemDateTime example =
        time(LocalDateTime.of(2026, 7, 1, 0, 0), CosemDateTime.STATUS_NOT_SPECIFIED);
    assertEquals(
        CosemDateTime.STATUS_NOT_SPECIFIED,
        MeterTimeText.like(example, Instant.parse("2026-07-01T10:00:00Z"), ZONE).clockStatus());
  }

  @Test
  void aPatternIsNoTimeToCompare() {
    CosemDateTime pattern =
        new CosemDateTime(
            new CosemDate(
                CosemDate.YEAR_NOT_SPECIFIED,
                CosemDate.NOT_SPECIFIED,
                CosemDate.NOT_SPECIFIED,
                CosemDate.NOT_SPECIFIED),
            time(LocalDateTime.of(2026, 7, 1, 0, 0), 0).time(),
            CosemDateTime.NOT_SPECIFIED,
            0);
    assertEquals(
        "without a time that could be compared",
        MeterTimeText.deviation(pattern, Instant.EPOCH, ZONE));
  }
}
