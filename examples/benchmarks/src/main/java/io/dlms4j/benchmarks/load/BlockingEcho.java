package io.dlms4j.benchmarks.load;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A blocking socket with a thread at either end: so many octets out, so many back. */
final class BlockingEcho implements AutoCloseable {
  private final Socket client;
  private final byte[] request;
  private final byte[] answer;
  private final DataInputStream in;
  private final OutputStream out;

  private BlockingEcho(Socket client, Exchange exchange) throws IOException {
    this.client = client;
    client.setTcpNoDelay(true);
    request = new byte[exchange.request()];
    answer = new byte[exchange.answer()];
    in = new DataInputStream(client.getInputStream());
    out = client.getOutputStream();
  }

  /** With a thread that answers. */
  static BlockingEcho begin(Exchange exchange) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket listening = new ServerSocket(0, 1, loopback)) {
      BlockingEcho echo =
          new BlockingEcho(new Socket(loopback, listening.getLocalPort()), exchange);
      Socket server = listening.accept();
      Thread answering = new Thread(() -> answer(server, exchange), "echo");
      answering.setDaemon(true);
      answering.start();
      return echo;
    }
  }

  /** With whoever answers at a port. */
  static BlockingEcho of(int port, Exchange exchange) throws IOException {
    return new BlockingEcho(new Socket(InetAddress.getLoopbackAddress(), port), exchange);
  }

  private static void answer(Socket socket, Exchange exchange) {
    byte[] request = new byte[exchange.request()];
    byte[] answer = new byte[exchange.answer()];
    try (socket) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        in.readFully(request);
        out.write(answer);
      }
    } catch (IOException e) {
      // The client has gone: that is the end.
    }
  }

  /** Asks, and waits for the answer. */
  byte[] exchange() throws IOException {
    out.write(request);
    in.readFully(answer);
    return answer;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
