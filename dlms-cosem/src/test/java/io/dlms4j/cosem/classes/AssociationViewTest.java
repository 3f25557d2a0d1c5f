package io.dlms4j.cosem.classes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.security.Protection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssociationViewTest {
  private static final ObisCode ENERGY = ObisCode.of("1.0.1.8.0.255");

  private static AssociationView view(int version) {
    return new AssociationView(
        List.of(
            new ObjectListElement(
                3,
                0,
                ENERGY,
                List.of(
                    new ObjectListElement.AttributeAccess(
                        2, AttributeAccessMode.AUTHENTICATED_READ_ONLY, List.of()),
                    new ObjectListElement.AttributeAccess(
                        3, AttributeAccessMode.READ_AND_WRITE, List.of())),
                List.of(
                    new ObjectListElement.MethodAccess(1, MethodAccessMode.AUTHENTICATED_ACCESS))),
            // Another association before the current one, of another version.
            association("0.0.40.0.3.255", 0),
            association("0.0.40.0.0.255", version)));
  }

  private static ObjectListElement association(String name, int version) {
    return new ObjectListElement(15, version, ObisCode.of(name), List.of(), List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theVersionOfTheCurrentAssociationSaysWhatTheModesMean(int version) {
    assertEquals(view(version), AssociationView.decode(view(version).encode()));
  }

  @Test
  void inVersionZeroTheProtectionIsNotTold() {
    AssociationView read = AssociationView.decode(view(0).encode());
    assertEquals(AttributeAccessMode.READ_ONLY, read.object(ENERGY).orElseThrow().attributeMode(2));
    assertEquals(MethodAccessMode.ACCESS, read.object(ENERGY).orElseThrow().methodMode(1));
  }

  @Test
  void rightsAreFoundByReference() {
    AssociationView view = view(3);
    assertEquals(AttributeAccessMode.READ_AND_WRITE, view.mode(new AttributeRef(3, ENERGY, 3)));
    assertEquals(AttributeAccessMode.NO_ACCESS, view.mode(new AttributeRef(4, ENERGY, 3)));
    assertEquals(AttributeAccessMode.NO_ACCESS, view.mode(new AttributeRef(3, ENERGY, 9)));
    assertEquals(
        Set.of(Protection.AUTHENTICATED), view.mode(new MethodRef(3, ENERGY, 1)).request());
    assertEquals(MethodAccessMode.NO_ACCESS, view.mode(new MethodRef(3, ENERGY, 2)));
    assertEquals(2, view.ofClass(15).size());
    assertEquals(Optional.empty(), view.object(ObisCode.of("9.9.9.9.9.9")));
    assertEquals(3, view.byLogicalName().size());
    assertEquals(Optional.of(Register.CLASS), view.object(ENERGY).orElseThrow().interfaceClass());
  }

  @Test
  void aListWithoutRightsHasNone() {
    CosemData names =
        CosemData.array(
            view(1).objects().stream().map(ObjectListElement::encodeWithoutRights).toList());
    AssociationView read = AssociationView.decode(names);
    assertEquals(3, read.objects().size());
    assertEquals(AttributeAccessMode.NO_ACCESS, read.mode(new AttributeRef(3, ENERGY, 2)));
  }

  @Test
  void whatIsNoListIsRefused() {
    assertThrows(AxdrException.class, () -> AssociationView.decode(CosemData.nullData()));
    assertThrows(
        AxdrException.class, () -> AssociationView.decode(CosemData.array(CosemData.bool(true))));
    assertThrows(
        AxdrException.class,
        () -> AssociationView.decode(CosemData.array(CosemData.structure(CosemData.bool(true)))));
  }
}
