package io.dlms4j.omnipower.store;

/**
 * How often a memory makes the disk write what it has committed. If the process is killed, nothing
 * committed is lost with any policy: the operating system has it. The policy is for the loss of
 * power of the whole machine.
 *
 * @param commits after how many commits the disk has to write, 1 or more; 0 for never, except when
 *     a snapshot is made
 */
public record SyncPolicy(int commits) {
  /**
   * At every commit: a loss of power costs the second under way. Milliseconds each on most disks.
   */
  public static final SyncPolicy EACH_COMMIT = new SyncPolicy(1);

  /** Leaves it to the operating system: a loss of power costs what it had not written. */
  public static final SyncPolicy NEVER = new SyncPolicy(0);

  /** Refuses a negative number. */
  public SyncPolicy {
    if (commits < 0) {
      throw new IllegalArgumentException("after " + commits + " commits");
    }
  }

  /**
   * Once in so many seconds of meter time, counted in commits: there is one each second, and one
   * more for each thing that is written by a client.
   *
   * @param seconds what a loss of power costs at most, 1 or more
   * @return the policy
   * @throws IllegalArgumentException if it is less
   */
  public static SyncPolicy everySeconds(int seconds) {
    if (seconds < 1) {
      throw new IllegalArgumentException("every " + seconds + " seconds");
    }
    return new SyncPolicy(seconds);
  }
}
