package io.dlms4j.server.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.cosem.classes.CommunicationWindow;
import io.dlms4j.cosem.classes.RepetitionDelay;
import io.dlms4j.server.push.PushScheduleEvent.Attempt;
import io.dlms4j.server.push.PushScheduleEvent.Finished;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** When a push is tried, on a virtual clock. */
class PushScheduleTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final LocalDateTime BEGIN = LocalDateTime.of(2026, 3, 4, 12, 0, 0);

  private final PushSchedule schedule = new PushSchedule();
  private long now;

  private static PushSchedule.Rules rules(int random, int retries, RepetitionDelay delay) {
    return new PushSchedule.Rules(List.of(), random, retries, delay);
  }

  private static CommunicationWindow window(int fromHour, int toHour, int dayOfWeek) {
    return new CommunicationWindow(at(fromHour, dayOfWeek), at(toHour, dayOfWeek));
  }

  private static CosemDateTime at(int hour, int dayOfWeek) {
    return new CosemDateTime(
        new CosemDate(
            CosemDate.YEAR_NOT_SPECIFIED,
            CosemDate.NOT_SPECIFIED,
            CosemDate.NOT_SPECIFIED,
            dayOfWeek),
        new CosemTime(hour, 0, 0, 0),
        CosemDateTime.NOT_SPECIFIED,
        CosemDateTime.STATUS_NOT_SPECIFIED);
  }

  private LocalDateTime local() {
    return BEGIN.plusNanos(now);
  }

  private void push(PushSchedule.Rules rules, long seed) {
    schedule.push(rules, now, local(), new Random(seed));
  }

  private void wake() {
    now = schedule.nextDeadline();
    schedule.onDeadline(now, local());
  }

  @Property
  void aPushBeginsAtARandomMomentWithinItsInterval(
      @ForAll long seed, @ForAll @IntRange(max = 3600) int interval) {
    PushSchedule one = new PushSchedule();
    one.push(rules(interval, 0, RepetitionDelay.of(1)), 5, BEGIN, new Random(seed));
    long due = one.nextDeadline();
    assertTrue(due >= 5 && due <= 5 + interval * SECOND);
    one.onDeadline(due - 1, BEGIN);
    assertNull(one.pollEvent());
    one.onDeadline(due, BEGIN);
    assertEquals(new Attempt(1), one.pollEvent());
  }

  @Test
  void aFailureIsTriedAgainAfterADelayThatGrowsAsOftenAsItMayBe() {
    push(rules(0, 3, new RepetitionDelay(10, 200, 30)), 1);
    wake();
    assertEquals(new Attempt(1), schedule.pollEvent());
    long[] delays = {10, 20, 30};
    for (int i = 0; i < delays.length; i++) {
      schedule.failed(now);
      assertEquals(now + delays[i] * SECOND, schedule.nextDeadline());
      wake();
      assertEquals(new Attempt(i + 2), schedule.pollEvent());
    }
    schedule.failed(now);
    assertEquals(new Finished(false, 4, false), schedule.pollEvent());
    assertTrue(schedule.isIdle());
    assertEquals(PushSchedule.NEVER, schedule.nextDeadline());
  }

  @Test
  void whatIsAskedForBeforeTheFirstTryIsTheSamePushAndAfterItTheNext() {
    PushSchedule.Rules rules = rules(100, 0, RepetitionDelay.of(1));
    push(rules, 1);
    push(rules, 2);
    wake();
    assertEquals(new Attempt(1), schedule.pollEvent());
    push(rules, 3);
    schedule.succeeded();
    assertEquals(new Finished(true, 1, true), schedule.pollEvent());
    schedule.succeeded();
    schedule.failed(now);
    assertNull(schedule.pollEvent());
  }

  @Test
  void aPushWaitsForItsWindow() {
    PushSchedule.Rules atNight =
        new PushSchedule.Rules(
            List.of(window(22, 2, CosemDate.NOT_SPECIFIED), window(15, 16, 3)),
            0,
            1,
            RepetitionDelay.of(40_000));
    push(atNight, 1);
    // 2026-03-04 is a Wednesday: it opens at 15:00.
    assertEquals(3 * 3600 * SECOND, schedule.nextDeadline());
    wake();
    assertEquals(new Attempt(1), schedule.pollEvent());
    schedule.failed(now);
    // 15:00 and 40000 s is 02:06:40 of Thursday, and the next window is at 22:00.
    wake();
    assertNull(schedule.pollEvent());
    assertEquals(LocalDateTime.of(2026, 3, 5, 22, 0), BEGIN.plusNanos(schedule.nextDeadline()));
    wake();
    assertEquals(new Attempt(2), schedule.pollEvent());
  }

  @Test
  void aWindowThatNeverOpensIsLookedAtEveryMonth() {
    push(
        new PushSchedule.Rules(
            List.of(window(5, 5, CosemDate.NOT_SPECIFIED)), 0, 0, RepetitionDelay.of(1)),
        1);
    for (int i = 0; i < 3; i++) {
      long before = now;
      wake();
      assertNull(schedule.pollEvent());
      assertEquals(before + Windows.HORIZON.toNanos(), now);
    }
    schedule.cancel();
    assertEquals(PushSchedule.NEVER, schedule.nextDeadline());
  }

  @Test
  void aWindowOfOneMomentOfTheYearIsOpenThenOnly() {
    CommunicationWindow once =
        new CommunicationWindow(
            CosemDateTime.of(LocalDateTime.of(2026, 3, 31, 23, 59, 30), 0, 0),
            CosemDateTime.of(LocalDateTime.of(2026, 4, 1, 0, 0, 30), 0, 0));
    assertTrue(Windows.isOpen(once, LocalDateTime.of(2026, 3, 31, 23, 59, 30)));
    assertTrue(Windows.isOpen(once, LocalDateTime.of(2026, 4, 1, 0, 0, 29)));
    assertTrue(!Windows.isOpen(once, LocalDateTime.of(2026, 4, 1, 0, 0, 30)));
    assertTrue(!Windows.isOpen(once, LocalDateTime.of(2027, 3, 31, 23, 59, 45)));
    assertEquals(
        Duration.ofSeconds(90),
        Windows.untilOpen(List.of(once), LocalDateTime.of(2026, 3, 31, 23, 58)));
  }

  @Property
  void noDelayIsLongerThanTheLongest(
      @ForAll @IntRange(max = 65535) int min,
      @ForAll @IntRange(max = 65535) int exponent,
      @ForAll @IntRange(max = 65535) int max,
      @ForAll @IntRange(min = 1, max = 256) int repetition) {
    Duration delay = new RepetitionDelay(min, exponent, max).before(repetition);
    assertTrue(!delay.isNegative() && delay.compareTo(Duration.ofSeconds(max)) <= 0);
  }
}
