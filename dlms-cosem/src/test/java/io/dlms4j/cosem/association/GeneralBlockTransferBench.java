package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import io.dlms4j.cosem.association.GeneralBlockTransferExchange.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client and a server back to back on a virtual clock, and a line between them with faults. */
final class GeneralBlockTransferBench {
  static final Duration TIMEOUT = Duration.ofSeconds(1);
  static final long MILLISECOND = 1_000_000;
  private static final int GENERAL_BLOCK_TRANSFER = 0xE0;

  /** What is on the line, in the order of its arrival. */
  private record Travelling(long arrival, long order, boolean toServer, Octets apdu) {}

  /** One side, what it has had, and what has failed. */
  static final class Side {
    final GeneralBlockTransferMachine machine;
    final List<Octets> received = new ArrayList<>();
    final List<DlmsException> failures = new ArrayList<>();

    Side(GeneralBlockTransferConfig config, boolean client, int peerMaxPduSize) {
      machine = new GeneralBlockTransferMachine(config, ApduCodec.STANDARD, client);
      machine.reset(peerMaxPduSize);
    }
  }

  final Side client;
  final Side server;
  final List<String> transcript = new ArrayList<>();
  final Set<Integer> lost = new HashSet<>();
  private final PriorityQueue<Travelling> line =
      new PriorityQueue<>(
          (a, b) ->
              a.arrival() != b.arrival()
                  ? Long.compare(a.arrival(), b.arrival())
                  : Long.compare(a.order(), b.order()));
  private long order;
  long now = 1;
  @Nullable Random random;
  int loss;
  int duplication;
  int reordering;

  /** What the server answers, when it has got a request; null if it does not. */
  @Nullable Octets answer;

  /** When it answers, after the request. */
  long thinks;

  private long answersAt = Long.MAX_VALUE;

  GeneralBlockTransferBench(int clientWindow, int serverWindow, int maxPduSize) {
    this(clientWindow, serverWindow, maxPduSize, 3);
  }

  GeneralBlockTransferBench(int clientWindow, int serverWindow, int maxPduSize, int retries) {
    client = new Side(config(clientWindow, retries), true, maxPduSize);
    server = new Side(config(serverWindow, retries), false, maxPduSize);
  }

  static GeneralBlockTransferConfig config(int window, int retries) {
    return new GeneralBlockTransferConfig(
        window, TIMEOUT, retries, DecodeLimits.DEFAULT.maxOctets(), false);
  }

  /** Octets that tell their place. */
  static Octets apdu(int length, int seed) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (seed + i + (i >> 8));
    }
    octets[0] = (byte) 0xC0;
    return Octets.view(octets);
  }

  /** An APDU in pieces of seven octets. */
  static DataStream stream(Octets apdu) {
    int[] written = {0};
    return writer -> {
      int length = Math.min(7, apdu.length() - written[0]);
      if (length == 0) {
        return false;
      }
      writer.writeOctets(apdu.slice(written[0], length));
      written[0] += length;
      return true;
    };
  }

  void request(Octets apdu) {
    assertTrue(client.machine.send(stream(apdu), Purpose.REQUEST, now));
  }

  /** Runs until nothing is under way. */
  void run() {
    int steps = 0;
    while (step()) {
      assertTrue(++steps < 200_000, "the machines do not come to rest");
    }
  }

  boolean step() {
    transmit(client, true);
    transmit(server, false);
    events(client);
    if (events(server) && answer != null) {
      answersAt = now + thinks;
    }
    long next = Math.min(client.machine.nextDeadline(), server.machine.nextDeadline());
    next = Math.min(next, answersAt);
    Travelling first = line.peek();
    if (first != null) {
      next = Math.min(next, first.arrival());
    }
    if (next == Long.MAX_VALUE) {
      return false;
    }
    now = Math.max(now, next);
    Octets due = answer;
    if (answersAt <= now && due != null) {
      answersAt = Long.MAX_VALUE;
      assertTrue(server.machine.send(stream(due), Purpose.RESPONSE, now));
    } else if (first != null && first.arrival() <= now) {
      line.remove();
      deliver(first.toServer() ? server : client, first.apdu());
    } else {
      client.machine.onDeadline(now);
      server.machine.onDeadline(now);
    }
    return true;
  }

  private void deliver(Side side, Octets apdu) {
    if (apdu.at(0) == GENERAL_BLOCK_TRANSFER) {
      side.machine.receive((GeneralBlockTransfer) ApduCodec.STANDARD.decode(apdu), now);
    } else {
      side.received.add(apdu);
      side.machine.abandon(now);
      if (side == server && answer != null) {
        answersAt = now + thinks;
      }
    }
  }

  private boolean events(Side side) {
    boolean received = false;
    for (GeneralBlockTransferEvent event = side.machine.pollEvent();
        event != null;
        event = side.machine.pollEvent()) {
      if (event instanceof GeneralBlockTransferEvent.Received whole) {
        side.received.add(whole.apdu());
        received = true;
      } else if (event instanceof GeneralBlockTransferEvent.Failed failed) {
        side.failures.add(failed.cause());
      }
    }
    return received;
  }

  private void transmit(Side side, boolean toServer) {
    for (Octets apdu = side.machine.pollTransmit(now);
        apdu != null;
        apdu = side.machine.pollTransmit(now)) {
      boolean isLost = lost.contains(transcript.size());
      transcript.add(describe(apdu, toServer) + (isLost ? " lost" : ""));
      if (!isLost) {
        put(apdu, toServer);
      }
    }
  }

  private void put(Octets apdu, boolean toServer) {
    Random faults = random;
    if (faults == null) {
      line.add(new Travelling(now + MILLISECOND, order++, toServer, apdu));
      return;
    }
    // A plain APDU has nobody who would repeat it.
    boolean block = apdu.at(0) == GENERAL_BLOCK_TRANSFER;
    if (block && faults.nextInt(100) < loss) {
      return;
    }
    int copies = block && faults.nextInt(100) < duplication ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      long delay = faults.nextInt(100) < reordering ? faults.nextInt(50) : 0;
      line.add(new Travelling(now + (1 + delay) * MILLISECOND, order++, toServer, apdu));
    }
  }

  /** One line a block: side, L for the last block, S for streaming, window, numbers, octets. */
  private static String describe(Octets apdu, boolean toServer) {
    String side = toServer ? "C" : "S";
    if (apdu.at(0) != GENERAL_BLOCK_TRANSFER) {
      return side + " plain";
    }
    GeneralBlockTransfer block = (GeneralBlockTransfer) ApduCodec.STANDARD.decode(apdu);
    return String.format(
        Locale.ROOT,
        "%s %s%s W=%d BN=%d BNA=%d +%d",
        side,
        block.lastBlock() ? "L" : "-",
        block.streaming() ? "S" : "-",
        block.window(),
        block.blockNumber(),
        block.blockNumberAck(),
        block.blockData().length());
  }
}
