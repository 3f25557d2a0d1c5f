package io.dlms4j.client.push;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SystemTitle;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all lines of a listener share: the handler and how much it has in hand, what came lately,
 * and what is counted. For all threads.
 */
final class PushDesk {
  private final PushHandler handler;
  private final Consumer<PushRefusal> onRefused;
  private final RecentNotifications recent;
  private final int mostInHand;
  private final AtomicInteger inHand = new AtomicInteger();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder confirmed = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final Map<PushRefusal.Reason, LongAdder> refused =
      new EnumMap<>(PushRefusal.Reason.class);

  PushDesk(
      PushHandler handler,
      Consumer<PushRefusal> onRefused,
      RecentNotifications recent,
      int mostInHand) {
    this.handler = handler;
    this.onRefused = onRefused;
    this.recent = recent;
    this.mostInHand = mostInHand;
    for (PushRefusal.Reason reason : PushRefusal.Reason.values()) {
      refused.put(reason, new LongAdder());
    }
  }

  /**
   * Delivers a notification, unless it has been delivered before.
   *
   * @param confirmation confirms it; may be run on any thread, and on a line that is gone
   */
  void deliver(ReceivedNotification notification, Runnable confirmation, long now) {
    Runnable counted =
        () -> {
          confirmed.increment();
          confirmation.run();
        };
    RecentNotifications.Key key = key(notification);
    if (key != null && recent.note(key, counted, now) == RecentNotifications.Verdict.AGAIN) {
      repeated.increment();
      return;
    }
    if (inHand.incrementAndGet() > mostInHand) {
      inHand.decrementAndGet();
      forget(key);
      refuse(
          notification.source(),
          notification.originator(),
          PushRefusal.Reason.BUSY,
          PushRefusal.busy(mostInHand));
      return;
    }
    delivered.increment();
    CompletionStage<?> handled;
    try {
      handled = handler.onNotification(notification);
    } catch (RuntimeException | Error e) {
      failed(notification, key, e);
      return;
    }
    handled.whenComplete(
        (nothing, failure) -> {
          if (failure != null) {
            failed(notification, key, failure);
            return;
          }
          inHand.decrementAndGet();
          if (key != null && !recent.done(key)) {
            counted.run();
          }
        });
  }

  private void failed(
      ReceivedNotification notification, RecentNotifications.@Nullable Key key, Throwable failure) {
    inHand.decrementAndGet();
    forget(key);
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    refuse(
        notification.source(), notification.originator(), PushRefusal.Reason.HANDLER_FAILED, cause);
  }

  private void forget(RecentNotifications.@Nullable Key key) {
    if (key != null) {
      recent.failed(key);
    }
  }

  private static RecentNotifications.@Nullable Key key(ReceivedNotification notification) {
    Apdu apdu = notification.notification();
    if (!(apdu instanceof DataNotification data) || !notification.isConfirmed()) {
      return null;
    }
    SystemTitle originator = notification.originator();
    Octets octets = ApduCodec.STANDARD.encode(data);
    return new RecentNotifications.Key(
        originator != null ? originator : host(notification.source().remote()),
        notification.source().serverSap(),
        notification.source().clientSap(),
        data.longInvokeIdAndPriority().longInvokeId(),
        octets.length(),
        octets.hashCode());
  }

  /** A meter that connects anew has another port. */
  private static Object host(@Nullable SocketAddress remote) {
    return remote instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress()
        : String.valueOf(remote);
  }

  /** Something was refused below. */
  void refuse(PushSource source, @Nullable SystemTitle claimed, DlmsException cause) {
    PushRefusal.Reason reason =
        cause instanceof ProtectionException
            ? PushRefusal.Reason.PROTECTION
            : PushRefusal.Reason.MALFORMED;
    refuse(source, claimed, reason, cause);
  }

  void refuse(
      PushSource source,
      @Nullable SystemTitle claimed,
      PushRefusal.Reason reason,
      Throwable cause) {
    LongAdder counter = refused.get(reason);
    if (counter != null) {
      counter.increment();
    }
    try {
      onRefused.accept(new PushRefusal(source, claimed, reason, cause));
    } catch (RuntimeException | Error e) {
      // The application's code: it must not cost the line.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  PushStatistics statistics() {
    Map<PushRefusal.Reason, Long> counts = new EnumMap<>(PushRefusal.Reason.class);
    refused.forEach(
        (reason, count) -> {
          if (count.sum() > 0) {
            counts.put(reason, count.sum());
          }
        });
    return new PushStatistics(delivered.sum(), confirmed.sum(), repeated.sum(), counts);
  }
}
