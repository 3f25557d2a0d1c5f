package io.dlms4j.omnipower.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/** A process of another main class that says numbers, and is killed (SIGKILL). */
public final class KilledProcess implements AutoCloseable {
  private static final int START_SECONDS = 60;

  private final Process process;
  private final Path errors;
  private final CompletableFuture<Void> heard;
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile long first = Long.MIN_VALUE;
  private volatile long last = Long.MIN_VALUE;

  /**
   * Starts a process.
   *
   * @param errors takes what it complains of
   * @param ready tells the number after which {@link #awaitReady} returns
   * @param main the class
   * @param arguments its arguments
   */
  public KilledProcess(Path errors, LongPredicate ready, Class<?> main, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    this.errors = errors;
    this.process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    this.heard = CompletableFuture.runAsync(() -> listen(ready), task -> new Thread(task).start());
  }

  private void listen(LongPredicate isReady) {
    try (DataInputStream in = new DataInputStream(process.getInputStream())) {
      while (true) {
        last = in.readLong();
        if (first == Long.MIN_VALUE) {
          first = last;
        }
        if (isReady.test(last)) {
          ready.countDown();
        }
      }
    } catch (EOFException e) {
      // The process has ended, and all that it said has been heard.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      ready.countDown();
    }
  }

  /** Waits until the process has said that it is ready. */
  public void awaitReady() throws InterruptedException {
    assertTrue(ready.await(START_SECONDS, TimeUnit.SECONDS), "it did not start in time");
    assertTrue(process.isAlive(), this::ended);
  }

  /**
   * Kills it after so long.
   *
   * @return the last number that it said
   */
  public long killAfter(long microseconds) {
    try {
      assertTrue(!process.waitFor(microseconds, TimeUnit.MICROSECONDS), this::ended);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    close();
    return last;
  }

  /** The first number that it said. */
  public long first() {
    return first;
  }

  private String ended() {
    try {
      return "it ended by itself: " + Files.readString(errors);
    } catch (IOException e) {
      return "it ended by itself, and " + e;
    }
  }

  @Override
  public void close() {
    // Its handle, for the process itself would close what has not been heard yet.
    process.toHandle().destroyForcibly();
    process.onExit().join();
    heard.join();
  }
}
