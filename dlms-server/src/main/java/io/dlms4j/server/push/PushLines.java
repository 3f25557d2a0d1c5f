package io.dlms4j.server.push;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.association.NotificationSenderConfig;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcUnnumberedConfig;
import io.dlms4j.hdlc.HdlcUnnumberedLink;
import io.dlms4j.link.Link;
import io.dlms4j.transport.ConnectOptions;
import io.dlms4j.transport.LineDriver;
import io.dlms4j.transport.TcpClient;
import io.dlms4j.transport.TransportLoop;
import io.dlms4j.transport.UdpClient;
import io.dlms4j.wrapper.WrapperClientConfig;
import io.dlms4j.wrapper.WrapperDatagramLink;
import io.dlms4j.wrapper.WrapperStreamLink;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sends notifications, on a line for each. */
final class PushLines {
  private final TransportLoop loop;
  private final SecureRandom random;

  /**
   * Whom a notification goes to.
   *
   * @param serverSap the logical device that pushes
   * @param clientSap the client
   */
  record Route(PushDestination destination, int serverSap, int clientSap) {}

  PushLines(TransportLoop loop, SecureRandom random) {
    this.loop = loop;
    this.random = random;
  }

  /**
   * Sends.
   *
   * @return completes when it is sent, and confirmed if it asks for that; or with the reason why
   *     not
   */
  CompletionStage<Void> send(Route route, PushSending how, Apdu notification) {
    PushSecurity security = how.security();
    if (security == null) {
      return send(route, how, notification, null);
    }
    return security
        .keys()
        .keysFor(security.own(), security.client())
        .thenCompose(keys -> send(route, how, notification, protection(security, keys)));
  }

  private ApduProtection protection(PushSecurity security, KeyRing keys) {
    return ApduProtection.builder(
            keys, security.own(), security.client(), security.counters(), random)
        .build();
  }

  private CompletionStage<Void> send(
      Route route, PushSending how, Apdu notification, @Nullable ApduProtection protection) {
    InetSocketAddress address =
        route
            .destination()
            .address()
            .orElseThrow(() -> unsendable("the destination is no host:port"));
    NotificationSenderConfig.Builder config =
        NotificationSenderConfig.builder()
            .maxPduSize(how.maxPduSize())
            .blockTimeout(how.blockTimeout(), 3)
            .confirmationTimeout(how.confirmationTimeout());
    PushSecurity security = how.security();
    if (protection != null && security != null) {
      config.protection(protection, security.form(), security.key(), security.protection());
    }
    PushLine line = new PushLine(config.build(), notification);
    ConnectOptions options = ConnectOptions.defaults().withConnectTimeout(how.connectTimeout());
    CompletionStage<LineDriver> made =
        route.destination().service() == TransportService.UDP
            ? UdpClient.connect(loop, address, options, link(route), line)
            : TcpClient.connect(loop, address, options, link(route), line);
    CompletableFuture<Void> sent = line.sent();
    made.whenComplete(
        (driver, failure) -> {
          if (failure != null) {
            sent.completeExceptionally(failure);
            return;
          }
          driver.closed().whenComplete((nothing, lost) -> endOfLine(sent, lost));
          CompletionStage<Void> outcome = sent;
          outcome.whenComplete((nothing, unsent) -> driver.close());
        });
    return sent;
  }

  private static void endOfLine(CompletableFuture<Void> sent, @Nullable Throwable lost) {
    sent.completeExceptionally(
        lost != null ? lost : unsendable("the line was closed before all was sent"));
  }

  private static Link link(Route route) {
    // The meter connects, so that it has the client's place on the wrapper.
    WrapperClientConfig wPorts =
        WrapperClientConfig.builder(route.serverSap(), route.clientSap()).build();
    return switch (route.destination().service()) {
      case TCP -> new WrapperStreamLink(wPorts);
      case UDP -> new WrapperDatagramLink(wPorts);
      case HDLC ->
          HdlcUnnumberedLink.telling(
              HdlcAddress.logical(route.serverSap()),
              route.clientSap(),
              HdlcUnnumberedConfig.DEFAULT);
      default ->
          throw unsendable("nothing can be sent by " + route.destination().service() + " here");
    };
  }

  private static DlmsException unsendable(String message) {
    return new DlmsException(DlmsException.Origin.LOCAL, DlmsException.Scope.REQUEST, message);
  }
}
