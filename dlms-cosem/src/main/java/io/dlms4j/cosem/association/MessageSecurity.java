package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.GeneralCiphering;
import io.dlms4j.cosem.apdu.GeneralSigning;
import io.dlms4j.cosem.apdu.ProtectedApdu;
import io.dlms4j.cosem.apdu.ServiceSpecificCiphering;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.GeneralHeader;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.util.EnumSet;
import java.util.Set;

/**
 * The protection of one association's messages: whole APDUs of the services, before they go into
 * blocks of general block transfer and after they have come out of them (Green Book 9.2.7.2,
 * 9.4.6.13). A message is ciphered once, signed once, or both.
 */
final class MessageSecurity {
  private final ApduProtection protection;
  private final ApduCodec codec;

  /**
   * A message without its protection.
   *
   * @param apdu the APDU inside
   * @param form how it was protected
   */
  record Clear(Octets apdu, MessageForm form) {
    /**
     * Makes sure that a message was protected well enough.
     *
     * @throws ProtectionException with reason TOO_WEAK if it was not
     */
    Clear require(Set<Protection> least) {
      if (!form.protection().containsAll(least)) {
        throw ProtectionException.remote(
            Reason.TOO_WEAK,
            "the peer sent a message that is "
                + form.protection()
                + ", and "
                + least
                + " is the least that is taken (security_policy, Blue Book 4.4.7)");
      }
      return this;
    }

    /**
     * Makes sure that a message was for us alone. The broadcast key, which all devices have, proves
     * nobody to be the client or the server of an association.
     *
     * @throws ProtectionException with reason TOO_WEAK if it was for many
     */
    Clear requireForOne() {
      if (form.isForMany()) {
        throw ProtectionException.remote(
            Reason.TOO_WEAK,
            "the peer used the broadcast key, which all devices have, for what is between two"
                + " (Green Book 9.2.5)");
      }
      return this;
    }
  }

  MessageSecurity(ApduProtection protection, ApduCodec codec) {
    this.protection = protection;
    this.codec = codec;
  }

  ApduProtection protection() {
    return protection;
  }

  /** How many octets a message of that form is longer than the APDU inside, at the most. */
  int overhead(MessageForm form) {
    return form.overhead(protection.keys().suite());
  }

  /**
   * Protects a message: ciphers it, and signs what has come of that.
   *
   * @throws ProtectionException of the local side, if a key or a counter is missing
   */
  Octets protect(Octets apdu, MessageForm form) {
    Octets message = apdu;
    GeneralHeader header = GeneralHeader.ofTransaction(form.transactionId());
    try {
      if (form.isCiphered()) {
        message = codec.encode(ciphered(apdu, form, header));
      }
      if (form.isSigned()) {
        message = codec.encode(protection.sign(message, header));
      }
    } catch (IllegalArgumentException e) {
      // Such as a signature asked for by the policy where the suite has none.
      throw ProtectionException.local(
          Reason.NOT_SUPPORTED, "a message cannot be protected: " + e.getMessage());
    }
    return message;
  }

  private ProtectedApdu ciphered(Octets apdu, MessageForm form, GeneralHeader header) {
    Set<Protection> ciphering = form.cipheringProtection();
    KeyKind key = form.key();
    if (form.ciphering() == CipheringForm.GENERAL_CIPHERING) {
      return protection.protectGeneral(apdu, key, ciphering, header);
    }
    if (form.ciphering() == CipheringForm.SERVICE_SPECIFIC && MessageForm.hasOwnForm(apdu)) {
      return protection.protectServiceSpecific(apdu, key, ciphering);
    }
    return key == KeyKind.DEDICATED
        ? protection.protectGeneralDed(apdu, ciphering)
        : protection.protectGeneralGlo(apdu, key, ciphering);
  }

  /**
   * Removes the protection of a message, if it has any.
   *
   * @throws ProtectionException if it is refused
   * @throws ApduException if it cannot be read
   */
  Clear unprotect(Octets message) {
    MessageForm form = MessageForm.PLAIN;
    Octets text = message;
    while (!text.isEmpty() && ProtectedApdu.isTag(text.at(0))) {
      ProtectedApdu apdu = (ProtectedApdu) codec.decode(text);
      boolean signing = apdu instanceof GeneralSigning;
      if (signing ? form.isSigned() : form.isCiphered()) {
        throw ProtectionException.remote(
            Reason.MALFORMED,
            "the peer protected a message twice in the same way (Green Book 9.2.7.2)");
      }
      var layer = protection.unprotect(apdu);
      Set<Protection> all = EnumSet.copyOf(layer.protection());
      all.addAll(form.protection());
      form =
          signing
              ? form.withProtection(all).withTransactionId(((GeneralSigning) apdu).transactionId())
              : new MessageForm(
                  ciphering(apdu), layer.key(), all, transactionId(apdu, form.transactionId()));
      text = layer.apdu();
    }
    return new Clear(text, form);
  }

  private static CipheringForm ciphering(ProtectedApdu apdu) {
    if (apdu instanceof ServiceSpecificCiphering) {
      return CipheringForm.SERVICE_SPECIFIC;
    }
    return apdu instanceof GeneralCiphering
        ? CipheringForm.GENERAL_CIPHERING
        : CipheringForm.GENERAL_GLO_OR_DED;
  }

  private static Octets transactionId(ProtectedApdu apdu, Octets outside) {
    return apdu instanceof GeneralCiphering general ? general.transactionId() : outside;
  }
}
