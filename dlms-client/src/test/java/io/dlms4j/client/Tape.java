package io.dlms4j.client;

import io.dlms4j.transport.LineRecorder;
import io.dlms4j.transport.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a server has received, as somebody on the line would keep it to send it again. */
final class Tape {
  private static final int MOST = 4096;

  /** All is answered at once, or not at all. */
  private static final int PATIENCE_MILLIS = 500;

  private final List<byte[]> received = new CopyOnWriteArrayList<>();

  Recording recording() {
    return Recording.with(
        ends ->
            (direction, time, octets) -> {
              if (direction == LineRecorder.Direction.RECEIVED) {
                received.add(octets.toByteArray());
              }
            });
  }

  /** Sends all of it once more, each piece when the one before has been answered. */
  void replay(InetSocketAddress to) throws IOException {
    if (received.isEmpty()) {
      throw new IllegalStateException("nothing was recorded");
    }
    try (Socket socket = new Socket(to.getAddress(), to.getPort())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      InputStream in = socket.getInputStream();
      for (byte[] piece : received) {
        socket.getOutputStream().write(piece);
        if (in.read(new byte[MOST]) < 0) {
          return;
        }
      }
    } catch (SocketTimeoutException e) {
      // The server says nothing more.
    }
  }
}
