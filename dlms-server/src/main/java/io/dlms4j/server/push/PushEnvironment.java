package io.dlms4j.server.push;

import io.dlms4j.transport.TransportLoop;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * What pushing needs of the world around it; one for any number of objects.
 *
 * @param loop runs the lines; closed by its owner
 * @param timer runs what is due, never for long; closed by its owner
 * @param clock the meter's local time, for communication windows and the date-time of what is
 *     pushed
 * @param entropy chooses random delays
 * @param random where new keys come from
 */
public record PushEnvironment(
    TransportLoop loop,
    ScheduledExecutorService timer,
    Clock clock,
    RandomGenerator entropy,
    SecureRandom random) {
  /**
   * An environment on the machine's clock, with entropy of its own and one thread that ends with
   * the program.
   *
   * @param loop runs the lines
   * @return the environment
   */
  public static PushEnvironment on(TransportLoop loop) {
    SecureRandom random = new SecureRandom();
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "dlms-push");
              thread.setDaemon(true);
              return thread;
            });
    return new PushEnvironment(loop, timer, Clock.system(ZoneId.systemDefault()), random, random);
  }
}
