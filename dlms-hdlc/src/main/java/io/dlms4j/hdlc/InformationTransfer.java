package io.dlms4j.hdlc;

import io.dlms4j.link.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbered traffic of one connection, the same for both sides: sequence numbers modulo 8,
 * segments of what goes out, reassembly of what comes in (Green Book 8.4.5, information exchange).
 *
 * <p>It knows no poll, no time and no address. Segments that were sent are kept until they are
 * acknowledged, and {@link #rewind} makes them go again; so it works with any window, although none
 * but 1 is negotiated today.
 */
final class InformationTransfer {
  /** Payloads that may wait; more are refused, since only a runaway user has so many. */
  private static final int MAX_QUEUED = 64;

  private static final int MODULUS_MASK = 7;

  /** What became of an I frame. */
  enum Acceptance {
    /** Its number is not the expected one: a duplicate, or one too early. */
    OUT_OF_SEQUENCE,
    /** It was a segment, and more follow. */
    SEGMENT,
    /** It completed a payload: {@link #takePayload()}. */
    PAYLOAD,
    /** It completed something that has no LLC header of this direction, which was dropped. */
    NO_LLC_HEADER,
    /** The payload is longer than the limit. */
    TOO_LONG
  }

  private record Segment(Payload prefix, Payload body, boolean moreFollow) {}

  private final Payload prefix;
  private final LlcHeader expectedHeader;
  private final int maxPayloadLength;
  private final int maxSegmentLength;
  private final int window;

  private final ArrayDeque<Payload> queue = new ArrayDeque<>();

  /** Octets of the queue's head that are in segments already, LLC header included. */
  private int headSegmented;

  /** Segments from V(A) on, of which the first {@link #sentCount} are on their way. */
  private final List<Segment> unacknowledged = new ArrayList<>();

  private int sentCount;
  private int acknowledgedState;
  private int receiveState;

  private byte[] reassembly = new byte[0];
  private int reassembled;
  private @Nullable Payload complete;

  /**
   * A connection just set up: all sequence numbers are 0.
   *
   * @param sends LLC header of what goes out
   * @param expects LLC header of what comes in
   * @param parameters what was agreed, seen by this side
   * @param maxPayloadLength longest payload in either direction, in octets
   */
  InformationTransfer(
      LlcHeader sends, LlcHeader expects, HdlcParameters parameters, int maxPayloadLength) {
    this.prefix = sends.octets();
    this.expectedHeader = expects;
    this.maxPayloadLength = maxPayloadLength;
    this.maxSegmentLength = parameters.maxInformationFieldLengthTransmit();
    this.window = parameters.windowSizeTransmit();
  }

  /** Queues a payload, unless it is too long or too many wait. */
  boolean offer(Payload payload) {
    if (payload.length() > maxPayloadLength || queue.size() >= MAX_QUEUED) {
      return false;
    }
    return queue.add(payload);
  }

  /** V(S). */
  int sendState() {
    return acknowledgedState + sentCount & MODULUS_MASK;
  }

  /** V(R). */
  int receiveState() {
    return receiveState;
  }

  /** Whether an I frame may go now. */
  boolean canSend() {
    return sentCount < unacknowledged.size()
        || (unacknowledged.size() < window && !queue.isEmpty());
  }

  /** Whether an I frame is on its way and not acknowledged. */
  boolean awaitsAcknowledgement() {
    return sentCount > 0;
  }

  /** Makes all that was not acknowledged go again. */
  void rewind() {
    sentCount = 0;
  }

  /** Writes the next I frame; {@link #canSend} must hold. */
  Payload nextFrame(HdlcAddress destination, HdlcAddress source, boolean pollFinal) {
    if (sentCount == unacknowledged.size()) {
      unacknowledged.add(nextSegment());
    }
    Segment segment = unacknowledged.get(sentCount);
    int number = sendState();
    sentCount++;
    return FrameCodec.encode(
        new HdlcFrame.I(
            destination,
            source,
            pollFinal,
            segment.moreFollow(),
            number,
            receiveState,
            Payload.EMPTY),
        segment.prefix(),
        segment.body());
  }

  private Segment nextSegment() {
    Payload payload = queue.element();
    int total = prefix.length() + payload.length();
    int from = headSegmented;
    int to = Math.min(total, from + maxSegmentLength);
    int prefixFrom = Math.min(from, prefix.length());
    int prefixTo = Math.min(to, prefix.length());
    int bodyFrom = Math.max(0, from - prefix.length());
    int bodyTo = Math.max(0, to - prefix.length());
    headSegmented = to;
    if (to == total) {
      queue.remove();
      headSegmented = 0;
    }
    return new Segment(
        prefix.slice(prefixFrom, prefixTo - prefixFrom),
        payload.slice(bodyFrom, bodyTo - bodyFrom),
        to < total);
  }

  /** Whether N(R) lies between the first frame not acknowledged and the last one sent. */
  boolean isValid(int receiveSequenceNumber) {
    return acknowledgedBy(receiveSequenceNumber) <= unacknowledged.size();
  }

  /** Forgets what N(R), which must be valid, acknowledges. */
  void acknowledge(int receiveSequenceNumber) {
    int count = acknowledgedBy(receiveSequenceNumber);
    unacknowledged.subList(0, count).clear();
    sentCount = Math.max(0, sentCount - count);
    acknowledgedState = receiveSequenceNumber;
  }

  private int acknowledgedBy(int receiveSequenceNumber) {
    return receiveSequenceNumber - acknowledgedState & MODULUS_MASK;
  }

  /** Takes an I frame; its information field may change once this has returned. */
  Acceptance accept(HdlcFrame.I frame) {
    if (frame.sendSequenceNumber() != receiveState) {
      return Acceptance.OUT_OF_SEQUENCE;
    }
    Payload information = frame.information();
    if (information.length() > maxPayloadLength + LlcHeader.LENGTH - reassembled) {
      return Acceptance.TOO_LONG;
    }
    receiveState = receiveState + 1 & MODULUS_MASK;
    append(information, frame.segmented());
    if (frame.segmented()) {
      return Acceptance.SEGMENT;
    }
    Payload whole = Payload.of(reassembly, 0, reassembled);
    reassembly = new byte[0];
    reassembled = 0;
    if (!expectedHeader.begins(whole)) {
      return Acceptance.NO_LLC_HEADER;
    }
    complete = whole.slice(LlcHeader.LENGTH, whole.length() - LlcHeader.LENGTH);
    return Acceptance.PAYLOAD;
  }

  private void append(Payload information, boolean moreFollow) {
    int needed = reassembled + information.length();
    if (needed > reassembly.length) {
      // The last segment gets exactly the room it needs, so that a single frame is copied once.
      int room = moreFollow ? Math.max(needed, 2 * reassembly.length) : needed;
      reassembly = Arrays.copyOf(reassembly, room);
    }
    System.arraycopy(
        information.array(), information.offset(), reassembly, reassembled, information.length());
    reassembled = needed;
  }

  /** The payload that the last I frame completed; without LLC header. */
  Payload takePayload() {
    Payload payload = complete;
    if (payload == null) {
      throw new IllegalStateException("no payload is complete");
    }
    complete = null;
    return payload;
  }
}
