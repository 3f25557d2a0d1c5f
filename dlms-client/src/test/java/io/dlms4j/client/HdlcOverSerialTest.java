package io.dlms4j.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract over HDLC on a serial line: a pair of pseudo-terminals. */
class HdlcOverSerialTest extends SecurityContract {
  @TempDir Path directory = Path.of("");

  @Override
  Place place() {
    try {
      return new Place.HdlcOverSerial(Files.createTempDirectory(directory, "pair"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
