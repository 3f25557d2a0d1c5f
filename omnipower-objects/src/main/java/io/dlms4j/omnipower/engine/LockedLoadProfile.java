package io.dlms4j.omnipower.engine;

import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.backend.LoadProfile;
import io.dlms4j.omnipower.backend.LoadProfileRow;
import io.dlms4j.omnipower.backend.LoadProfileSelection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * The load profile of an engine, read under the lock that the engine is stepped under. Each row is
 * fetched under the lock, so it is never half of one and half of another.
 */
final class LockedLoadProfile implements LoadProfile {
  private final LoadProfileLogger logger;
  private final LoadProfileBuffer buffer;
  private final Lock lock;

  LockedLoadProfile(LoadProfileLogger logger, Lock lock) {
    this.logger = logger;
    this.buffer = logger.buffer();
    this.lock = lock;
  }

  @Override
  public int capturePeriod() {
    return logger.capturePeriod();
  }

  @Override
  public List<EnergyKind> energies() {
    return logger.kinds();
  }

  @Override
  public int entriesInUse() {
    return locked(buffer::inUse);
  }

  @Override
  public int profileEntries() {
    return buffer.depth();
  }

  @Override
  public LoadProfileSelection between(long from, long to) {
    return locked(
        () -> {
          long first = buffer.firstFrom(from);
          long last = to == Long.MAX_VALUE ? buffer.newest() : buffer.firstFrom(to + 1) - 1;
          return new Rows(first, 1, (int) Math.max(last - first + 1, 0));
        });
  }

  @Override
  public LoadProfileSelection entries(long from, long to) {
    if (from < 0 || to < 0) {
      throw new IllegalArgumentException("entries " + from + ".." + to + " are not Unsigned32");
    }
    return locked(
        () -> {
          long oldestEntry = buffer.inUse() - 1L;
          if (Math.min(from, to) > oldestEntry) {
            return new Rows(0, 1, 0);
          }
          long first = Math.min(from, oldestEntry);
          long last = Math.min(to, oldestEntry);
          int step = first >= last ? 1 : -1;
          return new Rows(buffer.newest() - first, step, (int) Math.abs(first - last) + 1);
        });
  }

  private <T> T locked(Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }

  /** Rows with consecutive numbers, upwards or downwards. */
  private final class Rows implements LoadProfileSelection {
    private final long first;
    private final int step;
    private final int size;

    Rows(long first, int step, int size) {
      this.first = first;
      this.step = step;
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Iterator<LoadProfileRow> iterator() {
      return new Iterator<>() {
        private int given;

        @Override
        public boolean hasNext() {
          return given < size;
        }

        @Override
        public LoadProfileRow next() {
          if (given == size) {
            throw new NoSuchElementException();
          }
          long number = first + (long) step * given;
          LoadProfileRow row = locked(() -> buffer.row(number));
          given++;
          return row;
        }
      };
    }
  }
}
