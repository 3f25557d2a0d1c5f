package io.dlms4j.examples.cli;

import io.dlms4j.omnipower.store.FileMemory;
import io.dlms4j.omnipower.store.MemoryFailureException;
import io.dlms4j.omnipower.store.PermanentMemory;
import io.dlms4j.omnipower.store.SyncPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where emulated meters keep what survives the emulator: a directory for each, and beside them how
 * their time goes, which goes on while nobody emulates them.
 */
final class EmulatedStore {
  private static final String TIME = "time";
  private static final String HEADER = "dlms emulate: an instant, the meter's seconds, the speed";
  private static final int SECONDS_OF_METER_TIME = 60;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description =
          "Keeps what the meters keep in a directory, which is made if it is not there: started"
              + " again, they go on. By default they forget.")
  private @Nullable Path directory;

  /** Whether anything is kept. */
  boolean isGiven() {
    return directory != null;
  }

  /**
   * Opens the memory of a meter.
   *
   * @param meterNumber which meter
   * @param open gets what is to be closed in the end
   * @throws CommandException if it cannot be used
   */
  PermanentMemory memory(long meterNumber, List<AutoCloseable> open) {
    Path parent = directory;
    if (parent == null) {
      return new PermanentMemory();
    }
    try {
      Files.createDirectories(parent);
      FileMemory memory =
          FileMemory.open(
              parent.resolve("meter-" + meterNumber),
              SyncPolicy.everySeconds(SECONDS_OF_METER_TIME));
      open.add(memory);
      return memory;
    } catch (IOException | MemoryFailureException e) {
      throw new CommandException("the meter cannot keep anything: " + e.getMessage(), e);
    }
  }

  /**
   * How time has gone for the meters that were kept.
   *
   * @return nothing if there are none
   * @throws CommandException if the file is there, and is none of ours
   */
  Optional<Timeline> timeline() {
    Path parent = directory;
    if (parent == null || !Files.exists(parent.resolve(TIME))) {
      return Optional.empty();
    }
    Path file = parent.resolve(TIME);
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      if (lines.size() != 4 || !lines.get(0).equals(HEADER)) {
        throw new CommandException(file + " does not say how time goes");
      }
      return Optional.of(
          new Timeline(
              Instant.parse(lines.get(1)),
              Long.parseLong(lines.get(2)),
              Integer.parseInt(lines.get(3))));
    } catch (IOException | UncheckedIOException e) {
      throw new CommandException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (DateTimeException | NumberFormatException e) {
      throw new CommandException(file + " does not say how time goes", e);
    }
  }

  /** Keeps how time goes from now on. */
  void keep(Timeline timeline) {
    Path parent = directory;
    if (parent == null) {
      return;
    }
    try {
      Files.createDirectories(parent);
      Path next = parent.resolve(TIME + ".next");
      Files.write(
          next,
          List.of(
              HEADER,
              timeline.origin().toString(),
              "" + timeline.meterSeconds(),
              "" + timeline.factor()),
          StandardCharsets.UTF_8);
      Files.move(next, parent.resolve(TIME), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandException("cannot write in " + parent + ": " + e.getMessage(), e);
    }
  }
}
