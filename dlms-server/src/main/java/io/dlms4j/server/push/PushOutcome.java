package io.dlms4j.server.push;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a push.
 *
 * @param delivered whether it has gone out, and was confirmed if that was asked for
 * @param attempts how often it was tried
 * @param lastFailure why the last attempt that failed did so; null if none did
 */
public record PushOutcome(boolean delivered, int attempts, @Nullable Throwable lastFailure) {
  /**
   * Why the push was not delivered, or not at once.
   *
   * @return the failure of the last attempt that failed, if one did
   */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(lastFailure);
  }
}
