package io.dlms4j.wrapper;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.Payload;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The wrapper on datagrams, UDP, as client or as server (Green Book 7.2 and 7.3.3): one unit a
 * datagram.
 *
 * <p>Connections come and go as on a {@link WrapperStreamLink}. A datagram that is no unit, or is
 * above the limit of length, is dropped and changes nothing.
 *
 * <p><b>UDP loses, doubles and reorders datagrams, and so does this link:</b> other than what
 * {@link Link#send} promises, a payload may not arrive, without a word, or arrive twice. The layer
 * above has time-outs and invoke ids for that.
 *
 * <p>Every call of {@link #receive} must hand in one whole datagram, and everything that {@link
 * #pollTransmit} gives must go in a datagram of its own.
 */
public final class WrapperDatagramLink implements Link {
  /** The longest payload of a datagram, in octets: 65535 less the headers of IPv4, UDP and WPDU. */
  public static final int MAX_PAYLOAD_LENGTH = 65_535 - 20 - 8 - Wpdu.HEADER_LENGTH;

  private final WrapperConnections connections;

  /**
   * The client's side.
   *
   * @param config the two wPorts and limits
   */
  public WrapperDatagramLink(WrapperClientConfig config) {
    connections = new WrapperConnections(config, MAX_PAYLOAD_LENGTH);
  }

  /**
   * The server's side.
   *
   * @param config the logical devices and limits
   */
  public WrapperDatagramLink(WrapperServerConfig config) {
    connections = new WrapperConnections(config, MAX_PAYLOAD_LENGTH);
  }

  /**
   * Takes one datagram.
   *
   * @param octets holds it
   * @param offset where it begins
   * @param length how many octets it has
   * @param now time, in nanoseconds
   */
  @Override
  public void receive(byte[] octets, int offset, int length, long now) {
    if (length > Wpdu.HEADER_LENGTH + connections.maxPayloadLength()) {
      return;
    }
    Wpdu unit;
    try {
      unit = Wpdu.decode(Payload.of(Arrays.copyOfRange(octets, offset, offset + length)));
    } catch (WrapperException dropped) {
      return;
    }
    connections.receive(unit.sourceWPort(), unit.destinationWPort(), unit.data(), now);
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

  /** Ends all connections, and the use of the line; the peer is not told. */
  @Override
  public void close(long now) {
    connections.finish(DownReason.CLOSED);
  }

  @Override
  public void lineLost(long now) {
    connections.finish(DownReason.LINE_LOST);
  }

  @Override
  public boolean isFinished() {
    return connections.isFinished();
  }
}
