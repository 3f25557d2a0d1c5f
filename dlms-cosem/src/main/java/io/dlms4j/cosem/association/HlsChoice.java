package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.MechanismName;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.HlsAuthentication;
import io.dlms4j.cosem.security.HlsFunction;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.security.SecureRandom;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * By which mechanism two sides authenticate each other (Green Book 9.2.7.4).
 *
 * @param mechanism null for none of high level security
 * @param function that of mechanism 2
 * @param challengeLength octets of our challenge
 */
record HlsChoice(
    @Nullable HlsMechanism mechanism, @Nullable HlsFunction function, int challengeLength) {

  private static final int USUAL_CHALLENGE = 16;

  /**
   * How long our challenge is.
   *
   * @param chosen null for the usual length
   * @throws IllegalArgumentException if the mechanism has none of that length
   */
  static int challengeLength(@Nullable HlsMechanism mechanism, @Nullable Integer chosen) {
    int shortest = mechanism == null ? 0 : mechanism.shortestChallenge();
    int octets = chosen == null ? Math.max(USUAL_CHALLENGE, shortest) : chosen;
    if (octets < shortest || octets > HlsMechanism.LONGEST_CHALLENGE) {
      throw new IllegalArgumentException(
          "a challenge of "
              + octets
              + " octets is not within "
              + shortest
              + ".."
              + HlsMechanism.LONGEST_CHALLENGE
              + " (Green Book 9.2.7.4)");
    }
    return octets;
  }

  boolean isNone() {
    return mechanism == null;
  }

  HlsMechanism require() {
    return Objects.requireNonNull(mechanism);
  }

  MechanismName mechanismName() {
    return switch (require()) {
      case MANUFACTURER -> MechanismName.HIGH_LEVEL_SECURITY;
      case MD5 -> MechanismName.HIGH_LEVEL_SECURITY_USING_MD5;
      case SHA_1 -> MechanismName.HIGH_LEVEL_SECURITY_USING_SHA_1;
      case GMAC -> MechanismName.HIGH_LEVEL_SECURITY_USING_GMAC;
      case SHA_256 -> MechanismName.HIGH_LEVEL_SECURITY_USING_SHA_256;
      case ECDSA -> MechanismName.HIGH_LEVEL_SECURITY_USING_ECDSA;
    };
  }

  /** Whether the functions of both sides depend on their system titles. */
  boolean needsTitles() {
    return mechanism == HlsMechanism.GMAC
        || mechanism == HlsMechanism.SHA_256
        || mechanism == HlsMechanism.ECDSA;
  }

  Octets newChallenge(SecureRandom random) {
    return HlsAuthentication.newChallenge(require(), challengeLength, random);
  }

  /**
   * Begins an authentication.
   *
   * @param protection null where there are no system titles; then the mechanism needs none
   * @param secret of mechanisms 3 and 4; null for that among the keys
   * @throws ProtectionException with reason UNKNOWN_KEY if a key or secret is missing
   */
  HlsAuthentication begin(
      @Nullable ApduProtection protection, @Nullable KeyMaterial secret, Octets challenge) {
    HlsFunction manufacturers = function;
    if (manufacturers != null) {
      return HlsAuthentication.manufacturer(manufacturers, challenge);
    }
    HlsMechanism by = require();
    if (secret != null && (by == HlsMechanism.MD5 || by == HlsMechanism.SHA_1)) {
      return HlsAuthentication.withSecret(by, secret, challenge);
    }
    if (protection == null) {
      throw ProtectionException.local(
          Reason.UNKNOWN_KEY, "there is no key or secret for the HLS mechanism " + by);
    }
    return HlsAuthentication.of(by, protection, challenge);
  }
}
