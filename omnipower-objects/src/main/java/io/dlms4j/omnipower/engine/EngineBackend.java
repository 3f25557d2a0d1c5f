package io.dlms4j.omnipower.engine;

import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.backend.LoadProfile;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterIdentity;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A metering engine as the backend of a meter's objects.
 *
 * <p>Every method may be called on any thread: one fair lock keeps a thread that steps and threads
 * that read apart. What is read together with a row is the row.
 */
public final class EngineBackend implements MeterBackend {
  /** How many seconds are stepped at most before a waiting reader gets its turn. */
  private static final int SECONDS_PER_TURN = 900;

  private final MeteringEngine engine;
  private final MeterIdentity identity;
  private final Lock lock = new ReentrantLock(true);
  private final LoadProfile loadProfile;
  private final MeterClock clock = new LockedClock();

  /**
   * Makes a backend of an engine.
   *
   * @param engine the engine, given away: nobody else steps it from now on
   * @param identity numbers and names of the meter
   */
  public EngineBackend(MeteringEngine engine, MeterIdentity identity) {
    this.engine = engine;
    this.identity = identity;
    this.loadProfile = new LockedLoadProfile(engine.loadProfile(), lock);
  }

  /**
   * Goes on by one second ({@link MeteringEngine#step}).
   *
   * @param measurement what was measured in it
   */
  public void step(Measurement measurement) {
    lock.lock();
    try {
      engine.step(measurement);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Goes on by many seconds, as fast as it can. Readers get their turn in between. What the source
   * throws ends it, with the seconds before that done.
   *
   * @param source asked for every second, in order, while the lock is held
   * @param seconds how many, 0 or more
   */
  public void run(MeasurementSource source, long seconds) {
    long left = seconds;
    while (left > 0) {
      long turn = Math.min(left, SECONDS_PER_TURN);
      lock.lock();
      try {
        for (long i = 0; i < turn; i++) {
          engine.step(source.at(engine.clock().normalTime()));
        }
      } finally {
        lock.unlock();
      }
      left -= turn;
    }
  }

  @Override
  public MeterIdentity identity() {
    return identity;
  }

  @Override
  public MeterClock clock() {
    return clock;
  }

  @Override
  public long energy(EnergyKind kind) {
    lock.lock();
    try {
      return engine.energy(kind);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int energyFormat() {
    return engine.energyFormat();
  }

  @Override
  public LoadProfile loadProfile() {
    return loadProfile;
  }

  @Override
  public boolean setDaylightSavingEnabled(boolean enabled) {
    lock.lock();
    try {
      engine.setDaylightSavingEnabled(enabled);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private final class LockedClock implements MeterClock {
    @Override
    public long normalTime() {
      lock.lock();
      try {
        return engine.clock().normalTime();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean daylightSavingEnabled() {
      lock.lock();
      try {
        return engine.clock().daylightSavingEnabled();
      } finally {
        lock.unlock();
      }
    }
  }
}
