package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.CipheredService;
import io.dlms4j.cosem.apdu.GeneralCiphering;
import io.dlms4j.cosem.apdu.GeneralDedCiphering;
import io.dlms4j.cosem.apdu.GeneralGloCiphering;
import io.dlms4j.cosem.apdu.GeneralSigning;
import io.dlms4j.cosem.apdu.ProtectedApdu;
import io.dlms4j.cosem.apdu.ProtectedContent;
import io.dlms4j.cosem.apdu.SecurityControl;
import io.dlms4j.cosem.apdu.ServiceSpecificCiphering;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.security.SecureRandom;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Protects APDUs between two parties, and removes the protection (Green Book 9.2.7.2). Ciphers are
 * kept from message to message. For one thread at a time.
 *
 * <p>What comes is looked at in this order, and the first fault ends it: the header, the system
 * titles, the key, the tag or signature, the service inside, the invocation counter. Nothing has
 * changed before all of it has been found right; messages without a tag move only a counter of
 * their own.
 *
 * <p>Replays are known by the invocation counter; for keys that live as long as one APDU, by the
 * key. A signature alone does not protect from them.
 */
public final class ApduProtection {
  private static final int KEY_SET_BROADCAST = 0x40;

  /** In place of a peer's title that is not known: nothing of that peer is ever taken. */
  static final SystemTitle NOBODY = SystemTitle.ofHex("0000000000000000");

  private static final Set<Protection> AUTHENTICATED = Set.of(Protection.AUTHENTICATED);
  private static final Set<Protection> ENCRYPTED = Set.of(Protection.ENCRYPTED);
  private static final Set<Protection> AUTHENTICATED_AND_ENCRYPTED =
      Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED);

  private final KeyRing keys;
  private final SystemTitle own;
  private final @Nullable SystemTitle peer;
  private final CipherEngine engine;
  private final SecureRandom random;
  private final @Nullable KeyedProtection unicast;
  private final @Nullable KeyedProtection broadcast;
  private final boolean encryptionOnly;
  private final GeneralProtection general;
  private @Nullable KeyedProtection dedicated;

  private ApduProtection(Builder builder) {
    keys = builder.keys;
    own = builder.own;
    peer = builder.peer;
    engine = builder.engine;
    random = builder.random;
    unicast = keyed(keys.unicastKey(), builder.counters);
    broadcast = keyed(keys.broadcastKey(), builder.counters);
    encryptionOnly = builder.encryptionOnly;
    general = new GeneralProtection(builder);
  }

  private @Nullable KeyedProtection keyed(
      @Nullable KeyMaterial key, InvocationCounterStore counters) {
    return key == null
        ? null
        : new KeyedProtection(keys, key, own, peer == null ? NOBODY : peer, engine, counters);
  }

  /**
   * Begins the protection between two parties.
   *
   * @param keys their keys
   * @param own this side
   * @param peer the other side
   * @param counters keeps the invocation counters of the global keys and the static agreed ones
   * @param random where new keys, and the secret numbers of signatures, come from
   * @return a builder
   */
  public static Builder builder(
      KeyRing keys,
      SystemTitle own,
      SystemTitle peer,
      InvocationCounterStore counters,
      SecureRandom random) {
    return new Builder(keys, own, peer, counters, random);
  }

  /**
   * Begins the protection of what is sent to a peer whose title is not known yet: the
   * InitiateRequest in a client's first AARQ. Nothing that comes is taken, and no general-ciphering
   * with an agreed key can be sent.
   *
   * @param keys the keys that we have with the peer
   * @param own this side
   * @param counters keeps the invocation counters of the global keys
   * @param random where new keys, and the secret numbers of signatures, come from
   * @return a builder
   */
  public static Builder toUnknownPeer(
      KeyRing keys, SystemTitle own, InvocationCounterStore counters, SecureRandom random) {
    return new Builder(keys, own, null, counters, random);
  }

  /**
   * The keys.
   *
   * @return what this was made with
   */
  public KeyRing keys() {
    return keys;
  }

  /**
   * This side.
   *
   * @return its system title
   */
  public SystemTitle own() {
    return own;
  }

  /**
   * The other side.
   *
   * @return its system title
   * @throws IllegalStateException if it is not known
   */
  public SystemTitle peer() {
    if (peer == null) {
      throw new IllegalStateException("the peer's system title is not known yet");
    }
    return peer;
  }

  /**
   * Sets the dedicated key of the association, as the InitiateRequest carries it (Green Book
   * 9.2.5). Its counters begin anew, and end with this object.
   *
   * @param key a key made for this association
   * @throws IllegalArgumentException if it does not fit the suite
   */
  public void useDedicatedKey(KeyMaterial key) {
    keys.checkLength("dedicated key", key);
    dedicated = keyed(key, new InMemoryInvocationCounterStore());
  }

  /**
   * Goes on with a higher invocation counter of ours, because the peer wants it. Whoever calls this
   * bounds the step: what asks for it is not authenticated, and a counter at its end makes the key
   * useless.
   *
   * @param key a global key, or the dedicated one
   * @param counter the lowest one to be used from now on
   * @throws IllegalArgumentException if the key is of another kind, or the counter has not 32 bits
   * @throws ProtectionException with reason UNKNOWN_KEY if there is no such key, COUNTER_STORE if
   *     the counter cannot be kept
   */
  public void skipTo(KeyKind key, long counter) {
    local(key).skipTo(counter);
  }

  /**
   * The lowest invocation counter of the peer that would be taken.
   *
   * @param key a global key, or the dedicated one
   * @return 0..2^32, where 2^32 says that none will be taken
   * @throws IllegalArgumentException if the key is of another kind
   * @throws ProtectionException with reason UNKNOWN_KEY if there is no such key
   */
  public long lowestAcceptable(KeyKind key) {
    return local(key).lowestAcceptable();
  }

  /**
   * Protects an APDU into a service-specific one, glo- or ded-.
   *
   * @param apdu the APDU
   * @param key a global key, or the dedicated one
   * @param protection authenticated, encrypted or both
   * @return the protected APDU
   * @throws IllegalArgumentException if the service has no such form, or the protection or the key
   *     is none for it
   * @throws ProtectionException with reason UNKNOWN_KEY if there is no such key, COUNTER_EXHAUSTED
   *     or COUNTER_STORE if there is no counter to be had
   */
  public ServiceSpecificCiphering protectServiceSpecific(
      Octets apdu, KeyKind key, Set<Protection> protection) {
    CipheredService service =
        CipheredService.ofPlainTag(apdu.isEmpty() ? -1 : apdu.at(0))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the APDU is of a service without a ciphered form (Green Book 9.5)"));
    return new ServiceSpecificCiphering(
        service, key == KeyKind.DEDICATED, protect(apdu, key, protection));
  }

  /**
   * Protects an APDU into a general-glo-ciphering, with our system title.
   *
   * @param apdu the APDU, of any service
   * @param key a global key
   * @param protection authenticated, encrypted or both
   * @return the protected APDU
   * @throws IllegalArgumentException if the protection or the key is none for it
   * @throws ProtectionException with reason UNKNOWN_KEY if there is no such key, COUNTER_EXHAUSTED
   *     or COUNTER_STORE if there is no counter to be had
   */
  public GeneralGloCiphering protectGeneralGlo(
      Octets apdu, KeyKind key, Set<Protection> protection) {
    if (key == KeyKind.DEDICATED) {
      throw new IllegalArgumentException("general-glo-ciphering has a global key");
    }
    return new GeneralGloCiphering(own.octets(), protect(apdu, key, protection));
  }

  /**
   * Protects an APDU into a general-ded-ciphering, with our system title.
   *
   * @param apdu the APDU, of any service
   * @param protection authenticated, encrypted or both
   * @return the protected APDU
   * @throws IllegalArgumentException if the protection is none for it
   * @throws ProtectionException with reason UNKNOWN_KEY if there is no dedicated key,
   *     COUNTER_EXHAUSTED if it has been used too often
   */
  public GeneralDedCiphering protectGeneralDed(Octets apdu, Set<Protection> protection) {
    return new GeneralDedCiphering(own.octets(), protect(apdu, KeyKind.DEDICATED, protection));
  }

  /**
   * Protects an APDU into a general-ciphering.
   *
   * @param apdu the APDU, of any service
   * @param key a global key, a wrapped or an agreed one
   * @param protection authenticated, encrypted or both
   * @param header what the APDU says beside; with {@link KeyKind#AGREED_STATIC} it must have a
   *     transaction-id
   * @return the protected APDU
   * @throws IllegalArgumentException if the protection, the key or the header is none for it
   * @throws ProtectionException with reason UNKNOWN_KEY if there is no such key, COUNTER_EXHAUSTED
   *     or COUNTER_STORE if there is no counter to be had
   */
  public GeneralCiphering protectGeneral(
      Octets apdu, KeyKind key, Set<Protection> protection, GeneralHeader header) {
    SecurityControl control = control(protection);
    if (key == KeyKind.GLOBAL_UNICAST || key == KeyKind.GLOBAL_BROADCAST) {
      return general.protectWithGlobal(apdu, key, local(key), control, header);
    }
    return general.protect(apdu, key, control, header);
  }

  /**
   * Signs an APDU into a general-signing.
   *
   * @param apdu the APDU, which may be a protected one
   * @param header what the APDU says beside
   * @return the signed APDU
   * @throws IllegalArgumentException if the suite has no signatures
   * @throws ProtectionException with reason UNKNOWN_KEY if there is no signing key
   */
  public GeneralSigning sign(Octets apdu, GeneralHeader header) {
    return general.sign(apdu, header);
  }

  /**
   * Removes one layer of protection.
   *
   * @param apdu what came
   * @return what was inside, and how it was protected
   * @throws ProtectionException if it is refused; for the order of the checks see above
   */
  public Unprotected unprotect(ProtectedApdu apdu) {
    SystemTitle peer = this.peer;
    if (peer == null) {
      throw ProtectionException.local(
          Reason.WRONG_SYSTEM_TITLE, "the peer has not told its system title (Green Book 4.3.4)");
    }
    if (apdu instanceof ServiceSpecificCiphering ciphered) {
      // The tag of the APDU outside is not authenticated, so the one inside is compared with it.
      return unprotect(
          ciphered.content(), ciphered.dedicated(), text -> checkService(ciphered.service(), text));
    } else if (apdu instanceof GeneralGloCiphering ciphered) {
      checkOriginator(peer, ciphered.systemTitle());
      return unprotect(ciphered.content(), false, text -> {});
    } else if (apdu instanceof GeneralDedCiphering ciphered) {
      checkOriginator(peer, ciphered.systemTitle());
      return unprotect(ciphered.content(), true, text -> {});
    } else if (apdu instanceof GeneralCiphering ciphered) {
      return general.unprotect(ciphered, unicast, broadcast);
    } else if (apdu instanceof GeneralSigning signed) {
      return general.verify(signed);
    }
    throw new IllegalArgumentException("no protection of this kind is known");
  }

  /** SC, IC and tag over a challenge: the answer of HLS mechanism 5 (Green Book 9.2.7.4). */
  ProtectedContent gmac(Octets challenge) {
    ProtectedContent content =
        local(KeyKind.GLOBAL_UNICAST).protect(control(AUTHENTICATED), Octets.EMPTY, challenge);
    return new ProtectedContent(
        content.securityControl(),
        content.invocationCounter(),
        content.octets().slice(challenge.length(), AesGcm.TAG_LENGTH));
  }

  /**
   * Checks the peer's answer to our challenge. The challenge, and not the counter, keeps it from
   * being a replay: where the APDU that carries the answer is protected with the same key, its
   * counter is the higher one, and has been taken before.
   */
  void verifyGmac(ProtectedContent answer, Octets challenge) {
    SecurityControl control = answer.securityControl();
    KeyedProtection.checkControl(keys.suite(), control, encryptionOnly);
    if (!control.isAuthenticated() || control.isEncrypted() || control.isBroadcast()) {
      throw ProtectionException.malformed(
          "security control " + control + " in an answer of HLS mechanism 5 (Green Book 9.2.7.4)");
    }
    byte[] text = new byte[challenge.length() + answer.octets().length()];
    challenge.copyTo(text, 0);
    answer.octets().copyTo(text, challenge.length());
    try {
      remote(unicast, KeyKind.GLOBAL_UNICAST)
          .unprotect(
              new ProtectedContent(control, answer.invocationCounter(), Octets.view(text)),
              Octets.EMPTY);
    } catch (ProtectionException e) {
      if (e.reason() != Reason.INVOCATION_COUNTER) {
        throw e;
      }
    }
  }

  SecureRandom random() {
    return random;
  }

  private ProtectedContent protect(Octets apdu, KeyKind key, Set<Protection> protection) {
    SecurityControl control = control(protection);
    if (key == KeyKind.GLOBAL_BROADCAST) {
      control = new SecurityControl(control.octet() | KEY_SET_BROADCAST);
    }
    return local(key).protect(control, Octets.EMPTY, apdu);
  }

  private SecurityControl control(Set<Protection> protection) {
    boolean authenticated = protection.contains(Protection.AUTHENTICATED);
    boolean encrypted = protection.contains(Protection.ENCRYPTED);
    if ((!authenticated && !encrypted) || protection.contains(Protection.SIGNED)) {
      throw new IllegalArgumentException(
          "ciphering gives authentication, encryption or both, not " + protection);
    }
    return SecurityControl.of(keys.suite().id(), authenticated, encrypted);
  }

  private KeyedProtection local(KeyKind kind) {
    KeyedProtection keyed =
        switch (kind) {
          case GLOBAL_UNICAST -> unicast;
          case GLOBAL_BROADCAST -> broadcast;
          case DEDICATED -> dedicated;
          default -> throw new IllegalArgumentException("no key of this kind: " + kind);
        };
    if (keyed == null) {
      throw ProtectionException.local(
          Reason.UNKNOWN_KEY, "there is no " + kind + " key for the peer " + peer);
    }
    return keyed;
  }

  private Unprotected unprotect(
      ProtectedContent content, boolean withDedicated, Consumer<Octets> inside) {
    SecurityControl control = content.securityControl();
    KeyedProtection.checkControl(keys.suite(), control, encryptionOnly);
    KeyKind kind =
        withDedicated
            ? KeyKind.DEDICATED
            : control.isBroadcast() ? KeyKind.GLOBAL_BROADCAST : KeyKind.GLOBAL_UNICAST;
    KeyedProtection keyed = withDedicated ? dedicated : control.isBroadcast() ? broadcast : unicast;
    Octets text = remote(keyed, kind).unprotect(content, Octets.EMPTY, inside);
    return new Unprotected(text, protectionOf(control), kind);
  }

  private static void checkService(CipheredService service, Octets apdu) {
    if (apdu.isEmpty() || apdu.at(0) != service.plainTag()) {
      throw ProtectionException.remote(
          Reason.WRONG_SERVICE,
          "inside the peer's ciphered " + service + " is another service (Green Book 9.5)");
    }
  }

  static KeyedProtection remote(@Nullable KeyedProtection keyed, KeyKind kind) {
    if (keyed == null) {
      throw unknownKey(kind);
    }
    return keyed;
  }

  static ProtectionException unknownKey(KeyKind kind) {
    return ProtectionException.remote(
        Reason.UNKNOWN_KEY,
        "the peer uses a " + kind + " key, and there is none here (Green Book 9.2.5)");
  }

  static Set<Protection> protectionOf(SecurityControl control) {
    if (!control.isEncrypted()) {
      return AUTHENTICATED;
    }
    return control.isAuthenticated() ? AUTHENTICATED_AND_ENCRYPTED : ENCRYPTED;
  }

  /** An originator that is left out is the peer: its title is known from the association. */
  static void checkOriginator(SystemTitle peer, Octets title) {
    if (!title.isEmpty() && !title.equals(peer.octets())) {
      throw wrongTitle("originator", title, peer);
    }
  }

  static ProtectionException wrongTitle(String role, Octets title, SystemTitle expected) {
    if (title.length() != SystemTitle.LENGTH) {
      return ProtectionException.malformed(
          "a system title of " + title.length() + " octets (Green Book 4.3.4)");
    }
    return ProtectionException.remote(
        Reason.WRONG_SYSTEM_TITLE,
        "the peer sent " + title.toHex() + " as the " + role + "'s system title, not " + expected);
  }

  /** Makes an {@link ApduProtection}. */
  public static final class Builder {
    final KeyRing keys;
    final SystemTitle own;
    final @Nullable SystemTitle peer;
    final InvocationCounterStore counters;
    final SecureRandom random;
    CipherEngine engine = CipherEngine.JDK;
    boolean encryptionOnly;
    InvocationCounterStore passingKeys = new InMemoryInvocationCounterStore();

    private Builder(
        KeyRing keys,
        SystemTitle own,
        @Nullable SystemTitle peer,
        InvocationCounterStore counters,
        SecureRandom random) {
      if (own.equals(peer)) {
        throw new IllegalArgumentException(
            "both sides are " + own + ": with one key they would repeat each other's nonces");
      }
      this.keys = keys;
      this.own = own;
      this.peer = peer;
      this.counters = counters;
      this.random = random;
    }

    /**
     * Sets whose AES-GCM is used; the default is {@link CipherEngine#JDK}.
     *
     * @param engine the engine
     * @return this builder
     */
    public Builder engine(CipherEngine engine) {
      this.engine = engine;
      return this;
    }

    /**
     * Takes APDUs that are encrypted and have no tag. Anybody who records an authenticated and
     * encrypted APDU can make one of it, with octets changed at will: the default is to refuse them
     * with reason TOO_WEAK.
     *
     * @return this builder
     */
    public Builder acceptEncryptionOnly() {
      this.encryptionOnly = true;
      return this;
    }

    /**
     * Sets what remembers the keys of one APDU that have been received, so that it is not taken
     * twice. The default ends with this protection and holds 65,536 of them, after which further
     * ones are refused. Where APDUs with such keys are taken outside of authenticated associations,
     * use one for all, and judge the transaction-id or the date-time as well.
     *
     * @param store the store
     * @return this builder
     */
    public Builder passingKeys(InvocationCounterStore store) {
      this.passingKeys = store;
      return this;
    }

    /**
     * Makes the protection.
     *
     * @return the protection
     */
    public ApduProtection build() {
      return new ApduProtection(this);
    }
  }
}
