package io.dlms4j.client.push;

import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.cosem.association.NotificationReceiverConfig;
import io.dlms4j.cosem.association.ReassemblyBudget;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.hdlc.HdlcUnnumberedConfig;
import io.dlms4j.transport.BindOptions;
import io.dlms4j.transport.LineException;
import io.dlms4j.transport.Recording;
import io.dlms4j.transport.SerialSettings;
import io.dlms4j.transport.TransportLoop;
import io.dlms4j.wrapper.WrapperServerConfig;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a {@link PushListener} together. For one thread at a time. */
public final class PushListenerBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(PushListener.class);

  /** Client SAPs that every link knows; 127 stands for all. */
  private static final Set<Integer> USUAL_SAPS =
      IntStream.rangeClosed(1, 126).boxed().collect(Collectors.toUnmodifiableSet());

  /** Pairs of wPorts on one line. */
  private static final int MOST_PAIRS = 16;

  private final List<PushPort> ports = new ArrayList<>();
  private final NotificationReceiverConfig.Builder receiving = NotificationReceiverConfig.builder();
  private Set<Integer> clientSaps = USUAL_SAPS;
  private int maxLines = 10_000;
  private Duration idleTimeout = Duration.ofMinutes(3);
  private int maxInHand = 1024;
  private Duration repetitionWindow = Duration.ofMinutes(10);
  private Consumer<PushRefusal> onRefused = refusal -> {};
  private @Nullable KeyProvider keys;
  private @Nullable PushHandler handler;
  private @Nullable Recording recording;
  private @Nullable TransportLoop loop;

  PushListenerBuilder() {}

  /**
   * Listens on a TCP address, with the COSEM wrapper.
   *
   * @param address interface and port, or port 0 for one that the system chooses
   * @return this
   */
  public PushListenerBuilder tcp(InetSocketAddress address) {
    ports.add(new PushPort.Tcp(address));
    return this;
  }

  /**
   * Listens on a UDP address, with the COSEM wrapper.
   *
   * @param address interface and port, or port 0 for one that the system chooses
   * @return this
   */
  public PushListenerBuilder udp(InetSocketAddress address) {
    ports.add(new PushPort.Udp(address));
    return this;
  }

  /**
   * Listens on a TCP address for HDLC UI frames, segmented or not.
   *
   * @param address interface and port, or port 0 for one that the system chooses
   * @param hdlc limits of the frames
   * @return this
   */
  public PushListenerBuilder hdlc(InetSocketAddress address, HdlcUnnumberedConfig hdlc) {
    ports.add(new PushPort.HdlcTcp(address, hdlc));
    return this;
  }

  /**
   * Listens on a serial line for HDLC UI frames, segmented or not, as meters send them on a port
   * for their customer. Needs jSerialComm.
   *
   * @param settings which port, and its speed and character format
   * @param hdlc limits of the frames
   * @return this
   */
  public PushListenerBuilder serial(SerialSettings settings, HdlcUnnumberedConfig hdlc) {
    ports.add(new PushPort.HdlcSerial(settings, hdlc));
    return this;
  }

  /**
   * Sets what takes the notifications, and says when they are safe.
   *
   * @param by the handler
   * @return this
   */
  public PushListenerBuilder handler(PushHandler by) {
    this.handler = by;
    return this;
  }

  /**
   * Sets what takes the notifications: each is safe when it returns. Called on the threads of the
   * lines; must not block.
   *
   * @param by takes a notification
   * @return this
   */
  public PushListenerBuilder onNotification(Consumer<ReceivedNotification> by) {
    return handler(
        notification -> {
          by.accept(notification);
          return CompletableFuture.completedStage(null);
        });
  }

  /**
   * Sets who is told what was refused, for a log or an alarm. Called on any thread; must not block.
   *
   * @param by is told
   * @return this
   */
  public PushListenerBuilder onRefused(Consumer<PushRefusal> by) {
    this.onRefused = by;
    return this;
  }

  /**
   * Takes protected notifications, general-glo-ciphering and general-ciphering; and none in clear,
   * unless {@link #acceptPlain} is called. Without this call everything that is protected is
   * refused, and what is in clear taken.
   *
   * @param own the title of this side
   * @param provider finds the keys by the system title that a message names
   * @param counters remembers which invocation counters have come, so that nothing is taken twice
   * @return this
   */
  public PushListenerBuilder security(
      SystemTitle own, KeyProvider provider, InvocationCounterStore counters) {
    this.keys = provider;
    receiving.security(own, counters, new SecureRandom());
    return this;
  }

  /**
   * Sets how well a protected notification must be protected at least. Without this call:
   * authenticated and encrypted.
   *
   * @param protection what it must have, the authentication at least
   * @return this
   * @throws IllegalArgumentException if it need be neither authenticated nor signed
   */
  public PushListenerBuilder least(Set<Protection> protection) {
    receiving.least(protection);
    return this;
  }

  /**
   * Takes notifications in clear beside protected ones: anybody who reaches the port can send one,
   * and {@link ReceivedNotification#originator} tells them apart.
   *
   * @return this
   */
  public PushListenerBuilder acceptPlain() {
    receiving.acceptPlain();
    return this;
  }

  /**
   * Takes general-ciphering with wrapped and agreed keys. Without this call it is refused, for no
   * invocation counter tells one that is sent again.
   *
   * @param store remembers the keys that have come, and must last as long as they could come again
   * @return this
   */
  public PushListenerBuilder passingKeys(InvocationCounterStore store) {
    receiving.passingKeys(store);
    return this;
  }

  /**
   * Sets which wPorts are listened to. Without this call 1..126; on HDLC, whatever the address.
   *
   * @param saps client SAPs, 1..65535 and not 127
   * @return this
   */
  public PushListenerBuilder clientSaps(Set<Integer> saps) {
    this.clientSaps = Set.copyOf(saps);
    return this;
  }

  /**
   * Sets how many lines there may be at a time on each port; a further one is closed at once.
   * Without this call: 10,000.
   *
   * @param lines 1 or more
   * @return this
   */
  public PushListenerBuilder maxLines(int lines) {
    this.maxLines = lines;
    return this;
  }

  /**
   * Sets how long a line may bring nothing, or nothing whole with the wrapper, before it is closed.
   * Without this call: three minutes.
   *
   * @param timeout more than zero, up to a day
   * @return this
   */
  public PushListenerBuilder idleTimeout(Duration timeout) {
    this.idleTimeout = timeout;
    return this;
  }

  /**
   * Sets how many notifications the handler may have in hand; further ones are refused, and not
   * confirmed. Without this call: 1024.
   *
   * @param notifications 1 or more
   * @return this
   * @throws IllegalArgumentException if it is less
   */
  public PushListenerBuilder maxInHand(int notifications) {
    if (notifications < 1) {
      throw new IllegalArgumentException(notifications + " notifications in hand");
    }
    this.maxInHand = notifications;
    return this;
  }

  /**
   * Sets for how long a confirmed notification is known again, so that it is confirmed again and
   * not delivered again: one with the same long-invoke-id and the same octets from the same meter.
   * Without this call: ten minutes.
   *
   * @param window zero or more, up to a day
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public PushListenerBuilder repetitionWindow(Duration window) {
    if (window.isNegative() || window.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a window of " + window);
    }
    this.repetitionWindow = window;
    return this;
  }

  /**
   * Sets how much may be unfinished. Without this call 1 MiB of one notification in blocks, and 64
   * MiB of all.
   *
   * @param octets octets of one notification
   * @param together octets of all notifications that are unfinished or wait for keys
   * @return this
   * @throws IllegalArgumentException if there is room for none
   */
  public PushListenerBuilder maxUnfinished(int octets, long together) {
    receiving.maxOctets(octets).budget(new ReassemblyBudget(together));
    return this;
  }

  /**
   * Sets how long the next block of a notification is waited for. Without this call: ten seconds,
   * and three times more.
   *
   * @param timeout more than zero, up to a day
   * @param moreTries how often it is asked for again, 0..100
   * @return this
   * @throws IllegalArgumentException if the time-out is out of range
   */
  public PushListenerBuilder blockTimeout(Duration timeout, int moreTries) {
    receiving.blockTimeout(timeout, moreTries);
    return this;
  }

  /**
   * Sets what decoders put up with.
   *
   * @param limits the limits
   * @return this
   */
  public PushListenerBuilder limits(DecodeLimits limits) {
    receiving.limits(limits);
    return this;
  }

  /**
   * Records what goes over the lines of all ports but serial ones.
   *
   * @param by what records them
   * @return this
   */
  public PushListenerBuilder recording(Recording by) {
    this.recording = by;
    return this;
  }

  /**
   * Shares an event loop; without it the listener has one of its own.
   *
   * @param shared the loop, closed by its owner
   * @return this
   */
  public PushListenerBuilder loop(TransportLoop shared) {
    this.loop = shared;
    return this;
  }

  /**
   * Begins to listen, and returns when every port does. That notifications in clear are taken is
   * logged as a warning.
   *
   * @return the running listener
   * @throws LineException if a port cannot be had
   * @throws IllegalStateException if there is no port, or nothing takes the notifications
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public PushListener start() {
    PushHandler by = handler;
    if (ports.isEmpty() || by == null) {
      throw new IllegalStateException("a listener needs a port and a handler");
    }
    NotificationReceiverConfig config = receiving.build();
    WrapperServerConfig wPorts =
        WrapperServerConfig.builder(clientSaps)
            .inactivityTimeout(idleTimeout)
            .maxConnections(MOST_PAIRS)
            .build();
    BindOptions options =
        BindOptions.defaults().withMaxLines(maxLines).withIdleTimeout(idleTimeout);
    Recording recorded = recording;
    if (recorded != null) {
      options = options.withRecording(recorded);
    }
    PushDesk desk =
        new PushDesk(by, onRefused, new RecentNotifications(repetitionWindow.toNanos()), maxInHand);
    if (keys == null) {
      LOG.warn("notifications are taken in clear, from anybody");
    }
    TransportLoop shared = loop;
    TransportLoop used =
        shared == null ? TransportLoop.create(Runtime.getRuntime().availableProcessors()) : shared;
    List<PushPort.Open> open = new ArrayList<>();
    TransportLoop own = shared == null ? used : null;
    try {
      for (PushPort port : ports) {
        open.add(
            port.open(
                    used,
                    options,
                    wPorts,
                    (line, path) -> new PushSession(line, path, config, keys, desk))
                .toCompletableFuture()
                .join());
      }
    } catch (RuntimeException e) {
      new PushListener(open, desk, own).close();
      if (e instanceof CompletionException && e.getCause() instanceof LineException noPort) {
        throw noPort;
      }
      throw e;
    }
    return new PushListener(open, desk, own);
  }
}
