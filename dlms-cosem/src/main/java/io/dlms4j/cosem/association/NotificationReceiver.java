package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.DataNotificationConfirm;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import io.dlms4j.cosem.apdu.ProtectedApdu;
import io.dlms4j.cosem.association.NotificationReceiverEvent.KeysWanted;
import io.dlms4j.cosem.association.NotificationReceiverEvent.Received;
import io.dlms4j.cosem.association.NotificationReceiverEvent.Refused;
import io.dlms4j.cosem.association.NotificationReceiverEvent.Unfinished;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes what one peer tells without being asked and without an association that was opened for it:
 * DataNotification, EventNotification and InformationReport, in clear or protected, whole or in
 * blocks (Green Book 9.3.10, 9.4.6.13, pre-established associations). A pure state machine above a
 * link, used by one thread at a time.
 *
 * <p>No octets from the peer make it throw. What it does not take it tells as {@link Refused} or
 * {@link Unfinished}, and goes on. Nothing is confirmed unless {@link #confirm} says so: whoever
 * keeps what was told may do that first.
 */
public final class NotificationReceiver {
  /** The deadline when there is nothing to wait for. */
  public static final long NEVER = GeneralBlockTransferMachine.NEVER;

  /** Most events that wait; a peer that floods finds the rest dropped. */
  private static final int MOST_EVENTS = 64;

  /** Most messages that wait for keys. */
  private static final int MOST_HELD = 16;

  /** Most notifications that may still be confirmed; the oldest is forgotten first. */
  private static final int MOST_UNCONFIRMED = 64;

  private final NotificationReceiverConfig config;
  private final NotificationOpener opener;
  private final GeneralBlockTransferMachine blocks;
  private final Deque<NotificationReceiverEvent> events = new ArrayDeque<>();
  private final Deque<Octets> outgoing = new ArrayDeque<>();
  private final Deque<Held> held = new ArrayDeque<>();
  private final Map<Long, Unconfirmed> unconfirmed = new LinkedHashMap<>();
  private long numbers;
  private int heldOctets;
  private int blockOctets;
  private @Nullable SystemTitle awaited;
  private long keysUntil = NEVER;

  private record Held(Octets message, boolean inBlocks) {}

  private record Unconfirmed(DataNotification notification, NotificationOpener.Opened opened) {}

  /**
   * A receiver that has heard nothing.
   *
   * @param config what it takes
   */
  public NotificationReceiver(NotificationReceiverConfig config) {
    this.config = config;
    this.opener = new NotificationOpener(config);
    this.blocks = new GeneralBlockTransferMachine(config.blocks(), config.codec(), true);
  }

  /**
   * Takes an APDU from the link.
   *
   * @param apdu the whole of it
   * @param now time, in nanoseconds
   */
  public void receive(Octets apdu, long now) {
    if (events.size() >= MOST_EVENTS) {
      return;
    }
    if (ApduChannel.isBlock(apdu)) {
      receiveBlock(apdu, now);
    } else {
      receiveMessage(apdu, false, now);
    }
  }

  private void receiveBlock(Octets apdu, long now) {
    GeneralBlockTransfer block;
    try {
      block = (GeneralBlockTransfer) config.codec().decode(apdu);
    } catch (ApduException e) {
      refuse(null, e);
      return;
    }
    int more = Math.min(block.blockData().length(), config.blocks().maxOctets() - blockOctets);
    if (!config.budget().take(more)) {
      events.add(
          new Unfinished(noRoom("there is no room for a further block: too much is unfinished")));
      blocks.abandon(now);
      settleBlocks(now);
      return;
    }
    blockOctets += more;
    blocks.receive(block, now);
    settleBlocks(now);
  }

  /** Hands on what the blocks have brought, and gives back what they need no more. */
  private void settleBlocks(long now) {
    for (GeneralBlockTransferEvent event = blocks.pollEvent();
        event != null;
        event = blocks.pollEvent()) {
      if (event instanceof GeneralBlockTransferEvent.Received received) {
        releaseBlocks();
        receiveMessage(received.apdu(), true, now);
      } else if (event instanceof GeneralBlockTransferEvent.Failed failed) {
        events.add(new Unfinished(failed.cause()));
      }
    }
    if (!blocks.isReassembling()) {
      releaseBlocks();
    }
  }

  private void releaseBlocks() {
    config.budget().giveBack(blockOctets);
    blockOctets = 0;
  }

  private void receiveMessage(Octets message, boolean inBlocks, long now) {
    boolean isProtected = !message.isEmpty() && ProtectedApdu.isTag(message.at(0));
    if (isProtected && awaited != null) {
      hold(message, inBlocks);
      return;
    }
    SystemTitle claimed = null;
    try {
      if (isProtected) {
        claimed = opener.originator(message);
        if (!opener.hasKeys(claimed)) {
          if (hold(message, inBlocks)) {
            awaited = claimed;
            keysUntil = now + config.keyTimeout().toNanos();
            events.add(new KeysWanted(opener.own(), claimed));
          }
          return;
        }
      }
      deliver(opener.open(message), inBlocks);
    } catch (DlmsException e) {
      if (e instanceof ProtectionException refusal) {
        opener.doubtKeys(refusal.reason());
      }
      refuse(claimed, e);
    }
  }

  private boolean hold(Octets message, boolean inBlocks) {
    if (held.size() >= MOST_HELD || !config.budget().take(message.length())) {
      events.add(new Unfinished(noRoom("too much waits for keys already")));
      return false;
    }
    heldOctets += message.length();
    // What waits must not keep the whole read of the line alive that it came in.
    held.add(new Held(message.copy(), inBlocks));
    return true;
  }

  private void deliver(NotificationOpener.Opened opened, boolean inBlocks) {
    Apdu notification = opened.notification();
    long number = numbers++;
    if (notification instanceof DataNotification data
        && data.longInvokeIdAndPriority().isConfirmed()) {
      unconfirmed.put(number, new Unconfirmed(data, opened));
      if (unconfirmed.size() > MOST_UNCONFIRMED) {
        Iterator<Long> oldest = unconfirmed.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    events.add(
        new Received(
            number, notification, opened.originator(), opened.form().protection(), inBlocks));
  }

  private static DlmsException noRoom(String message) {
    return new DlmsException(DlmsException.Origin.LOCAL, DlmsException.Scope.REQUEST, message);
  }

  private void refuse(@Nullable SystemTitle claimed, DlmsException cause) {
    events.add(new Refused(claimed, cause));
  }

  /**
   * The keys that were wanted.
   *
   * @param originator whose they are; others than were asked for are not taken
   * @param keys the keys that this side has with it
   * @param now time, in nanoseconds
   */
  public void useKeys(SystemTitle originator, KeyRing keys, long now) {
    if (!originator.equals(awaited)) {
      return;
    }
    try {
      opener.useKeys(originator, keys);
    } catch (IllegalArgumentException e) {
      refuseKeys(originator, "the keys cannot be used: " + e.getMessage(), now);
      return;
    }
    takeUp(now);
  }

  /**
   * There are no keys: whatever waits for them is refused.
   *
   * @param originator whose they would be
   * @param reason what the operator must know
   * @param now time, in nanoseconds
   */
  public void refuseKeys(SystemTitle originator, String reason, long now) {
    if (!originator.equals(awaited)) {
      return;
    }
    Held first = held.poll();
    if (first != null) {
      giveBack(first);
    }
    refuse(originator, ProtectionException.local(ProtectionException.Reason.UNKNOWN_KEY, reason));
    takeUp(now);
  }

  /** Takes what was held, as far as that waits for no other keys. */
  private void takeUp(long now) {
    awaited = null;
    keysUntil = NEVER;
    Deque<Held> waiting = new ArrayDeque<>(held);
    held.clear();
    for (Held each : waiting) {
      giveBack(each);
      receiveMessage(each.message(), each.inBlocks(), now);
    }
  }

  private void giveBack(Held each) {
    heldOctets -= each.message().length();
    config.budget().giveBack(each.message().length());
  }

  /**
   * Confirms a DataNotification whose service class asks for it, protected as it was itself (Green
   * Book 9.3.10). Does nothing for anything else, or if it is done already.
   *
   * @param number names the notification
   */
  public void confirm(long number) {
    Unconfirmed due = unconfirmed.remove(number);
    if (due == null) {
      return;
    }
    Octets confirmation =
        config
            .codec()
            .encode(
                new DataNotificationConfirm(
                    due.notification().longInvokeIdAndPriority(), Octets.EMPTY));
    try {
      outgoing.add(due.opened().protectAnswer(confirmation));
    } catch (ProtectionException e) {
      refuse(due.opened().originator(), e);
    }
  }

  /**
   * The next APDU for the link.
   *
   * @param now time, in nanoseconds
   * @return an APDU, or null if there is none at present
   */
  public @Nullable Octets pollTransmit(long now) {
    Octets confirmation = outgoing.poll();
    if (confirmation != null) {
      return confirmation;
    }
    Octets block = blocks.pollTransmit(now);
    settleBlocks(now);
    return block;
  }

  /**
   * The next thing that the layer above must know.
   *
   * @return an event, or null if there is none at present
   */
  public @Nullable NotificationReceiverEvent pollEvent() {
    return events.poll();
  }

  /**
   * When {@link #onDeadline} has to be called at the latest.
   *
   * @return a time in nanoseconds, or {@link #NEVER}
   */
  public long nextDeadline() {
    return Math.min(keysUntil, blocks.nextDeadline());
  }

  /**
   * Says that time has passed; harmless before the deadline.
   *
   * @param now time, in nanoseconds
   */
  public void onDeadline(long now) {
    blocks.onDeadline(now);
    settleBlocks(now);
    SystemTitle late = awaited;
    if (late != null && now >= keysUntil) {
      refuseKeys(late, "no keys were found within " + config.keyTimeout(), now);
    }
  }

  /**
   * The link is gone: what is unfinished is told as refused, and its room given back.
   *
   * @param cause why
   */
  public void linkDown(DlmsException cause) {
    if (blocks.isReassembling()) {
      events.add(
          new Unfinished(
              new ProtocolException(
                  DlmsException.Scope.REQUEST,
                  "the link ended within a notification in blocks: " + cause.getMessage(),
                  cause)));
    }
    blocks.reset(0);
    releaseBlocks();
    config.budget().giveBack(heldOctets);
    heldOctets = 0;
    held.clear();
    outgoing.clear();
    unconfirmed.clear();
    awaited = null;
    keysUntil = NEVER;
  }
}
