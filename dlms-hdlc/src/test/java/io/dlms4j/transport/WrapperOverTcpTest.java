package io.dlms4j.transport;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.LinkUser;
import io.dlms4j.wrapper.WrapperStreamLink;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class WrapperOverTcpTest extends LineContract {

  private final TransportLoop loop = TransportLoop.create(2);
  private @Nullable TcpServer server;

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  @Override
  boolean hasCable() {
    return true;
  }

  @Override
  void serve(Function<LineDriver, Attachment> attach) throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = await(TcpServer.bind(loop, anyPort, attach));
  }

  @Override
  CompletionStage<LineDriver> connect(ConnectOptions options, Link link, LinkUser user) {
    InetSocketAddress address = Objects.requireNonNull(server).localAddress();
    return TcpClient.connect(loop, address, options, link, user);
  }

  @Override
  LinkAddress connection() {
    return WrapperLinks.CONNECTION;
  }

  @Override
  Link clientLink(Duration patience) {
    return new WrapperStreamLink(WrapperLinks.client(patience));
  }

  @Override
  Link serverLink() {
    return new WrapperStreamLink(WrapperLinks.server());
  }

  @Override
  DownReason reasonOfSilence() {
    return DownReason.INACTIVE;
  }

  @Override
  int longestPayload() {
    return 0xFFFF;
  }
}
