package io.dlms4j.client;

import io.dlms4j.hdlc.HdlcPrimary;
import io.dlms4j.hdlc.HdlcPrimaryConfig;
import io.dlms4j.iec21.Iec21ClientConfig;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkUser;
import io.dlms4j.transport.ConnectOptions;
import io.dlms4j.transport.LineDriver;
import io.dlms4j.transport.MemoryPort;
import io.dlms4j.transport.SerialClient;
import io.dlms4j.transport.SerialSettings;
import io.dlms4j.transport.SocketClient;
import io.dlms4j.transport.TcpClient;
import io.dlms4j.transport.TransportLoop;
import io.dlms4j.transport.UdpClient;
import io.dlms4j.wrapper.WrapperClientConfig;
import io.dlms4j.wrapper.WrapperDatagramLink;
import io.dlms4j.wrapper.WrapperStreamLink;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/** A kind of line, and the links that it carries. */
sealed interface ClientPath {
  /** A link and the address of its one connection. */
  record Ready(Link link, LinkAddress address) {}

  /** An HDLC link. */
  default Ready hdlc(HdlcPrimaryConfig config) {
    HdlcPrimary link = new HdlcPrimary(config);
    return new Ready(link, link.address());
  }

  /** A wrapper link. */
  Ready wrapper(WrapperClientConfig config);

  /** Makes the line. */
  CompletionStage<LineDriver> open(
      TransportLoop loop, ConnectOptions options, Link link, LinkUser user);

  /**
   * Which line this is for a pool.
   *
   * @param hdlc whether the link is HDLC, whose line its meters share
   */
  PoolQueue.Place place(boolean hdlc);

  private static LinkAddress address(WrapperClientConfig config) {
    return new LinkAddress(config.clientWPort(), config.serverWPort());
  }

  /** TCP. */
  record Tcp(InetSocketAddress server) implements ClientPath {
    @Override
    public PoolQueue.Place place(boolean hdlc) {
      return new PoolQueue.Place(server.getHostString(), server, hdlc);
    }

    @Override
    public Ready wrapper(WrapperClientConfig config) {
      return new Ready(new WrapperStreamLink(config), address(config));
    }

    @Override
    public CompletionStage<LineDriver> open(
        TransportLoop loop, ConnectOptions options, Link link, LinkUser user) {
      return TcpClient.connect(loop, server, options, link, user);
    }
  }

  /** TCP on a blocking socket, in the thread of whoever waits. */
  record Socket(InetSocketAddress server) implements ClientPath {
    @Override
    public PoolQueue.Place place(boolean hdlc) {
      return new PoolQueue.Place(server.getHostString(), server, hdlc);
    }

    @Override
    public Ready wrapper(WrapperClientConfig config) {
      return new Ready(new WrapperStreamLink(config), address(config));
    }

    @Override
    public CompletionStage<LineDriver> open(
        TransportLoop loop, ConnectOptions options, Link link, LinkUser user) {
      return SocketClient.connect(server, options, link, user);
    }
  }

  /** UDP, on which there is no HDLC: its frames are a stream's. */
  record Udp(InetSocketAddress server) implements ClientPath {
    @Override
    public PoolQueue.Place place(boolean hdlc) {
      return new PoolQueue.Place(server.getHostString(), server, hdlc);
    }

    @Override
    public Ready hdlc(HdlcPrimaryConfig config) {
      throw new IllegalArgumentException("UDP carries the wrapper, and no HDLC");
    }

    @Override
    public Ready wrapper(WrapperClientConfig config) {
      return new Ready(new WrapperDatagramLink(config), address(config));
    }

    @Override
    public CompletionStage<LineDriver> open(
        TransportLoop loop, ConnectOptions options, Link link, LinkUser user) {
      return UdpClient.connect(loop, server, options, link, user);
    }
  }

  /** A serial line, with HDLC at once or after the opening of mode E. */
  record Serial(SerialSettings settings, boolean modeE) implements ClientPath {
    @Override
    public PoolQueue.Place place(boolean hdlc) {
      return new PoolQueue.Place(settings.port(), settings.port(), true);
    }

    @Override
    public Ready wrapper(WrapperClientConfig config) {
      throw new IllegalArgumentException("a serial line carries HDLC, and no wrapper");
    }

    @Override
    public CompletionStage<LineDriver> open(
        TransportLoop loop, ConnectOptions options, Link link, LinkUser user) {
      SerialSettings recorded =
          options.recording() == null ? settings : settings.withRecording(options.recording());
      return modeE
          ? SerialClient.openModeE(
              recorded,
              Iec21ClientConfig.builder(Iec21ClientConfig.Purpose.HDLC).build(),
              link,
              user)
          : SerialClient.open(recorded, link, user);
    }
  }

  /** A line in memory. */
  record Memory(MemoryPort server) implements ClientPath {
    @Override
    public PoolQueue.Place place(boolean hdlc) {
      return new PoolQueue.Place(server, server, false);
    }

    @Override
    public Ready wrapper(WrapperClientConfig config) {
      return new Ready(new WrapperStreamLink(config), address(config));
    }

    @Override
    public CompletionStage<LineDriver> open(
        TransportLoop loop, ConnectOptions options, Link link, LinkUser user) {
      return server.connect(loop, options, link, user);
    }
  }
}
