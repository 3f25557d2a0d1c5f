package io.dlms4j.client.push;

import io.dlms4j.hdlc.HdlcUnnumberedConfig;
import io.dlms4j.hdlc.HdlcUnnumberedLink;
import io.dlms4j.link.Link;
import io.dlms4j.transport.Attachment;
import io.dlms4j.transport.BindOptions;
import io.dlms4j.transport.LineDriver;
import io.dlms4j.transport.SerialServer;
import io.dlms4j.transport.SerialSettings;
import io.dlms4j.transport.TcpServer;
import io.dlms4j.transport.TransportLoop;
import io.dlms4j.transport.UdpServer;
import io.dlms4j.wrapper.WrapperDatagramLink;
import io.dlms4j.wrapper.WrapperServerConfig;
import io.dlms4j.wrapper.WrapperStreamLink;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a listener listens. */
sealed interface PushPort {
  /** What is above the link of a line. */
  interface Sessions extends BiFunction<LineDriver, PushSource.Path, PushSession> {}

  /**
   * A port that is open.
   *
   * @param address null for a serial line
   */
  record Open(@Nullable InetSocketAddress address, Supplier<CompletionStage<Void>> closing) {}

  /** Begins to listen. */
  CompletionStage<Open> open(
      TransportLoop loop, BindOptions options, WrapperServerConfig wPorts, Sessions sessions);

  /** TCP with the wrapper. */
  record Tcp(InetSocketAddress address) implements PushPort {
    @Override
    public CompletionStage<Open> open(
        TransportLoop loop, BindOptions options, WrapperServerConfig wPorts, Sessions sessions) {
      return TcpServer.bind(
              loop,
              address,
              options,
              line -> attach(line, new WrapperStreamLink(wPorts), PushSource.Path.TCP, sessions))
          .thenApply(server -> new Open(server.localAddress(), server::close));
    }
  }

  /** UDP with the wrapper. */
  record Udp(InetSocketAddress address) implements PushPort {
    @Override
    public CompletionStage<Open> open(
        TransportLoop loop, BindOptions options, WrapperServerConfig wPorts, Sessions sessions) {
      return UdpServer.bind(
              loop,
              address,
              options,
              line -> attach(line, new WrapperDatagramLink(wPorts), PushSource.Path.UDP, sessions))
          .thenApply(server -> new Open(server.localAddress(), server::close));
    }
  }

  /** TCP with HDLC UI frames. */
  record HdlcTcp(InetSocketAddress address, HdlcUnnumberedConfig hdlc) implements PushPort {
    @Override
    public CompletionStage<Open> open(
        TransportLoop loop, BindOptions options, WrapperServerConfig wPorts, Sessions sessions) {
      return TcpServer.bind(
              loop,
              address,
              options,
              line ->
                  attach(
                      line,
                      HdlcUnnumberedLink.listening(hdlc),
                      PushSource.Path.HDLC_OVER_TCP,
                      sessions))
          .thenApply(server -> new Open(server.localAddress(), server::close));
    }
  }

  /** A serial line with HDLC UI frames. */
  record HdlcSerial(SerialSettings settings, HdlcUnnumberedConfig hdlc) implements PushPort {
    @Override
    public CompletionStage<Open> open(
        TransportLoop loop, BindOptions options, WrapperServerConfig wPorts, Sessions sessions) {
      return SerialServer.open(
              settings,
              line ->
                  attach(
                      line,
                      HdlcUnnumberedLink.listening(hdlc),
                      PushSource.Path.HDLC_ON_SERIAL_LINE,
                      sessions))
          .thenApply(
              line ->
                  new Open(
                      null,
                      () -> {
                        line.close();
                        return line.closed();
                      }));
    }
  }

  private static Attachment attach(
      LineDriver line, Link link, PushSource.Path path, Sessions sessions) {
    PushSession session = sessions.apply(line, path);
    line.closed().whenComplete((nothing, failure) -> session.lineLost());
    return new Attachment(link, session);
  }
}
