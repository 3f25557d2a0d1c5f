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
 * acknowledged, and {@link #rewind} makes them go again, which is all the recovery that any window
 * needs: the profile has neither REJ nor SREJ.
 */
final class InformationTransfer {
  /** Payloads that may wait; more are refused, since only a runaway user has so many. */
  private static final int MAX_QUEUED = 64;

  private static final int MODULUS_MASK = 7;
  private static final byte[] NOTHING = {};

  /** What became of an I frame. */
  enum Acceptance {
    /** Its number is that of a frame that has come already. */
    DUPLICATE,
    /** Its number is not the expected one: frames before it are missing, as far as one can tell. */
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
  private final int receiveWindow;

  private final ArrayDeque<Payload> queue = new ArrayDeque<>(1);

  /** Octets of the queue's head that are in segments already, LLC header included. */
  private int headSegmented;

  /** Segments from V(A) on, of which the first {@link #sentCount} are on their way. */
  private final List<Segment> unacknowledged = new ArrayList<>();

  private int sentCount;
  private int acknowledgedState;
  private int receiveState;

  private byte[] reassembly = NOTHING;
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
    this.receiveWindow = parameters.windowSizeReceive();
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

  /** How many I frames went at least once and are not acknowledged. */
  int unacknowledged() {
    return unacknowledged.size();
  }

  /** Whether the window or what there is to send ends with the frame that goes next. */
  boolean nextIsLast() {
    if (sentCount < unacknowledged.size()) {
      return sentCount + 1 == unacknowledged.size()
          && (unacknowledged.size() >= window || queue.isEmpty());
    }
    boolean endsPayload =
        headSegmented + maxSegmentLength >= prefix.length() + queue.element().length();
    return unacknowledged.size() + 1 >= window || (endsPayload && queue.size() == 1);
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

  /**
   * Forgets what N(R), which must be valid, acknowledges.
   *
   * @return how many I frames that is
   */
  int acknowledge(int receiveSequenceNumber) {
    int count = acknowledgedBy(receiveSequenceNumber);
    if (count > 0) {
      unacknowledged.subList(0, count).clear();
      sentCount = Math.max(0, sentCount - count);
      acknowledgedState = receiveSequenceNumber;
    }
    return count;
  }

  private int acknowledgedBy(int receiveSequenceNumber) {
    return receiveSequenceNumber - acknowledgedState & MODULUS_MASK;
  }

  /** Whether a payload has begun to come in. */
  boolean isReassembling() {
    return reassembled > 0;
  }

  /** Takes an I frame; its information field may change once this has returned. */
  Acceptance accept(ReceivedFrame frame) {
    int ahead = frame.sendSequenceNumber() - receiveState & MODULUS_MASK;
    if (ahead != 0) {
      // Above a window of 4 this cannot always be told: then it may be either.
      return ahead >= receiveWindow ? Acceptance.DUPLICATE : Acceptance.OUT_OF_SEQUENCE;
    }
    if (frame.informationLength() > maxPayloadLength + LlcHeader.LENGTH - reassembled) {
      return Acceptance.TOO_LONG;
    }
    receiveState = receiveState + 1 & MODULUS_MASK;
    append(frame);
    if (frame.segmented()) {
      return Acceptance.SEGMENT;
    }
    byte[] whole = reassembly;
    int length = reassembled;
    reassembly = NOTHING;
    reassembled = 0;
    if (!expectedHeader.begins(whole, 0, length)) {
      return Acceptance.NO_LLC_HEADER;
    }
    complete = Payload.of(whole, LlcHeader.LENGTH, length - LlcHeader.LENGTH);
    return Acceptance.PAYLOAD;
  }

  private void append(ReceivedFrame frame) {
    int needed = reassembled + frame.informationLength();
    if (needed > reassembly.length) {
      // The last segment gets exactly the room it needs, so that a single frame is copied once.
      int room = frame.segmented() ? Math.max(needed, 2 * reassembly.length) : needed;
      reassembly = reassembled == 0 ? new byte[room] : Arrays.copyOf(reassembly, room);
    }
    frame.copyInformationTo(reassembly, reassembled);
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
