package io.dlms4j.cosem.association;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many octets of unfinished APDUs may be kept at a time, by all that share it: many peers that
 * each begin something long must not use up the memory together. For all threads.
 */
public final class ReassemblyBudget {
  private final long most;
  private final AtomicLong used = new AtomicLong();

  /**
   * A budget of which nothing is used.
   *
   * @param most octets
   * @throws IllegalArgumentException if there is room for none
   */
  public ReassemblyBudget(long most) {
    if (most < 1) {
      throw new IllegalArgumentException("a budget of " + most + " octets");
    }
    this.most = most;
  }

  /**
   * How many octets are in use.
   *
   * @return 0 or more
   */
  public long used() {
    return used.get();
  }

  boolean take(long octets) {
    if (used.addAndGet(octets) > most) {
      used.addAndGet(-octets);
      return false;
    }
    return true;
  }

  void giveBack(long octets) {
    used.addAndGet(-octets);
  }
}
