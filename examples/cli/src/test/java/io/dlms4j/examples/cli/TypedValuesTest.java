package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.assertFails;
import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.Clock;
import io.dlms4j.cosem.classes.DisconnectControl;
import io.dlms4j.cosem.classes.Register;
import io.dlms4j.cosem.classes.RegisterMonitor;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeResult;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values that are read and written in the form that their classes declare. */
class TypedValuesTest {
  private static final ObisCode CLOCK = ObisCode.of("0.0.1.0.0.255");
  private static final ObisCode REGISTER = ObisCode.of("1.0.1.8.0.255");
  private static final ObisCode BREAKER = ObisCode.of("0.0.96.3.10.255");
  private static final ObisCode MONITOR = ObisCode.of("0.0.16.0.0.255");

  private final Map<Integer, CosemData> clock = new ConcurrentHashMap<>();
  private final List<CosemData> invoked = new ArrayList<>();
  private TestMeter meter;

  @BeforeEach
  void start() {
    clock.put(2, CosemData.octetString(Octets.ofHex("07EA0B1C060A0000FFFFC400")));
    clock.put(3, CosemData.longInteger(-60));
    clock.put(8, CosemData.bool(true));
    clock.put(9, CosemData.enumerated(1));
    meter =
        TestMeter.of(
            CosemObject.builder(Clock.CLASS, CLOCK)
                .attribute(2, () -> clock.get(2), value -> clock.put(2, value))
                .attribute(3, () -> clock.get(3), value -> clock.put(3, value))
                .attribute(8, () -> clock.get(8), value -> clock.put(8, value))
                .attribute(9, () -> clock.get(9), value -> clock.put(9, value))
                .build(),
            CosemObject.builder(Register.CLASS, REGISTER)
                .attribute(2, () -> CosemData.doubleLongUnsigned(189197))
                .attribute(
                    3, () -> CosemData.structure(CosemData.integer(-3), CosemData.enumerated(30)))
                .build(),
            CosemObject.builder(RegisterMonitor.CLASS, MONITOR)
                .attribute(
                    3,
                    () ->
                        CosemData.structure(
                            CosemData.longUnsigned(3),
                            CosemData.octetString(REGISTER.toOctets()),
                            CosemData.integer(2)))
                .build(),
            CosemObject.builder(DisconnectControl.CLASS, BREAKER)
                .method(
                    1,
                    request -> {
                      invoked.add(request.parameters().value());
                      return InvokeResult.of(CosemData.integer(0));
                    })
                .build());
  }

  @AfterEach
  void stop() {
    meter.close();
  }

  private void set(String attribute, String value) {
    Run run = dlms("set", meter.uri(), attribute, value);
    assertEquals(0, run.exitCode(), run.err());
  }

  private List<String> get(String... attributes) {
    List<String> all = new ArrayList<>(List.of("get", meter.uri()));
    all.addAll(List.of(attributes));
    Run run = dlms(all.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    return run.out();
  }

  @Test
  void simpleValuesAreWrittenAsPeopleWriteThem() {
    set("8:0.0.1.0.0.255:3", "-120");
    assertEquals(CosemData.longInteger(-120), clock.get(3));
    set("8:0.0.1.0.0.255:8", "false");
    assertEquals(CosemData.bool(false), clock.get(8));
    set("8:0.0.1.0.0.255:9", "gps");
    assertEquals(CosemData.enumerated(4), clock.get(9));
    set("8:0.0.1.0.0.255:9", "5");
    assertEquals(CosemData.enumerated(5), clock.get(9));
    set("8:0.0.1.0.0.255:2", "2026-11-28T10:00+01:00");
    assertEquals(
        CosemData.octetString(
            CosemDateTime.of(LocalDateTime.of(2026, 11, 28, 10, 0), -60, 0xFF).encode()),
        clock.get(2));
    set("8:0.0.1.0.0.255:3", "{\"long\": 60}");
    assertEquals(CosemData.longInteger(60), clock.get(3));
  }

  @Test
  void enumsFieldsAndUnitsAreReadWithTheirNames() {
    assertEquals(List.of("internal_crystal (1)"), get("8:0.0.1.0.0.255:9"));
    assertEquals(List.of("2026-11-28 Sat 10:00:00+01:00 status 00"), get("8:0.0.1.0.0.255:2"));
    assertEquals(List.of("scaler -3, unit Wh"), get("3:1.0.1.8.0.255:3"));
    assertEquals(List.of("189.197 Wh"), get("1.0.1.8.0.255"));
    assertEquals(
        List.of(
            "structure of 3",
            "  class_id: 3",
            "  logical_name: 1.0.1.8.0.255",
            "  attribute_index: 2"),
        get("21:0.0.16.0.0.255:3"));
  }

  @Test
  void moreThanOneAreReadAtOnceAndNamed() {
    assertEquals(
        List.of(
            "8:0.0.1.0.0.255:3 time_zone: -60",
            "3:1.0.1.8.0.255:2 value: 189.197 Wh",
            "8:0.0.1.0.0.255:8 daylight_savings_enabled: true"),
        get("8:0.0.1.0.0.255:3", "1.0.1.8.0.255", "8:0.0.1.0.0.255:8"));
  }

  @Test
  void ofMoreThanOneThoseThatAreRefusedAreToldAndTheOthersShown() {
    Run run = dlms("get", meter.uri(), "8:0.0.1.0.0.255:3", "8:0.0.1.0.9.255:2");
    assertEquals(1, run.exitCode());
    assertEquals(List.of("8:0.0.1.0.0.255:3 time_zone: -60"), run.out());
    assertTrue(run.err().contains("8:0.0.1.0.9.255:2 time: "), run.err());
    assertTrue(run.err().contains("object-undefined"), run.err());
  }

  @Test
  void aMethodThatTakesNothingIsSentItsZero() {
    Run run = dlms("action", meter.uri(), "70:0.0.96.3.10.255:1");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(List.of(CosemData.integer(0)), invoked);
  }

  @Test
  void valuesOfAnotherTypeAreRefusedBeforeTheyAreSent() {
    refused("8:0.0.1.0.0.255:3", "70000", "Clock.time_zone", "long", "70000");
    refused("8:0.0.1.0.0.255:3", "ten", "whole number");
    refused("8:0.0.1.0.0.255:8", "1", "true or false");
    refused("8:0.0.1.0.0.255:9", "sundial", "internal_crystal", "gps");
    refused("8:0.0.1.0.0.255:9", "77", "77");
    refused("8:0.0.1.0.0.255:2", "tomorrow", "Clock.time", "tomorrow");
    refused("8:0.0.1.0.0.255:1", "none", "OBIS");
    refused("3:1.0.1.8.0.255:2", "207", "Register.value", "long-unsigned");
    refused("4:1.0.1.8.0.255:5", "2026-13-01T00:00", "Extended register");
    assertEquals(CosemData.longInteger(-60), clock.get(3));
  }

  private void refused(String attribute, String value, String... words) {
    Run run = dlms("set", meter.uri(), attribute, value);
    assertEquals(2, run.exitCode(), attribute);
    assertFails(run, words);
  }
}
