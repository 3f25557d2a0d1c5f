package io.dlms4j.server;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.association.ClientAssociation;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcPrimary;
import io.dlms4j.hdlc.HdlcPrimaryConfig;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkDriver;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A server's session on one line, and any number of HDLC clients on the same line: no socket, no
 * thread, and a clock that stands still until it is moved.
 */
final class Bench {
  /** More turns than any exchange takes here: who needs more goes round for ever. */
  private static final int MOST_TURNS = 10_000;

  private final DeviceSet devices;
  private final Link link;
  private final ServerSession session;
  private final LinkDriver server;
  private final Deque<Payload> toServer = new ArrayDeque<>();
  private final Deque<Payload> toClients = new ArrayDeque<>();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<Client> clients = new ArrayList<>();
  private boolean closed;
  private boolean lineClosed;
  private long now;

  Bench(PhysicalDevice... devices) {
    this(Admissions.Limits.DEFAULT, devices);
  }

  Bench(Admissions.Limits limits, PhysicalDevice... devices) {
    this(limits, DeviceSet.of(devices));
  }

  Bench(Admissions.Limits limits, DeviceSet devices) {
    this.devices = devices;
    link = Hdlc.defaults().newLink(devices);
    session = new ServerSession(devices, new BenchLine(), new Lines(), new Admissions(limits));
    server = new LinkDriver(link, session, toClients::add);
  }

  /** Takes a device out, as a port that serves it is told. */
  void remove(PhysicalDevice device) {
    devices.remove(device);
    session.drop(device);
    run();
  }

  /** Waits until nothing is under way. */
  CompletableFuture<Void> quiet() {
    return session.quiet();
  }

  boolean isLineClosed() {
    return lineClosed;
  }

  /** The line as the session knows it. */
  private final class BenchLine implements ServerLine {
    @Override
    public void execute(Runnable task) {
      Bench.this.execute(task);
    }

    @Override
    public void disconnect(LinkAddress address, long time) {
      link.disconnect(address, time);
    }

    @Override
    public boolean hasUnsent() {
      return link.hasUnsent();
    }

    @Override
    public void close() {
      lineClosed = true;
    }
  }

  private void execute(Runnable task) {
    if (closed) {
      throw new java.util.concurrent.RejectedExecutionException("the loop is closed");
    }
    tasks.add(task);
  }

  /** Whether something was handed to the line's thread, and waits for it. */
  boolean hasTasks() {
    return !tasks.isEmpty();
  }

  /** The line's thread is gone: it takes no more tasks. */
  void closeExecutor() {
    closed = true;
  }

  void loseLine() {
    server.lineLost(now);
  }

  /** Sets up the HDLC connection only. */
  Client connect(int clientSap, HdlcAddress address) {
    Client client = new Client(clientSap, address, null);
    client.driver.lineReady(now);
    clients.add(client);
    run();
    return client;
  }

  /** Sets up the HDLC connection and the association. */
  Client associate(int clientSap, HdlcAddress address, ClientAssociationConfig config) {
    Client client = new Client(clientSap, address, config);
    client.driver.lineReady(now);
    clients.add(client);
    run();
    return client;
  }

  /** Carries octets and runs tasks until nothing moves. */
  void run() {
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      Runnable task = tasks.poll();
      if (task != null) {
        task.run();
        server.run(now);
        continue;
      }
      Payload up = toServer.poll();
      if (up != null) {
        server.receive(up.array(), up.offset(), up.length(), now);
        continue;
      }
      Payload down = toClients.poll();
      if (down == null) {
        return;
      }
      for (Client client : clients) {
        client.driver.receive(down.array(), down.offset(), down.length(), now);
      }
    }
    throw new AssertionError("the line does not become quiet");
  }

  /** Moves the clock to the next deadline of anybody. */
  void passTime() {
    long next = server.nextDeadline();
    for (Client client : clients) {
      next = Math.min(next, client.driver.nextDeadline());
    }
    if (next == Link.NEVER) {
      throw new AssertionError("nobody waits for anything");
    }
    now = Math.max(now, next);
    server.run(now);
    clients.forEach(client -> client.driver.run(now));
    run();
  }

  /** A client whose APDUs are made by hand, or by an association until it is set up. */
  final class Client implements LinkUser {
    final List<String> received = new ArrayList<>();
    final List<LinkEvent> events = new ArrayList<>();
    private final @Nullable ClientAssociation association;
    private final Deque<Octets> outgoing = new ArrayDeque<>();
    private final HdlcPrimary link;
    private final LinkDriver driver;

    Client(int sap, HdlcAddress address, @Nullable ClientAssociationConfig config) {
      association = config == null ? null : new ClientAssociation(config);
      link = new HdlcPrimary(HdlcPrimaryConfig.builder(sap, address).build());
      driver = new LinkDriver(link, this, toServer::add);
    }

    boolean isAssociated() {
      return association != null && association.isAssociated();
    }

    void send(String apdu) {
      outgoing.add(Octets.ofHex(apdu));
      driver.run(now);
      run();
    }

    /** Sends an APDU and waits, however long the server thinks, for the one that answers it. */
    String exchange(String apdu) {
      received.clear();
      send(apdu);
      return answer();
    }

    String answer() {
      for (int i = 0; received.isEmpty() && i < 100; i++) {
        passTime();
      }
      return String.join(" ", received);
    }

    void disconnect() {
      driver.close(now);
      run();
    }

    void reconnect() {
      driver.lineReady(now);
      run();
    }

    @Override
    public void onLinkEvent(LinkEvent event, long time) {
      events.add(event);
      if (event instanceof LinkEvent.Received data) {
        Payload payload = data.payload();
        Octets apdu = Octets.view(payload.array(), payload.offset(), payload.length());
        received.add(apdu.toHex());
        if (association != null) {
          association.receive(apdu, time);
        }
      } else if (event instanceof LinkEvent.Up && association != null) {
        association.linkUp(time);
      }
    }

    @Override
    public @Nullable Outgoing pollOutgoing(long time) {
      Octets apdu = association == null ? null : association.pollTransmit(time);
      if (apdu == null) {
        apdu = outgoing.poll();
      }
      return apdu == null
          ? null
          : new Outgoing(link.address(), Payload.of(apdu.array(), apdu.offset(), apdu.length()));
    }

    @Override
    public long nextDeadline() {
      return Link.NEVER;
    }

    @Override
    public void onDeadline(long time) {}
  }
}
