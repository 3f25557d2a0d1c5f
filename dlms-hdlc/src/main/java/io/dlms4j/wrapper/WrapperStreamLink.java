package io.dlms4j.wrapper;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.Payload;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The wrapper on a stream, TCP, as client or as server (Green Book 7.3.3).
 *
 * <p>The client's one connection is up from {@link #open} on. The server's connections come up with
 * their first unit, one for every pair of client wPort and server wPort, so that several clients
 * share a line. Units for a server wPort that is not configured, from or for {@link
 * WPort#NO_STATION}, for {@link WPort#ALL_STATION}, beyond the number of connections, or without
 * data are dropped; a client drops what is not from its server and for itself.
 *
 * <p>Nothing marks the beginning of a unit, so a header with another version or with a length above
 * the limit is the end of the stream: every connection goes down with {@link
 * DownReason#PROTOCOL_ERROR}, and the line has no more use. The same holds for a line on which no
 * connection is up and nothing has come within the inactivity time-out. What is kept of an
 * unfinished unit is never more than twice what has come of it, nor more than the limit.
 */
public final class WrapperStreamLink implements Link {
  /** Room for a first piece of data; more is made when it has really come. */
  private static final int FIRST_ROOM = 256;

  private static final byte[] NOTHING = new byte[0];

  private final WrapperConnections connections;
  private final byte[] header = new byte[Wpdu.HEADER_LENGTH];
  private int headerSize;
  private byte[] data = NOTHING;
  private int dataSize;

  /** Octets of data that the header announces. */
  private int dataLength;

  /**
   * The client's side.
   *
   * @param config the two wPorts and limits
   */
  public WrapperStreamLink(WrapperClientConfig config) {
    connections = new WrapperConnections(config, Wpdu.MAX_DATA_LENGTH);
  }

  /**
   * The server's side.
   *
   * @param config the logical devices and limits
   */
  public WrapperStreamLink(WrapperServerConfig config) {
    connections = new WrapperConnections(config, Wpdu.MAX_DATA_LENGTH);
  }

  @Override
  public void receive(byte[] octets, int offset, int length, long now) {
    int at = offset;
    int end = offset + length;
    while (at < end && !connections.isFinished()) {
      at =
          headerSize < header.length
              ? receiveHeader(octets, at, end, now)
              : receiveData(octets, at, end, now);
    }
  }

  private int receiveHeader(byte[] octets, int at, int end, long now) {
    int count = Math.min(end - at, header.length - headerSize);
    System.arraycopy(octets, at, header, headerSize, count);
    headerSize += count;
    if (headerSize == header.length) {
      try {
        dataLength = Wpdu.checkedLength(header, 0, connections.maxPayloadLength());
      } catch (WrapperException placeLost) {
        finish(DownReason.PROTOCOL_ERROR);
        return end;
      }
      if (dataLength == 0) {
        complete(now);
      }
    }
    return at + count;
  }

  private int receiveData(byte[] octets, int at, int end, long now) {
    int count = Math.min(end - at, dataLength - dataSize);
    int size = dataSize + count;
    if (size > data.length) {
      int room = size == dataLength ? size : Math.max(FIRST_ROOM, 2 * size);
      data = Arrays.copyOf(data, Math.min(room, dataLength));
    }
    System.arraycopy(octets, at, data, dataSize, count);
    dataSize = size;
    if (dataSize == dataLength) {
      complete(now);
    }
    return at + count;
  }

  private void complete(long now) {
    Payload payload = Payload.of(data, 0, dataLength);
    int source = Wpdu.sourceWPort(header, 0);
    int destination = Wpdu.destinationWPort(header, 0);
    forget();
    if (!connections.receive(source, destination, payload, now)) {
      finish(DownReason.PROTOCOL_ERROR);
    }
  }

  private void forget() {
    headerSize = 0;
    data = NOTHING;
    dataSize = 0;
    dataLength = 0;
  }

  private void finish(DownReason reason) {
    forget();
    connections.finish(reason);
  }

  /** How many octets are kept of an unfinished unit. */
  int room() {
    return data.length;
  }

  @Override
  public @Nullable LinkEvent pollEvent() {
    return connections.pollEvent();
  }

  @Override
  public @Nullable Payload pollTransmit(long now) {
    return connections.pollTransmit();
  }

  @Override
  public long nextDeadline() {
    return connections.nextDeadline();
  }

  @Override
  public void onDeadline(long now) {
    connections.onDeadline(now);
  }

  @Override
  public boolean send(LinkAddress address, Payload payload, long now) {
    return connections.send(address, payload);
  }

  /** A client's connection is up from now on; a server waits for its clients. */
  @Override
  public void disconnect(LinkAddress address, long now) {
    connections.disconnect(address, now);
  }

  @Override
  public void open(long now) {
    connections.open(now);
  }

  /** Ends all connections, and the use of the line; the wrapper has no words for it. */
  @Override
  public void close(long now) {
    finish(DownReason.CLOSED);
  }

  @Override
  public void lineLost(long now) {
    finish(DownReason.LINE_LOST);
  }

  @Override
  public boolean isFinished() {
    return connections.isFinished();
  }
}
