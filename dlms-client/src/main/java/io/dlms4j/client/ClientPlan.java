package io.dlms4j.client;

import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ClientSecurity;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.classes.EntryNumbering;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.hdlc.HdlcPrimaryConfig;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.transport.ConnectOptions;
import io.dlms4j.transport.TransportLoop;
import io.dlms4j.wrapper.WrapperClientConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that a builder was told, immutable: makes as many lines to one server as are asked for, one
 * after the other.
 *
 * @param wrapper null if the link is HDLC
 * @param hdlc null if the link is the wrapper
 * @param withPassword whether a password goes along
 * @param asPublicClient whether nobody expects any security
 */
record ClientPlan(
    ClientPath path,
    @Nullable WrapperClientConfig wrapper,
    @Nullable HdlcPrimaryConfig hdlc,
    ConnectOptions options,
    ClientAssociationConfig association,
    ClientSession.Settings session,
    @Nullable ClientSecurity security,
    boolean withPassword,
    boolean asPublicClient,
    Conduct conduct) {
  private static final Logger LOG = LoggerFactory.getLogger(DlmsClientBuilder.class);

  /** How the client that has the lines behaves. */
  record Conduct(
      DecodeLimits limits,
      EntryNumbering entryNumbering,
      RequestSettings requests,
      @Nullable ReconnectPolicy reconnect,
      ClientConnection.Jitter jitter) {}

  /**
   * Begins to connect.
   *
   * @param shared the loop; null for one of the client's own
   * @throws IllegalArgumentException if the line does not carry the link
   */
  DlmsClient connect(@Nullable TransportLoop shared) {
    ClientPath.Ready first = ready();
    warnOfWhatIsInClear(first.address());
    TransportLoop used = shared == null ? TransportLoop.create(1) : shared;
    TransportLoop own = shared == null ? used : null;
    try {
      return new DlmsClient(
          connection(first, used, own),
          conduct.limits(),
          conduct.entryNumbering(),
          conduct.requests());
    } catch (RuntimeException e) {
      if (own != null) {
        own.close();
      }
      throw e;
    }
  }

  private ClientConnection connection(
      ClientPath.Ready first, TransportLoop used, @Nullable TransportLoop own) {
    ReconnectPolicy policy = conduct.reconnect();
    if (policy == null) {
      return dial(first, used, own);
    }
    ReconnectingConnection connection =
        new ReconnectingConnection(
            () -> dial(ready(), used, null),
            policy,
            timer(used),
            conduct.jitter(),
            session.events(),
            own);
    connection.dial();
    return connection;
  }

  private ClientPath.Ready ready() {
    if (wrapper != null) {
      return path.wrapper(wrapper);
    }
    if (hdlc != null) {
      return path.hdlc(hdlc);
    }
    throw new IllegalStateException("neither HDLC nor wrapper");
  }

  private static ClientTimer timer(TransportLoop loop) {
    return (delay, task) -> {
      Future<?> scheduled = loop.schedule(task, delay);
      return () -> scheduled.cancel(false);
    };
  }

  private LineConnection dial(
      ClientPath.Ready ready, TransportLoop used, @Nullable TransportLoop own) {
    CompletableFuture<NegotiatedContext> opened = new CompletableFuture<>();
    ClientSession above = new ClientSession(ready.address(), association, session, opened);
    LineConnection connection =
        new LineConnection(above, opened, timer(used), conduct.jitter(), session.events(), own);
    ClientSecurity secure = security;
    if (secure == null) {
      open(connection, used, ready.link(), above);
    } else {
      secure
          .keys()
          .whenComplete(
              (keys, failure) -> {
                if (failure == null) {
                  open(connection, used, ready.link(), above);
                } else {
                  connection.lineFailed(withoutKeys(Blocking.root(failure)));
                }
              });
    }
    return connection;
  }

  private void open(LineConnection connection, TransportLoop used, Link link, ClientSession above) {
    path.open(used, options, link, above)
        .whenComplete(
            (line, failure) -> {
              if (failure == null) {
                connection.lineMade(line);
              } else {
                Throwable cause = Blocking.root(failure);
                connection.lineFailed(new LinkException(String.valueOf(cause.getMessage()), cause));
              }
            });
  }

  private static DlmsException withoutKeys(Throwable failure) {
    return failure instanceof DlmsException refusal
        ? refusal
        : ProtectionException.local(
            ProtectionException.Reason.UNKNOWN_KEY,
            "the provider of keys failed: " + failure.getMessage());
  }

  private void warnOfWhatIsInClear(LinkAddress address) {
    ClientSecurity secure = security;
    if (withPassword && (secure == null || !secure.isCiphered())) {
      LOG.warn("{}: the password of low level security goes over the line in clear", address);
    } else if (secure == null && !asPublicClient) {
      LOG.warn("{}: there is neither authentication nor protection", address);
    }
  }
}
