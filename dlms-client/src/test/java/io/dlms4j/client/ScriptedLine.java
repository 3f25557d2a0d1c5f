package io.dlms4j.client;

import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A line with a thread and no link: each APDU of the client is answered as a script says. */
final class ScriptedLine implements LineDriver {
  private static final LinkAddress ADDRESS = new LinkAddress(16, 1);

  /** AARE: accepted, GET and blocks, PDUs of 125 octets. */
  private static final Octets AARE =
      Octets.ofHex(
          "6129 A109060760857405080101 A203020100 A305A103020100"
              + "BE10040E0800065F1F0400001010007D0007");

  private final Function<Octets, List<Octets>> script;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final ClientSession session;
  private final ClientConnection connection;
  private final DlmsClient client;

  private ScriptedLine(DecodeLimits limits, Function<Octets, List<Octets>> script) {
    this.script = script;
    CompletableFuture<NegotiatedContext> opened = new CompletableFuture<>();
    session =
        new ClientSession(
            ADDRESS,
            ClientAssociationConfig.builder().limits(limits).build(),
            new ClientSession.Settings(null, Duration.ofSeconds(2), false),
            opened);
    connection = new ClientConnection(session, opened, null);
    client = new DlmsClient(connection, limits, EntryNumbering.OLDEST_IS_ONE);
  }

  /** A client whose GETs are answered by a script: the APDU without tag and choice. */
  static DlmsClient client(DecodeLimits limits, Function<Octets, List<Octets>> script) {
    ScriptedLine line = new ScriptedLine(limits, script);
    line.execute(
        () -> {
          line.connection.lineMade(line);
          line.session.onLinkEvent(new LinkEvent.Up(ADDRESS), 0);
        });
    return line.client;
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
      List<Octets> answers = apdu.at(0) == 0x60 ? List.of(AARE) : script.apply(apdu);
      for (Octets answer : answers) {
        session.onLinkEvent(new LinkEvent.Received(ADDRESS, Payload.of(answer.toByteArray())), 0);
      }
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
