package io.dlms4j.cosem.security;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Security policy: the least protection of requests and of responses (Blue Book 4.4.7, attribute 2
 * of the class "Security setup", class_id 64). More than it asks for is always allowed.
 *
 * @param requests what every request must have; unmodifiable
 * @param responses what every response must have; unmodifiable
 */
public record SecurityPolicy(Set<Protection> requests, Set<Protection> responses) {
  /** Nothing is asked for. */
  public static final SecurityPolicy NONE = new SecurityPolicy(Set.of(), Set.of());

  private static final int REQUEST_BITS = 2;
  private static final int RESPONSE_BITS = 5;
  private static final int RESERVED = 0x03;

  /** Keeps copies. */
  public SecurityPolicy {
    requests = copy(requests);
    responses = copy(responses);
  }

  private static Set<Protection> copy(Set<Protection> protection) {
    Set<Protection> copy = EnumSet.noneOf(Protection.class);
    copy.addAll(protection);
    return Collections.unmodifiableSet(copy);
  }

  /**
   * Reads the policy of version 0 of the class, an enumeration for both directions: 0 nothing, 1
   * authenticated, 2 encrypted, 3 both.
   *
   * @param value the enumeration
   * @return the policy
   * @throws IllegalArgumentException if it is not within 0..3
   */
  public static SecurityPolicy ofVersion0(int value) {
    if (value < 0 || value > 3) {
      throw new IllegalArgumentException(
          "security_policy " + value + " is not within 0..3 (Blue Book, class_id 64, version 0)");
    }
    return new SecurityPolicy(unpack(value, 0), unpack(value, 0));
  }

  /**
   * Reads the policy of version 1 of the class, an enumeration that is used as 8 bits: 2, 3 and 4
   * are authenticated, encrypted and signed requests; 5, 6 and 7 the same of responses.
   *
   * @param value the enumeration
   * @return the policy
   * @throws IllegalArgumentException if it is not within 0..255, or has bit 0 or 1, which are
   *     reserved
   */
  public static SecurityPolicy ofVersion1(int value) {
    if (value < 0 || value > 0xFF || (value & RESERVED) != 0) {
      throw new IllegalArgumentException(
          "security_policy "
              + value
              + " has reserved bits (Blue Book 4.4.7, class_id 64, version 1)");
    }
    return new SecurityPolicy(unpack(value, REQUEST_BITS), unpack(value, RESPONSE_BITS));
  }

  /**
   * The policy as version 0 of the class writes it.
   *
   * @return 0..3
   * @throws IllegalStateException if that version cannot say it: it knows no signatures, and the
   *     same of requests and responses only
   */
  public int toVersion0() {
    int bits = pack(requests);
    if (!requests.equals(responses) || bits > 3) {
      throw new IllegalStateException("version 0 of Security setup has no word for " + this);
    }
    return bits;
  }

  /**
   * The policy as version 1 of the class writes it.
   *
   * @return 0..255
   */
  public int toVersion1() {
    return pack(requests) << REQUEST_BITS | pack(responses) << RESPONSE_BITS;
  }

  /**
   * Whether this policy asks for all that another one does. A policy may only be made stronger
   * (Blue Book 4.4.7, method security_activate).
   *
   * @param other the other policy
   * @return true for the same policy too
   */
  public boolean isAtLeast(SecurityPolicy other) {
    return requests.containsAll(other.requests) && responses.containsAll(other.responses);
  }

  private static Set<Protection> unpack(int bits, int shift) {
    Set<Protection> protection = EnumSet.noneOf(Protection.class);
    for (Protection each : Protection.values()) {
      if ((bits >> shift & each.bit()) != 0) {
        protection.add(each);
      }
    }
    return protection;
  }

  private static int pack(Set<Protection> protection) {
    int bits = 0;
    for (Protection each : protection) {
      bits |= each.bit();
    }
    return bits;
  }
}
