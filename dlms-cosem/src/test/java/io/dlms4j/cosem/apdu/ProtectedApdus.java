package io.dlms4j.cosem.apdu;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** APDUs that carry others, whole or in blocks, with any contents. */
final class ProtectedApdus {
  private ProtectedApdus() {}

  static Arbitrary<Apdu> any() {
    return Arbitraries.oneOf(
        Combinators.combine(
                Apdus.BOOLEANS,
                Apdus.BOOLEANS,
                Arbitraries.integers().between(0, GeneralBlockTransfer.MAX_WINDOW),
                Apdus.UNSIGNED16,
                Apdus.UNSIGNED16,
                Apdus.STRINGS)
            .as(GeneralBlockTransfer::new),
        Combinators.combine(Arbitraries.of(CipheredService.class), Apdus.BOOLEANS, content())
            .as(ServiceSpecificCiphering::new),
        Combinators.combine(Apdus.STRINGS, content()).as(GeneralGloCiphering::new),
        Combinators.combine(Apdus.STRINGS, content()).as(GeneralDedCiphering::new),
        Combinators.combine(
                Apdus.STRINGS,
                Apdus.STRINGS,
                Apdus.STRINGS,
                Apdus.STRINGS,
                Apdus.STRINGS,
                keyInfo(),
                content())
            .as(GeneralCiphering::new),
        Combinators.combine(
                Apdus.STRINGS,
                Apdus.STRINGS,
                Apdus.STRINGS,
                Apdus.STRINGS,
                Apdus.STRINGS,
                Apdus.STRINGS,
                Apdus.STRINGS)
            .as(GeneralSigning::new));
  }

  private static Arbitrary<ProtectedContent> content() {
    return Combinators.combine(
            Apdus.OCTET.map(SecurityControl::new), Apdus.UNSIGNED32, Apdus.STRINGS)
        .as(ProtectedContent::new);
  }

  private static Arbitrary<KeyInfo> keyInfo() {
    return Arbitraries.<KeyInfo>oneOf(
            Apdus.OCTET.map(KeyInfo.IdentifiedKey::new),
            Combinators.combine(Apdus.OCTET, Apdus.STRINGS).as(KeyInfo.WrappedKey::new),
            Combinators.combine(Apdus.STRINGS, Apdus.STRINGS).as(KeyInfo.AgreedKey::new))
        .injectNull(0.25);
  }
}
