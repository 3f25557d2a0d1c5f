package io.dlms4j.server.description;

import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.profile.CapturingProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Captures the rows of the profiles of one logical device when somebody asks for them, as if they
 * had been captured in their time: described values are functions of time, and those that can be
 * written say so before they change. So a device needs no thread and no timer.
 */
final class ProfileRows {
  private final DeviceTime time;
  private final List<Kept> profiles = new ArrayList<>();
  private @Nullable LogicalDevice device;

  private static final class Kept {
    private final CapturingProfile profile;
    private final ObjectPlan.Profile plan;

    /** Up to when its rows are there. */
    private Instant last = Instant.EPOCH;

    Kept(CapturingProfile profile, ObjectPlan.Profile plan) {
      this.profile = profile;
      this.plan = plan;
    }
  }

  ProfileRows(DeviceTime time) {
    this.time = time;
  }

  /** While the device is put together, by one thread. */
  void add(CapturingProfile profile, ObjectPlan.Profile plan) {
    profiles.add(new Kept(profile, plan));
  }

  /** Captures what there is from the start on; before, there are no rows. */
  synchronized void begin(LogicalDevice of, Instant start) {
    device = of;
    for (Kept each : profiles) {
      each.last = start.minusSeconds(each.plan.prefillSeconds());
      catchUp(each, of, start);
    }
  }

  /** Captures what is due. */
  synchronized void catchUp() {
    LogicalDevice there = device;
    if (there == null) {
      return;
    }
    Instant now = time.instant();
    for (Kept each : profiles) {
      catchUp(each, there, now);
    }
  }

  private void catchUp(Kept kept, LogicalDevice there, Instant now) {
    Optional<Instant> due = kept.profile.nextTime(kept.last);
    // A clock that was set back captures again from there on.
    kept.last = now;
    if (due.isEmpty() || due.get().isAfter(now)) {
      return;
    }
    Instant first = due.get();
    Duration period =
        Duration.between(first, kept.profile.nextTime(first).orElse(first.plusSeconds(1)));
    long rows = Duration.between(first, now).dividedBy(period) + 1;
    // Of more rows than there is room for, the older ones would not stay.
    long skipped = Math.max(0, rows - ObjectReader.MOST_ENTRIES);
    for (long i = skipped; i < rows; i++) {
      time.at(first.plus(period.multipliedBy(i)), () -> kept.profile.capture(there));
    }
  }
}
