package io.dlms4j.cosem.association;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import io.dlms4j.cosem.association.NotificationReceiverEvent.KeysWanted;
import io.dlms4j.cosem.association.NotificationReceiverEvent.Received;
import io.dlms4j.cosem.association.NotificationReceiverEvent.Refused;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A meter that tells and a head-end that listens, on a virtual clock and a line that may fail. */
final class NotificationBench {
  static final SystemTitle METER = SystemTitle.ofHex("4B414D0001112131");
  static final SystemTitle HEAD_END = SystemTitle.ofHex("484E440000000001");
  static final KeyRing KEYS =
      KeyRing.builder(SecuritySuite.SUITE_0)
          .unicastKey(KeyMaterial.ofHex("000102030405060708090A0B0C0D0E0F"))
          .authenticationKey(KeyMaterial.ofHex("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF"))
          .masterKey(KeyMaterial.ofHex("00112233445566778899AABBCCDDEEFF"))
          .build();
  static final Set<Protection> ALL = Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED);

  final List<Received> received = new ArrayList<>();
  final List<Refused> refused = new ArrayList<>();
  final List<NotificationSenderEvent> told = new ArrayList<>();
  final List<Octets> toHeadEnd = new ArrayList<>();
  final NotificationSender meter;
  final NotificationReceiver headEnd;
  final Random random;
  int loss;
  int duplication;
  int longestDelay = 1_000_000;
  boolean confirms = true;
  Function<SystemTitle, @Nullable KeyRing> keys = title -> KEYS;
  long now = 1;
  private final PriorityQueue<Travelling> line =
      new PriorityQueue<>(Comparator.comparingLong(Travelling::arrival));

  private record Travelling(long arrival, Octets apdu, boolean up) {}

  NotificationBench(
      NotificationSenderConfig sending, NotificationReceiverConfig receiving, long seed) {
    meter = new NotificationSender(sending);
    headEnd = new NotificationReceiver(receiving);
    random = new Random(seed);
  }

  static SecureRandom secureRandom() {
    return new SecureRandom();
  }

  static NotificationReceiverConfig.Builder secured() {
    return NotificationReceiverConfig.builder()
        .security(HEAD_END, new InMemoryInvocationCounterStore(), secureRandom());
  }

  static ApduProtection protection(KeyRing keys, InvocationCounterStore counters) {
    return ApduProtection.builder(keys, METER, HEAD_END, counters, secureRandom()).build();
  }

  static NotificationSenderConfig.Builder ciphered(CipheringForm form) {
    return NotificationSenderConfig.builder()
        .protection(
            protection(KEYS, new InMemoryInvocationCounterStore()),
            form,
            KeyKind.GLOBAL_UNICAST,
            ALL);
  }

  static DataNotification notification(int id, boolean confirmed, int octets) {
    return new DataNotification(
        LongInvokeIdAndPriority.of(id, confirmed, false),
        Octets.EMPTY,
        EncodedData.of(CosemData.octetString(Octets.view(new byte[octets]))));
  }

  /** Runs until nothing is on the way and nobody waits for anything. */
  void run() {
    for (int turns = 0; turns < 100_000; turns++) {
      turn();
      Travelling next = line.peek();
      long at =
          Math.min(
              next == null ? Long.MAX_VALUE : next.arrival(),
              Math.min(meter.nextDeadline(), headEnd.nextDeadline()));
      if (at == Long.MAX_VALUE) {
        return;
      }
      now = Math.max(now, at);
      while (line.peek() != null && line.peek().arrival() <= now) {
        Travelling arrived = line.remove();
        if (arrived.up()) {
          headEnd.receive(arrived.apdu(), now);
        } else {
          meter.receive(arrived.apdu(), now);
        }
        turn();
      }
      meter.onDeadline(now);
      headEnd.onDeadline(now);
    }
    throw new AssertionError("never comes to rest");
  }

  private void turn() {
    for (Octets out = meter.pollTransmit(now); out != null; out = meter.pollTransmit(now)) {
      toHeadEnd.add(out);
      send(out, true);
    }
    takeEvents();
    for (Octets out = headEnd.pollTransmit(now); out != null; out = headEnd.pollTransmit(now)) {
      send(out, false);
    }
    takeEvents();
    for (NotificationSenderEvent event = meter.pollEvent();
        event != null;
        event = meter.pollEvent()) {
      told.add(event);
    }
  }

  private void takeEvents() {
    for (NotificationReceiverEvent event = headEnd.pollEvent();
        event != null;
        event = headEnd.pollEvent()) {
      if (event instanceof Received one) {
        received.add(one);
        if (confirms) {
          headEnd.confirm(one.number());
        }
      } else if (event instanceof Refused one) {
        refused.add(one);
      } else if (event instanceof KeysWanted wanted) {
        KeyRing found = keys.apply(wanted.originator());
        if (found == null) {
          headEnd.refuseKeys(wanted.originator(), "nobody knows it", now);
        } else {
          headEnd.useKeys(wanted.originator(), found, now);
        }
      }
    }
  }

  private void send(Octets apdu, boolean up) {
    if (random.nextInt(100) < loss) {
      return;
    }
    int copies = random.nextInt(100) < duplication ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      line.add(new Travelling(now + 1 + random.nextInt(longestDelay), apdu, up));
    }
  }
}
