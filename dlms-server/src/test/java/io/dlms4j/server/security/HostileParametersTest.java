package io.dlms4j.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.KeyWrap;
import io.dlms4j.cosem.security.SecuritySuite;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a client sends as parameters, it gets a result, and changes nothing by a refusal. */
class HostileParametersTest {
  private static final SecuritySuite SUITE = SecuritySuite.SUITE_1;
  private static final KeyRing KEYS = Contexts.keys(SUITE);

  private static final KeyPair SIGNING = Contexts.pair(SUITE);
  private static final Authority AUTHORITY = new Authority("Test root");

  /** Counts what is saved. */
  private static final class CountingStore implements SecuritySetupStore {
    private int saved;

    @Override
    public Optional<SecuritySetupState> load() {
      return Optional.empty();
    }

    @Override
    public void save(SecuritySetupState state) {
      saved++;
    }
  }

  private SecuritySetupBuilder builder(int version) throws Exception {
    if (version == 0) {
      return Contexts.builder(Contexts.keys(SecuritySuite.SUITE_0)).version(0);
    }
    return Contexts.builder(KEYS)
        .signing(SIGNING)
        .trustedIssuer(AUTHORITY.own())
        .certificate(
            AUTHORITY.certificate(Contexts.CLIENT, Use.DIGITAL_SIGNATURE, SIGNING.getPublic()));
  }

  @Property(tries = 1500)
  void anyParametersGiveAResultAndARefusalChangesNothing(
      @ForAll @IntRange(min = 0, max = 1) int version,
      @ForAll @IntRange(min = 1, max = 8) int method,
      @ForAll("parameters") CosemData parameters)
      throws Exception {
    CountingStore store = new CountingStore();
    SecuritySetup setup = builder(version).store(store).build();
    if (!setup.object().methods().contains(method)) {
      return;
    }
    List<Octets> before = everything(setup);
    Caller caller = new Caller(setup.object(), Contexts.CLIENT);
    ActionResult result = caller.invoke(method, parameters);
    if (result != ActionResult.SUCCESS) {
      assertEquals(before, everything(setup), method + " " + parameters);
      assertEquals(1, store.saved, "the first state alone");
      assertFalse(caller.hasReturned());
    }
  }

  /** All that a method could change, but for a key pair that waits: that is counted as saved. */
  private static List<Octets> everything(SecuritySetup setup) {
    List<Octets> all = new ArrayList<>();
    Caller caller = new Caller(setup.object(), Contexts.CLIENT);
    for (var attribute : setup.object().attributes()) {
      all.add(caller.read(attribute.index()).encode());
    }
    KeyRing keys = Contexts.keysFor(setup, Contexts.CLIENT);
    for (KeyId id : KeyId.values()) {
      KeyMaterial key = id.of(keys);
      all.add(key == null ? Octets.EMPTY : key.export());
    }
    return all;
  }

  /** Any data, and what is nearly right: right in form with any contents. */
  @Provide
  Arbitrary<CosemData> parameters() {
    Arbitrary<Octets> octets =
        Arbitraries.oneOf(
            Arbitraries.bytes().array(byte[].class).ofMaxSize(200).map(Octets::view),
            Arbitraries.bytes().array(byte[].class).ofSize(24).map(Octets::view),
            Arbitraries.bytes().array(byte[].class).ofSize(128).map(Octets::view),
            Arbitraries.just(
                KeyWrap.wrap(Contexts.symmetric(KEYS, KeyId.MASTER_KEY), Contexts.key(SUITE))));
    Arbitrary<CosemData> enums = Arbitraries.integers().between(0, 255).map(CosemData::enumerated);
    Arbitrary<CosemData> fewEnums = Arbitraries.integers().between(0, 4).map(CosemData::enumerated);
    Arbitrary<CosemData> strings = octets.map(CosemData::octetString);
    Arbitrary<CosemData> simple =
        Arbitraries.oneOf(
            enums,
            fewEnums,
            strings,
            Arbitraries.just(CosemData.nullData()),
            Arbitraries.of(true, false).map(CosemData::bool),
            Arbitraries.integers().map(CosemData::doubleLong),
            Arbitraries.integers().between(0, 255).map(CosemData::unsigned),
            Arbitraries.strings().ascii().ofMaxLength(20).map(CosemData::visibleString));
    Arbitrary<CosemData> keyItems =
        Combinators.combine(fewEnums, strings).as((id, data) -> CosemData.structure(id, data));
    Arbitrary<CosemData> identifications =
        Combinators.combine(
                fewEnums,
                Arbitraries.oneOf(
                    Combinators.combine(fewEnums, fewEnums, strings)
                        .as((entity, type, title) -> CosemData.structure(entity, type, title)),
                    Combinators.combine(strings, strings)
                        .as((serial, issuer) -> CosemData.structure(serial, issuer))))
            .as((type, options) -> CosemData.structure(type, options));
    Arbitrary<CosemData> any =
        Arbitraries.recursive(
            () -> simple,
            inner ->
                Arbitraries.oneOf(
                    inner.list().ofMaxSize(3).map(CosemData::array),
                    inner.list().ofMaxSize(3).map(CosemData::structure)),
            0,
            3);
    return Arbitraries.oneOf(
        simple, any, keyItems.list().ofMaxSize(5).map(CosemData::array), identifications);
  }
}
