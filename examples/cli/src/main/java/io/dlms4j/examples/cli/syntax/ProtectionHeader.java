package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.CipheredService;
import io.dlms4j.cosem.apdu.GeneralCiphering;
import io.dlms4j.cosem.apdu.GeneralDedCiphering;
import io.dlms4j.cosem.apdu.GeneralGloCiphering;
import io.dlms4j.cosem.apdu.GeneralSigning;
import io.dlms4j.cosem.apdu.KeyInfo;
import io.dlms4j.cosem.apdu.ProtectedApdu;
import io.dlms4j.cosem.apdu.ProtectedContent;
import io.dlms4j.cosem.apdu.ServiceSpecificCiphering;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a protected APDU says of its protection.
 *
 * @param apdu the APDU; a service-specific one as a general one, so that what is inside can be seen
 *     even where it is of another service
 * @param content what is ciphered; null if it is only signed
 * @param service what it says is inside; null if it does not
 * @param originator the system title of who protected it; empty if it does not say
 * @param recipient the system title of whom it is for; empty if it does not say
 * @param toServer 1 to the server, 0 from it, -1 if neither the service nor the frame says
 */
record ProtectionHeader(
    ProtectedApdu apdu,
    @Nullable ProtectedContent content,
    @Nullable CipheredService service,
    Octets originator,
    Octets recipient,
    int toServer) {
  private static final Octets STATIC_UNIFIED = Octets.of(2);

  private static final Set<CipheredService> OF_CLIENTS =
      EnumSet.of(
          CipheredService.INITIATE_REQUEST,
          CipheredService.READ_REQUEST,
          CipheredService.WRITE_REQUEST,
          CipheredService.UNCONFIRMED_WRITE_REQUEST,
          CipheredService.GET_REQUEST,
          CipheredService.SET_REQUEST,
          CipheredService.ACTION_REQUEST);

  static ProtectionHeader of(ProtectedApdu apdu, long toServer) {
    int direction = toServer == 0 || toServer == 1 ? (int) toServer : -1;
    if (apdu instanceof ServiceSpecificCiphering ciphered) {
      ProtectedContent content = ciphered.content();
      return new ProtectionHeader(
          ciphered.dedicated()
              ? new GeneralDedCiphering(Octets.EMPTY, content)
              : new GeneralGloCiphering(Octets.EMPTY, content),
          content,
          ciphered.service(),
          Octets.EMPTY,
          Octets.EMPTY,
          OF_CLIENTS.contains(ciphered.service()) ? 1 : 0);
    } else if (apdu instanceof GeneralGloCiphering ciphered) {
      return new ProtectionHeader(
          apdu, ciphered.content(), null, ciphered.systemTitle(), Octets.EMPTY, direction);
    } else if (apdu instanceof GeneralDedCiphering ciphered) {
      return new ProtectionHeader(
          apdu, ciphered.content(), null, ciphered.systemTitle(), Octets.EMPTY, direction);
    } else if (apdu instanceof GeneralCiphering ciphered) {
      return new ProtectionHeader(
          apdu,
          ciphered.content(),
          null,
          ciphered.originatorSystemTitle(),
          ciphered.recipientSystemTitle(),
          direction);
    } else if (apdu instanceof GeneralSigning signed) {
      return new ProtectionHeader(
          apdu,
          null,
          null,
          signed.originatorSystemTitle(),
          signed.recipientSystemTitle(),
          direction);
    }
    throw new IllegalStateException("no protection of this kind is known");
  }

  /** What no key could make good. */
  Optional<String> fault() {
    Optional<String> length =
        Stream.of(originator, recipient)
            .filter(title -> !title.isEmpty() && title.length() != SystemTitle.LENGTH)
            .map(title -> "a system title of " + title.length() + " octets")
            .findFirst();
    return length.isEmpty() && !originator.isEmpty() && originator.equals(recipient)
        ? Optional.of("the originator and the recipient are the same")
        : length;
  }

  /** The suite; a signature tells it by its length. */
  Optional<SecuritySuite> suite() {
    if (content != null) {
      return SecuritySuite.ofId(content.securityControl().securitySuite());
    }
    int length = apdu instanceof GeneralSigning signed ? signed.signature().length() : 0;
    return Stream.of(SecuritySuite.values())
        .filter(suite -> suite.hasPublicKeys() && suite.signatureLength() == length)
        .findFirst();
  }

  boolean isSigned() {
    return content == null;
  }

  /** Whether a tag or a signature can tell if the keys are right. */
  boolean isProvable() {
    return content == null || content.securityControl().isAuthenticated();
  }

  boolean isEncrypted() {
    return content != null && content.securityControl().isEncrypted();
  }

  boolean isDedicated() {
    return apdu instanceof GeneralDedCiphering;
  }

  /** Whether the key is computed from the titles of both sides. */
  boolean isAgreed() {
    return apdu instanceof GeneralCiphering ciphered
        && ciphered.keyInfo() instanceof KeyInfo.AgreedKey;
  }

  /** Whether the key is agreed from static keys, so that either private key gives it. */
  boolean isStatic() {
    return apdu instanceof GeneralCiphering ciphered
        && ciphered.keyInfo() instanceof KeyInfo.AgreedKey agreed
        && agreed.keyParameters().equals(STATIC_UNIFIED);
  }

  /** Whether the key itself comes along, wrapped or agreed, and has a proof of its own. */
  boolean isKeySent() {
    return apdu instanceof GeneralCiphering ciphered
        && ciphered.keyInfo() != null
        && !(ciphered.keyInfo() instanceof KeyInfo.IdentifiedKey);
  }
}
