package io.dlms4j.server;

import io.dlms4j.axdr.Octets;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client of the wrapper on a blocking socket, whose APDUs are made by hand. */
final class WrapperSocket implements AutoCloseable {
  /** Lowest level security, logical names, and GET with everything else that one may ask for. */
  private static final String AARQ =
      "601DA109060760857405080101BE10040E01000000065F1F0400FFFFFFFFFF";

  private static final int PATIENCE_MILLISECONDS = 20_000;
  private static final int CLIENT = 16;

  private final Socket socket;
  private final int sap;

  WrapperSocket(InetSocketAddress server, int sap) throws IOException {
    socket = new Socket(server.getAddress(), server.getPort());
    socket.setSoTimeout(PATIENCE_MILLISECONDS);
    this.sap = sap;
  }

  void send(String apdu) throws IOException {
    byte[] octets = Octets.ofHex(apdu).toByteArray();
    byte[] unit = new byte[8 + octets.length];
    unit[1] = 1;
    unit[3] = CLIENT;
    unit[4] = (byte) (sap >>> 8);
    unit[5] = (byte) sap;
    unit[6] = (byte) (octets.length >>> 8);
    unit[7] = (byte) octets.length;
    System.arraycopy(octets, 0, unit, 8, octets.length);
    socket.getOutputStream().write(unit);
  }

  /** The next APDU, or "closed". */
  String receive() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] header = new byte[8];
    try {
      in.readFully(header);
    } catch (EOFException | java.net.SocketException e) {
      return "closed";
    }
    byte[] octets = new byte[((header[6] & 0xFF) << 8) | (header[7] & 0xFF)];
    in.readFully(octets);
    return Octets.copyOf(octets).toHex();
  }

  String exchange(String apdu) throws IOException {
    send(apdu);
    return receive();
  }

  /** Whether the server accepts an association. */
  boolean associate() throws IOException {
    return exchange(AARQ).contains("A203020100");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
