package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.assertFails;
import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command emulate: which meters it can be. */
class EmulateCommandTest {
  private static final String PASSWORD = TestMeter.PASSWORD;

  @TempDir private Path directory = Path.of("");

  /** A meter, or several, that are emulated until they are closed. */
  private static final class Emulator implements AutoCloseable {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread thread;

    private Emulator(String... options) {
      CommandLine commandLine = Dlms.commandLine();
      PrintWriter printed = new PrintWriter(new Lines(), true);
      commandLine.setOut(printed);
      commandLine.setErr(printed);
      String[] args =
          Stream.concat(Stream.of("emulate"), Arrays.stream(options)).toArray(String[]::new);
      thread = new Thread(() -> commandLine.execute(args), "emulate");
      thread.start();
    }

    private final class Lines extends Writer {
      private final StringBuilder line = new StringBuilder();

      @Override
      public void write(char[] characters, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
          if (characters[i] == '\n') {
            lines.add(line.toString().strip());
            line.setLength(0);
          } else {
            line.append(characters[i]);
          }
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    }

    String line() throws InterruptedException {
      String line = lines.poll(120, TimeUnit.SECONDS);
      assertNotNull(line);
      return line;
    }

    /** The address of the next meter. */
    String uri() throws InterruptedException {
      String line = line();
      assertTrue(line.contains(" listens on "), line);
      return line.replaceAll(".* listens on (\\S+).*", "$1");
    }

    @Override
    public void close() {
      thread.interrupt();
      try {
        thread.join(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      assertFalse(thread.isAlive());
    }
  }

  private static String read(String uri, String object, String... more) {
    List<String> args = new ArrayList<>(List.of("get", uri, object, "--password", PASSWORD));
    args.addAll(List.of(more));
    Run run = dlms(args.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    return run.out().get(0);
  }

  private static long energy(String uri) {
    return Long.parseLong(read(uri, "1.1.1.8.0.255").replace(" Wh", ""));
  }

  /** A day of 10 A at 230 V, and the seconds that the test takes. */
  @ParameterizedTest
  @CsvSource({
    "--variant=single-phase, 6861118BN143001084, 55200",
    "--variant=three-phase, 6841138BN143002084, 165600",
    "--type-number=6841138BN143002084, 6841138BN143002084, 165600",
    // Two measuring systems measure the same power as three.
    "--type-number=685-11-25C-D14-0111-040, 6851125CD140111040, 165600"
  })
  void aMeterIsWhatItsTypeNumberSays(String option, String typeNumber, long energy)
      throws InterruptedException {
    try (Emulator emulator =
        new Emulator(
            option,
            "--wrapper=0",
            "--source=constant:230,10,0",
            "--time=start=2026-07-01T12:00",
            "--days=1")) {
      String uri = emulator.uri();
      assertEquals(typeNumber, read(uri, "1.1.96.1.1.255"));
      long measured = energy(uri);
      assertTrue(measured >= energy - 10 && measured < energy + 500, "" + measured);
      assertTrue(read(uri, "0.1.1.0.0.255").startsWith("2026-07-01 Wed 1"));
    }
  }

  @Test
  void aMeterForTransformersHasTheObjectsOfOne() throws InterruptedException {
    try (Emulator emulator =
        new Emulator(
            "--variant=ct",
            "--configuration=Z1=2,Z21=040",
            "--wrapper=0",
            "--source=constant:230,1,0",
            "--days=0")) {
      String uri = emulator.uri();
      assertEquals("40", read(uri, "1.1.0.4.2.255"));
    }
  }

  @Test
  void severalMetersHavePortsOfTheirOwn() throws InterruptedException {
    try (Emulator emulator =
        new Emulator("--hdlc=0", "--count=3", "--meter-number=100", "--days=0")) {
      for (int meter = 100; meter < 103; meter++) {
        assertEquals("" + meter, read(emulator.uri(), "1.1.0.0.1.255"));
      }
    }
  }

  @Test
  void severalMetersAreBehindOneLine() throws InterruptedException {
    try (Emulator emulator =
        new Emulator("--hdlc=0", "--count=2", "--one-line", "--meter-number=100", "--days=0")) {
      String uri = emulator.uri();
      assertTrue(emulator.line().endsWith(uri + " with physical address 33"));
      assertEquals("100", read(uri, "1.1.0.0.1.255", "--physical", "32"));
      assertEquals("101", read(uri, "1.1.0.0.1.255", "--physical", "33"));
    }
  }

  @Test
  void aMeterThatIsKeptGoesOnWhereItWas() throws InterruptedException {
    String[] options = {
      "--wrapper=0",
      "--store=" + directory,
      "--source=constant:230,10,0",
      "--time=fast:100",
      "--days=3"
    };
    long before;
    String time;
    try (Emulator emulator = new Emulator(options)) {
      String uri = emulator.uri();
      before = energy(uri);
      time = read(uri, "0.1.1.0.0.255");
    }
    assertTrue(before >= 3 * 165_600, "" + before);
    try (Emulator emulator = new Emulator(options)) {
      String uri = emulator.uri();
      long after = energy(uri);
      // No three days again.
      assertTrue(after >= before && after < before + 165_600, before + " " + after);
      String later = read(uri, "0.1.1.0.0.255");
      assertTrue(later.substring(0, 10).compareTo(time.substring(0, 10)) >= 0, time + " " + later);
    }
    assertFails(
        dlms("emulate", "--wrapper=0", "--store=" + directory, "--time=start=2026-01-01"),
        "have a time already");
  }

  @Test
  void aScriptOrARecordingIsMeasured() throws IOException, InterruptedException {
    Path script = directory.resolve("night.txt");
    Files.writeString(script, "2026-06-29T00:00:00 all 230 10 180\n");
    Path recording = directory.resolve("day.csv");
    Files.writeString(
        recording, "time,u1,i1,a1\n2026-07-01T10:00:00,230,10,0\n2026-07-01T11:00:00,230,0,0\n");
    for (String source : List.of("script:" + script, "csv:" + recording)) {
      try (Emulator emulator =
          new Emulator(
              "--wrapper=0", "--source=" + source, "--time=start=2026-07-01T12:00", "--days=1")) {
        String uri = emulator.uri();
        assertEquals(source.startsWith("csv") ? 2300 : 0, energy(uri));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--variant=two-phase|there is no meter \"two-phase\", but k351c, k382m, single-phase",
        "--variant=ct --type-number=6841138BN143002084|is three-phase, not ct",
        "--variant=k382m --configuration=Z1=4|are for OMNIPOWER meters",
        "--type-number=6851125CD143111040|X10=3: not of this meter",
        "--type-number=12345|has 18 characters, not 5",
        "--configuration=Z1=9|Z1=9: no such code",
        "--configuration=Z21=020|Z21=020: not of this meter",
        "--source=nothing|is no source: household",
        "--source=constant:230,10|is not volts, amperes and degrees",
        "--source=constant:230,ten,0|is not volts, amperes and degrees",
        "--source=constant:NaN,10,0|nobody measures NaN,10,0",
        "--source=constant:900,10,0|nobody measures 900,10,0",
        "--source=constant:230,1e9,0|nobody measures 230,1e9,0",
        "--source=constant:230,1,Infinity|nobody measures",
        "--source=random:x|is no seed",
        "--source=csv:/nowhere/at/all.csv|cannot read /nowhere/at/all.csv",
        "--source=script:|cannot read",
        "--time=slow|is not real, fast:N, start=DATE",
        "--time=fast:0|within 1..1000000",
        "--days=-1|0..3650",
        "--count=0|1..1000",
        "--count=1001|1..1000",
        "--count=95 --one-line|94 meters",
        "--count=2 --image=firmware.bin|--image is for one meter",
        "--count=2 --security=authenticated|--security is for one meter",
        "--meter-number=-1|is not an Unsigned32"
      })
  void whatNoMeterCanBeIsSaidInWords(String options, String reason) {
    assertFails(
        dlms(
            Stream.concat(Stream.of("emulate", "--hdlc=0"), Arrays.stream(options.split(" ")))
                .toArray(String[]::new)),
        reason);
  }

  @Test
  void whereNoMeterCanBeIsSaidInWords() throws IOException {
    assertFails(dlms("emulate"), "a meter needs a place");
    assertFails(dlms("emulate", "--hdlc=70000"), "0..65535");
    assertFails(dlms("emulate", "--hdlc=65535", "--count=2"), "leaves no ports for 2 meters");
    assertFails(
        dlms("emulate", "--hdlc=0", "--wrapper=0", "--count=2", "--one-line"),
        "the wrapper has no physical addresses");
    assertFails(dlms("emulate", "--serial=/dev/ttyNone", "--count=2"), "behind --one-line");
    assertFails(
        dlms("emulate", "--serial=iec21:/dev/ttyNone", "--count=2", "--one-line"),
        "one meter only");
    Path file = directory.resolve("file");
    Files.writeString(file, "");
    assertFails(dlms("emulate", "--hdlc=0", "--store=" + file), "cannot keep anything");
    Files.writeString(directory.resolve("time"), "nonsense");
    assertFails(dlms("emulate", "--hdlc=0", "--store=" + directory), "does not say how time goes");
    Path script = directory.resolve("bad.txt");
    Files.writeString(script, "2026-01-01T00:00:00 L4 230 1 0");
    assertFails(dlms("emulate", "--hdlc=0", "--source=script:" + script), "bad.txt: ");
  }
}
