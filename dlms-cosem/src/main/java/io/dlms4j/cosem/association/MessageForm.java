package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.CipheredService;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecuritySuite;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How one message is protected, or was.
 *
 * @param ciphering which APDU carries the ciphered one; without meaning if it is not ciphered
 * @param key which key ciphers; without meaning if it is not ciphered
 * @param protection what it has altogether; unmodifiable
 * @param transactionId of general-ciphering and general-signing; empty if there is none
 */
record MessageForm(
    CipheringForm ciphering, KeyKind key, Set<Protection> protection, Octets transactionId) {
  /** Nothing protects it. */
  static final MessageForm PLAIN =
      new MessageForm(
          CipheringForm.SERVICE_SPECIFIC, KeyKind.GLOBAL_UNICAST, Set.of(), Octets.EMPTY);

  /** Tag, length, security control, invocation counter and GCM tag. */
  private static final int CIPHERING_OCTETS = 1 + 3 + 1 + 4 + 12;

  private static final int SYSTEM_TITLE_OCTETS = 1 + 8;
  private static final int KEY_WRAP_OCTETS = 8;

  MessageForm {
    protection = Collections.unmodifiableSet(copy(protection));
  }

  private static Set<Protection> copy(Set<Protection> protection) {
    Set<Protection> copy = EnumSet.noneOf(Protection.class);
    copy.addAll(protection);
    return copy;
  }

  boolean isPlain() {
    return protection.isEmpty();
  }

  boolean isCiphered() {
    return protection.contains(Protection.AUTHENTICATED)
        || protection.contains(Protection.ENCRYPTED);
  }

  boolean isSigned() {
    return protection.contains(Protection.SIGNED);
  }

  /** Whether it was protected with the key of many. */
  boolean isForMany() {
    return isCiphered() && key == KeyKind.GLOBAL_BROADCAST;
  }

  /** Whether its key lives as long as one message, so that no counter orders it among others. */
  boolean hasPassingKey() {
    return isCiphered()
        && (key == KeyKind.WRAPPED
            || key == KeyKind.AGREED_ONE_PASS
            || key == KeyKind.AGREED_STATIC);
  }

  /** What ciphering itself does of the protection. */
  Set<Protection> cipheringProtection() {
    Set<Protection> ciphering = copy(protection);
    ciphering.remove(Protection.SIGNED);
    return ciphering;
  }

  /** Whether general protection carries an APDU of this form, and not the service's own one. */
  boolean isGeneralFor(Octets apdu) {
    return isSigned()
        || (isCiphered() && (ciphering != CipheringForm.SERVICE_SPECIFIC || !hasOwnForm(apdu)));
  }

  static boolean hasOwnForm(Octets apdu) {
    return !apdu.isEmpty() && CipheredService.ofPlainTag(apdu.at(0)).isPresent();
  }

  MessageForm withKey(KeyKind other) {
    return new MessageForm(ciphering, other, protection, transactionId);
  }

  MessageForm withProtection(Set<Protection> other) {
    return new MessageForm(ciphering, key, other, transactionId);
  }

  MessageForm withTransactionId(Octets other) {
    return new MessageForm(ciphering, key, protection, other);
  }

  /**
   * The answer to a message of this form: the same, and at least as the policy wants it. What was
   * for many is answered with the key of one.
   */
  MessageForm ofAnswer(Set<Protection> least) {
    Set<Protection> all = copy(protection);
    all.addAll(least);
    return new MessageForm(
        ciphering,
        key == KeyKind.GLOBAL_BROADCAST ? KeyKind.GLOBAL_UNICAST : key,
        all,
        transactionId);
  }

  /** How many octets a message of this form is longer than the APDU inside, at the most. */
  int overhead(SecuritySuite suite) {
    int octets = 0;
    if (isCiphered()) {
      octets += CIPHERING_OCTETS;
      if (ciphering == CipheringForm.GENERAL_CIPHERING) {
        octets += header() + keyInfo(suite);
      } else {
        // A service without a form of its own goes in a general one, which has the title.
        octets += SYSTEM_TITLE_OCTETS;
      }
    }
    if (isSigned()) {
      octets += 1 + 3 + header() + 2 + suite.signatureLength();
    }
    return octets;
  }

  /** Transaction-id, system titles, date-time and other-information. */
  private int header() {
    return 1 + transactionId.length() + 2 * SYSTEM_TITLE_OCTETS + 1 + 1;
  }

  private int keyInfo(SecuritySuite suite) {
    return switch (key) {
      case WRAPPED -> 4 + suite.keyLength() + KEY_WRAP_OCTETS;
      case AGREED_ONE_PASS -> 7 + 2 * suite.signatureLength();
      case AGREED_STATIC -> 5;
      default -> 3;
    };
  }
}
