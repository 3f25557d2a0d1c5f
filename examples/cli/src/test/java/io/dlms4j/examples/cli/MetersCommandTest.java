package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.assertFails;
import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command meters. */
class MetersCommandTest {
  private static final String NUMBER = "6841138BN143002084";

  private static boolean has(Run run, String line) {
    return run.out().stream().anyMatch(each -> each.matches(line));
  }

  private static JsonNode json(String... args) {
    Run run = dlms(args);
    assertEquals(0, run.exitCode(), run.err());
    return JsonMapper.shared().readTree(String.join("\n", run.out()));
  }

  @Test
  void everyCodeIsListed() {
    Run run = dlms("meters");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().get(0).matches("Position +Name +Code +Meaning +Meters +Variants +From"));
    assertTrue(has(run, "X10 +Breaker +2 +dual breaker +single-phase +1, 2 +.*"));
    assertTrue(has(run, "Z27 +Load profile data .DLMS. +2 +delta values +.* 2 +newer data sheet"));
    assertEquals(282 - 1, run.out().size() - 1);
  }

  @Test
  void theCodesOfOnePositionAreListed() {
    Run run = dlms("meters", "X13");
    assertEquals(4, run.out().size(), run.err());
    assertTrue(has(run, "X13 +Interface +1 +S0 output +single-phase, three-phase, ct +1, 2 .*"));
  }

  @Test
  void aTypeNumberIsExplained() {
    Run run = dlms("meters", NUMBER);
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("684-11-38B-N14-3002-084 is three-phase", run.out().get(0));
    assertTrue(has(run, " +X5 +Current range +8 +5\\(80\\) A"));
    assertTrue(has(run, " +Z1 +Decimals in display +4 +6.3 +not said, as it is sold most"));
    assertTrue(has(run, " +depth of the load profile +16800 rows, 175 days"));
    assertTrue(has(run, " +debiting stop +day 1 of every month"));
    assertFalse(has(run, ".*transformer.*"));
  }

  @Test
  void aConfigurationIsExplainedForAMeter() {
    Run run =
        dlms("meters", "685-11-25C-D14-0111-040", "--configuration", "Z1=2,Z7=11,Z21=040,Z22=2");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(has(run, " +Z1 +Decimals in display +2 +7.1"));
    assertTrue(has(run, " +energies +7.1 digits, steps of 100 Wh"));
    assertTrue(has(run, " +measuring systems +aron"));
    assertTrue(has(run, " +debiting stop +day 1 every 6 months from May"));
    assertTrue(has(run, " +transformer ratio +40, locked"));
  }

  @Test
  void aConfigurationAloneIsExplainedForEveryMeter() {
    Run run = dlms("meters", "--configuration", "Z1=2,Z13=417");
    assertEquals(4, run.out().size(), run.err());
    assertTrue(has(run, "Z1 +Decimals in display +2 +6.1 +single-phase, three-phase .*"));
    assertTrue(has(run, "Z1 +Decimals in display +2 +7.1 +ct .*"));
    assertTrue(has(run, "Z13 +Tariff control tables +nnn +by the tariff order form .*"));
  }

  @Test
  void theSameIsToldAsJson() {
    JsonNode meter = json("meters", NUMBER, "--configuration", "Z4=3", "--json");
    assertEquals(NUMBER, meter.get("typeNumber").asString());
    assertEquals("three-phase", meter.get("meter").asString());
    assertTrue(meter.get("configuration").asString().startsWith("Z1=4,Z2=1,Z3=00,Z4=3,"));
    assertEquals("X1", meter.get("codes").get(0).get("position").asString());
    assertEquals("Z4", meter.get("codes").get(17).get("position").asString());
    assertTrue(meter.get("codes").get(17).get("ordered").asBoolean());
    assertFalse(meter.get("codes").get(16).get("ordered").asBoolean());
    assertTrue(meter.get("settings").get("load profile").asString().contains("1800 s"));
    JsonNode codes = json("meters", "X1", "--json");
    assertEquals(3, codes.size());
    assertEquals(List.of("three-phase"), texts(codes.get(0).get("meters")));
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  @Test
  void whatNoMeterHasIsRefusedWithEveryReason() {
    Run run = dlms("meters", "6851115BN133002099");
    assertFails(run, "X4=1: not of this meter", "X10=3: ", "X14=099: no such code");
    assertEquals(1, run.exitCode());
    assertEquals(6, run.err().lines().count());
    assertFails(dlms("meters", "nonsense"), "has 18 characters, not 8");
    assertFails(dlms("meters", NUMBER, "--configuration", "Z21=020"), "Z21=020: not of this meter");
    assertFails(dlms("meters", NUMBER, "--configuration", "Z1=9"), "Z1=9: no such code");
    assertFails(dlms("meters", "--configuration", "Z1"), "a code is written as Z1=4");
    assertFails(dlms("meters", "X10", "--configuration", "Z1=4"), "has 18 characters, not 3");
  }
}
