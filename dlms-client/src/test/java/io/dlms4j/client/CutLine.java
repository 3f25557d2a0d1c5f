package io.dlms4j.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server on TCP, and cuts their line when a test says so. */
final class CutLine implements AutoCloseable {
  private final ServerSocket listening;
  private final InetSocketAddress server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  /** How many octets each connection carries to the client before it is cut. */
  private volatile int budget = Integer.MAX_VALUE;

  private volatile boolean refusing;

  CutLine(InetSocketAddress server) {
    this.server = server;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(this::accept);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
  }

  /** How many connections have been made through it. */
  int connections() {
    return connections.get();
  }

  /** Cuts whatever is there now. */
  void cut() {
    open.forEach(CutLine::close);
    open.clear();
  }

  /** From now on, connections are cut as soon as they have been made. */
  void refuse(boolean refuses) {
    refusing = refuses;
  }

  /** Connections made from now on are cut when so many octets have gone to the client. */
  void cutAfter(int octets) {
    budget = octets;
  }

  private static void run(Runnable task) {
    Thread thread = new Thread(task, "cut line");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        if (refusing) {
          client.close();
          continue;
        }
        connections.incrementAndGet();
        Socket meter = new Socket(server.getAddress(), server.getPort());
        meter.setTcpNoDelay(true);
        client.setTcpNoDelay(true);
        open.add(client);
        open.add(meter);
        int octets = budget;
        run(() -> pump(client, meter, Integer.MAX_VALUE));
        run(() -> pump(meter, client, octets));
      }
    } catch (IOException e) {
      // The test is over, or the server is.
      cut();
    }
  }

  private void pump(Socket from, Socket to, int most) {
    byte[] octets = new byte[4096];
    int left = most;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      while (left > 0) {
        int read = in.read(octets, 0, Math.min(octets.length, left));
        if (read < 0) {
          break;
        }
        out.write(octets, 0, read);
        left -= most == Integer.MAX_VALUE ? 0 : read;
      }
    } catch (IOException e) {
      // One of the two has gone: the other follows.
    }
    close(from);
    close(to);
    open.remove(from);
    open.remove(to);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      // Nobody connects any more.
    }
    cut();
  }
}
