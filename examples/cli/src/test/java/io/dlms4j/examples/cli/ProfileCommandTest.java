package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.assertFails;
import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files that the command profile writes, with an OMNIPOWER meter behind it. */
class ProfileCommandTest {
  private static final String LOAD_PROFILE = "1.1.99.1.0.255";

  private static TestMeter meter;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    meter = TestMeter.omnipower(1);
  }

  @AfterAll
  static void stop() {
    meter.close();
  }

  private static Run profile(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("profile", meter.uri(), LOAD_PROFILE, "--password", TestMeter.PASSWORD));
    all.addAll(List.of(arguments));
    return dlms(all.toArray(String[]::new));
  }

  @Test
  void theNewestRowsAreSelectedByTheirNumber() {
    Run run = profile("--last", "3");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().get(1).startsWith("2013-01-10 Thu 23:30:00"), run.out().get(1));
    assertTrue(run.out().get(3).startsWith("2013-01-11 Fri 00:00:00"), run.out().get(3));
    assertEquals("3 rows", run.out().get(4));
  }

  @Test
  void oneReadingFillsEveryFile() throws IOException {
    Path csv = directory.resolve("day.csv");
    Path json = directory.resolve("day.json");
    Path plot = directory.resolve("day.png");
    Run run = profile("--csv", "" + csv, "--json", "" + json, "--plot", "" + plot);
    assertEquals(
        List.of(
            "96 rows written to " + csv,
            "96 rows written to " + json,
            "chart of 96 rows written to " + plot),
        run.out(),
        run.err());
    assertEquals(97, Files.readAllLines(csv).size());
    assertEquals(96, JsonMapper.shared().readTree(Files.readString(json)).get("rows").size());
    assertTrue(Files.size(plot) > 5000, "" + Files.size(plot));
  }

  @Test
  void jsonHasColumnsWithUnitsAndNumbersAsNumbers() throws IOException {
    Path json = directory.resolve("rows.json");
    assertEquals(0, profile("--last", "2", "--json", "" + json).exitCode());
    JsonNode document = JsonMapper.shared().readTree(Files.readString(json));
    assertEquals(LOAD_PROFILE, document.get("profile").asString());
    JsonNode energy = document.get("columns").get(4);
    assertEquals("A14", energy.get("name").asString());
    assertEquals("Wh", energy.get("unit").asString());
    assertEquals("3:1.1.1.8.0.255:2", energy.get("attribute").asString());
    JsonNode row = document.get("rows").get(1);
    assertEquals("2013-01-11T00:00", row.get(0).asString());
    assertTrue(row.get(4).isIntegralNumber() && row.get(4).asLong() > 0, row.toString());
    assertEquals(document.get("columns").size(), row.size());
  }

  @Test
  void aChartHasLinesOfMoreThanOneColourOnWhite() throws IOException {
    Path plot = directory.resolve("chart.png");
    assertEquals(0, profile("--plot", "" + plot).exitCode());
    BufferedImage image = ImageIO.read(plot.toFile());
    assertEquals(1200, image.getWidth());
    Set<Integer> colourful = new TreeSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        int rgb = image.getRGB(x, y);
        int red = rgb >> 16 & 0xFF;
        int green = rgb >> 8 & 0xFF;
        int blue = rgb & 0xFF;
        if (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > 150) {
          colourful.add(rgb);
        }
      }
    }
    assertTrue(colourful.size() > 1, colourful.toString());
  }

  @Test
  void oneRowIsAChartToo() throws IOException {
    Path plot = directory.resolve("one.png");
    Run run = profile("--last", "1", "--plot", "" + plot);
    assertEquals(List.of("chart of 1 rows written to " + plot), run.out(), run.err());
    assertTrue(Files.size(plot) > 5000);
  }

  @Test
  void withoutRowsThereIsNothingToDraw() {
    Path plot = directory.resolve("none.png");
    assertFails(profile("--from", "2030-01-01", "--plot", "" + plot), "nothing to draw");
    assertFalse(Files.exists(plot));
  }

  @Test
  void aFileThatCannotBeWrittenIsToldBeforeTheRowsAreRead() {
    String missing = directory.resolve("no").resolve("where").toString();
    assertFails(profile("--json", missing), "cannot write " + missing);
    assertFails(profile("--plot", missing), "cannot write " + missing);
  }

  @Test
  void selectionsThatDoNotGoTogetherMakeNoSense() {
    assertEquals(2, profile("--last", "0").exitCode());
    assertEquals(2, profile("--last", "many").exitCode());
    Run both = profile("--last", "3", "--from", "2013-01-10");
    assertEquals(2, both.exitCode());
    assertTrue(both.err().contains("--last"), both.err());
  }
}
