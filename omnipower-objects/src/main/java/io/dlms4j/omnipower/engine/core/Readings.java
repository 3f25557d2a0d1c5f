package io.dlms4j.omnipower.engine.core;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of a meter and written to it, by the names of the catalogue. Each concern puts
 * in its own when the engine is made; loggers capture out of it, and objects are bound to it.
 */
public final class Readings {
  /** The time of a peak that has not been reached yet. */
  public static final long NEVER = Long.MIN_VALUE;

  private final Map<String, Reading> readings = new HashMap<>();

  /**
   * A value that can be read.
   *
   * @param number what it is, in the unit and with the scaler of its catalogue entry
   * @param time when it was reached, in seconds of normal time or {@link #NEVER}; null for a value
   *     without time
   * @param writer takes a new value, or says why not; null for one that cannot be written
   */
  private record Count(
      LongSupplier number,
      @Nullable LongSupplier time,
      @Nullable LongFunction<DataAccessResult> writer)
      implements Reading {}

  /** A string that can be read. */
  private record Text(Supplier<Octets> octets, @Nullable Function<Octets, DataAccessResult> writer)
      implements Reading {}

  private sealed interface Reading {}

  /** Makes a table without values. */
  public Readings() {}

  private void put(String name, Reading reading) {
    if (readings.putIfAbsent(name, reading) != null) {
      throw new IllegalStateException(name + " is there already");
    }
  }

  /**
   * A number that can be read.
   *
   * @param name of its catalogue entry
   * @param value gives it, in the unit and with the scaler of the entry, within its type
   */
  public void number(String name, LongSupplier value) {
    put(name, new Count(value, null, null));
  }

  /**
   * A number that can be read and written.
   *
   * @param name of its catalogue entry
   * @param value gives it
   * @param writer takes a new one, which is within the type of the entry, or says why not
   */
  public void setting(String name, LongSupplier value, LongFunction<DataAccessResult> writer) {
    put(name, new Count(value, null, writer));
  }

  /**
   * A number with the time at which it was reached.
   *
   * @param name of its catalogue entry, of class 4
   * @param value gives it
   * @param time gives its time, in seconds of normal time, or {@link #NEVER}
   */
  public void peak(String name, LongSupplier value, LongSupplier time) {
    put(name, new Count(value, time, null));
  }

  /**
   * A string.
   *
   * @param name of its catalogue entry
   * @param octets gives it
   * @param writer takes a new one, or says why not; null for one that cannot be written
   */
  public void octets(
      String name, Supplier<Octets> octets, @Nullable Function<Octets, DataAccessResult> writer) {
    put(name, new Text(octets, writer));
  }

  /**
   * The names of all that can be read.
   *
   * @return in alphabetical order
   */
  public Set<String> names() {
    return new TreeSet<>(readings.keySet());
  }

  /**
   * Whether there is such a value.
   *
   * @param name of a catalogue entry
   * @return true if some concern has it
   */
  public boolean has(String name) {
    return readings.containsKey(name);
  }

  /**
   * The number of that name, to be kept and asked again and again.
   *
   * @param name of a catalogue entry
   * @return nothing if there is no number of that name
   */
  public Optional<LongSupplier> number(String name) {
    return readings.get(name) instanceof Count found ? Optional.of(found.number) : Optional.empty();
  }

  /**
   * The time of the number of that name.
   *
   * @param name of a catalogue entry
   * @return nothing if there is no number with a time of that name
   */
  public Optional<LongSupplier> time(String name) {
    return readings.get(name) instanceof Count found
        ? Optional.ofNullable(found.time)
        : Optional.empty();
  }

  /**
   * The string of that name.
   *
   * @param name of a catalogue entry
   * @return nothing if there is no string of that name
   */
  public Optional<Octets> octets(String name) {
    return readings.get(name) instanceof Text found
        ? Optional.of(found.octets.get())
        : Optional.empty();
  }

  /**
   * Writes a number.
   *
   * @param name of a catalogue entry
   * @param value within the type of the entry
   * @return success, or why not
   */
  public DataAccessResult write(String name, long value) {
    return readings.get(name) instanceof Count found && found.writer != null
        ? found.writer.apply(value)
        : DataAccessResult.READ_WRITE_DENIED;
  }

  /**
   * Writes a string.
   *
   * @param name of a catalogue entry
   * @param value any
   * @return success, or why not
   */
  public DataAccessResult write(String name, Octets value) {
    return readings.get(name) instanceof Text found && found.writer != null
        ? found.writer.apply(value)
        : DataAccessResult.READ_WRITE_DENIED;
  }
}
