package io.dlms4j.benchmarks.load;

import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.link.Payload;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.transport.LineRecorder;
import io.dlms4j.transport.Recording;
import io.dlms4j.transport.TransportLoop;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many octets one reading sends each way, as a recorder of the line counts them: what the floor
 * has to carry.
 *
 * @param request octets to the server
 * @param answer octets to the client
 */
record Exchange(int request, int answer) {
  private static final int READS = 8;

  /** Reads, and counts. */
  static Exchange of(Meter meter) {
    AtomicInteger sent = new AtomicInteger();
    AtomicInteger received = new AtomicInteger();
    Recording counting = Recording.with(ends -> counter(sent, received));
    try (TransportLoop loop = TransportLoop.create(1);
        DlmsServer server = meter.serve(loop, 1);
        BlockingDlmsClient client =
            meter
                .client(server.addresses().get(0).getPort())
                .recording(counting)
                .connect()
                .blocking()) {
      client.get(Meter.ENERGY);
      int sentBefore = sent.get();
      int receivedBefore = received.get();
      for (int i = 0; i < READS; i++) {
        client.get(Meter.ENERGY);
      }
      return new Exchange(
          (sent.get() - sentBefore) / READS, (received.get() - receivedBefore) / READS);
    }
  }

  private static LineRecorder counter(AtomicInteger sent, AtomicInteger received) {
    return (LineRecorder.Direction direction, Instant time, Payload octets) -> {
      boolean out = direction == LineRecorder.Direction.SENT;
      (out ? sent : received).addAndGet(octets.length());
    };
  }
}
