package io.dlms4j.client.push;

import java.util.Map;

/**
 * What a listener has counted since it was started.
 *
 * @param delivered notifications that were given to the handler
 * @param confirmed Data-Notification-Confirms that were sent
 * @param repeated confirmed notifications that came again, and were not delivered again
 * @param refused what was refused, by reason; a reason that never was has no entry
 */
public record PushStatistics(
    long delivered, long confirmed, long repeated, Map<PushRefusal.Reason, Long> refused) {
  /** Keeps a copy of the map. */
  public PushStatistics {
    refused = Map.copyOf(refused);
  }
}
