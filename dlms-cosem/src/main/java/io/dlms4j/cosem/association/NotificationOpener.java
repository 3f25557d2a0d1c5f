package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.EventNotification;
import io.dlms4j.cosem.apdu.GeneralCiphering;
import io.dlms4j.cosem.apdu.GeneralGloCiphering;
import io.dlms4j.cosem.apdu.GeneralSigning;
import io.dlms4j.cosem.apdu.InformationReport;
import io.dlms4j.cosem.apdu.KeyInfo;
import io.dlms4j.cosem.apdu.ProtectedApdu;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the protection off notifications, with the keys of the one peer that has sent last: behind
 * one connection there is one meter as a rule.
 */
final class NotificationOpener {
  private final NotificationReceiverConfig config;
  private final NotificationReceiverConfig.@Nullable Security security;
  private @Nullable MessageSecurity peer;

  /**
   * A notification without its protection.
   *
   * @param originator null if it had none
   * @param by what removed the protection; null if it had none
   */
  record Opened(
      Apdu notification,
      @Nullable SystemTitle originator,
      MessageForm form,
      @Nullable MessageSecurity by) {
    /** An answer, protected as the notification was. */
    Octets protectAnswer(Octets answer) {
      return by == null ? answer : by.protect(answer, form.ofAnswer(Set.of()));
    }
  }

  NotificationOpener(NotificationReceiverConfig config) {
    this.config = config;
    this.security = config.security();
  }

  SystemTitle own() {
    return required().own();
  }

  private NotificationReceiverConfig.Security required() {
    NotificationReceiverConfig.Security there = security;
    if (there == null) {
      throw ProtectionException.local(
          Reason.NOT_SUPPORTED, "a notification is protected, and no keys are configured");
    }
    return there;
  }

  boolean hasKeys(SystemTitle originator) {
    return peer != null && peer.protection().peer().equals(originator);
  }

  void useKeys(SystemTitle originator, KeyRing keys) {
    NotificationReceiverConfig.Security with = required();
    ApduProtection.Builder builder =
        ApduProtection.builder(keys, with.own(), originator, with.counters(), with.random())
            .engine(with.engine());
    InvocationCounterStore passingKeys = with.passingKeys();
    if (passingKeys != null) {
      builder.passingKeys(passingKeys);
    }
    peer = new MessageSecurity(builder.build(), config.codec());
  }

  /** The peer's keys may have been changed since: then the next message asks for them anew. */
  void doubtKeys(Reason refusal) {
    if (refusal == Reason.NOT_AUTHENTIC
        || refusal == Reason.UNKNOWN_KEY
        || refusal == Reason.NOT_SUPPORTED) {
      peer = null;
    }
  }

  /**
   * Whom a protected message says to be from, before anything is proved.
   *
   * @throws DlmsException if it does not say, or is protected in a way that is not taken
   */
  SystemTitle originator(Octets message) {
    required();
    ProtectedApdu apdu = (ProtectedApdu) config.codec().decode(message);
    Octets title;
    if (apdu instanceof GeneralGloCiphering ciphered) {
      title = ciphered.systemTitle();
    } else if (apdu instanceof GeneralCiphering ciphered) {
      title = ciphered.originatorSystemTitle();
    } else if (apdu instanceof GeneralSigning signed) {
      title = signed.originatorSystemTitle();
    } else {
      throw ProtectionException.remote(
          Reason.UNKNOWN_KEY,
          "the peer used "
              + apdu.getClass().getSimpleName()
              + ", whose keys belong to an association, and there is none (Green Book 9.2.7.2)");
    }
    if (title.length() != SystemTitle.LENGTH) {
      throw ProtectionException.remote(
          Reason.MALFORMED,
          "the peer sent a system title of "
              + title.length()
              + " octets, and without an association nothing else tells whose keys to use (Green"
              + " Book 4.3.4)");
    }
    if (title.equals(required().own().octets())) {
      throw ProtectionException.remote(
          Reason.WRONG_SYSTEM_TITLE, "the peer calls itself as this side does");
    }
    return new SystemTitle(title);
  }

  /**
   * Removes the protection of a message, if it has any.
   *
   * @throws DlmsException if it is refused, or is no notification
   */
  Opened open(Octets message) {
    MessageForm form = MessageForm.PLAIN;
    SystemTitle originator = null;
    MessageSecurity by = null;
    Octets text = message;
    if (!message.isEmpty() && ProtectedApdu.isTag(message.at(0))) {
      by = peer;
      if (by == null) {
        throw ProtectionException.local(Reason.UNKNOWN_KEY, "there are no keys");
      }
      checkKey(message);
      MessageSecurity.Clear clear =
          by.unprotect(message).requireForOne().require(required().least());
      if (clear.form().hasPassingKey() && required().passingKeys() == null) {
        throw passingKey();
      }
      originator = by.protection().peer();
      form = clear.form();
      text = clear.apdu();
    } else if (!config.takesPlain()) {
      throw ProtectionException.remote(
          Reason.TOO_WEAK,
          "the peer sent a notification in clear, which is not allowed here (Blue Book 4.4.7)");
    }
    return new Opened(notification(text), originator, form, by);
  }

  /** Refuses a key that cannot be known from a replayed one before it is used. */
  private void checkKey(Octets message) {
    if (required().passingKeys() == null
        && config.codec().decode(message) instanceof GeneralCiphering ciphered) {
      KeyInfo info = ciphered.keyInfo();
      if (info instanceof KeyInfo.WrappedKey || info instanceof KeyInfo.AgreedKey) {
        throw passingKey();
      }
    }
  }

  private static ProtectionException passingKey() {
    return ProtectionException.remote(
        Reason.NOT_SUPPORTED,
        "the peer sent a key along, and nothing is configured here that would know it again"
            + " (Green Book 9.2.7.2)");
  }

  private Apdu notification(Octets text) {
    Apdu apdu = config.codec().decode(text);
    if (apdu instanceof DataNotification
        || apdu instanceof EventNotification
        || apdu instanceof InformationReport) {
      return apdu;
    }
    throw new ProtocolException(
        DlmsException.Scope.REQUEST,
        "the peer sent " + apdu.getClass().getSimpleName() + ", which is no notification");
  }
}
