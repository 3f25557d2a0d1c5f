package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.cosem.ObisCode;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A class of one's own, as the package's documentation has it. */
class OwnClassTest {
  record Valve(ObisCode logicalName) implements InterfaceObject {
    record Travel(int position, CosemDateTime since) {
      static final ValueType<Travel> TYPE =
          ValueType.structure(
              "travel",
              in -> new Travel(in.next(ValueType.UNSIGNED), in.next(ValueType.DATE_TIME)),
              field("position", ValueType.UNSIGNED, Travel::position),
              field("since", ValueType.DATE_TIME, Travel::since));
    }

    static final AttributeDescriptor<Travel> TRAVEL =
        AttributeDescriptor.ofDynamic(2, "travel", Travel.TYPE);
    static final MethodDescriptor<Integer, Nothing> MOVE =
        MethodDescriptor.taking(1, "move", ValueType.UNSIGNED);
    static final InterfaceClass CLASS =
        InterfaceClass.builder(8192, 0, "Valve").attributes(TRAVEL).methods(MOVE).build();

    @Override
    public InterfaceClass interfaceClass() {
      return CLASS;
    }
  }

  @Test
  void isDeclaredInAFewLines() {
    Valve valve = new Valve(ObisCode.of("0.0.128.0.0.255"));
    Valve.Travel travel =
        new Valve.Travel(50, CosemDateTime.of(LocalDateTime.of(2026, 11, 28, 9, 0), -60, 0));
    CosemData data = valve.attribute(Valve.TRAVEL).type().encode(travel);
    assertEquals(travel, valve.attribute(Valve.TRAVEL).type().decodeExactly(data));
    assertEquals("8192:0.0.128.0.0.255:2 travel", valve.attribute(Valve.TRAVEL).toString());
    assertEquals("8192:0.0.128.0.0.255:1 move", valve.method(Valve.MOVE).toString());
  }

  @Test
  void tellsItsFieldsToAPrinter() {
    assertEquals(
        new ValueShape.Structure(
            List.of(
                new ValueShape.Field("position", ValueType.UNSIGNED),
                new ValueShape.Field("since", ValueType.DATE_TIME))),
        Valve.TRAVEL.type().shape());
  }
}
