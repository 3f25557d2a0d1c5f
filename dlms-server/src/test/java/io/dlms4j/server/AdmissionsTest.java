package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.hdlc.HdlcAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionsTest {
  private static final String AARQ =
      "601DA109060760857405080101BE10040E01000000065F1F040060FE9FFFFF";
  private static final String GET_NAME = "C001C1000F0000280000FF0100";
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

  @Test
  void theEndOfAnAssociationIsNotThatOfTheNextOne() {
    Admissions.Ticket first = admissions.ticket(PLACE);
    assertNull(first.refusal(now));
    first.opened();
    assertNull(first.refusal(now)); // asks anew, which ends the one before
    first.ended();
    assertNull(admissions.ticket(PLACE).refusal(now));
    assertNotNull(admissions.ticket(PLACE).refusal(now));
  }

  @Test
  void aMalformedRequestDoesNotMakeRoomForAnotherAssociation() {
    LogicalDevice.Builder device = LogicalDevice.builder(1, Octets.ofAscii("KAM1"));
    for (int clientSap : new int[] {16, 17}) {
      device.association(
          clientSap,
          ServerAssociationConfig.builder().lowestLevelSecurity().build(),
          AccessPolicy.readOnly());
    }
    Bench bench =
        new Bench(
            new Admissions.Limits(1, 1, Duration.ZERO), PhysicalDevice.of(17, device.build()));
    Bench.Client one = bench.connect(16, HdlcAddress.server(1, 17));
    Bench.Client other = bench.connect(17, HdlcAddress.server(1, 17));
    assertTrue(one.exchange(AARQ).contains("A203020100"), "accepted");
    assertTrue(one.exchange("6003A10100").contains("A203020101"), "rejected-permanent");
    assertTrue(other.exchange(AARQ).contains("A203020102"), "rejected-transient");
    assertEquals("C401C10009060000280000FF", one.exchange(GET_NAME));
  }
}
