package io.dlms4j.client;

import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.classes.EntryNumbering;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import io.dlms4j.transport.LineDriver;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A line with a thread and no link: each APDU of the client is answered as a script says. */
final class ScriptedLine implements LineDriver {
  private static final LinkAddress ADDRESS = new LinkAddress(16, 1);

  /** AARE: accepted, GET and blocks, PDUs of 125 octets. */
  private static final Octets AARE =
      Octets.ofHex(
          "6129 A109060760857405080101 A203020100 A305A103020100"
              + "BE10040E0800065F1F0400001010007D0007");

  /** AARE: accepted, up to the InitiateResponse's negotiated conformance. */
  private static final String ACCEPTED =
      "6129 A109060760857405080101 A203020100 A305A103020100 BE10040E080006";

  private final Octets aare;
  private final Function<Octets, List<Octets>> script;
  private final List<Octets> sent = new CopyOnWriteArrayList<>();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final ClientSession session;
  private final VirtualTimer timer = new VirtualTimer();
  private final LineConnection connection;
  private final DlmsClient client;

  private ScriptedLine(
      Octets aare,
      DecodeLimits limits,
      ClientAssociationConfig config,
      ClientSession.Settings settings,
      Function<Octets, List<Octets>> script) {
    this.aare = aare;
    this.script = script;
    CompletableFuture<NegotiatedContext> opened = new CompletableFuture<>();
    session = new ClientSession(ADDRESS, config, settings, opened);
    connection = new LineConnection(session, opened, timer, () -> 0.0, settings.events(), null);
    client =
        new DlmsClient(connection, limits, EntryNumbering.OLDEST_IS_ONE, RequestSettings.DEFAULT);
  }

  /** A client whose GETs are answered by a script: the APDU without tag and choice. */
  static DlmsClient client(DecodeLimits limits, Function<Octets, List<Octets>> script) {
    return begin(
            new ScriptedLine(
                AARE,
                limits,
                ClientAssociationConfig.builder().limits(limits).build(),
                new ClientSession.Settings(
                    null, Duration.ofSeconds(2), false, null, ClientEvents.NOBODY),
                script))
        .client;
  }

  /**
   * A line to a server that takes APDUs of some length and does some services.
   *
   * @param outstanding how many requests may be
   * @param listener takes notifications
   * @param script answers each APDU but AARQ
   */
  static ScriptedLine open(
      Set<Conformance> services,
      int maxPduSize,
      int outstanding,
      @Nullable NotificationListener listener,
      Function<Octets, List<Octets>> script) {
    return begin(
        new ScriptedLine(
            Octets.ofHex(
                ACCEPTED
                    + String.format(
                        "5F1F0400%06X%04X0007", Conformance.toBits(services), maxPduSize)),
            DecodeLimits.DEFAULT,
            ClientAssociationConfig.builder()
                .conformance(services)
                .maxOutstandingRequests(outstanding)
                .build(),
            new ClientSession.Settings(
                listener, Duration.ofSeconds(2), false, null, ClientEvents.NOBODY),
            script));
  }

  private static ScriptedLine begin(ScriptedLine line) {
    line.execute(
        () -> {
          line.connection.lineMade(line);
          line.session.onLinkEvent(new LinkEvent.Up(ADDRESS), 0);
        });
    return line;
  }

  DlmsClient client() {
    return client;
  }

  /** Delays and deadlines: its time passes when a test says so. */
  VirtualTimer timer() {
    return timer;
  }

  /** All APDUs of the client but AARQ, so far. */
  List<Octets> sent() {
    return List.copyOf(sent);
  }

  /** The server sends an APDU, and the client does whatever comes of it. */
  void push(Octets apdu) {
    perform(() -> receive(apdu));
  }

  /** The line is cut. */
  void cut() {
    perform(
        () -> session.onLinkEvent(new LinkEvent.Down(ADDRESS, LinkEvent.DownReason.LINE_LOST), 0));
  }

  /** Waits until the client has done all that it has been given to do. */
  void settle() {
    perform(() -> {});
  }

  private void perform(Runnable task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    execute(task);
    // After the turn that follows the task, and what that has given to do.
    thread.execute(() -> thread.execute(() -> done.complete(null)));
    ClientServerContract.await(done);
  }

  private void receive(Octets apdu) {
    session.onLinkEvent(new LinkEvent.Received(ADDRESS, Payload.of(apdu.toByteArray())), 0);
  }

  @Override
  public void execute(Runnable task) {
    thread.execute(
        () -> {
          task.run();
          turn();
        });
  }

  private void turn() {
    for (LinkUser.Outgoing out = session.pollOutgoing(0);
        out != null;
        out = session.pollOutgoing(0)) {
      Payload payload = out.payload();
      Octets apdu = Octets.view(payload.array(), payload.offset(), payload.length());
      boolean aarq = apdu.at(0) == 0x60;
      if (!aarq) {
        sent.add(apdu);
      }
      (aarq ? List.of(aare) : script.apply(apdu)).forEach(this::receive);
    }
  }

  @Override
  public void close() {
    thread.execute(
        () -> {
          session.onLinkEvent(new LinkEvent.Down(ADDRESS, LinkEvent.DownReason.CLOSED), 0);
          closed.complete(null);
          thread.shutdown();
        });
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed;
  }

  @Override
  public SocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("script", 1);
  }
}
