package io.dlms4j.omnipower.backend;

import java.time.LocalDateTime;
import java.util.Objects;

/**
 * A local date and time as a meter shows it, together with bit 7 of the clock status, which says
 * whether daylight saving has been added (Blue Book, clock status; DLMS description 3.5.2).
 *
 * <p>The two together name one instant, also in the hour that an autumn night has twice.
 *
 * @param dateTime the date and time on the display
 * @param daylight whether the daylight saving deviation is part of it
 */
public record MeterTime(LocalDateTime dateTime, boolean daylight) {
  /** Refuses a missing date. */
  public MeterTime {
    Objects.requireNonNull(dateTime, "dateTime");
  }
}
