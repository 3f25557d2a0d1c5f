package io.dlms4j.server;

import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.EventNotification;
import io.dlms4j.cosem.apdu.InformationReport;
import io.dlms4j.iec21.Iec21ServerConfig;
import io.dlms4j.transport.BindOptions;
import io.dlms4j.transport.LineException;
import io.dlms4j.transport.MemoryPort;
import io.dlms4j.transport.Recording;
import io.dlms4j.transport.SerialSettings;
import io.dlms4j.transport.TransportLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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
  private final ServerPorts ports;
  private final DeviceSet devices;
  private final @Nullable TransportLoop ownLoop;

  private DlmsServer(ServerPorts ports, DeviceSet devices, @Nullable TransportLoop ownLoop) {
    this.ports = ports;
    this.devices = devices;
    this.ownLoop = ownLoop;
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
    return ports.all().stream().flatMap(port -> port.address().stream()).toList();
  }

  /**
   * The ports that are open.
   *
   * @return in the order in which they were opened
   */
  public List<OpenPort> ports() {
    return ports.all();
  }

  /**
   * The devices that the ports of the builder serve.
   *
   * @return a set that may be changed: devices come and go while the server runs
   */
  public DeviceSet devices() {
    return devices;
  }

  /**
   * Adds a device to those that the ports of the builder serve: clients reach it at once.
   *
   * @param device the device
   * @throws IllegalArgumentException if another one has its physical address, or a port could not
   *     serve it
   */
  public void add(PhysicalDevice device) {
    devices.add(device);
  }

  /**
   * Takes a device out of those that the ports of the builder serve; its associations end.
   *
   * @param device the device
   * @return whether it was there
   */
  public boolean remove(PhysicalDevice device) {
    return devices.remove(device);
  }

  /**
   * Listens on a further TCP address, for devices of its own: one meter a port, for instance.
   *
   * @param address interface and port, or port 0 for one that the system chooses
   * @param profile how clients speak below the application layer
   * @param served the devices behind the port
   * @return completes with the port, or with a {@link LineException} if it cannot be had
   * @throws IllegalArgumentException if the profile cannot serve the devices
   * @throws IllegalStateException if the server is closed
   */
  public CompletionStage<OpenPort> openTcp(
      InetSocketAddress address, LinkProfile profile, DeviceSet served) {
    return ports.open(new ServerPort.Tcp(address, profile), served);
  }

  /**
   * Listens on a further UDP address, for devices of its own.
   *
   * @param address interface and port, or port 0 for one that the system chooses
   * @param wrapper the COSEM wrapper, the only link there is on UDP
   * @param served the devices behind the port
   * @return completes with the port, or with a {@link LineException} if it cannot be had
   * @throws IllegalArgumentException if the wrapper cannot serve the devices
   * @throws IllegalStateException if the server is closed
   */
  public CompletionStage<OpenPort> openUdp(
      InetSocketAddress address, Wrapper wrapper, DeviceSet served) {
    return ports.open(new ServerPort.Udp(address, wrapper), served);
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
    for (ServerSession session : ports.lines().sessions()) {
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
    CompletionStage<Void> closed = ports.close();
    if (ports.lines().has(Thread.currentThread())) {
      closed.thenRun(this::closeLoop);
      return;
    }
    closed.toCompletableFuture().join();
    closeLoop();
  }

  /**
   * Stops in an orderly way: takes no connection and no association any more, lets the requests
   * under way be answered, with all their blocks, and then closes the lines and the ports, and the
   * loop if it is the server's own.
   *
   * @param grace how long that may take; what is under way then is cut
   * @return completes when everything is closed
   * @throws IllegalArgumentException if the grace is negative
   */
  public CompletionStage<Void> stop(Duration grace) {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("a grace of " + grace);
    }
    return ports.stop(grace).thenRun(this::closeLoop);
  }

  private void closeLoop() {
    if (ownLoop != null) {
      ownLoop.close();
    }
  }

  /** Makes a {@link DlmsServer}. Used by one thread. */
  public static final class Builder {
    private final List<ServerPort> ports = new ArrayList<>();
    private DeviceSet devices = new DeviceSet();
    private boolean devicesMayCome;
    private @Nullable TransportLoop loop;

    private BindOptions lines =
        BindOptions.defaults()
            .withIdleTimeout(Duration.ofMinutes(30))
            .withSlowReaderTimeout(Duration.ofMinutes(1));
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
     * Listens in memory, for clients of the same process. A line runs on its client's thread.
     *
     * @param port where they connect, and nobody else listens
     * @param profile how clients speak below the application layer
     * @return this
     */
    public Builder memory(MemoryPort port, LinkProfile profile) {
      ports.add(new ServerPort.Memory(port, profile));
      return this;
    }

    /**
     * Listens on a serial line, with HDLC at once. Needs jSerialComm.
     *
     * @param settings which port, and its speed and character format
     * @param hdlc the HDLC settings, asked for when the line is opened
     * @return this
     */
    public Builder serial(SerialSettings settings, LinkProfile hdlc) {
      ports.add(new ServerPort.Serial(settings, null, hdlc));
      return this;
    }

    /**
     * Listens on a serial line for clients that open HDLC by mode E of IEC 62056-21. Needs
     * jSerialComm.
     *
     * @param settings which port
     * @param opening what the device says of itself
     * @param hdlc the HDLC settings, asked for when the line is opened
     * @return this
     */
    public Builder serialModeE(
        SerialSettings settings, Iec21ServerConfig opening, LinkProfile hdlc) {
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
      this.lines = lines.withRecording(by);
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
      devices.add(device);
      return this;
    }

    /**
     * Lets the ports serve a set of devices that comes and goes, in place of those that were added
     * so far. The server may start with no device and no port then.
     *
     * @param served the devices
     * @return this
     */
    public Builder devices(DeviceSet served) {
      this.devices = served;
      this.devicesMayCome = true;
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
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder lineIdleTimeout(Duration timeout) {
      this.lines = lines.withIdleTimeout(timeout);
      return this;
    }

    /**
     * Sets how many lines a port takes at a time; a further one is closed at once, and logged.
     * Without this call 1024, all of which may come from one address.
     *
     * @param perPort how many on one port
     * @param perHost how many of them from one address; on TCP only
     * @return this
     * @throws IllegalArgumentException if one of them is less than 1
     */
    public Builder maxLines(int perPort, int perHost) {
      this.lines = lines.withMaxLines(perPort).withMaxLinesPerHost(perHost);
      return this;
    }

    /**
     * Sets how long a client on TCP may leave its answers unread, once they fill the system's
     * buffers and 64 KiB beside, before its line is cut. It is not read from meanwhile. Without
     * this call: a minute.
     *
     * @param timeout up to a year; zero for ever
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder slowReaderTimeout(Duration timeout) {
      this.lines = lines.withSlowReaderTimeout(timeout);
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
      if (!devicesMayCome && (devices.size() == 0 || ports.isEmpty())) {
        throw new IllegalStateException("a server needs a device and a port");
      }
      TransportLoop shared = loop;
      TransportLoop used =
          shared != null
              ? shared
              : TransportLoop.create(Runtime.getRuntime().availableProcessors());
      DlmsServer server =
          new DlmsServer(
              new ServerPorts(used, new ServerPort.Settings(lines), limits),
              devices,
              shared == null ? used : null);
      try {
        for (ServerPort port : ports) {
          server.ports.open(port, devices).toCompletableFuture().join();
        }
        return server;
      } catch (CompletionException e) {
        server.close();
        if (e.getCause() instanceof LineException lineException) {
          throw lineException;
        }
        throw e;
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    }
  }
}
