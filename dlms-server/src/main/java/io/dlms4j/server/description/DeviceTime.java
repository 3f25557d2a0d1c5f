package io.dlms4j.server.description;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The time of a device, which stands still for a thread while it reads what belongs together, or
 * what was some time ago.
 */
final class DeviceTime implements InstantSource {
  private final InstantSource source;

  // Not static: it is one device's time that stands still, not everybody's.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable Instant> still = new ThreadLocal<>();

  DeviceTime(InstantSource source) {
    this.source = source;
  }

  @Override
  public Instant instant() {
    Instant stands = still.get();
    return stands == null ? source.instant() : stands;
  }

  /** Lets this thread's time be another one meanwhile. */
  void at(Instant when, Runnable task) {
    Instant before = still.get();
    still.set(when);
    try {
      task.run();
    } finally {
      if (before == null) {
        still.remove();
      } else {
        still.set(before);
      }
    }
  }
}
