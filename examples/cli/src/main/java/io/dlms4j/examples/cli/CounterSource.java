package io.dlms4j.examples.cli;

import io.dlms4j.cosem.security.FileInvocationCounterStore;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where invocation counters come from, once they are needed. */
sealed interface CounterSource {
  /**
   * Opens it.
   *
   * @throws CommandException if a file cannot be used
   */
  OpenCounters open();

  /**
   * A file that keeps them from run to run.
   *
   * @param file where it is
   * @param create whether it is to be made, for keys that have never been used
   */
  record InFile(Path file, boolean create) implements CounterSource {
    @Override
    public OpenCounters open() {
      try {
        FileInvocationCounterStore store =
            create
                ? FileInvocationCounterStore.create(file)
                : FileInvocationCounterStore.open(file);
        return new OpenCounters(store, store, InvocationCounterStore.FIRST);
      } catch (IOException e) {
        throw new CommandException("cannot count in " + file + ": " + why(e), e);
      }
    }

    private static String why(IOException e) {
      if (e instanceof FileAlreadyExistsException) {
        return "it is there already; without --counters-create it goes on where it stopped";
      } else if (e instanceof NoSuchFileException) {
        return "there is no such file; --counters-create makes one, for keys that have never been"
            + " used: with others it would repeat their counters";
      }
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * A number that the caller knows to be higher than all that were used before.
   *
   * @param first what the counters begin with
   */
  record From(long first) implements CounterSource {
    @Override
    public OpenCounters open() {
      return new OpenCounters(new InMemoryInvocationCounterStore(), () -> {}, first);
    }
  }
}
