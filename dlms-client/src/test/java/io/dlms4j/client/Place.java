package io.dlms4j.client;

import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.line.PseudoTerminals;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Hdlc;
import io.dlms4j.server.Wrapper;
import io.dlms4j.transport.MemoryPort;
import io.dlms4j.transport.SerialSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a server of the contract listens, and how clients get there. One server at a time. */
interface Place extends AutoCloseable {
  /** Adds the place to the server's ports. */
  DlmsServer.Builder listening(DlmsServer.Builder server);

  /** A client that speaks likewise, to one logical device of the server that listens. */
  DlmsClientBuilder speaking(DlmsServer server, int serverSap, int clientSap);

  /** Nothing is left of it. */
  @Override
  default void close() {}

  private static DlmsClientBuilder hdlc(DlmsClientBuilder client, int serverSap, int clientSap) {
    return client
        .hdlc(HdlcAddress.logical(serverSap), clientSap)
        .linkResponseTimeout(Duration.ofSeconds(2), 2);
  }

  /** HDLC on TCP. */
  final class HdlcOverTcp implements Place {
    @Override
    public DlmsServer.Builder listening(DlmsServer.Builder server) {
      return server.tcpOnLoopback(0, Hdlc.defaults());
    }

    @Override
    public DlmsClientBuilder speaking(DlmsServer server, int serverSap, int clientSap) {
      InetSocketAddress at = server.addresses().get(0);
      return hdlc(DlmsClient.tcp(at.getHostString(), at.getPort()), serverSap, clientSap);
    }
  }

  /** The wrapper on TCP. */
  final class WrapperOverTcp implements Place {
    @Override
    public DlmsServer.Builder listening(DlmsServer.Builder server) {
      return server.tcpOnLoopback(0, Wrapper.defaults());
    }

    @Override
    public DlmsClientBuilder speaking(DlmsServer server, int serverSap, int clientSap) {
      InetSocketAddress at = server.addresses().get(0);
      return DlmsClient.tcp(at.getHostString(), at.getPort()).wrapper(serverSap, clientSap);
    }
  }

  /** HDLC on TCP, the client on a blocking socket. */
  final class HdlcOverSocket implements Place {
    @Override
    public DlmsServer.Builder listening(DlmsServer.Builder server) {
      return server.tcpOnLoopback(0, Hdlc.defaults());
    }

    @Override
    public DlmsClientBuilder speaking(DlmsServer server, int serverSap, int clientSap) {
      InetSocketAddress at = server.addresses().get(0);
      return hdlc(DlmsClient.socket(at.getHostString(), at.getPort()), serverSap, clientSap);
    }
  }

  /** The wrapper on TCP, the client on a blocking socket. */
  final class WrapperOverSocket implements Place {
    @Override
    public DlmsServer.Builder listening(DlmsServer.Builder server) {
      return server.tcpOnLoopback(0, Wrapper.defaults());
    }

    @Override
    public DlmsClientBuilder speaking(DlmsServer server, int serverSap, int clientSap) {
      InetSocketAddress at = server.addresses().get(0);
      return DlmsClient.socket(at.getHostString(), at.getPort()).wrapper(serverSap, clientSap);
    }
  }

  /** The wrapper in datagrams. */
  final class WrapperOverUdp implements Place {
    @Override
    public DlmsServer.Builder listening(DlmsServer.Builder server) {
      return server.udp(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Wrapper.defaults());
    }

    @Override
    public DlmsClientBuilder speaking(DlmsServer server, int serverSap, int clientSap) {
      InetSocketAddress at = server.addresses().get(0);
      return DlmsClient.udp(at.getHostString(), at.getPort()).wrapper(serverSap, clientSap);
    }
  }

  /** HDLC in memory. */
  final class HdlcInMemory implements Place {
    private final MemoryPort port = new MemoryPort();

    @Override
    public DlmsServer.Builder listening(DlmsServer.Builder server) {
      return server.memory(port, Hdlc.defaults());
    }

    @Override
    public DlmsClientBuilder speaking(DlmsServer server, int serverSap, int clientSap) {
      return hdlc(DlmsClient.memory(port), serverSap, clientSap);
    }
  }

  /** The wrapper in memory. */
  final class WrapperInMemory implements Place {
    private final MemoryPort port = new MemoryPort();

    @Override
    public DlmsServer.Builder listening(DlmsServer.Builder server) {
      return server.memory(port, Wrapper.defaults());
    }

    @Override
    public DlmsClientBuilder speaking(DlmsServer server, int serverSap, int clientSap) {
      return DlmsClient.memory(port).wrapper(serverSap, clientSap);
    }
  }

  /** HDLC on a pair of pseudo-terminals; it takes one client at a time. */
  final class HdlcOverSerial implements Place {
    private final Path directory;
    private @Nullable PseudoTerminals pair;

    /** A pair that is made when it is needed, in a directory of its own. */
    HdlcOverSerial(Path directory) {
      this.directory = directory;
    }

    private PseudoTerminals pair() {
      PseudoTerminals made = pair;
      if (made == null) {
        try {
          made = PseudoTerminals.start(directory);
        } catch (IOException | InterruptedException e) {
          throw new AssertionError("no pseudo-terminals", e);
        }
        pair = made;
      }
      return made;
    }

    @Override
    public DlmsServer.Builder listening(DlmsServer.Builder server) {
      return server.serial(SerialSettings.of(pair().left()), Hdlc.defaults());
    }

    @Override
    public DlmsClientBuilder speaking(DlmsServer server, int serverSap, int clientSap) {
      return hdlc(DlmsClient.serial(SerialSettings.of(pair().right())), serverSap, clientSap);
    }

    @Override
    public void close() {
      PseudoTerminals made = pair;
      if (made != null) {
        made.close();
      }
    }
  }
}
