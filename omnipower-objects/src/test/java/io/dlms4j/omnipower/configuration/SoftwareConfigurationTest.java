package io.dlms4j.omnipower.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftwareConfigurationTest {
  @Test
  void codesAreReadInAnyOrderAndWrittenInTheirOwn() {
    SoftwareConfiguration read = SoftwareConfiguration.parse(" Z10=000, Z9=001 ,Z1=4,Z13=417");
    assertEquals("Z1=4,Z9=001,Z10=000,Z13=417", read.toString());
    assertEquals(read, SoftwareConfiguration.parse(read.toString()));
    assertEquals(Optional.of("417"), read.code("Z13"));
    assertEquals(Optional.empty(), read.code("Z2"));
    assertEquals(Optional.empty(), read.code("nonsense"));
    assertEquals(List.of("Z1", "Z9", "Z10", "Z13"), read.positions());
  }

  @Test
  void nothingIsAsItIsSoldMost() {
    assertEquals(SoftwareConfiguration.USUAL, SoftwareConfiguration.parse(" "));
    assertEquals("", SoftwareConfiguration.USUAL.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Z1|a code is written as Z1=4",
        "Z1=4,|a code is written as Z1=4",
        "Z31=1|Z1..Z30",
        "Z0=1|Z1..Z30",
        "X1=4|Z1..Z30",
        "z1=4|Z1..Z30",
        "Z1=5|no such code; Decimals in display is one of 1 (7.0), 2 (6.1), 2 (7.1), 3 (7.2)",
        "Z1=04|no such code",
        "Z3=1|no such code",
        "Z3=24|no such code",
        "Z6=29|no such code",
        "Z7=25|no such code",
        "Z13=1|no such code",
        "Z13=nnn|no such code",
        "Z13=\u0663\u0663\u0663|no such code",
        "Z21=005|no such code",
        "Z1=4,Z1=3|Z1 is given twice"
      })
  void whatNoMeterHasIsRefusedWithTheReason(String text, String reason) {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> SoftwareConfiguration.parse(text));
    assertEquals(1, refused.refusals().size());
    assertTrue(refused.refusals().get(0).reason().contains(reason), refused.getMessage());
  }

  @Property
  void anyTextIsAConfigurationOrRefused(@ForAll String text) {
    try {
      SoftwareConfiguration read = SoftwareConfiguration.parse(text);
      assertEquals(read, SoftwareConfiguration.parse(read.toString()));
    } catch (ConfigurationException e) {
      assertTrue(e.refusals().stream().noneMatch(each -> each.reason().isEmpty()));
    }
  }
}
