package io.dlms4j.server;

import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.EventNotification;
import io.dlms4j.cosem.apdu.InformationReport;
import io.dlms4j.iec21.Iec21ServerConfig;
import io.dlms4j.transport.Attachment;
import io.dlms4j.transport.LineException;
import io.dlms4j.transport.Recording;
import io.dlms4j.transport.SerialSettings;
import io.dlms4j.transport.TransportLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A DLMS/COSEM server: physical devices on one or more ports.
 *
 * <pre>{@code
 * try (DlmsServer server =
 *     DlmsServer.builder().tcp(1025, Hdlc.defaults()).device(device).start()) {
 *   ...
 * }
 * }</pre>
 *
 * <p>Its methods may be called on any thread.
 */
public final class DlmsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DlmsServer.class);

  private final List<ServerPort.Open> ports;
  private final @Nullable TransportLoop ownLoop;

  private final Lines lines;

  private @Nullable CompletionStage<Void> closing;

  private DlmsServer(List<ServerPort.Open> ports, @Nullable TransportLoop ownLoop, Lines lines) {
    this.ports = List.copyOf(ports);
    this.ownLoop = ownLoop;
    this.lines = lines;
  }

  /**
   * Begins a server without ports and devices.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Where the server listens, with the port that the system chose where it was asked to.
   *
   * @return an address for each port of a network, in the order in which they were added
   */
  public List<InetSocketAddress> addresses() {
    return ports.stream().flatMap(port -> Stream.ofNullable(port.address())).toList();
  }

  /**
   * Tells a client something that it did not ask for, wherever it is associated: on no line, on
   * one, or on several. It reaches a client on HDLC when that polls.
   *
   * @param device the device that it is told by, one of the server's
   * @param serverSap which of its logical devices
   * @param clientSap the client
   * @param notification an EventNotification, a DataNotification or an InformationReport (Green
   *     Book 9.3); whether it may be sent, the conformance agreed on says
   * @return on how many lines it goes out; a stage that completes with an {@link
   *     IllegalArgumentException} if the APDU is another one
   */
  public CompletionStage<Integer> sendNotification(
      PhysicalDevice device, int serverSap, int clientSap, Apdu notification) {
    if (!(notification instanceof EventNotification
        || notification instanceof DataNotification
        || notification instanceof InformationReport)) {
      return CompletableFuture.failedStage(
          new IllegalArgumentException(
              notification.getClass().getSimpleName() + " is no notification"));
    }
    CompletionStage<Integer> sent = CompletableFuture.completedStage(0);
    for (ServerSession session : lines.sessions()) {
      sent =
          sent.thenCombine(
              session.sendNotification(device, serverSap, clientSap, notification), Integer::sum);
    }
    return sent;
  }

  /**
   * Tells every client that is associated with a device something that it did not ask for, as far
   * as its association has agreed on that. A client that does not poll, or is slow, has at most 16
   * messages waiting; it is told no more then.
   *
   * @param device the device that it is told by, one of the server's
   * @param notification an EventNotification, a DataNotification or an InformationReport
   * @return to how many associations it goes out; a stage that completes with an {@link
   *     IllegalArgumentException} if the APDU is another one
   */
  public CompletionStage<Integer> sendToAll(PhysicalDevice device, Apdu notification) {
    return sendNotification(device, ServerSession.ANY, ServerSession.ANY, notification);
  }

  /**
   * Stops listening, closes every line, and waits until that is done; on the thread of a line,
   * which would wait for itself, it does not wait. Closing again does nothing.
   */
  @Override
  public void close() {
    CompletionStage<Void> closed = closePorts();
    if (lines.has(Thread.currentThread())) {
      closed.thenRun(this::closeLoop);
      return;
    }
    closed.toCompletableFuture().join();
    closeLoop();
  }

  /** Begins to close the ports, once: a port whose loop has ended cannot be closed any more. */
  private synchronized CompletionStage<Void> closePorts() {
    CompletionStage<Void> begun = closing;
    if (begun == null) {
      begun = CompletableFuture.completedStage(null);
      for (ServerPort.Open port : ports) {
        begun = begun.thenCombine(port.closing().get(), (one, other) -> null);
      }
      closing = begun;
    }
    return begun;
  }

  private void closeLoop() {
    if (ownLoop != null) {
      ownLoop.close();
    }
  }

  /** Makes a {@link DlmsServer}. Used by one thread. */
  public static final class Builder {
    private final List<ServerPort> ports = new ArrayList<>();
    private final List<PhysicalDevice> devices = new ArrayList<>();
    private @Nullable TransportLoop loop;

    private @Nullable Recording recording;
    private Duration lineIdleTimeout = Duration.ofMinutes(30);
    private Admissions.Limits limits = Admissions.Limits.DEFAULT;

    private Builder() {}

    /**
     * Listens on a TCP port of every interface.
     *
     * @param port the port, or 0 for one that the system chooses
     * @param profile how clients speak below the application layer
     * @return this
     */
    public Builder tcp(int port, LinkProfile profile) {
      return tcp(new InetSocketAddress(port), profile);
    }

    /**
     * Listens on a TCP port of the loopback interface only: no other machine can connect.
     *
     * @param port the port, or 0 for one that the system chooses
     * @param profile how clients speak below the application layer
     * @return this
     */
    public Builder tcpOnLoopback(int port, LinkProfile profile) {
      return tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), profile);
    }

    /**
     * Listens on a TCP address.
     *
     * @param address interface and port
     * @param profile how clients speak below the application layer
     * @return this
     */
    public Builder tcp(InetSocketAddress address, LinkProfile profile) {
      ports.add(new ServerPort.Tcp(address, profile));
      return this;
    }

    /**
     * Listens on a UDP address.
     *
     * @param address interface and port, or port 0 for one that the system chooses
     * @param wrapper the COSEM wrapper, the only link there is on UDP
     * @return this
     */
    public Builder udp(InetSocketAddress address, Wrapper wrapper) {
      ports.add(new ServerPort.Udp(address, wrapper));
      return this;
    }

    /**
     * Listens on a serial line, with HDLC at once. Needs jSerialComm.
     *
     * @param settings which port, and its speed and character format
     * @param hdlc the HDLC settings
     * @return this
     */
    public Builder serial(SerialSettings settings, Hdlc hdlc) {
      ports.add(new ServerPort.Serial(settings, null, hdlc));
      return this;
    }

    /**
     * Listens on a serial line for clients that open HDLC by mode E of IEC 62056-21. Needs
     * jSerialComm.
     *
     * @param settings which port
     * @param opening what the device says of itself
     * @param hdlc the HDLC settings
     * @return this
     */
    public Builder serialModeE(SerialSettings settings, Iec21ServerConfig opening, Hdlc hdlc) {
      ports.add(new ServerPort.Serial(settings, opening, hdlc));
      return this;
    }

    /**
     * Records what goes over the lines of all ports.
     *
     * @param by what records them
     * @return this
     */
    public Builder recording(Recording by) {
      this.recording = by;
      return this;
    }

    /**
     * Adds a device: it answers on every port.
     *
     * @param device the device
     * @return this
     * @throws IllegalArgumentException if another device has its physical address
     */
    public Builder device(PhysicalDevice device) {
      if (devices.stream().anyMatch(other -> other.physicalAddress() == device.physicalAddress())) {
        throw new IllegalArgumentException(
            "two devices have the physical address " + device.physicalAddress());
      }
      devices.add(device);
      return this;
    }

    /**
     * Shares an event loop with other clients and servers; without it the server has one of its
     * own.
     *
     * @param shared the loop, closed by its owner
     * @return this
     */
    public Builder loop(TransportLoop shared) {
      this.loop = shared;
      return this;
    }

    /**
     * Sets how long nothing may come over a TCP line before it is closed, so that clients that are
     * gone without a word do not use up the room for lines. Without this call: half an hour.
     *
     * @param timeout up to a year; zero for ever
     * @return this
     */
    public Builder lineIdleTimeout(Duration timeout) {
      this.lineIdleTimeout = timeout;
      return this;
    }

    /**
     * Sets how long a client SAP is refused at the most after it has failed to authenticate itself.
     * The third failure in a row costs a second, and each further one twice as long; an association
     * that succeeds ends that. Whoever guesses may come from anywhere, so it counts for the
     * association, and not for an address: meanwhile its right owner is refused as well, but
     * associations that are open go on. Without this call: five minutes.
     *
     * @param longest zero for no back-off, up to a day
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder authenticationBackOff(Duration longest) {
      if (longest.isNegative() || longest.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException("a back-off of " + longest);
      }
      this.limits = new Admissions.Limits(limits.associations(), limits.openings(), longest);
      return this;
    }

    /**
     * Sets how many associations there may be on all lines together. Without this call 65,536, and
     * 1,024 that are being opened; how long that may take, the configuration of each says.
     *
     * @param open most that are open
     * @param opening most that have been asked for and have not got through their authentication
     * @return this
     * @throws IllegalArgumentException if one of them is less than 1
     */
    public Builder maxAssociations(int open, int opening) {
      if (open < 1 || opening < 1) {
        throw new IllegalArgumentException(
            open + " associations open and " + opening + " being opened are not 1 or more");
      }
      this.limits = new Admissions.Limits(open, opening, limits.longestBackOff());
      return this;
    }

    /**
     * Begins to listen, and returns when every port does. What may be had without authentication,
     * or with a password that goes over the line in clear, is logged as a warning.
     *
     * @return the running server
     * @throws LineException if a port cannot be had
     * @throws IllegalStateException if there is no device or no port
     * @throws IllegalArgumentException if the profile of a port cannot serve the devices
     */
    public DlmsServer start() {
      if (devices.isEmpty() || ports.isEmpty()) {
        throw new IllegalStateException("a server needs a device and a port");
      }
      List<PhysicalDevice> all = List.copyOf(devices);
      // Else a bad address or setting would show at the first client, and to nobody but the log.
      ports.forEach(port -> port.newLink(all));
      TransportLoop shared = loop;
      TransportLoop used =
          shared != null
              ? shared
              : TransportLoop.create(Runtime.getRuntime().availableProcessors());
      TransportLoop ownLoop = shared == null ? used : null;
      List<ServerPort.Open> bound = new ArrayList<>();
      Lines lines = new Lines();
      Admissions admissions = new Admissions(limits);
      warnOfWhatIsInClear(all);
      try {
        for (ServerPort port : ports) {
          bound.add(open(used, port, all, lines, admissions));
        }
      } catch (RuntimeException e) {
        new DlmsServer(bound, ownLoop, lines).close();
        throw e;
      }
      return new DlmsServer(bound, ownLoop, lines);
    }

    private ServerPort.Open open(
        TransportLoop used,
        ServerPort port,
        List<PhysicalDevice> all,
        Lines lines,
        Admissions admissions) {
      try {
        return port.open(
                used,
                new ServerPort.Settings(lineIdleTimeout, recording),
                line ->
                    new Attachment(
                        port.newLink(all),
                        new ServerSession(all, line::execute, lines, admissions)))
            .toCompletableFuture()
            .join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof LineException lineException) {
          throw lineException;
        }
        throw e;
      }
    }

    private static void warnOfWhatIsInClear(List<PhysicalDevice> devices) {
      Set<String> inClear = new TreeSet<>();
      for (PhysicalDevice physical : devices) {
        for (LogicalDevice device : physical.logicalDevices()) {
          device
              .offers()
              .forEach(
                  (sap, offer) -> {
                    if (offer.config().security() == null) {
                      inClear.add("client SAP " + sap + ", " + offer.config().mechanismName());
                    }
                  });
        }
      }
      if (!inClear.isEmpty()) {
        LOG.warn("associations without protection: {}", String.join("; ", inClear));
      }
    }
  }
}
