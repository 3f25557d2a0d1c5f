package io.dlms4j.cosem.classes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.apdu.KeyInfo;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Test;

/** What every type of every class that is declared does with values, and with anything else. */
class ValueTypesPropertiesTest {
  /** By where each is declared. */
  private static final Map<String, ValueType<?>> TYPES = types();

  /**
   * Those whose shape does not tell all: a field decides on the type of the next, or a CHOICE is
   * taken apart by hand.
   */
  private static final Set<String> CHOICES =
      Set.of(
          "push_object",
          "push_protection_parameters_element",
          "certificate_identification",
          "range_descriptor",
          "entry_descriptor",
          "object_list_element",
          // Reserved bits of the conformance block have no meaning, and are not kept.
          "xDLMS_context_type");

  private static final Map<String, Boolean> TAKEN = new ConcurrentHashMap<>();

  private static Map<String, ValueType<?>> types() {
    Map<String, ValueType<?>> types = new LinkedHashMap<>();
    for (InterfaceClass each : InterfaceClasses.all()) {
      for (AttributeDescriptor<?> attribute : each.attributes()) {
        types.put(each + " " + attribute.name(), attribute.type());
      }
      for (MethodDescriptor<?, ?> method : each.methods()) {
        types.put(each + " " + method.name(), method.parameter());
        types.put(each + " " + method.name() + " returned", method.returned());
      }
    }
    return types;
  }

  /** Data, and the type that they are tried on. */
  record Trial(String where, CosemData data) {
    ValueType<?> type() {
      ValueType<?> type = TYPES.get(where);
      assertNotNull(type);
      return type;
    }
  }

  private static boolean isChoice(ValueType<?> type) {
    return CHOICES.stream().anyMatch(type.name()::endsWith);
  }

  private static <T> void assertComesBack(ValueType<T> type, CosemData data) {
    T value = type.decodeExactly(data);
    assertEquals(value, type.decode(data));
    assertEquals(value, type.decodeExactly(type.encode(value)));
    assertEquals(value, type.decode(CosemData.decode(type.encode(value).encode())));
    if (type != ValueType.NOTHING) {
      assertEquals(data, type.encode(value));
    }
  }

  /** Whether they are a value; if they are none, the exception is the declared one. */
  private static <T> boolean takes(ValueType<T> type, CosemData data, boolean exactly) {
    T value;
    try {
      value = exactly ? type.decodeExactly(data) : type.decode(data);
    } catch (AxdrException e) {
      assertFalse(e.clause().isEmpty());
      return false;
    }
    if (exactly) {
      assertEquals(value, type.decodeExactly(type.encode(value)));
    }
    return true;
  }

  @Property(tries = 4000, edgeCases = EdgeCasesMode.NONE)
  void whatIsOfTheShapeOfATypeIsAValueAndComesBack(@ForAll("shaped") Trial trial) {
    ValueType<?> type = trial.type();
    if (isChoice(type)) {
      TAKEN.merge(trial.where(), takes(type, trial.data(), true), Boolean::logicalOr);
    } else {
      assertComesBack(type, trial.data());
      TAKEN.put(trial.where(), true);
    }
  }

  /** None is left out by chance; there is nothing to see if the property above did not run. */
  @AfterContainer
  static void everyTypeWasTried() {
    Set<String> left = new TreeSet<>(TYPES.keySet());
    left.removeAll(TAKEN.keySet());
    assertTrue(TAKEN.isEmpty() || left.isEmpty(), left.toString());
  }

  @Property(tries = 4000, edgeCases = EdgeCasesMode.NONE)
  void dataOfAnyKindAreAValueOrRefused(@ForAll("any") Trial trial) {
    if (takes(trial.type(), trial.data(), true)) {
      assertTrue(takes(trial.type(), trial.data(), false), "a client takes what a server does");
    }
    takes(trial.type(), trial.data(), false);
  }

  @Provide
  Arbitrary<Trial> shaped() {
    return where()
        .flatMap(
            where ->
                ShapeArbitraries.of(new Trial(where, CosemData.nullData()).type().shape())
                    .map(data -> new Trial(where, data)));
  }

  /** Trees of anything, and data of the right shape that have been damaged in one place. */
  @Provide
  Arbitrary<Trial> any() {
    Arbitrary<Trial> trees = Combinators.combine(where(), ShapeArbitraries.tree(3)).as(Trial::new);
    Arbitrary<Trial> damaged =
        Combinators.combine(
                shaped(), Arbitraries.integers().between(0, 12), ShapeArbitraries.tree(1))
            .as((good, at, other) -> new Trial(good.where(), damaged(good.data(), at, other)));
    return Arbitraries.oneOf(trees, damaged);
  }

  private static Arbitrary<String> where() {
    return Arbitraries.of(List.copyOf(TYPES.keySet()));
  }

  private static CosemData damaged(CosemData data, int at, CosemData other) {
    if (!(data instanceof CosemData.StructureData || data instanceof CosemData.ArrayData)
        || data.elements().isEmpty()) {
      return other;
    }
    List<CosemData> elements = new ArrayList<>(data.elements());
    int index = at % elements.size();
    elements.set(index, damaged(elements.get(index), at / 2, other));
    return data instanceof CosemData.ArrayData
        ? CosemData.array(elements)
        : CosemData.structure(elements);
  }

  @Test
  void whatAFieldDecidesOnComesBackForEachOfItsChoices() {
    Octets octets = Octets.of(1, 2, 3);
    for (CertificateIdentification each :
        List.of(
            new CertificateIdentification.ByEntity(
                CertificateEntity.CLIENT, CertificateType.KEY_AGREEMENT, octets),
            new CertificateIdentification.BySerial(octets, Octets.EMPTY))) {
      assertComesBack(CertificateIdentification.TYPE, CertificateIdentification.TYPE.encode(each));
      assertEquals(
          each, CertificateIdentification.TYPE.decode(CertificateIdentification.TYPE.encode(each)));
    }
    for (KeyInfo each :
        List.of(
            new KeyInfo.IdentifiedKey(1),
            new KeyInfo.WrappedKey(KeyInfo.WrappedKey.MASTER_KEY, octets),
            new KeyInfo.AgreedKey(Octets.of(2), octets))) {
      PushProtection protection =
          new PushProtection(1, new ProtectionOptions(octets, octets, octets, octets, each));
      assertEquals(protection, PushProtection.TYPE.decode(PushProtection.TYPE.encode(protection)));
      assertComesBack(PushProtection.TYPE, PushProtection.TYPE.encode(protection));
    }
    CosemDate day = CosemDate.of(LocalDate.of(2026, 11, 28));
    AttributeRef buffer = AttributeRef.of(7, "1.1.99.1.0.255", 2);
    for (PushRestriction each :
        List.of(
            new PushRestriction.None(),
            new PushRestriction.ByDate(day, day),
            new PushRestriction.ByEntry(1, 0xFFFF_FFFFL))) {
      PushObject object =
          new PushObject(buffer, 0, each, List.of(new CaptureObjectDefinition(buffer)));
      assertEquals(object, PushObject.TYPE.decode(PushObject.TYPE.encode(object)));
      assertComesBack(PushObject.TYPE, PushObject.TYPE.encode(object));
    }
    for (CosemData none :
        List.of(
            CosemData.structure(CosemData.enumerated(9), CosemData.nullData()),
            CosemData.structure(CosemData.enumerated(1), CosemData.nullData()))) {
      assertThrows(AxdrException.class, () -> CertificateIdentification.TYPE.decode(none));
      assertThrows(AxdrException.class, () -> PushRestriction.TYPE.decode(none));
      assertThrows(AxdrException.class, () -> KeyInfoType.TYPE.decode(none));
    }
  }

  @Test
  void aListInAValueIsACopy() {
    List<Integer> registers = new ArrayList<>(List.of(1, 2));
    RegisterActMask mask = new RegisterActMask(Octets.ofAscii("T1"), registers);
    registers.add(3);
    assertEquals(List.of(1, 2), mask.indexList());
  }
}
