package io.dlms4j.line;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Two pseudo-terminals back to back, as long as they are needed; made by socat. */
public final class PseudoTerminals implements AutoCloseable {
  private final Process socat;
  private final Path left;
  private final Path right;

  private PseudoTerminals(Process socat, Path left, Path right) {
    this.socat = socat;
    this.left = left;
    this.right = right;
  }

  /**
   * Makes a pair with names in a directory. Where there is no socat, the test is skipped and says
   * so; but it fails where CI says that everything has to be there.
   */
  public static PseudoTerminals start(Path directory) throws IOException, InterruptedException {
    Path left = directory.resolve("left");
    Path right = directory.resolve("right");
    Process socat;
    try {
      socat =
          new ProcessBuilder(
                  "socat",
                  "-d",
                  "-d",
                  "pty,raw,echo=0,link=" + left,
                  "pty,raw,echo=0,link=" + right)
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      String message = "serial lines are not tested, for there is no socat: " + e.getMessage();
      if (isContinuousIntegration()) {
        Assertions.fail(message, e);
      }
      Assumptions.abort(message);
      throw e;
    }
    StringBuilder log = new StringBuilder();
    // It closes its standard error only at the end, so nothing of it is lost by not reading on.
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(socat.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("starting data transfer loop")) {
        return new PseudoTerminals(socat, left, right);
      }
      log.append(line).append('\n');
    }
    socat.waitFor();
    throw new IOException("socat made no pseudo-terminals: " + log);
  }

  private static boolean isContinuousIntegration() {
    String property = System.getProperty("CI", "");
    String environment = System.getenv().getOrDefault("CI", "");
    return isSet(property) || isSet(environment);
  }

  private static boolean isSet(String value) {
    return !value.isEmpty() && !value.toLowerCase(Locale.ROOT).equals("false");
  }

  /** The name of one end. */
  public String left() {
    return left.toString();
  }

  /** The name of the other end. */
  public String right() {
    return right.toString();
  }

  /** Takes both away, as a plug that is pulled. Closing again does nothing. */
  @Override
  public void close() {
    socat.destroy();
    try {
      if (!socat.waitFor(10, TimeUnit.SECONDS)) {
        socat.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
