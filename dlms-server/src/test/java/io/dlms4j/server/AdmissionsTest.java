package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.dlms4j.axdr.Octets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final PhysicalDevice DEVICE =
      PhysicalDevice.of(17, LogicalDevice.builder(1, Octets.ofAscii("KAM1")).build());
  private static final Admissions.Place PLACE = new Admissions.Place(DEVICE, 1, 18);

  private final Admissions admissions = admissions(2, 2, Duration.ofSeconds(10));
  private long now = 5 * SECOND;

  private static Admissions admissions(int open, int opening, Duration backOff) {
    return new Admissions(new Admissions.Limits(open, opening, backOff));
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      Admissions.Ticket ticket = admissions.ticket(PLACE);
      assertNull(ticket.refusal(now));
      ticket.failed(now);
    }
  }

  /** How long the place is refused from now on. */
  private long held() {
    long held = 0;
    while (admissions.ticket(PLACE).refusal(now + held) != null) {
      held += SECOND / 2;
    }
    return held;
  }

  @Test
  void twoMistakesCostNothing() {
    fail(2);
    assertEquals(0, held());
  }

  @Test
  void fromTheThirdMistakeOnEachCostsTwiceAsLongUpToTheLongest() {
    fail(2);
    for (long seconds : new long[] {1, 2, 4, 8, 10, 10}) {
      fail(1);
      assertEquals(seconds * SECOND, heldWithoutAsking());
      now += seconds * SECOND;
    }
  }

  /** Asking for the end of the time opens something, which is closed again. */
  private long heldWithoutAsking() {
    long held = 0;
    while (true) {
      Admissions.Ticket ticket = admissions.ticket(PLACE);
      if (ticket.refusal(now + held) == null) {
        ticket.over();
        return held;
      }
      held += SECOND / 2;
    }
  }

  @Test
  void whoSucceedsBeginsAnew() {
    fail(2);
    Admissions.Ticket right = admissions.ticket(PLACE);
    assertNull(right.refusal(now));
    right.opened();
    right.over();
    fail(2);
    assertEquals(0, held());
  }

  @Test
  void anotherClientIsNotHeldUp() {
    fail(3);
    assertNotNull(admissions.ticket(PLACE).refusal(now));
    assertNull(admissions.ticket(new Admissions.Place(DEVICE, 1, 19)).refusal(now));
  }

  @Test
  void withoutBackOffNobodyIsHeldUp() {
    Admissions lenient = admissions(2, 2, Duration.ZERO);
    for (int i = 0; i < 20; i++) {
      Admissions.Ticket ticket = lenient.ticket(PLACE);
      assertNull(ticket.refusal(now));
      ticket.failed(now);
    }
  }

  @Test
  void manyMistakesDoNotOverflow() {
    Admissions strict = admissions(2, 2, Duration.ofDays(1));
    for (int i = 0; i < 100; i++) {
      strict.ticket(PLACE).failed(now);
    }
    assertNotNull(strict.ticket(PLACE).refusal(now + Duration.ofHours(23).toNanos()));
    assertNull(strict.ticket(PLACE).refusal(now + Duration.ofDays(1).toNanos()));
  }

  @Test
  void noMoreAreOpenedAtOnceThanAllowed() {
    Admissions.Ticket first = admissions.ticket(PLACE);
    Admissions.Ticket second = admissions.ticket(PLACE);
    Admissions.Ticket third = admissions.ticket(PLACE);
    assertNull(first.refusal(now));
    assertNull(first.refusal(now)); // the same once more
    assertNull(second.refusal(now));
    assertNotNull(third.refusal(now));
    first.opened();
    assertNull(third.refusal(now));
  }

  @Test
  void noMoreAreOpenThanAllowed() {
    Admissions.Ticket first = admissions.ticket(PLACE);
    Admissions.Ticket second = admissions.ticket(PLACE);
    Admissions.Ticket third = admissions.ticket(PLACE);
    assertNull(first.refusal(now));
    first.opened();
    assertNull(second.refusal(now));
    second.opened();
    assertNotNull(third.refusal(now));
    second.over();
    second.over(); // the link goes after the association
    assertNull(third.refusal(now));
  }
}
