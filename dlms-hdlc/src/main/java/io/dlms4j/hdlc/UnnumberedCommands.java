package io.dlms4j.hdlc;

import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.Payload;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A primary's UI frames that wait for its turn: to its server, or to all stations. */
final class UnnumberedCommands {
  /** How many may wait; more are refused. */
  private static final int MAX_QUEUED = 16;

  /** An empty payload stands for an empty UI frame with P, which gives the right to send. */
  private record Command(HdlcAddress destination, Payload payload) {
    HdlcFrame frame(HdlcAddress client) {
      return new HdlcFrame.Ui(destination, client, payload.length() == 0, Payload.EMPTY);
    }
  }

  private final LinkAddress linkAddress;
  private final HdlcAddress client;
  private final ArrayDeque<Command> waiting = new ArrayDeque<>(1);

  UnnumberedCommands(LinkAddress linkAddress, HdlcAddress client) {
    this.linkAddress = linkAddress;
    this.client = client;
  }

  /**
   * Takes a payload.
   *
   * @param server whom the primary talks to
   * @param agreed what was agreed with it, if anything was
   * @return whether the address is one of its own, and there is room
   */
  boolean offer(
      LinkAddress address, Payload payload, HdlcAddress server, @Nullable HdlcParameters agreed) {
    HdlcAddress destination = destination(address, server);
    if (destination == null || waiting.size() >= MAX_QUEUED) {
      return false;
    }
    boolean everybody = destination.isAllStation();
    HdlcParameters holds = agreed == null || everybody ? HdlcParameters.DEFAULT : agreed;
    // The right to send is given to one station only.
    if (payload.length() > UnnumberedQueue.longest(holds.maxInformationFieldLengthTransmit())
        || (payload.length() == 0 && everybody)) {
      return false;
    }
    return waiting.add(new Command(destination, payload));
  }

  /** The server, or all stations in place of a part of its address; null for anybody else. */
  private @Nullable HdlcAddress destination(LinkAddress address, HdlcAddress server) {
    int all = server.length() == 4 ? HdlcAddress.ALL_STATION_LONG : HdlcAddress.ALL_STATION;
    boolean everyLogical = address.serverSap() == all;
    boolean everyPhysical = server.length() > 1 && address.physicalDevice() == all;
    if (address.clientSap() != linkAddress.clientSap()
        || (!everyLogical && address.serverSap() != linkAddress.serverSap())
        || (!everyPhysical && address.physicalDevice() != linkAddress.physicalDevice())) {
      return null;
    }
    return new HdlcAddress(
        everyLogical ? all : server.upper(), everyPhysical ? all : server.lower(), server.length());
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether the next frame gives the right to send, so that an answer must be awaited. */
  boolean nextPolls() {
    return waiting.element().payload().length() == 0;
  }

  /** Writes the next frame; there must be one. */
  Payload next() {
    Command command = waiting.remove();
    Payload prefix = command.payload().length() == 0 ? Payload.EMPTY : LlcHeader.COMMAND.octets();
    return FrameCodec.encode(command.frame(client), prefix, command.payload());
  }

  void clear() {
    waiting.clear();
  }
}
