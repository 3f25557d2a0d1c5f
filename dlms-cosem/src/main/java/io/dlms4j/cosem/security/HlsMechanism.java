package io.dlms4j.cosem.security;

import java.util.Optional;

/** The authentication mechanisms of high level security (Green Book 9.2.7.4, 9.4.2.2.3). */
public enum HlsMechanism {
  /** A secret way of the manufacturer's. */
  MANUFACTURER(2, 8),
  /** MD5 over challenge and secret. Broken; for meters that have nothing better. */
  MD5(3, 8),
  /** SHA-1 over challenge and secret. Broken; for meters that have nothing better. */
  SHA_1(4, 8),
  /** GMAC with the global unicast encryption key and the authentication key. */
  GMAC(5, 8),
  /** SHA-256 over the secret, the system titles and the challenges. */
  SHA_256(6, 8),
  /** ECDSA over the system titles and the challenges; suites 1 and 2. */
  ECDSA(7, 32);

  /** Octets of the longest challenge. */
  public static final int LONGEST_CHALLENGE = 64;

  private final int id;
  private final int shortestChallenge;

  HlsMechanism(int id, int shortestChallenge) {
    this.id = id;
    this.shortestChallenge = shortestChallenge;
  }

  /**
   * The mechanism's number, the last arc of its name.
   *
   * @return 2..7
   */
  public int id() {
    return id;
  }

  /**
   * How short a challenge may be.
   *
   * @return 8 octets, with ECDSA 32
   */
  public int shortestChallenge() {
    return shortestChallenge;
  }

  /**
   * Finds a mechanism by its number.
   *
   * @param id any number
   * @return the mechanism, or nothing
   */
  public static Optional<HlsMechanism> ofId(long id) {
    for (HlsMechanism mechanism : values()) {
      if (mechanism.id == id) {
        return Optional.of(mechanism);
      }
    }
    return Optional.empty();
  }
}
