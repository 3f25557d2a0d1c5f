package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class AccessPropertiesTest {
  @Property(tries = 1000)
  void everyApduComesBackFromItsOctets(@ForAll("apdus") Apdu apdu) {
    Octets octets = ApduCodec.STANDARD.encode(apdu);
    assertFalse(octets.isEmpty());
    assertEquals(apdu, ApduCodec.STANDARD.decode(octets));
  }

  @Property(tries = 3000)
  void octetsOfAnyKindAreAnApduOrRefused(@ForAll("octets") Octets octets) {
    assertApduOrRefused(octets);
  }

  @Property(tries = 3000)
  void damagedApdusAreApdusOrRefused(
      @ForAll("golden") String name, @ForAll @IntRange(max = 200) int at, @ForAll byte octet) {
    byte[] damaged = GoldenApdus.load(name).toByteArray();
    damaged[at % damaged.length] = octet;
    assertApduOrRefused(Octets.view(damaged));
  }

  private static void assertApduOrRefused(Octets octets) {
    Apdu apdu;
    try {
      apdu = ApduCodec.STANDARD.decode(octets);
    } catch (ApduException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
      return;
    }
    assertEquals(apdu, ApduCodec.STANDARD.decode(ApduCodec.STANDARD.encode(apdu)));
  }

  @Provide
  Arbitrary<String> golden() {
    return Arbitraries.of(AccessAndNotificationTest.golden());
  }

  /** One of our tags, then octets of which many are small enough to be counts, choices and tags. */
  @Provide
  Arbitrary<Octets> octets() {
    return Combinators.combine(
            Arbitraries.of(0x0E, 0x0F, 0x10, 0xC2, 0xD8, 0xD9, 0xDA),
            Arbitraries.oneOf(Arbitraries.bytes(), Arbitraries.bytes().between((byte) 0, (byte) 6))
                .array(byte[].class)
                .ofMaxSize(60))
        .as(
            (tag, rest) -> {
              byte[] octets = new byte[1 + rest.length];
              octets[0] = tag.byteValue();
              System.arraycopy(rest, 0, octets, 1, rest.length);
              return Octets.view(octets);
            });
  }

  @Provide
  Arbitrary<Apdu> apdus() {
    Arbitrary<Octets> time =
        Arbitraries.oneOf(
            Arbitraries.just(Octets.EMPTY),
            Arbitraries.bytes().array(byte[].class).ofSize(12).map(Octets::copyOf));
    Arbitrary<LongInvokeIdAndPriority> id =
        Arbitraries.longs().between(0, 0xFFFF_FFFFL).map(LongInvokeIdAndPriority::new);
    Arbitrary<EncodedData> data =
        Arbitraries.oneOf(
                Arbitraries.just(CosemData.nullData()),
                Arbitraries.longs().between(0, 0xFFFF_FFFFL).map(CosemData::doubleLongUnsigned),
                Arbitraries.bytes()
                    .array(byte[].class)
                    .ofMaxSize(200)
                    .map(octets -> CosemData.octetString(Octets.copyOf(octets))))
            .map(EncodedData::of);
    Arbitrary<Integer> classId = Arbitraries.integers().between(0, 0xFFFF);
    Arbitrary<ObisCode> name =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofSize(6)
            .map(octets -> ObisCode.ofOctets(Octets.copyOf(octets)).orElseThrow());
    Arbitrary<Integer> index = Arbitraries.integers().between(-128, 127);
    Arbitrary<AttributeRef> attribute =
        Combinators.combine(classId, name, index).as(AttributeRef::new);
    Arbitrary<MethodRef> method = Combinators.combine(classId, name, index).as(MethodRef::new);
    Arbitrary<SelectiveAccess> selection =
        Combinators.combine(Arbitraries.integers().between(0, 255), data).as(SelectiveAccess::new);
    Arbitrary<AccessRequestSpecification> specification =
        Arbitraries.oneOf(
            attribute.map(AccessRequestSpecification.Get::new),
            attribute.map(AccessRequestSpecification.Set::new),
            method.map(AccessRequestSpecification.Action::new),
            Combinators.combine(attribute, selection)
                .as(AccessRequestSpecification.GetWithSelection::new),
            Combinators.combine(attribute, selection)
                .as(AccessRequestSpecification.SetWithSelection::new));
    Arbitrary<AccessResponseSpecification> result =
        Arbitraries.oneOf(
            Arbitraries.of(DataAccessResult.class).map(AccessResponseSpecification.Get::new),
            Arbitraries.of(DataAccessResult.class).map(AccessResponseSpecification.Set::new),
            Arbitraries.of(ActionResult.class).map(AccessResponseSpecification.Action::new));
    // Now and then more than 127, whose number takes more than one octet.
    Arbitrary<Integer> sizes = Arbitraries.of(0, 1, 2, 5, 127, 128, 300);
    return Arbitraries.oneOf(
        Combinators.combine(id, time, specification, data, sizes)
            .as((i, t, s, d, n) -> new AccessRequest(i, t, many(n, s), many(n, d))),
        Combinators.combine(
                id,
                time,
                specification.list().ofSize(4).injectNull(0.5),
                Combinators.combine(data, result).as(Item::new).list().ofMaxSize(4))
            .as(
                (i, t, s, items) ->
                    new AccessResponse(
                        i,
                        t,
                        s,
                        items.stream().map(Item::data).toList(),
                        items.stream().map(Item::result).toList())),
        Combinators.combine(time.injectNull(0.3), attribute, data).as(EventNotification::new),
        Combinators.combine(id, time, data).as(DataNotification::new),
        Combinators.combine(id, time).as(DataNotificationConfirm::new));
  }

  private record Item(EncodedData data, AccessResponseSpecification result) {}

  private static <T> List<T> many(int n, T item) {
    return Collections.nCopies(n, item);
  }
}
