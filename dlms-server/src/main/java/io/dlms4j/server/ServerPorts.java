package io.dlms4j.server;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.transport.Attachment;
import io.dlms4j.transport.LineDriver;
import io.dlms4j.transport.TransportLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports of a server, and what their lines have in common. For all threads. */
final class ServerPorts {
  private static final Logger LOG = LoggerFactory.getLogger(DlmsServer.class);

  private final TransportLoop loop;
  private final ServerPort.Settings settings;
  private final Lines lines = new Lines();
  private final Admissions admissions;

  /** In the order in which they were opened. */
  private final List<Port> ports = new CopyOnWriteArrayList<>();

  private @Nullable CompletionStage<Void> closing;

  ServerPorts(TransportLoop loop, ServerPort.Settings settings, Admissions.Limits limits) {
    this.loop = loop;
    this.settings = settings;
    this.admissions = new Admissions(limits);
  }

  Lines lines() {
    return lines;
  }

  List<OpenPort> all() {
    return List.copyOf(ports);
  }

  /**
   * Opens a port.
   *
   * @return completes with the port, or with a {@link io.dlms4j.transport.LineException}
   * @throws IllegalArgumentException if it cannot serve the devices, or its settings are not valid
   */
  CompletionStage<OpenPort> open(ServerPort port, DeviceSet devices) {
    Port opened = new Port(port, devices);
    synchronized (this) {
      if (closing != null) {
        throw new IllegalStateException("the server is closed");
      }
      // Else a bad setting would show at the first client, and to nobody but the log.
      port.newLink(devices);
      devices.serveOn(
          opened, there -> there.devices().forEach(device -> port.check(there, device)));
      // Its place now: addresses are told in the order in which ports were opened.
      ports.add(opened);
    }
    warnOfWhatIsInClear(devices.devices());
    return port.open(loop, settings, line -> opened.attach(line))
        .handle(
            (open, failure) -> {
              if (failure != null) {
                opened.forget();
                throw failure instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failure);
              }
              opened.open.complete(open);
              return opened;
            });
  }

  /** Closes all ports, once: a port whose loop has ended cannot be closed any more. */
  synchronized CompletionStage<Void> close() {
    CompletionStage<Void> begun = closing;
    if (begun == null) {
      begun = CompletableFuture.completedStage(null);
      for (Port port : ports) {
        begun = begun.thenCombine(port.close(), (one, other) -> null);
      }
      closing = begun;
    }
    return begun;
  }

  /** Lets what is under way come to its end, but nothing new begin, and then closes all ports. */
  CompletionStage<Void> stop(Duration grace) {
    admissions.stop();
    List<CompletableFuture<Void>> quiet = new ArrayList<>();
    for (Port port : ports) {
      ServerPort.Open open = port.open.getNow(null);
      if (open != null) {
        open.stopListening().run();
      }
    }
    for (ServerSession session : lines.sessions()) {
      quiet.add(session.quiet());
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(quiet.toArray(new CompletableFuture<?>[0]))
            .completeOnTimeout(null, grace.toNanos(), TimeUnit.NANOSECONDS);
    return all.thenCompose(done -> close());
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

  /** A port that is open, or is being opened. */
  private final class Port implements OpenPort, DeviceSet.Port {
    private final ServerPort port;
    private final DeviceSet devices;
    private final CompletableFuture<ServerPort.Open> open = new CompletableFuture<>();

    Port(ServerPort port, DeviceSet devices) {
      this.port = port;
      this.devices = devices;
    }

    @Override
    public void check(DeviceSet there, PhysicalDevice device) {
      port.check(there, device);
    }

    @Override
    public void removed(PhysicalDevice device) {
      admissions.forget(device);
      for (ServerSession session : lines.sessions()) {
        if (session.serves(devices)) {
          session.drop(device);
        }
      }
    }

    Attachment attach(LineDriver line) {
      Link link = port.newLink(devices);
      return new Attachment(
          link, new ServerSession(devices, new OfDriver(line, link), lines, admissions));
    }

    /** It is not open any more, or could not be opened. */
    void forget() {
      devices.leave(this);
      ports.remove(this);
    }

    @Override
    public Optional<InetSocketAddress> address() {
      return open.isDone() ? Optional.ofNullable(open.join().address()) : Optional.empty();
    }

    @Override
    public DeviceSet devices() {
      return devices;
    }

    @Override
    public CompletionStage<Void> close() {
      devices.leave(this);
      ServerPort.Open there = open.getNow(null);
      return there == null
          ? CompletableFuture.completedStage(null)
          : there.closing().get().thenRun(() -> ports.remove(this));
    }
  }

  private record OfDriver(LineDriver driver, Link link) implements ServerLine {
    @Override
    public void execute(Runnable task) {
      driver.execute(task);
    }

    @Override
    public void disconnect(LinkAddress address, long now) {
      link.disconnect(address, now);
    }

    @Override
    public boolean hasUnsent() {
      return link.hasUnsent();
    }

    @Override
    public void close() {
      driver.close();
    }
  }
}
