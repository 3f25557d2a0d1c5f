package io.dlms4j.cosem.security;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.GeneralCiphering;
import io.dlms4j.cosem.apdu.GeneralSigning;
import io.dlms4j.cosem.apdu.KeyInfo;
import io.dlms4j.cosem.apdu.ProtectedContent;
import io.dlms4j.cosem.apdu.SecurityControl;
import io.dlms4j.cosem.security.KeyAgreementScheme.KeyUse;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** General-ciphering and general-signing (Green Book 9.2.7.2). */
final class GeneralProtection {
  /** Key-parameters of agreed keys (Green Book 9.2.7.2). */
  private static final Octets ONE_PASS = Octets.of(1);

  private static final Octets STATIC_UNIFIED = Octets.of(2);

  /** The counter of a key that protects one APDU. */
  private static final long ONLY = 0;

  private final ApduProtection.Builder context;
  private final KeyRing keys;
  private final SecuritySuite suite;

  GeneralProtection(ApduProtection.Builder context) {
    this.context = context;
    this.keys = context.keys;
    this.suite = keys.suite();
  }

  GeneralCiphering protectWithGlobal(
      Octets apdu,
      KeyKind kind,
      KeyedProtection keyed,
      SecurityControl control,
      GeneralHeader header) {
    int keyId =
        kind == KeyKind.GLOBAL_UNICAST
            ? KeyInfo.IdentifiedKey.GLOBAL_UNICAST_ENCRYPTION_KEY
            : KeyInfo.IdentifiedKey.GLOBAL_BROADCAST_ENCRYPTION_KEY;
    // What is for many has no recipient.
    Octets recipient = kind == KeyKind.GLOBAL_BROADCAST ? Octets.EMPTY : recipient();
    ProtectedContent content =
        keyed.protect(control, fields(header, context.own.octets(), recipient), apdu);
    return ciphered(header, recipient, new KeyInfo.IdentifiedKey(keyId), content);
  }

  GeneralCiphering protect(
      Octets apdu, KeyKind kind, SecurityControl control, GeneralHeader header) {
    Octets recipient = recipient();
    Octets fields = fields(header, context.own.octets(), recipient);
    switch (kind) {
      case WRAPPED -> {
        KeyMaterial kek = local(keys.masterKey(), "master key");
        KeyMaterial key = KeyMaterial.generate(suite.keyLength(), context.random);
        KeyInfo info =
            new KeyInfo.WrappedKey(KeyInfo.WrappedKey.MASTER_KEY, KeyWrap.wrap(kek, key));
        ProtectedContent content = passing(key).protect(control, fields, apdu, ONLY);
        key.wipe();
        return ciphered(header, recipient, info, content);
      }
      case AGREED_ONE_PASS -> {
        PrivateKey signing = local(keys.signingKey(), "signing key");
        PublicKey peerKey = local(keys.peerAgreementKey(), "key agreement key of the peer");
        KeyPair ephemeral = KeyAgreementScheme.generateKeyPair(suite, context.random);
        Octets point = KeyAgreementScheme.toOctets(suite, ephemeral.getPublic());
        KeyInfo info =
            new KeyInfo.AgreedKey(
                ONE_PASS,
                join(point, DigitalSignature.sign(suite, signing, context.random, point)));
        KeyMaterial key =
            KeyAgreementScheme.ONE_PASS.agree(
                suite,
                KeyUse.ENCRYPTION,
                ephemeral.getPrivate(),
                peerKey,
                context.own,
                peer(),
                Octets.EMPTY);
        ProtectedContent content = passing(key).protect(control, fields, apdu, ONLY);
        key.wipe();
        return ciphered(header, recipient, info, content);
      }
      case AGREED_STATIC -> {
        PrivateKey ownKey = local(keys.agreementKey(), "key agreement key");
        PublicKey peerKey = local(keys.peerAgreementKey(), "key agreement key of the peer");
        KeyMaterial key =
            KeyAgreementScheme.STATIC_UNIFIED.agree(
                suite,
                KeyUse.ENCRYPTION,
                ownKey,
                peerKey,
                context.own,
                peer(),
                header.transactionId());
        // A transaction-id that comes again gives the same key, so one counter goes through all.
        long counter = context.counters.next(staticCounter(ownKey, peerKey));
        ProtectedContent content = passing(key).protect(control, fields, apdu, counter);
        key.wipe();
        return ciphered(
            header, recipient, new KeyInfo.AgreedKey(STATIC_UNIFIED, Octets.EMPTY), content);
      }
      default -> throw new IllegalArgumentException("general-ciphering has no key " + kind);
    }
  }

  private CounterId staticCounter(PrivateKey ownKey, PublicKey peerKey) {
    KeyMaterial z =
        KeyMaterial.owning(KeyAgreementScheme.sharedSecret(suite.curve(), ownKey, peerKey));
    CounterId id = CounterId.of(context.own, z);
    z.wipe();
    return id;
  }

  Unprotected unprotect(
      GeneralCiphering apdu,
      @Nullable KeyedProtection unicast,
      @Nullable KeyedProtection broadcast) {
    SecurityControl control = apdu.content().securityControl();
    KeyedProtection.checkControl(suite, control, context.encryptionOnly);
    checkTitles(apdu.originatorSystemTitle(), apdu.recipientSystemTitle());
    Octets fields =
        fields(
            new GeneralHeader(apdu.transactionId(), apdu.dateTime(), apdu.otherInformation()),
            apdu.originatorSystemTitle(),
            apdu.recipientSystemTitle());
    KeyInfo info = apdu.keyInfo();
    KeyKind kind = kind(info);
    Octets text =
        switch (kind) {
          case GLOBAL_UNICAST ->
              ApduProtection.remote(unicast, kind).unprotect(apdu.content(), fields);
          case GLOBAL_BROADCAST ->
              ApduProtection.remote(broadcast, kind).unprotect(apdu.content(), fields);
          default -> {
            KeyMaterial key = passingKey(kind, info, apdu.transactionId());
            try {
              yield passing(key).unprotect(apdu.content(), fields);
            } finally {
              key.wipe();
            }
          }
        };
    return new Unprotected(text, ApduProtection.protectionOf(control), kind);
  }

  private static KeyKind kind(@Nullable KeyInfo info) {
    if (info == null) {
      return KeyKind.GLOBAL_UNICAST;
    } else if (info instanceof KeyInfo.IdentifiedKey identified) {
      if (identified.keyId() == KeyInfo.IdentifiedKey.GLOBAL_UNICAST_ENCRYPTION_KEY) {
        return KeyKind.GLOBAL_UNICAST;
      } else if (identified.keyId() == KeyInfo.IdentifiedKey.GLOBAL_BROADCAST_ENCRYPTION_KEY) {
        return KeyKind.GLOBAL_BROADCAST;
      }
      throw ProtectionException.malformed(
          "key-id " + identified.keyId() + ", where 0 and 1 are defined (Green Book 9.5)");
    } else if (info instanceof KeyInfo.WrappedKey wrapped) {
      if (wrapped.kekId() != KeyInfo.WrappedKey.MASTER_KEY) {
        throw ProtectionException.malformed(
            "kek-id " + wrapped.kekId() + ", where 0 is defined (Green Book 9.5)");
      }
      return KeyKind.WRAPPED;
    } else if (info instanceof KeyInfo.AgreedKey agreed) {
      if (agreed.keyParameters().equals(ONE_PASS)) {
        return KeyKind.AGREED_ONE_PASS;
      } else if (agreed.keyParameters().equals(STATIC_UNIFIED)) {
        return KeyKind.AGREED_STATIC;
      }
    }
    throw ProtectionException.malformed(
        "key-parameters that are neither 01 nor 02 (Green Book 9.2.7.2)");
  }

  private KeyMaterial passingKey(KeyKind kind, @Nullable KeyInfo info, Octets transactionId) {
    if (info instanceof KeyInfo.WrappedKey wrapped) {
      KeyMaterial key = KeyWrap.unwrap(remote(keys.masterKey(), kind), wrapped.keyCipheredData());
      if (key.length() != suite.keyLength()) {
        throw ProtectionException.notAuthentic();
      }
      return key;
    }
    checkPublicKeys();
    if (kind == KeyKind.AGREED_ONE_PASS && info instanceof KeyInfo.AgreedKey agreed) {
      PrivateKey ownKey = remote(keys.agreementKey(), kind);
      PublicKey signer = remote(keys.peerSigningKey(), kind);
      int length = suite.signatureLength();
      Octets data = agreed.keyCipheredData();
      if (data.length() != 2 * length) {
        throw ProtectionException.malformed(
            "an ephemeral key and signature of "
                + data.length()
                + " octets, where "
                + suite
                + " has "
                + 2 * length
                + " (Green Book 9.2.7.2)");
      }
      Octets point = data.slice(0, length);
      if (!DigitalSignature.verify(suite, signer, data.slice(length, length), point)) {
        throw ProtectionException.notAuthentic();
      }
      return KeyAgreementScheme.ONE_PASS.agree(
          suite,
          KeyUse.ENCRYPTION,
          ownKey,
          KeyAgreementScheme.publicKey(suite, point),
          peer(),
          context.own,
          Octets.EMPTY);
    }
    if (transactionId.isEmpty() || transactionId.length() > KeyAgreementScheme.LONGEST_NONCE) {
      throw ProtectionException.malformed(
          "a transaction-id of "
              + transactionId.length()
              + " octets, which cannot be the nonce of an agreed key (Green Book 9.2.3.4.6)");
    }
    return KeyAgreementScheme.STATIC_UNIFIED.agree(
        suite,
        KeyUse.ENCRYPTION,
        remote(keys.agreementKey(), kind),
        remote(keys.peerAgreementKey(), kind),
        peer(),
        context.own,
        transactionId);
  }

  GeneralSigning sign(Octets apdu, GeneralHeader header) {
    PrivateKey key = local(keys.signingKey(), "signing key");
    Octets originator = context.own.octets();
    Octets recipient = recipient();
    Octets signature =
        DigitalSignature.sign(
            suite, key, context.random, fields(header, originator, recipient), withLength(apdu));
    return new GeneralSigning(
        header.transactionId(),
        originator,
        recipient,
        header.dateTime(),
        header.otherInformation(),
        apdu,
        signature);
  }

  Unprotected verify(GeneralSigning apdu) {
    checkPublicKeys();
    checkTitles(apdu.originatorSystemTitle(), apdu.recipientSystemTitle());
    PublicKey key = remote(keys.peerSigningKey(), KeyKind.SIGNATURE);
    Octets fields =
        fields(
            new GeneralHeader(apdu.transactionId(), apdu.dateTime(), apdu.otherInformation()),
            apdu.originatorSystemTitle(),
            apdu.recipientSystemTitle());
    if (!DigitalSignature.verify(
        suite, key, apdu.signature(), fields, withLength(apdu.content()))) {
      throw ProtectionException.notAuthentic();
    }
    return new Unprotected(apdu.content(), EnumSet.of(Protection.SIGNED), KeyKind.SIGNATURE);
  }

  private void checkPublicKeys() {
    if (!suite.hasPublicKeys()) {
      throw ProtectionException.remote(
          Reason.NOT_SUPPORTED, "the peer uses public keys, but " + suite + " has none");
    }
  }

  private void checkTitles(Octets originator, Octets recipient) {
    ApduProtection.checkOriginator(peer(), originator);
    if (!recipient.isEmpty() && !recipient.equals(context.own.octets())) {
      throw ApduProtection.wrongTitle("recipient", recipient, context.own);
    }
  }

  /** Protection with a key that is there for one APDU. */
  private KeyedProtection passing(KeyMaterial key) {
    return new KeyedProtection(
        keys,
        key,
        context.own,
        context.peer == null ? ApduProtection.NOBODY : context.peer,
        context.engine,
        context.passingKeys);
  }

  /** A peer that has not named itself is not named either. */
  private Octets recipient() {
    return context.peer == null ? Octets.EMPTY : context.peer.octets();
  }

  private SystemTitle peer() {
    if (context.peer == null) {
      throw ProtectionException.local(
          Reason.WRONG_SYSTEM_TITLE,
          "an agreed key is made of both system titles, and the peer's is not known (Green Book"
              + " 9.2.3.4.6)");
    }
    return context.peer;
  }

  private GeneralCiphering ciphered(
      GeneralHeader header, Octets recipient, KeyInfo info, ProtectedContent content) {
    return new GeneralCiphering(
        header.transactionId(),
        context.own.octets(),
        recipient,
        header.dateTime(),
        header.otherInformation(),
        info,
        content);
  }

  /** The header fields that are authenticated: each an OCTET STRING, length and all. */
  static Octets fields(GeneralHeader header, Octets originator, Octets recipient) {
    return new AxdrWriter()
        .writeOctetString(header.transactionId())
        .writeOctetString(originator)
        .writeOctetString(recipient)
        .writeOctetString(header.dateTime())
        .writeOctetString(header.otherInformation())
        .toOctets();
  }

  private static Octets withLength(Octets octets) {
    return new AxdrWriter(octets.length() + 5).writeOctetString(octets).toOctets();
  }

  private static Octets join(Octets a, Octets b) {
    return new AxdrWriter(a.length() + b.length()).writeOctets(a).writeOctets(b).toOctets();
  }

  private <K> K local(@Nullable K key, String what) {
    if (key == null) {
      throw ProtectionException.local(
          Reason.UNKNOWN_KEY, "there is no " + what + " for the peer " + context.peer);
    }
    return key;
  }

  private static <K> K remote(@Nullable K key, KeyKind kind) {
    if (key == null) {
      throw ApduProtection.unknownKey(kind);
    }
    return key;
  }
}
