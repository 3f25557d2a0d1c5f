package io.dlms4j.examples.cli;

import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.Protection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What security is called on the command line. */
final class SecurityNames {
  private SecurityNames() {}

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> String names(E[] values) {
    return Stream.of(values).map(SecurityNames::word).collect(Collectors.joining(", "));
  }

  static Optional<Protection> protection(String word) {
    return Stream.of(Protection.values()).filter(each -> word(each).equals(word)).findFirst();
  }

  /** How parties authenticate (Green Book 9.2.7.4). */
  enum Mechanism {
    NONE(0, null),
    LLS(1, null),
    MD5(3, KeyFile.Kind.HLS_SECRET),
    SHA1(4, KeyFile.Kind.HLS_SECRET),
    GMAC(5, KeyFile.Kind.GUEK),
    SHA256(6, KeyFile.Kind.HLS_SECRET),
    ECDSA(7, KeyFile.Kind.KEY_PAIRS);

    private final int id;
    private final KeyFile.@Nullable Kind needs;

    Mechanism(int id, KeyFile.@Nullable Kind needs) {
      this.id = id;
      this.needs = needs;
    }

    static Optional<Mechanism> of(String text) {
      return Stream.of(values())
          .filter(each -> each.toString().equals(text) || Integer.toString(each.id).equals(text))
          .findFirst();
    }

    static String names() {
      return SecurityNames.names(values());
    }

    /** The mechanism of high level security; null if this is none. */
    @Nullable HlsMechanism hls() {
      return HlsMechanism.ofId(id).orElse(null);
    }

    KeyFile.@Nullable Kind needs() {
      return needs;
    }

    /** Whether the system titles are a part of what is proved. */
    boolean hasTitles() {
      return this == GMAC || this == SHA256 || this == ECDSA;
    }

    @Override
    public String toString() {
      return word(this);
    }
  }

  /** A key, and the APDUs that it is used in (Green Book 9.2.7.2). */
  enum CipherWith {
    GLOBAL(KeyKind.GLOBAL_UNICAST, false, KeyFile.Kind.GUEK),
    /** The global key protects the InitiateRequest that carries the dedicated one. */
    DEDICATED(KeyKind.DEDICATED, false, KeyFile.Kind.GUEK),
    GENERAL_GLOBAL(KeyKind.GLOBAL_UNICAST, true, KeyFile.Kind.GUEK),
    GENERAL_DEDICATED(KeyKind.DEDICATED, true, KeyFile.Kind.GUEK),
    WRAPPED(KeyKind.WRAPPED, true, KeyFile.Kind.KEK),
    AGREED(KeyKind.AGREED_ONE_PASS, true, KeyFile.Kind.KEY_PAIRS),
    STATIC(KeyKind.AGREED_STATIC, true, KeyFile.Kind.KEY_PAIRS);

    private final KeyKind key;
    private final boolean general;
    private final KeyFile.Kind needs;

    CipherWith(KeyKind key, boolean general, KeyFile.Kind needs) {
      this.key = key;
      this.general = general;
      this.needs = needs;
    }

    static Optional<CipherWith> of(String text) {
      return Stream.of(values()).filter(each -> each.toString().equals(text)).findFirst();
    }

    static String names() {
      return SecurityNames.names(values());
    }

    KeyKind key() {
      return key;
    }

    boolean isGeneral() {
      return general;
    }

    KeyFile.Kind needs() {
      return needs;
    }

    @Override
    public String toString() {
      return word(this);
    }
  }
}
