package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.line.FaultLine;
import io.dlms4j.line.Faults;
import io.dlms4j.line.TwoEnds;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One session, all of it by seed: parameters, faults, what is sent and when, and who is not ready
 * for a while. Its rules are checked as it goes: what comes in is what was handed in at the other
 * end since the connection was set up, in that order.
 */
final class FaultLineSession {
  private static final LinkAddress CONNECTION = new LinkAddress(18, 16, 32);
  private static final long MILLISECOND = 1_000_000L;
  private static final long SECOND = 1000 * MILLISECOND;
  private static final long LONGEST_SESSION = 24 * 3600 * SECOND;
  private static final int MOST_STEPS = 200_000;

  /** What became of a number of sessions. */
  static final class Tally {
    private long undisturbed;
    private long told;
    private long delivered;
    private long harmed;
    private long unconfirmed;
    private long steps;

    void add(Tally other) {
      undisturbed += other.undisturbed;
      told += other.told;
      delivered += other.delivered;
      harmed += other.harmed;
      unconfirmed += other.unconfirmed;
      steps += other.steps;
    }

    long undisturbed() {
      return undisturbed;
    }

    long told() {
      return told;
    }

    long delivered() {
      return delivered;
    }

    long harmed() {
      return harmed;
    }

    @Override
    public String toString() {
      return undisturbed
          + " got through, "
          + told
          + " were told otherwise; "
          + delivered
          + " payloads, "
          + unconfirmed
          + " unconfirmed, "
          + harmed
          + " faults, "
          + steps
          + " steps";
    }
  }

  /** One of the users: keeps what its link took, and checks what comes against the other's. */
  private final class End implements LinkUser {
    private record Timed(long time, Payload payload) {}

    private final boolean client;
    private final Link link;
    private final ArrayDeque<Timed> toSend = new ArrayDeque<>();
    private final List<Payload> taken = new ArrayList<>();
    private final Set<Payload> unconfirmed = new HashSet<>();
    private int arrived;
    private boolean up;
    private LinkEvent.@Nullable DownReason reason;
    private @Nullable Payload offered;
    private long readyAt = Link.NEVER;

    End(boolean client, Link link) {
      this.client = client;
      this.link = link;
    }

    private End other() {
      return client ? server() : client();
    }

    @Override
    public void onLinkEvent(LinkEvent event, long now) {
      assertEquals(CONNECTION, event.address());
      if (event instanceof LinkEvent.Up) {
        assertTrue(!client || !up, "up twice");
        startAnew();
        up = true;
        reason = null;
      } else if (event instanceof LinkEvent.Received received) {
        assertTrue(up, "a payload on a connection that is down");
        assertTrue(arrived < other().taken.size(), "a payload that nobody sent, or one twice");
        assertEquals(other().taken.get(arrived), received.payload(), "payload " + arrived);
        arrived++;
        tally.delivered++;
        if (!client) {
          answer(now);
        }
        if (random.nextInt(12) == 0) {
          link.setReady(CONNECTION, false, now);
          readyAt = now + random.nextInt(3000) * MILLISECOND;
        }
      } else if (event instanceof LinkEvent.ReceivedUnconfirmed received) {
        assertTrue(other().unconfirmed.contains(received.payload()), "not what was sent");
        tally.unconfirmed++;
      } else if (event instanceof LinkEvent.Down down) {
        assertTrue(up || client, "down twice");
        up = false;
        reason = down.reason();
      }
    }

    private void startAnew() {
      // What was handed in before is gone, and this event says so.
      taken.clear();
      toSend.clear();
      arrived = 0;
      readyAt = Link.NEVER;
      if (client) {
        // Its server had SNRM before this, but perhaps payloads of its own meanwhile.
        assertEquals(0, server().arrived);
      }
    }

    private void answer(long now) {
      long thinking = random.nextInt(3) == 0 ? random.nextInt(2500) * MILLISECOND : 0;
      toSend.add(new Timed(now + thinking, payload()));
      if (random.nextInt(10) == 0) {
        toSend.add(new Timed(now + thinking, payload()));
      }
      if (random.nextInt(10) == 0) {
        sendUnconfirmed(now);
      }
    }

    void sendUnconfirmed(long now) {
      Payload payload = Octets.random(random, 1 + random.nextInt(125));
      if (link.sendUnconfirmed(CONNECTION, payload, now)) {
        unconfirmed.add(payload);
      }
    }

    @Override
    public @Nullable Outgoing pollOutgoing(long now) {
      takeOffered();
      if (now >= readyAt) {
        readyAt = Link.NEVER;
        link.setReady(CONNECTION, true, now);
      }
      Timed next = toSend.peek();
      if (next == null || now < next.time()) {
        return null;
      }
      toSend.remove();
      offered = next.payload();
      return new Outgoing(CONNECTION, next.payload());
    }

    private void takeOffered() {
      if (offered != null) {
        taken.add(offered);
        offered = null;
      }
    }

    @Override
    public void onRefused(Outgoing refused, long now) {
      assertTrue(!up || taken.size() - other().arrived >= 64, "refused without a reason");
      offered = null;
    }

    @Override
    public long nextDeadline() {
      Timed next = toSend.peek();
      return Math.min(readyAt, next == null ? Link.NEVER : next.time());
    }

    @Override
    public void onDeadline(long now) {}
  }

  private final Random random;
  private final int longestPayload;
  private final FaultLine line;
  private final TwoEnds ends;
  private final End client;
  private final End server;
  private final Tally tally = new Tally();
  private int payloads;
  private int sent;
  private int distinct;

  FaultLineSession(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    HdlcParameters clientHas = parameters();
    HdlcParameters serverHas = parameters();
    int shortest =
        Math.min(
            Math.min(
                clientHas.maxInformationFieldLengthTransmit(),
                clientHas.maxInformationFieldLengthReceive()),
            Math.min(
                serverHas.maxInformationFieldLengthTransmit(),
                serverHas.maxInformationFieldLengthReceive()));
    longestPayload = Math.min(6000, shortest * (1 + random.nextInt(20)));
    int most = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(120);
    boolean lone =
        Math.min(clientHas.windowSizeTransmit(), serverHas.windowSizeReceive()) == 1
            && Math.min(clientHas.windowSizeReceive(), serverHas.windowSizeTransmit()) == 1;
    Faults faults =
        random.nextInt(3) == 0
            ? Faults.overtaking(random, most, lone)
            : Faults.mixed(random, most, (1 + random.nextInt(6)) * SECOND);
    HdlcPrimary primary =
        new HdlcPrimary(
            HdlcPrimaryConfig.builder(18, HdlcAddress.server(16, 32))
                .parameters(clientHas)
                .retransmissions(random.nextInt(9))
                .build());
    HdlcSecondary secondary =
        new HdlcSecondary(
            HdlcSecondaryConfig.builder()
                .device(32, Set.of(1, 16))
                .parameters(serverHas)
                .inactivityTimeout(Duration.ofSeconds(60))
                .answerTimeout(Duration.ofMillis(random.nextInt(500)))
                .build());
    client = new End(true, primary);
    server = new End(false, secondary);
    line = new FaultLine(faults, random.nextLong());
    ends = new TwoEnds(primary, client, secondary, server, line);
  }

  private HdlcParameters parameters() {
    return new HdlcParameters(length(), length(), 1 + random.nextInt(7), 1 + random.nextInt(7));
  }

  private int length() {
    int[] longest = {10, 128, 128, 600, 2030};
    return 1 + random.nextInt(longest[random.nextInt(longest.length)]);
  }

  private End client() {
    return client;
  }

  private End server() {
    return server;
  }

  Tally tally() {
    return tally;
  }

  long trace() {
    return ends.trace();
  }

  /** A payload that is like no other. */
  private Payload payload() {
    distinct++;
    byte[] number = {(byte) (distinct >>> 8), (byte) distinct};
    return Octets.join(
        Payload.of(number), Octets.random(random, random.nextInt(longestPayload + 1)));
  }

  void run() {
    ends.second().lineReady(ends.now());
    int connections = 1 + random.nextInt(2);
    boolean undisturbed = true;
    for (int i = 0; i < connections; i++) {
      undisturbed &= connect();
    }
    if (undisturbed) {
      tally.undisturbed++;
    } else {
      tally.told++;
    }
    tally.steps = ends.steps();
    tally.harmed = line.harms();
  }

  /** One connection from SNRM to the end; whether all payloads of the client were answered. */
  private boolean connect() {
    client.reason = null;
    ends.first().lineReady(ends.now());
    payloads = 1 + random.nextInt(12);
    sent = 0;
    until(() -> client.up || client.reason != null);
    while (client.reason == null && sent < payloads) {
      int batch = Math.min(payloads - sent, 1 + random.nextInt(random.nextBoolean() ? 1 : 6));
      for (int i = 0; i < batch; i++) {
        client.toSend.add(new End.Timed(Long.MIN_VALUE, payload()));
        sent++;
      }
      if (random.nextInt(5) == 0) {
        client.sendUnconfirmed(ends.now());
      }
      ends.wake();
      if (random.nextInt(4) == 0) {
        pause(random.nextInt(3000) * MILLISECOND);
      } else {
        until(() -> isAnswered());
      }
    }
    until(() -> isAnswered());
    boolean complete = client.reason == null;
    if (complete) {
      assertEquals(sent, client.taken.size());
      assertEquals(sent, server.arrived, "the client was not told");
      ends.first().close(ends.now());
      until(() -> client.reason != null);
    }
    // The server is told at the latest when its client has been silent for too long.
    until(() -> !server.up);
    // What is still on its way would belong to the connection before.
    pause(60 * SECOND);
    return complete;
  }

  private boolean isAnswered() {
    return client.reason != null || (server.arrived >= sent && client.arrived >= sent);
  }

  private interface Condition {
    boolean holds();
  }

  private void until(Condition condition) {
    long end = ends.now() + LONGEST_SESSION;
    while (!condition.holds()) {
      assertTrue(ends.step(end), "nothing more happens");
      assertTrue(ends.steps() < MOST_STEPS, "no end after so many steps");
    }
  }

  private void pause(long duration) {
    long end = ends.now() + duration;
    while (ends.step(end)) {
      assertTrue(ends.steps() < MOST_STEPS, "no end after so many steps");
    }
    ends.sleepUntil(end);
  }
}
