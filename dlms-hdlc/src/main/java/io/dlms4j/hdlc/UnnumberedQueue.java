package io.dlms4j.hdlc;

import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.Payload;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** APDUs that wait to go in UI frames until their sender may speak. */
final class UnnumberedQueue {
  /** How many may wait, all connections together; more are refused. */
  private static final int MAX_QUEUED = 64;

  private final Map<LinkAddress, ArrayDeque<Payload>> waiting = new HashMap<>();
  private int size;

  boolean offer(LinkAddress address, Payload payload) {
    if (size >= MAX_QUEUED) {
      return false;
    }
    size++;
    return waiting.computeIfAbsent(address, any -> new ArrayDeque<>()).add(payload);
  }

  boolean has(LinkAddress address) {
    return size > 0 && waiting.containsKey(address);
  }

  @Nullable Payload poll(LinkAddress address) {
    ArrayDeque<Payload> payloads = size == 0 ? null : waiting.get(address);
    if (payloads == null) {
      return null;
    }
    Payload payload = payloads.remove();
    size--;
    if (payloads.isEmpty()) {
      waiting.remove(address);
    }
    return payload;
  }

  void clear() {
    waiting.clear();
    size = 0;
  }

  /** The longest APDU that a UI frame carries, which knows no segments. */
  static int longest(int maxInformationFieldLength) {
    return maxInformationFieldLength - LlcHeader.LENGTH;
  }
}
