package io.dlms4j.omnipower.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeNumberTest {
  private static List<Refusal> refusals(String text) {
    return assertThrows(ConfigurationException.class, () -> TypeNumber.parse(text)).refusals();
  }

  private static List<String> meanings(String text) {
    return TypeNumber.parse(text).explain().stream().map(OrderCode::meaning).toList();
  }

  @Test
  void theDirectMeterOfTheDlmsDescriptionIsExplained() {
    assertEquals(
        List.of(
            "OMNIPOWER three-phase",
            "OMNIPOWER",
            "standard",
            "3 systems",
            "5(80) A",
            "Class B",
            "Generation N",
            "variant 1",
            "A+/A-/R+/R-",
            "standard breaker",
            "no radio",
            "supercap",
            "auxiliary power supply (APS)",
            "Finland"),
        meanings("6841138BN143002084"));
    assertEquals(MeterVariant.THREE_PHASE, TypeNumber.parse("6841138BN143002084").meter());
  }

  @Test
  void theMeterForTransformersOfTheDlmsDescriptionIsExplained() {
    assertEquals(
        List.of(
            "OMNIPOWER CT",
            "OMNIPOWER",
            "standard",
            "2 systems (Aron)",
            "for current transformers",
            "Class C",
            "Generation D",
            "variant 1",
            "A+/A-/R+/R-",
            "no breaker",
            "radio",
            "supercap + battery",
            "S0 output",
            "Norway"),
        meanings("6851125CD140111040"));
    assertEquals(MeterVariant.CT, TypeNumber.parse("6851125CD140111040").meter());
  }

  @Test
  void hyphensAndBlanksMeanNothing() {
    TypeNumber number = TypeNumber.parse("6841138BN143002084");
    assertEquals("684-11-38B-N14-3002-084", number.withHyphens());
    assertEquals(number, TypeNumber.parse(number.withHyphens()));
    // As a line break has left it in the DLMS description.
    assertEquals(number, TypeNumber.parse("6841138BN14 3002084"));
    assertNotEquals(number, TypeNumber.parse("6851125CD140111040"));
  }

  @ParameterizedTest
  @CsvSource({
    // no such code
    "6871138BN143002084,X1,Meter type is one of 4 (OMNIPOWER three-phase)",
    "6842138BN143002084,X2,no such code",
    "6841138BX143002084,X7,no such code; Generation is one of N (Generation N)",
    "6841138BN193002084,X9,no such code",
    "6841138BN143002999,X14,no such code",
    "6841138bN143002084,X6,no such code",
    // of other meters
    "6841118BN143002084,X4,not of this meter",
    "6841135BN143002084,X5,not of this meter",
    "6841138CN143002084,X6,not of this meter",
    "6841138BD143002084,X7,not of this meter",
    "6841138BN133002084,X9,not of this meter; Energy type is one of 1 (A+)",
    "6841138BN142002084,X10,not of this meter; Breaker is one of 0 (no breaker)",
    "6841238BN143002084,X3,not of this meter",
    "6851125CD143111040,X10,not of this meter; Breaker is one of 0 (no breaker)",
    "6851125CD140101040,X12,not of this meter",
    "6851125CD140112040,X13,not of this meter",
    "6851125CD140110040,X13,not of this meter",
    "6851115CD140111040,X4,not of this meter",
    "6861118BN143002084,X13,not of this meter",
    "6861138BN143001084,X4,not of this meter; Measuring systems is one of 1 (1 system)",
    "6861118BN145001084,X10,not of this meter"
  })
  void whatNoMeterHasIsRefusedWithTheReason(String text, String position, String reason) {
    List<Refusal> refusals = refusals(text);
    assertEquals(List.of(position), refusals.stream().map(Refusal::position).toList());
    assertTrue(refusals.get(0).reason().contains(reason), refusals.get(0).reason());
  }

  @Test
  void everyReasonIsTold() {
    List<String> positions =
        refusals("6851115BN133002099").stream().map(Refusal::position).toList();
    assertEquals(List.of("X4", "X7", "X10", "X12", "X13", "X14"), positions);
  }

  @ParameterizedTest
  @CsvSource({
    "'',18 characters",
    "6841138BN14300208,18 characters",
    "6841138BN1430020840,18 characters",
    "6941138BN143002084,begins with 68",
    "6853B1A300,351 Combi",
    "685-2-B-1-A-1-00,351 Combi"
  })
  void theNumbersOfOtherMetersAreRefused(String text, String reason) {
    Refusal refusal = refusals(text).get(0);
    assertEquals("", refusal.position());
    assertTrue(refusal.reason().contains(reason), refusal.reason());
  }

  @Property
  void anyTextIsATypeNumberOrRefused(@ForAll String text) {
    try {
      TypeNumber number = TypeNumber.parse(text);
      assertEquals(number, TypeNumber.parse(number.toString()));
    } catch (ConfigurationException e) {
      assertTrue(e.refusals().stream().noneMatch(each -> each.reason().isEmpty()));
    }
  }
}
