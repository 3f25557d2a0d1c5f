package io.dlms4j.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.security.CounterId;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.KeyWrap;
import io.dlms4j.cosem.security.SecuritySuite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** key_transfer and global_key_transfer: method 2 of both versions (Blue Book 4.4.7). */
class KeyTransferTest {
  private static final int KEY_TRANSFER = 2;

  static Stream<Arguments> versionsAndSuites() {
    return Stream.of(
        Arguments.of(0, SecuritySuite.SUITE_0),
        Arguments.of(1, SecuritySuite.SUITE_0),
        Arguments.of(1, SecuritySuite.SUITE_1),
        Arguments.of(1, SecuritySuite.SUITE_2));
  }

  private static Caller caller(SecuritySetup setup) {
    return new Caller(setup.object(), Contexts.CLIENT);
  }

  private static void assertKeys(KeyRing expected, SecuritySetup setup) {
    KeyRing keys = Contexts.keysFor(setup, Contexts.CLIENT);
    for (KeyId id : KeyId.values()) {
      assertTrue(Contexts.symmetric(expected, id).matches(Contexts.symmetric(keys, id)), id.name());
    }
  }

  @ParameterizedTest
  @MethodSource("versionsAndSuites")
  void eachKeyAloneIsReplacedAndTheOthersStay(int version, SecuritySuite suite) {
    KeyRing keys = Contexts.keys(suite);
    SecuritySetup setup = Contexts.builder(keys).version(version).build();
    for (KeyId id : KeyId.values()) {
      KeyMaterial key = Contexts.key(suite);
      CosemData parameters =
          CosemData.array(
              Contexts.wrapped(id.code(), Contexts.symmetric(keys, KeyId.MASTER_KEY), key));
      assertEquals(ActionResult.SUCCESS, caller(setup).invoke(KEY_TRANSFER, parameters));
      KeyRing.Builder expected = keys.toBuilder();
      id.put(expected, key);
      keys = expected.build();
      assertKeys(keys, setup);
    }
  }

  @ParameterizedTest
  @MethodSource("versionsAndSuites")
  void allKeysAtOnceAreWrappedWithTheMasterKeyThatCountsBefore(int version, SecuritySuite suite) {
    KeyRing before = Contexts.keys(suite);
    KeyRing after = Contexts.keys(suite);
    SecuritySetup setup = Contexts.builder(before).version(version).build();
    List<CosemData> items = new ArrayList<>();
    // The master key first: were it to count at once, the others could not be unwrapped.
    for (int code = 3; code >= 0; code--) {
      items.add(
          Contexts.wrapped(
              code,
              Contexts.symmetric(before, KeyId.MASTER_KEY),
              Contexts.symmetric(after, KeyId.ofCode(code).orElseThrow())));
    }
    Caller caller = caller(setup);
    assertEquals(ActionResult.SUCCESS, caller.invoke(KEY_TRANSFER, CosemData.array(items)));
    assertFalse(caller.hasReturned());
    assertKeys(after, setup);
  }

  @ParameterizedTest
  @MethodSource("versionsAndSuites")
  void oneBadItemAmongGoodOnesChangesNothing(int version, SecuritySuite suite) {
    KeyRing keys = Contexts.keys(suite);
    SecuritySetup setup = Contexts.builder(keys).version(version).build();
    KeyMaterial kek = Contexts.symmetric(keys, KeyId.MASTER_KEY);
    CosemData good = Contexts.wrapped(0, kek, Contexts.key(suite));
    Octets right = KeyWrap.wrap(kek, Contexts.key(suite));
    byte[] changed = right.toByteArray();
    changed[3] ^= 1;
    KeyMaterial otherLength =
        KeyMaterial.generate(suite.keyLength() == 16 ? 32 : 16, Contexts.RANDOM);
    Map<String, CosemData> bad =
        Map.of(
            "a key_id that is not defined", Contexts.keyItem(4, right),
            "the highest key_id", Contexts.keyItem(255, right),
            "a key_id that comes twice", good,
            "wrapped with another key",
                Contexts.wrapped(2, Contexts.key(suite), Contexts.key(suite)),
            "a changed bit", Contexts.keyItem(2, Octets.view(changed)),
            "an octet too few", Contexts.keyItem(2, right.slice(0, right.length() - 1)),
            "nothing", Contexts.keyItem(2, Octets.EMPTY),
            "not wrapped", Contexts.keyItem(2, Contexts.key(suite).export()),
            "a key of another suite", Contexts.wrapped(2, kek, otherLength));
    bad.forEach(
        (what, item) -> {
          for (CosemData array :
              List.of(CosemData.array(good, item), CosemData.array(item, good))) {
            // The same result for whatever is wrong: none tells more than another.
            assertEquals(
                ActionResult.OTHER_REASON, caller(setup).invoke(KEY_TRANSFER, array), what);
            assertKeys(keys, setup);
          }
        });
    assertEquals(ActionResult.OTHER_REASON, caller(setup).invoke(KEY_TRANSFER, CosemData.array()));
    assertKeys(keys, setup);
  }

  @Test
  void parametersOfAnotherTypeAreUnmatched() {
    KeyRing keys = Contexts.keys(SecuritySuite.SUITE_0);
    SecuritySetup setup = Contexts.builder(keys).build();
    Octets right =
        KeyWrap.wrap(Contexts.symmetric(keys, KeyId.MASTER_KEY), Contexts.key(keys.suite()));
    for (CosemData parameters :
        List.of(
            CosemData.nullData(),
            CosemData.octetString(right),
            Contexts.keyItem(0, right),
            CosemData.structure(Contexts.keyItem(0, right)),
            CosemData.array(CosemData.octetString(right)),
            CosemData.array(CosemData.structure(CosemData.enumerated(0))),
            CosemData.array(
                CosemData.structure(CosemData.unsigned(0), CosemData.octetString(right))),
            CosemData.array(
                CosemData.structure(
                    CosemData.enumerated(0),
                    CosemData.octetString(right),
                    CosemData.nullData())))) {
      assertEquals(ActionResult.TYPE_UNMATCHED, caller(setup).invoke(KEY_TRANSFER, parameters));
      assertKeys(keys, setup);
    }
  }

  @ParameterizedTest
  @EnumSource(SecuritySuite.class)
  void withoutAMasterKeyNothingIsTransferred(SecuritySuite suite) {
    KeyMaterial guek = Contexts.key(suite);
    SecuritySetup setup = Contexts.builder(KeyRing.builder(suite).unicastKey(guek).build()).build();
    CosemData parameters =
        CosemData.array(Contexts.wrapped(0, Contexts.key(suite), Contexts.key(suite)));
    assertEquals(ActionResult.OTHER_REASON, caller(setup).invoke(KEY_TRANSFER, parameters));
    assertTrue(
        guek.matches(
            Contexts.symmetric(
                Contexts.keysFor(setup, Contexts.CLIENT), KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY)));
  }

  @Test
  void aKeyThatComesBackGoesOnWithItsCountersAndANewOneBeginsNewOnes() {
    KeyRing keys = Contexts.keys(SecuritySuite.SUITE_0);
    SecuritySetup setup = Contexts.builder(keys).build();
    InMemoryInvocationCounterStore counters = new InMemoryInvocationCounterStore();
    for (int i = 0; i < 5; i++) {
      counters.next(server(setup));
    }
    assertTrue(counters.accept(client(setup), 41));

    transferUnicastKey(setup, keys, Contexts.key(SecuritySuite.SUITE_0));
    assertEquals(InvocationCounterStore.FIRST, counters.next(server(setup)));
    assertEquals(0, counters.lowestAcceptable(client(setup)));

    // The very key of before: a counter that began anew would repeat a nonce.
    transferUnicastKey(setup, keys, Contexts.symmetric(keys, KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY));
    assertEquals(6, counters.next(server(setup)));
    assertFalse(counters.accept(client(setup), 41), "a replay");
    assertTrue(counters.accept(client(setup), 42));

    // And once more, though nothing changes.
    transferUnicastKey(setup, keys, Contexts.symmetric(keys, KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY));
    assertEquals(7, counters.next(server(setup)));
  }

  private static void transferUnicastKey(SecuritySetup setup, KeyRing keys, KeyMaterial key) {
    CosemData parameters =
        CosemData.array(Contexts.wrapped(0, Contexts.symmetric(keys, KeyId.MASTER_KEY), key));
    assertEquals(ActionResult.SUCCESS, caller(setup).invoke(KEY_TRANSFER, parameters));
  }

  private static CounterId server(SecuritySetup setup) {
    return CounterId.of(Contexts.SERVER, unicastKey(setup));
  }

  private static CounterId client(SecuritySetup setup) {
    return CounterId.of(Contexts.CLIENT, unicastKey(setup));
  }

  private static KeyMaterial unicastKey(SecuritySetup setup) {
    return Contexts.symmetric(
        Contexts.keysFor(setup, Contexts.CLIENT), KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY);
  }

  @Test
  void theKeysThatAnAssociationHasDoNotChangeUnderIt() {
    KeyRing keys = Contexts.keys(SecuritySuite.SUITE_0);
    SecuritySetup setup = Contexts.builder(keys).build();
    KeyRing ofAssociation = Contexts.keysFor(setup, Contexts.CLIENT);
    transferUnicastKey(setup, keys, Contexts.key(SecuritySuite.SUITE_0));
    assertTrue(
        Contexts.symmetric(keys, KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY)
            .matches(Contexts.symmetric(ofAssociation, KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY)));
    assertFalse(
        Contexts.symmetric(keys, KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY).matches(unicastKey(setup)));
  }

  @Test
  void whatAnAssociationWipesTheNextOneStillHas() {
    KeyRing keys = Contexts.keys(SecuritySuite.SUITE_0);
    SecuritySetup setup = Contexts.builder(keys).build();
    KeyRing first = Contexts.keysFor(setup, Contexts.CLIENT);
    for (KeyId id : KeyId.values()) {
      Contexts.symmetric(first, id).wipe();
    }
    assertKeys(keys, setup);
  }

  /** A store on a disk that fails while it is told to. */
  private static final class FailingStore implements SecuritySetupStore {
    private final SecuritySetupStore disk = new InMemorySecuritySetupStore();
    private boolean fails;
    private boolean breaks;

    @Override
    public Optional<SecuritySetupState> load() throws IOException {
      return disk.load();
    }

    @Override
    public void save(SecuritySetupState state) throws IOException {
      if (fails) {
        throw new IOException("no space left");
      }
      if (breaks) {
        throw new IllegalStateException("closed");
      }
      disk.save(state);
    }
  }

  @Test
  void whatCannotBeSavedChangesNothingAndIsTemporary() {
    KeyRing keys = Contexts.keys(SecuritySuite.SUITE_0);
    FailingStore store = new FailingStore();
    SecuritySetup setup = Contexts.builder(keys).store(store).build();
    KeyMaterial next = Contexts.key(SecuritySuite.SUITE_0);
    CosemData parameters =
        CosemData.array(Contexts.wrapped(0, Contexts.symmetric(keys, KeyId.MASTER_KEY), next));
    store.fails = true;
    assertEquals(ActionResult.TEMPORARY_FAILURE, caller(setup).invoke(KEY_TRANSFER, parameters));
    assertEquals(
        ActionResult.TEMPORARY_FAILURE, caller(setup).invoke(1, CosemData.enumerated(0x24)));
    assertKeys(keys, setup);
    assertEquals("1600", caller(setup).octets(2));

    store.fails = false;
    store.breaks = true;
    AssertionError failure =
        assertThrows(AssertionError.class, () -> caller(setup).invoke(KEY_TRANSFER, parameters));
    // Which the server answers with other-reason.
    assertInstanceOf(IllegalStateException.class, failure.getCause());
    assertKeys(keys, setup);

    store.breaks = false;
    assertEquals(ActionResult.SUCCESS, caller(setup).invoke(KEY_TRANSFER, parameters));
    assertKeys(keys.toBuilder().unicastKey(next).build(), setup);
  }
}
