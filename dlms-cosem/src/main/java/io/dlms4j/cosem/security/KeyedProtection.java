package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ProtectedContent;
import io.dlms4j.cosem.apdu.SecurityControl;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Protection between two parties under one encryption key: the security header, the cipher and the
 * invocation counters (Green Book 9.2.7.2). For one thread at a time.
 */
final class KeyedProtection {
  private final Octets authenticationKey;
  private final AesGcm cipher;
  private final InvocationCounterStore counters;
  private final CounterId ownCounter;
  private final CounterId peerCounter;

  /** Nonces kept from message to message: only the counter in them is written anew. */
  private final byte[] ownNonce;

  private final byte[] peerNonce;

  /** SC and AK as the last message had them, for the next will have the same. */
  private Octets[] keptAad;

  KeyedProtection(
      KeyRing keys,
      KeyMaterial encryptionKey,
      SystemTitle own,
      SystemTitle peer,
      CipherEngine engine,
      InvocationCounterStore counters) {
    KeyMaterial gak = keys.authenticationKey();
    this.authenticationKey = gak == null ? Octets.EMPTY : gak.export();
    this.cipher = engine.aesGcm(encryptionKey);
    this.counters = counters;
    this.ownCounter = CounterId.of(own, encryptionKey);
    this.peerCounter = CounterId.of(peer, encryptionKey);
    this.ownNonce = Arrays.copyOf(own.octets().toByteArray(), AesGcm.NONCE_LENGTH);
    this.peerNonce = Arrays.copyOf(peer.octets().toByteArray(), AesGcm.NONCE_LENGTH);
    this.keptAad = new Octets[] {withAuthenticationKey(0)};
  }

  void skipTo(long counter) {
    counters.skipTo(ownCounter, counter);
  }

  long lowestAcceptable() {
    return counters.lowestAcceptable(peerCounter);
  }

  /**
   * Protects a text with the next counter.
   *
   * @param control of this suite, with a tag or encrypted or both
   * @param header what of the APDU's header is authenticated too
   * @param text the APDU inside
   */
  ProtectedContent protect(SecurityControl control, Octets header, Octets text) {
    return protect(control, header, text, counters.next(ownCounter));
  }

  /** Protects a text with a counter that the caller knows not to have been used with this key. */
  ProtectedContent protect(SecurityControl control, Octets header, Octets text, long counter) {
    byte[] nonce = withCounter(ownNonce, counter);
    byte[] content;
    if (!control.isAuthenticated()) {
      content = cipher.counterMode(nonce, text);
    } else if (control.isEncrypted()) {
      content = cipher.seal(nonce, aad(control, header), text);
    } else {
      byte[] tag = cipher.seal(nonce, aad(control, header, text), Octets.EMPTY);
      content = new byte[text.length() + tag.length];
      text.copyTo(content, 0);
      System.arraycopy(tag, 0, content, text.length(), tag.length);
    }
    return new ProtectedContent(control, counter, Octets.view(content));
  }

  /**
   * Removes the protection: looks at the header, then at the tag, then at what is inside, and only
   * then at the counter.
   *
   * @param content what came; its security control has been checked
   * @param header what of the APDU's header is authenticated too
   * @return the APDU inside
   */
  Octets unprotect(ProtectedContent content, Octets header) {
    return unprotect(content, header, text -> {});
  }

  /** The same, where what is inside must suit what is outside. */
  Octets unprotect(ProtectedContent content, Octets header, Consumer<Octets> inside) {
    SecurityControl control = content.securityControl();
    byte[] nonce = withCounter(peerNonce, content.invocationCounter());
    if (!control.isAuthenticated()) {
      // Anybody could forge this counter, so it must not touch the one of messages with a tag.
      checkAcceptable(peerCounter, content.invocationCounter());
      Octets text = Octets.view(cipher.counterMode(nonce, content.octets()));
      inside.accept(text);
      accept(peerCounter.unauthenticated(), content.invocationCounter());
      return text;
    }
    Octets text = open(nonce, control, header, content.octets());
    inside.accept(text);
    accept(peerCounter, content.invocationCounter());
    return text;
  }

  private Octets open(byte[] nonce, SecurityControl control, Octets header, Octets octets) {
    int length = octets.length() - AesGcm.TAG_LENGTH;
    if (length < 0) {
      throw ProtectionException.notAuthentic();
    }
    if (control.isEncrypted()) {
      byte[] text = cipher.open(nonce, aad(control, header), octets);
      if (text == null) {
        throw ProtectionException.notAuthentic();
      }
      return Octets.view(text);
    }
    Octets text = octets.slice(0, length);
    Octets tag = octets.slice(length, AesGcm.TAG_LENGTH);
    if (cipher.open(nonce, aad(control, header, text), tag) == null) {
      throw ProtectionException.notAuthentic();
    }
    return text;
  }

  private void checkAcceptable(CounterId id, long counter) {
    long lowest = counters.lowestAcceptable(id);
    if (counter < lowest) {
      throw ProtectionException.replay(counter, lowest);
    }
  }

  private void accept(CounterId id, long counter) {
    if (!counters.accept(id, counter)) {
      throw ProtectionException.replay(counter, counters.lowestAcceptable(id));
    }
  }

  private Octets[] aad(SecurityControl control, Octets header) {
    if (keptAad[0].at(0) != control.octet()) {
      keptAad = new Octets[] {withAuthenticationKey(control.octet())};
    }
    return header.isEmpty() ? keptAad : new Octets[] {keptAad[0], header};
  }

  private Octets[] aad(SecurityControl control, Octets header, Octets text) {
    return new Octets[] {aad(control, Octets.EMPTY)[0], header, text};
  }

  private Octets withAuthenticationKey(int control) {
    byte[] octets = new byte[1 + authenticationKey.length()];
    octets[0] = (byte) control;
    authenticationKey.copyTo(octets, 1);
    return Octets.view(octets);
  }

  private static byte[] withCounter(byte[] nonce, long counter) {
    for (int i = 0; i < 4; i++) {
      nonce[SystemTitle.LENGTH + i] = (byte) (counter >>> (24 - 8 * i));
    }
    return nonce;
  }

  /** Refuses what no key could make good, before one is looked for. */
  static void checkControl(SecuritySuite suite, SecurityControl control, boolean encryptionOnly) {
    if (control.securitySuite() != suite.id()) {
      throw ProtectionException.remote(
          Reason.NOT_SUPPORTED,
          "the peer uses security suite "
              + control.securitySuite()
              + ", the keys here are for "
              + suite
              + " (Green Book 9.2.3.7)");
    }
    if (control.isCompressed()) {
      throw ProtectionException.remote(
          Reason.NOT_SUPPORTED,
          "the peer compresses, which is not supported here (Green Book 9.2.3.6)");
    }
    if (!control.isAuthenticated() && !control.isEncrypted()) {
      throw ProtectionException.remote(
          Reason.NOT_SUPPORTED,
          "the peer calls an APDU ciphered that has neither a tag nor is encrypted (Green Book"
              + " 9.2.7.2)");
    }
    if (!control.isAuthenticated() && !encryptionOnly) {
      throw ProtectionException.remote(
          Reason.TOO_WEAK,
          "the peer encrypts without a tag, which anybody can change on the way (Green Book"
              + " 9.2.7.2)");
    }
  }
}
