package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.assertFails;
import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.Clock;
import io.dlms4j.server.CosemObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command clock, with a meter behind it whose clock runs beside this machine's. */
class ClockCommandTest {
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final AtomicReference<@Nullable CosemDateTime> taken = new AtomicReference<>();
  private TestMeter meter;

  @BeforeEach
  void start() {
    meter =
        TestMeter.of(
            CosemObject.builder(Clock.CLASS, ObisCode.of("0.0.1.0.0.255"))
                .attribute(2, () -> CosemData.octetString(time().encode()), this::set)
                .build());
  }

  @AfterEach
  void stop() {
    meter.close();
  }

  /** Of a meter two hours east of Greenwich, wherever this machine is. */
  private CosemDateTime time() {
    return CosemDateTime.of(
        LocalDateTime.ofInstant(Instant.now().plus(ahead.get()), ZoneOffset.ofHours(2)), -120, 0);
  }

  private void set(CosemData value) {
    CosemDateTime time = value.dateTimeValue();
    taken.set(time);
    ahead.set(
        Duration.between(
            Instant.now(), time.toLocalDateTime().orElseThrow().toInstant(ZoneOffset.ofHours(2))));
  }

  @Test
  void theDeviationIsToldWhereverTheMeterIs() {
    Run run = dlms("clock", meter.uri());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().get(0).matches("meter +20.* \\S+\\+02:00 status 00"), run.out().get(0));
    assertTrue(run.out().get(1).matches("machine +20.*\\+02:00 status 00"), run.out().get(1));
    assertTrue(
        run.out().get(2).matches("the meter is (on time|\\d+ s behind \\(-\\d+ s\\))"),
        run.out().get(2));
    ahead.set(Duration.ofMinutes(61).plusSeconds(30));
    String late = dlms("clock", meter.uri(), "--object", "0.0.1.0.0.255").out().get(2);
    assertTrue(late.matches("the meter is 1 h 1 min \\d\\d s ahead \\(\\+36\\d\\d s\\)"), late);
    ahead.set(Duration.ofDays(-3));
    String early = dlms("clock", meter.uri()).out().get(2);
    assertTrue(early.matches("the meter is 3 d .*behind \\(-2592\\d\\d s\\)"), early);
  }

  @Test
  void setWithoutATimeIsThisMachines() {
    ahead.set(Duration.ofHours(-5));
    Run run = dlms("clock", meter.uri(), "--set");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(-120, Objects.requireNonNull(taken.get()).deviation());
    assertTrue(run.out().get(2).contains("5 h"), run.out().get(2));
    assertEquals("set to   " + taken.get(), run.out().get(3));
    assertTrue(run.out().get(6).matches("the meter is (on time|\\d+ s .*)"), run.out().get(6));
  }

  @Test
  void setTakesATimeOfTheMeter() {
    Run run = dlms("clock", meter.uri(), "--set", "2026-11-28T10:00");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(CosemDateTime.of(LocalDateTime.of(2026, 11, 28, 10, 0), -120, 0), taken.get());
    assertTrue(run.out().get(4).startsWith("meter    2026-11-28 Sat 10:0"), run.out().get(4));
  }

  @Test
  void aClockThatIsReadOnlyIsTold() {
    try (TestMeter readOnly =
        TestMeter.of(
            CosemObject.builder(Clock.CLASS, ObisCode.of("0.0.1.0.0.255"))
                .attribute(2, () -> CosemData.octetString(time().encode()))
                .build())) {
      Run run = dlms("clock", readOnly.uri(), "--set");
      assertEquals(1, run.exitCode());
      assertEquals(3, run.out().size());
      assertTrue(run.err().contains("read-write-denied"), run.err());
    }
  }

  @Test
  void theClockOfAnOmnipowerMeterIsFound() {
    try (TestMeter omnipower = TestMeter.omnipower(0)) {
      Run run = dlms("clock", omnipower.uri());
      assertEquals("meter    2013-01-10 Thu 00:00:00 status 00", run.out().get(0), run.err());
      assertTrue(run.out().get(2).matches("the meter is \\d+ d .*behind .*"), run.out().get(2));
    }
  }

  @Test
  void whatMakesNoSenseIsSaidBeforeAnythingIsSent() {
    assertEquals(2, dlms("clock", meter.uri(), "--set", "tomorrow").exitCode());
    assertEquals(2, dlms("clock", meter.uri(), "--object", "none").exitCode());
    assertFails(dlms("clock", meter.uri(), "--object", "0.0.1.0.9.255"), "object-undefined");
    assertNull(taken.get());
  }

  @Test
  void aMeterWithoutAClockIsTold() {
    try (TestMeter other =
        TestMeter.of(
            CosemObject.data(ObisCode.of("0.0.96.1.0.255"), () -> CosemData.unsigned(1)))) {
      assertFails(dlms("clock", other.uri()), "no clock");
    }
  }
}
