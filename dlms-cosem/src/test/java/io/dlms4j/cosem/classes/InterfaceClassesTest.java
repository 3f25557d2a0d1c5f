package io.dlms4j.cosem.classes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.Unit;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InterfaceClassesTest {
  @Test
  void everyClassIsThereOnceInEachVersionAndInOrder() {
    Set<String> seen = new HashSet<>();
    int last = -1;
    for (InterfaceClass each : InterfaceClasses.all()) {
      int number = each.classId() << 8 | each.version();
      assertTrue(number > last, each + " is out of order");
      last = number;
      assertTrue(seen.add(each.classId() + "/" + each.version()));
      assertEquals("logical_name", each.attributeName(1));
      assertEquals(Optional.of(each), InterfaceClasses.of(each.classId(), each.version()));
      if (!each.methods().isEmpty() && each.methodOffset() != 0) {
        int attributes = each.attributes().get(each.attributes().size() - 1).index();
        int first = each.methodOffset() + 8 * (each.methods().get(0).index() - 1);
        assertTrue(first >= 8 * attributes, each + ": names overlap");
      }
    }
  }

  @Test
  void aClassThatIsNotKnownIsNothing() {
    assertFalse(InterfaceClasses.ofId(9999).isPresent());
    assertFalse(InterfaceClasses.of(8, 77).isPresent());
    assertEquals("attribute 99", Clock.CLASS.attributeName(99));
    assertEquals("method -3", Clock.CLASS.methodName(-3));
  }

  @Test
  void attributesOutOfOrderAreRefusedAtOnce() {
    InterfaceClass.Builder builder = InterfaceClass.builder(8192, 0, "Own");
    assertThrows(
        IllegalArgumentException.class, () -> builder.attributes(Clock.TIME_ZONE, Clock.TIME));
  }

  @Test
  void aServerReadsItsTypeExactlyAndAClientWhatMetersSend() {
    assertEquals(60, ValueType.LONG.decode(CosemData.longInteger(60)));
    assertEquals(60, ValueType.LONG.decode(CosemData.unsigned(60)));
    assertEquals(60, ValueType.LONG.decodeExactly(CosemData.longInteger(60)));
    assertThrows(AxdrException.class, () -> ValueType.LONG.decodeExactly(CosemData.unsigned(60)));
    assertThrows(
        AxdrException.class, () -> ValueType.LONG.decode(CosemData.doubleLongUnsigned(40_000)));
    CosemDateTime time = CosemDateTime.of(LocalDateTime.of(2026, 11, 28, 10, 0), -60, 0);
    assertEquals(time, ValueType.DATE_TIME.decode(CosemData.dateTime(time)));
    assertEquals(time, ValueType.DATE_TIME.decode(ValueType.DATE_TIME.encode(time)));
    assertThrows(
        AxdrException.class, () -> ValueType.DATE_TIME.decodeExactly(CosemData.dateTime(time)));
  }

  @Test
  void aStructureSaysWhichOfItsFieldsIsWrong() {
    AxdrException wrongType =
        assertThrows(
            AxdrException.class,
            () ->
                ValueType.SCALER_UNIT.decode(
                    CosemData.structure(CosemData.integer(0), CosemData.bool(true))));
    assertTrue(wrongType.toString().contains("unit of scal_unit_type"), wrongType.toString());
    assertThrows(
        AxdrException.class,
        () -> ValueType.SCALER_UNIT.decode(CosemData.structure(CosemData.integer(0))));
    assertThrows(
        AxdrException.class,
        () ->
            ValueType.SCALER_UNIT.decode(
                CosemData.structure(
                    CosemData.integer(0), CosemData.enumerated(30), CosemData.nullData())));
    assertThrows(
        AxdrException.class,
        () ->
            ValueType.SCALER_UNIT.decode(
                CosemData.array(CosemData.integer(0), CosemData.enumerated(30))));
    assertEquals(
        new ScalerUnit(0, Unit.of(30)),
        ValueType.SCALER_UNIT.decode(
            CosemData.structure(CosemData.integer(0), CosemData.enumerated(30))));
  }

  @Test
  void bitStringsCountFromTheirFirstBit() {
    ValueType<Integer> type = ValueType.bitString(10);
    assertEquals("04 0A 80 40", spaced(type.encode(0b10_0000_0001)));
    assertEquals(0b10_0000_0001, type.decode(type.encode(0b10_0000_0001)));
    assertThrows(AxdrException.class, () -> type.decode(ValueType.bitString(9).encode(1)));
  }

  @Test
  void anEnumWithoutANameIsRefused() {
    assertEquals(
        ImageTransferStatus.VERIFICATION_FAILED,
        ImageTransfer.IMAGE_TRANSFER_STATUS.type().decode(CosemData.enumerated(4)));
    assertThrows(
        AxdrException.class,
        () -> ImageTransfer.IMAGE_TRANSFER_STATUS.type().decode(CosemData.enumerated(8)));
  }

  @Test
  void anArrayIsReadElementByElement() {
    List<ImageToActivate> none =
        ImageTransfer.IMAGE_TO_ACTIVATE_INFO.type().decode(CosemData.array());
    assertEquals(List.of(), none);
    assertThrows(
        AxdrException.class,
        () -> ImageTransfer.IMAGE_TO_ACTIVATE_INFO.type().decode(CosemData.nullData()));
  }

  private static String spaced(CosemData data) {
    return data.encode().toHex().toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?=.)", "$1 ");
  }
}
