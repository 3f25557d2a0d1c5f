package io.dlms4j.server;

import java.util.concurrent.locks.Lock;

/**
 * Lets the objects of a logical device be read in one moment. Whatever one request reads, be it a
 * GET, a GET with a list, attribute 0, a Read or an ACCESS that only reads, and the columns of a
 * row that a profile captures, is asked for within one call of {@link #read}. A backend that
 * changes on another thread does so between two such calls, and so every request finds values that
 * belong together.
 *
 * <p>That holds for what an object takes up while it is asked: a value that it answers with, or the
 * moment from which a later answer tells. A {@link io.dlms4j.cosem.association.DataStream} is
 * written afterwards, as the client takes it, and has to hold on to what was there when it was
 * made.
 *
 * <p>Called on the threads of the lines, by several at once, and on those that capture.
 */
@FunctionalInterface
public interface ReadGuard {
  /** Nothing changes, or nothing has to match. */
  ReadGuard NONE = Runnable::run;

  /**
   * Asks objects for their values, while nothing may change.
   *
   * @param reads asks them all; has to be run once, on this thread, before the method returns
   */
  void read(Runnable reads);

  /**
   * Holds a lock meanwhile: the one that the backend changes under, or the read lock to the write
   * lock that it changes under. A line waits for it, so it must not be held for long.
   *
   * @param lock the lock
   * @return the guard
   */
  static ReadGuard of(Lock lock) {
    return reads -> {
      lock.lock();
      try {
        reads.run();
      } finally {
        lock.unlock();
      }
    };
  }
}
