package io.dlms4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  private static final OptionalLong NOON = OptionalLong.of(1_767_268_800);

  @Test
  void timeIsThatOfTheWallOrFasterOrBeginsElsewhere() {
    assertEquals(new TimeText(1, OptionalLong.empty()), TimeText.parse("real"));
    assertEquals(new TimeText(3600, OptionalLong.empty()), TimeText.parse("fast:3600"));
    assertEquals(new TimeText(1, NOON), TimeText.parse("start=2026-01-01T12:00"));
    assertEquals(new TimeText(60, NOON), TimeText.parse("fast:60,start=2026-01-01T12:00:00"));
    assertEquals(new TimeText(1, NOON), TimeText.parse("start=2026-01-01T12:00,real"));
    assertEquals(
        OptionalLong.of(NOON.getAsLong() - 43_200), TimeText.parse("start=2026-01-01").start());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "slow",
        "fast:",
        "fast:0",
        "fast:-1",
        "fast:1000001",
        "fast:99999999999999999999",
        "fast:1.5",
        "real,real",
        "real,fast:2",
        "start=",
        "start=yesterday",
        "start=2026-02-30",
        "start=1999-12-31T23:59",
        "start=2100-01-01",
        "start=+999999999-01-01",
        "start=2026-01-01,start=2026-01-02"
      })
  void whatIsNoTimeIsRefusedInWords(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> TimeText.parse(text));
    String message = String.valueOf(refused.getMessage());
    assertTrue(
        message.contains("is no")
            || message.contains("within")
            || message.contains("years 2000 to 2099"),
        message);
  }
}
