package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.DataNotificationConfirm;
import io.dlms4j.cosem.apdu.EventNotification;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import io.dlms4j.cosem.apdu.InformationReport;
import io.dlms4j.cosem.association.GeneralBlockTransferExchange.Purpose;
import io.dlms4j.cosem.association.NotificationSenderEvent.Failed;
import io.dlms4j.cosem.association.NotificationSenderEvent.Sent;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.ProtectionException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Tells one peer something without being asked and without an association that was opened for it:
 * the meter's side of a push (Green Book 9.3.10, Blue Book 4.4.8). A pure state machine above a
 * link, for one notification after the other, used by one thread at a time.
 *
 * <p>It protects the notification, cuts it into blocks if it is longer than the peer takes, sends
 * again what of them is not acknowledged, and waits for the confirmation of a confirmed
 * DataNotification. To send the whole notification once more is for its caller to decide; it is
 * protected anew then, with the next invocation counter.
 */
public final class NotificationSender {
  /** The deadline when there is nothing to wait for. */
  public static final long NEVER = GeneralBlockTransferMachine.NEVER;

  private final NotificationSenderConfig config;
  private final ApduCodec codec = ApduCodec.STANDARD;
  private final GeneralBlockTransferMachine blocks;
  private final @Nullable MessageSecurity security;
  private final Deque<NotificationSenderEvent> events = new ArrayDeque<>();
  private @Nullable Octets waiting;
  private @Nullable DataNotification unconfirmed;
  private boolean underWay;
  private long confirmedUntil = NEVER;

  /**
   * A sender that has sent nothing.
   *
   * @param config how it sends
   */
  public NotificationSender(NotificationSenderConfig config) {
    this.config = config;
    this.blocks = new GeneralBlockTransferMachine(config.blocks(), codec, false);
    this.blocks.reset(config.maxPduSize());
    ApduProtection protection = config.protection();
    this.security = protection == null ? null : new MessageSecurity(protection, codec);
  }

  /**
   * Whether a notification is under way, so that none may be sent.
   *
   * @return true from {@link #send} to its event
   */
  public boolean isUnderWay() {
    return underWay;
  }

  /**
   * Sends a notification.
   *
   * @param notification a DataNotification, an EventNotification or an InformationReport
   * @param now time, in nanoseconds
   * @throws IllegalArgumentException if it is another APDU
   * @throws IllegalStateException if another one is under way
   */
  public void send(Apdu notification, long now) {
    if (!(notification instanceof DataNotification
        || notification instanceof EventNotification
        || notification instanceof InformationReport)) {
      throw new IllegalArgumentException(
          notification.getClass().getSimpleName() + " is no notification");
    }
    if (underWay) {
      throw new IllegalStateException("a notification is under way");
    }
    underWay = true;
    Octets message = codec.encode(notification);
    try {
      if (security != null) {
        message = security.protect(message, config.form());
      }
    } catch (ProtectionException e) {
      end(new Failed(e));
      return;
    }
    unconfirmed =
        notification instanceof DataNotification data
                && data.longInvokeIdAndPriority().isConfirmed()
            ? data
            : null;
    waiting = message;
    takeTurn(now);
  }

  /** Begins as soon as nothing of the notification before can be taken for a part of this one. */
  private void takeTurn(long now) {
    Octets message = waiting;
    if (message != null && blocks.canSend(Purpose.NOTIFICATION, now)) {
      waiting = null;
      blocks.send(
          OutgoingApdu.of(message, Purpose.NOTIFICATION).pieces(), Purpose.NOTIFICATION, now);
    }
  }

  /**
   * Takes an APDU from the link: word about blocks, or a confirmation. Anything else is dropped.
   *
   * @param apdu the whole of it
   * @param now time, in nanoseconds
   */
  public void receive(Octets apdu, long now) {
    try {
      if (ApduChannel.isBlock(apdu)) {
        blocks.receive((GeneralBlockTransfer) codec.decode(apdu), now);
        settle(now);
      } else {
        receiveConfirmation(apdu, now);
      }
    } catch (ApduException | ProtectionException e) {
      // Nothing that is awaited: the confirmation may still come.
    }
  }

  private void receiveConfirmation(Octets message, long now) {
    DataNotification due = unconfirmed;
    if (due == null || !underWay) {
      return;
    }
    Octets text = message;
    if (security != null) {
      text = security.unprotect(message).requireForOne().require(config.form().protection()).apdu();
    }
    if (codec.decode(text) instanceof DataNotificationConfirm confirm
        && confirm.longInvokeIdAndPriority().longInvokeId()
            == due.longInvokeIdAndPriority().longInvokeId()) {
      blocks.abandon(now);
      end(new Sent(true));
    }
  }

  /**
   * The next APDU for the link.
   *
   * @param now time, in nanoseconds
   * @return an APDU, or null if there is none at present
   */
  public @Nullable Octets pollTransmit(long now) {
    takeTurn(now);
    Octets apdu = blocks.pollTransmit(now);
    settle(now);
    return apdu;
  }

  /** What has gone out is sent, or has its confirmation to wait for. */
  private void settle(long now) {
    for (GeneralBlockTransferEvent event = blocks.pollEvent();
        event != null;
        event = blocks.pollEvent()) {
      if (event instanceof GeneralBlockTransferEvent.Failed failed && underWay) {
        end(new Failed(failed.cause()));
      }
    }
    if (!underWay || waiting != null || blocks.isSendingBlocks() || blocks.hasOutgoing()) {
      return;
    }
    if (unconfirmed == null) {
      end(new Sent(false));
    } else if (confirmedUntil == NEVER) {
      confirmedUntil = now + config.confirmationTimeout().toNanos();
    }
  }

  private void end(NotificationSenderEvent event) {
    underWay = false;
    waiting = null;
    unconfirmed = null;
    confirmedUntil = NEVER;
    events.add(event);
  }

  /**
   * How the notification has fared.
   *
   * @return an event, or null if there is none at present
   */
  public @Nullable NotificationSenderEvent pollEvent() {
    return events.poll();
  }

  /**
   * When {@link #onDeadline} has to be called at the latest.
   *
   * @return a time in nanoseconds, or {@link #NEVER}
   */
  public long nextDeadline() {
    return Math.min(confirmedUntil, blocks.nextDeadline());
  }

  /**
   * Says that time has passed; harmless before the deadline.
   *
   * @param now time, in nanoseconds
   */
  public void onDeadline(long now) {
    blocks.onDeadline(now);
    settle(now);
    if (underWay && now >= confirmedUntil) {
      end(
          new Failed(
              new RequestTimeoutException(
                  "no Data-Notification-Confirm came within "
                      + config.confirmationTimeout().toMillis()
                      + " ms (Green Book 9.3.10)")));
    }
  }

  /**
   * The link is gone, or does not take what it was given.
   *
   * @param cause why
   */
  public void linkDown(DlmsException cause) {
    blocks.reset(config.maxPduSize());
    if (underWay) {
      end(new Failed(cause));
    }
  }
}
