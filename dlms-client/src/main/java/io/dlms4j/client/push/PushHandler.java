package io.dlms4j.client.push;

import java.util.concurrent.CompletionStage;

/** Takes notifications. */
@FunctionalInterface
public interface PushHandler {
  /**
   * Takes a notification. Called on the thread of its line, for several lines at once; must not
   * block.
   *
   * @param notification the notification
   * @return completes when it is safe: only then is it confirmed, if it asks for that. If it
   *     completes with a failure, or this throws, nothing is confirmed, and the meter may send it
   *     again
   */
  CompletionStage<?> onNotification(ReceivedNotification notification);
}
