package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.assertFails;
import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A device out of a file, on the command line. */
class DescribedDeviceTest {
  @TempDir private Path directory = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("meter.json");
    Files.writeString(
        file,
        """
        {"logicalDevices": [{
          "sap": 1, "name": "XYZ1",
          "associations": [{"client": 16}],
          "objects": [{"class": "Data", "obis": "0.0.96.1.0.255", "value": {"unsigned": 42}}]
        }]}
        """);
  }

  /** Hands out what is printed. */
  private static final class Printed extends Writer {
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    @Override
    public void write(char[] characters, int offset, int length) {
      texts.add(new String(characters, offset, length));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void itIsReadUntilItIsStopped() throws InterruptedException {
    Printed printed = new Printed();
    CommandLine commandLine = Dlms.commandLine();
    commandLine.setOut(new PrintWriter(printed));
    commandLine.setErr(new PrintWriter(Writer.nullWriter()));
    Thread emulator =
        new Thread(
            () -> commandLine.execute("emulate", "--device", "" + file, "--wrapper", "0"),
            "emulate");
    emulator.start();
    try {
      String line = printed.texts.poll(60, TimeUnit.SECONDS);
      assertNotNull(line);
      String uri = line.substring(line.indexOf("wrapper+tcp")).strip();
      assertEquals(List.of("42"), dlms("get", uri, "1:0.0.96.1.0.255:2").out());
    } finally {
      emulator.interrupt();
      emulator.join(60_000);
    }
    assertFalse(emulator.isAlive());
  }

  @Test
  void whatItCannotBeIsSaidInWords() throws IOException {
    assertFails(dlms("emulate", "--device", "" + file), "a meter needs a place");
    assertFails(
        dlms("emulate", "--device", "" + file, "--wrapper", "0", "--meter-number", "5"),
        "--meter-number is not for a device that a file describes");
    assertFails(
        dlms("emulate", "--device", "" + file, "--serial", "iec21:/dev/ttyNone"),
        "iec21: is not for a device that a file describes");
    assertFails(
        dlms("emulate", "--device", "" + directory.resolve("none"), "--wrapper", "0"),
        "cannot read ");
    Files.writeString(file, "{\"logicalDevices\": []}");
    assertFails(
        dlms("emulate", "--device", "" + file, "--wrapper", "0"),
        "describes no device: $.logicalDevices: there is no logical device");
  }
}
