package io.dlms4j.iec21;

import java.time.Duration;

/**
 * The times of IEC 62056-21, 6.3.2 and 6.4; {@link #STANDARD} unless a line or a device needs
 * others.
 *
 * @param reaction shortest time between the end of what comes in and the beginning of what goes
 *     out, for devices that do not say that they are fast (200 ms)
 * @param fastReaction the same for devices that do (20 ms)
 * @param answer how long to wait for the beginning of an answer: longer than the 1500 ms that the
 *     peer may take, and not above 2200 ms
 * @param interCharacter how long the characters of a message may be apart (1500 ms)
 * @param message how long a message may take all together; the standard sets no limit
 */
public record Iec21Timing(
    Duration reaction,
    Duration fastReaction,
    Duration answer,
    Duration interCharacter,
    Duration message) {
  /** The times of the standard, and 15 minutes for a message: 27000 characters at 300 baud. */
  public static final Iec21Timing STANDARD =
      new Iec21Timing(
          Duration.ofMillis(200),
          Duration.ofMillis(20),
          Duration.ofMillis(2200),
          Duration.ofMillis(1500),
          Duration.ofMinutes(15));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a duration is not positive or is longer than a day
   */
  public Iec21Timing {
    Checks.requirePositive(reaction, "reaction");
    Checks.requirePositive(fastReaction, "fastReaction");
    Checks.requirePositive(answer, "answer");
    Checks.requirePositive(interCharacter, "interCharacter");
    Checks.requirePositive(message, "message");
  }

  long reactionNanos(boolean fast) {
    return (fast ? fastReaction : reaction).toNanos();
  }
}
