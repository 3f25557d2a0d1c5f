package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.assertFails;
import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command objects, with an OMNIPOWER meter behind it. */
class ObjectsCommandTest {
  private static TestMeter meter;

  @BeforeAll
  static void start() {
    meter = TestMeter.omnipower(0);
  }

  @AfterAll
  static void stop() {
    meter.close();
  }

  @Test
  void theTableNamesClassesAttributesAndRights() {
    Run run = dlms("objects", meter.uri(), "--password", TestMeter.PASSWORD);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(
        run.out().get(0).matches("OBIS +Name +Class +Version +Attributes +Methods"),
        run.out().get(0));
    String energy = line(run.out(), "1.1.1.8.0.255");
    assertTrue(
        energy.matches(
            "1.1.1.8.0.255 +A14 +3 Register +0 +1 logical_name R, 2 value R, 3 scaler_unit R.*"),
        energy);
    int clock = run.out().indexOf(line(run.out(), "0.1.1.0.0.255"));
    assertTrue(run.out().get(clock).contains("2 time RW,"), run.out().get(clock));
    // What does not fit goes on below, under an empty name.
    assertTrue(run.out().get(clock + 1).startsWith(" "), run.out().get(clock + 1));
    assertTrue(run.out().stream().allMatch(line -> line.length() < 220));
    assertTrue(run.out().get(run.out().size() - 1).endsWith(" objects"));
  }

  private static String line(List<String> lines, String start) {
    return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void theSameIsToldAsJson() {
    Run run = dlms("objects", meter.uri(), "--json");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode objects = JsonMapper.shared().readTree(String.join("\n", run.out()));
    assertEquals(15, objects.size());
    JsonNode clock =
        objects
            .valueStream()
            .filter(object -> object.get("classId").asInt() == 8)
            .findFirst()
            .orElseThrow();
    assertEquals("0.1.1.0.0.255", clock.get("logicalName").asString());
    assertEquals("Clock", clock.get("className").asString());
    assertEquals("RTC", clock.get("name").asString());
    assertEquals(0, clock.get("version").asInt());
    JsonNode time = clock.get("attributes").get(1);
    assertEquals(2, time.get("index").asInt());
    assertEquals("time", time.get("name").asString());
    assertEquals("R", time.get("access").asString());
  }

  @Test
  void aMeterThatRefusesTheAssociationIsTold() {
    assertFails(
        dlms("objects", meter.uri(), "--password", "00000"), "refused the association", "password");
    assertEquals(2, dlms("objects", "nowhere").exitCode());
  }
}
