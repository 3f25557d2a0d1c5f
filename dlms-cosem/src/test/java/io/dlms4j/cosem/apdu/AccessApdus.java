package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** APDUs of ACCESS and of notifications with any contents. */
final class AccessApdus {
  private AccessApdus() {}

  static Arbitrary<Apdu> any() {
    Arbitrary<Octets> time =
        Arbitraries.oneOf(
            Arbitraries.just(Octets.EMPTY),
            Arbitraries.bytes().array(byte[].class).ofSize(12).map(Octets::copyOf));
    Arbitrary<LongInvokeIdAndPriority> id = Apdus.UNSIGNED32.map(LongInvokeIdAndPriority::new);
    Arbitrary<EncodedData> data = Apdus.DATA;
    Arbitrary<AccessRequestSpecification> specification =
        Arbitraries.oneOf(
            Apdus.ATTRIBUTE.map(AccessRequestSpecification.Get::new),
            Apdus.ATTRIBUTE.map(AccessRequestSpecification.Set::new),
            Apdus.METHOD.map(AccessRequestSpecification.Action::new),
            Combinators.combine(Apdus.ATTRIBUTE, Apdus.SELECTION)
                .as(AccessRequestSpecification.GetWithSelection::new),
            Combinators.combine(Apdus.ATTRIBUTE, Apdus.SELECTION)
                .as(AccessRequestSpecification.SetWithSelection::new));
    Arbitrary<AccessResponseSpecification> result =
        Arbitraries.oneOf(
            Apdus.ACCESS_RESULT.map(AccessResponseSpecification.Get::new),
            Apdus.ACCESS_RESULT.map(AccessResponseSpecification.Set::new),
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
        Combinators.combine(time.injectNull(0.3), Apdus.ATTRIBUTE, data).as(EventNotification::new),
        Combinators.combine(id, time, data).as(DataNotification::new),
        Combinators.combine(id, time).as(DataNotificationConfirm::new));
  }

  private record Item(EncodedData data, AccessResponseSpecification result) {}

  private static <T> List<T> many(int n, T item) {
    return Collections.nCopies(n, item);
  }
}
