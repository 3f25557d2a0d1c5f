package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.CipherEngine;
import io.dlms4j.cosem.security.CounterId;
import io.dlms4j.cosem.security.HlsFunction;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How a client authenticates itself by high level security, protects what it sends, and what it
 * insists on in return: immutable, made by a {@link Builder}. What is set here is pinned: a server
 * that offers another mechanism, another context, or answers with less protection is refused.
 *
 * <p>One value serves one server; connections to it that are made one after the other, or at once,
 * may share it. For all threads.
 */
public final class ClientSecurity {
  private final @Nullable SystemTitle systemTitle;
  private final @Nullable SystemTitle server;
  private final @Nullable HlsMechanism mechanism;
  private final @Nullable HlsFunction function;
  private final int challengeLength;
  private final boolean ciphered;
  private final MessageForm requests;
  private final Set<Protection> leastOfResponses;
  private final CompletableFuture<KeyRing> keys;
  private final @Nullable InvocationCounterStore counters;
  private final long longestStep;
  private final SecureRandom random;
  private final CipherEngine engine;
  private final boolean acceptsEncryptionOnly;

  private ClientSecurity(Builder builder) {
    this.systemTitle = builder.systemTitle;
    this.server = builder.server;
    this.mechanism = builder.mechanism;
    this.function = builder.function;
    this.challengeLength = HlsChoice.challengeLength(builder.mechanism, builder.challengeLength);
    this.ciphered = !builder.protection.isEmpty();
    this.requests = new MessageForm(builder.form(), builder.key, builder.protection, Octets.EMPTY);
    Set<Protection> least = builder.leastOfResponses;
    this.leastOfResponses = least == null ? requests.protection() : Set.copyOf(least);
    this.keys = builder.keys();
    this.counters = builder.counters;
    this.longestStep = builder.longestStep;
    this.random = builder.random;
    this.engine = builder.engine;
    this.acceptsEncryptionOnly = builder.acceptsEncryptionOnly;
  }

  /**
   * Begins the security of a client that has a system title.
   *
   * @param systemTitle the client's, which goes out as calling-AP-title
   * @return a builder
   */
  public static Builder builder(SystemTitle systemTitle) {
    return new Builder(systemTitle);
  }

  /**
   * The security of a client without a system title: mechanism 3 or 4, and nothing ciphered. Both
   * hash functions are broken; for meters that have nothing better.
   *
   * @param mechanism MD5 or SHA-1
   * @param secret the HLS secret
   * @return the security
   * @throws IllegalArgumentException if it is another mechanism
   */
  public static ClientSecurity withSecret(HlsMechanism mechanism, KeyMaterial secret) {
    if (mechanism != HlsMechanism.MD5 && mechanism != HlsMechanism.SHA_1) {
      throw new IllegalArgumentException(
          "the HLS mechanism " + mechanism + " needs a system title (Green Book 9.2.7.4)");
    }
    return new Builder(null)
        .authentication(mechanism)
        .keys(KeyRing.builder(SecuritySuite.SUITE_0).hlsSecret(secret).build())
        .build();
  }

  /**
   * Who the client is.
   *
   * @return its system title, or null if it has none
   */
  public @Nullable SystemTitle systemTitle() {
    return systemTitle;
  }

  /**
   * Who the server has to be.
   *
   * @return its system title, or null if that is learnt from the AARE
   */
  public @Nullable SystemTitle server() {
    return server;
  }

  /**
   * How the two authenticate each other.
   *
   * @return the mechanism, or null if not by high level security
   */
  public @Nullable HlsMechanism mechanism() {
    return mechanism;
  }

  /**
   * Whether the application context is one with ciphering.
   *
   * @return true if requests are protected
   */
  public boolean isCiphered() {
    return ciphered;
  }

  /**
   * How every request is protected.
   *
   * @return unmodifiable; empty in a context without ciphering
   */
  public Set<Protection> protection() {
    return requests.protection();
  }

  /**
   * The least protection of an answer, and of what the server tells unasked.
   *
   * @return unmodifiable
   */
  public Set<Protection> leastOfResponses() {
    return leastOfResponses;
  }

  /**
   * The keys, as soon as their provider has found them. An association that is opened before that
   * fails.
   *
   * @return the keys; or a failure
   */
  public CompletionStage<KeyRing> keys() {
    return keys.copy();
  }

  /**
   * Goes on counting above what a meter tells as its frame counter: the invocation counter that it
   * has taken last from this client (an object of class Data, whose OBIS code the meter's manual
   * tells). For a client whose own counters are lost, or that is new to the meter. Never goes back.
   *
   * @param frameCounter what was read, 0..2^32-1. It may have been read without protection, so the
   *     step is limited
   * @throws IllegalStateException if nothing is ciphered with a global key
   * @throws ProtectionException with reason INVOCATION_COUNTER if the step is longer than {@link
   *     Builder#longestCounterStep} allows, or the counter is at its end; UNKNOWN_KEY if the keys
   *     are not there
   */
  public void resynchronise(long frameCounter) {
    InvocationCounterStore store = counters;
    SystemTitle own = systemTitle;
    KeyMaterial key = globalKey();
    if (store == null || own == null || key == null) {
      throw new IllegalStateException("there is no global key whose counter could be set");
    }
    skipTo(store, CounterId.of(own, key), frameCounter + 1);
  }

  /** Whether there is a global key and a store of its counters. */
  boolean countsWithGlobalKey() {
    return counters != null && systemTitle != null && globalKey() != null;
  }

  private @Nullable KeyMaterial globalKey() {
    KeyRing ring = keyRing();
    return requests.key() == KeyKind.GLOBAL_BROADCAST ? ring.broadcastKey() : ring.unicastKey();
  }

  private void skipTo(InvocationCounterStore store, CounterId id, long counter) {
    long next = store.next(id);
    if (counter > InvocationCounterStore.HIGHEST || counter - next > longestStep) {
      throw ProtectionException.remote(
          Reason.INVOCATION_COUNTER,
          "the server wants the invocation counter to go on at "
              + counter
              + ", which is more than "
              + longestStep
              + " above ours, "
              + next
              + ": make sure that this is not forged, and allow a longer step");
    }
    if (counter > next) {
      store.skipTo(id, counter);
    }
  }

  HlsChoice hls() {
    return new HlsChoice(mechanism, function, challengeLength);
  }

  MessageForm requests() {
    return requests;
  }

  SecureRandom random() {
    return random;
  }

  /**
   * The keys.
   *
   * @throws ProtectionException if they are not there
   */
  KeyRing keyRing() {
    if (!keys.isDone()) {
      throw ProtectionException.local(
          Reason.UNKNOWN_KEY, "the provider of keys has not found the keys yet");
    }
    try {
      return keys.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProtectionException refusal) {
        throw refusal;
      }
      throw ProtectionException.local(
          Reason.UNKNOWN_KEY, "the provider of keys failed: " + e.getCause());
    }
  }

  /**
   * The protection towards a server.
   *
   * @param peer its title; null if it is not known yet
   */
  ApduProtection protection(@Nullable SystemTitle peer) {
    SystemTitle own = systemTitle;
    InvocationCounterStore store = counters;
    if (own == null) {
      throw new IllegalStateException("a client without system title protects nothing");
    }
    if (own.equals(peer)) {
      throw ProtectionException.remote(
          Reason.WRONG_SYSTEM_TITLE, "the server has our own system title, " + own);
    }
    InvocationCounterStore used = store == null ? NoCounters.INSTANCE : store;
    ApduProtection.Builder builder =
        peer == null
            ? ApduProtection.toUnknownPeer(keyRing(), own, used, random)
            : ApduProtection.builder(keyRing(), own, peer, used, random);
    if (acceptsEncryptionOnly) {
      builder.acceptEncryptionOnly();
    }
    return builder.engine(engine).build();
  }

  /** Makes a {@link ClientSecurity}. */
  public static final class Builder {
    private final @Nullable SystemTitle systemTitle;
    private @Nullable SystemTitle server;
    private @Nullable HlsMechanism mechanism;
    private @Nullable HlsFunction function;
    private @Nullable Integer challengeLength;
    private Set<Protection> protection = Set.of();
    private @Nullable Set<Protection> leastOfResponses;
    private KeyKind key = KeyKind.GLOBAL_UNICAST;
    private @Nullable CipheringForm form;
    private @Nullable KeyRing ring;
    private @Nullable KeyProvider provider;
    private @Nullable InvocationCounterStore counters;
    private long longestStep = 1 << 20;
    private SecureRandom random = new SecureRandom();
    private CipherEngine engine = CipherEngine.JDK;
    private boolean acceptsEncryptionOnly;

    private Builder(@Nullable SystemTitle systemTitle) {
      this.systemTitle = systemTitle;
    }

    /**
     * Insists on a server's system title. Without this call it is learnt from the AARE, and only
     * proved to be of somebody who has the keys.
     *
     * @param title the server's system title
     * @return this
     */
    public Builder server(SystemTitle title) {
      this.server = title;
      return this;
    }

    /**
     * Authenticates both sides by high level security, mechanism 3 to 7.
     *
     * @param by the mechanism
     * @return this
     */
    public Builder authentication(HlsMechanism by) {
      this.mechanism = by;
      return this;
    }

    /**
     * Authenticates both sides by high level security, mechanism 2.
     *
     * @param manufacturers the manufacturer's function
     * @return this
     */
    public Builder authentication(HlsFunction manufacturers) {
      this.mechanism = HlsMechanism.MANUFACTURER;
      this.function = manufacturers;
      return this;
    }

    /**
     * Sets how long the client's challenge is; 16 octets unless told otherwise, with ECDSA 32.
     *
     * @param octets 8..64, with ECDSA 32..64
     * @return this
     */
    public Builder challengeLength(int octets) {
      this.challengeLength = octets;
      return this;
    }

    /**
     * Asks for an application context with ciphering, and protects every request.
     *
     * @param every authenticated, encrypted or both, and signed or not
     * @return this
     */
    public Builder ciphering(Set<Protection> every) {
      this.protection = Set.copyOf(every);
      return this;
    }

    /**
     * Asks for an application context with ciphering, and authenticates and encrypts every request.
     *
     * @return this
     */
    public Builder ciphering() {
      return ciphering(EnumSet.of(Protection.AUTHENTICATED, Protection.ENCRYPTED));
    }

    /**
     * Sets the least protection of answers; as that of requests unless told otherwise. Less lets
     * whoever is on the line answer in the server's place.
     *
     * @param least what every answer must have
     * @return this
     */
    public Builder leastOfResponses(Set<Protection> least) {
      this.leastOfResponses = Set.copyOf(least);
      return this;
    }

    /**
     * Sets which key ciphers requests; the global unicast key unless told otherwise. A dedicated
     * key is made anew for each association.
     *
     * @param kind not {@link KeyKind#SIGNATURE}
     * @return this
     */
    public Builder key(KeyKind kind) {
      this.key = kind;
      return this;
    }

    /**
     * Sets which APDU carries a ciphered one; the service's own unless told otherwise, with wrapped
     * and agreed keys general-ciphering.
     *
     * @param carrier the form
     * @return this
     */
    public Builder form(CipheringForm carrier) {
      this.form = carrier;
      return this;
    }

    /**
     * Sets the keys.
     *
     * @param withServer those that the client has with the server
     * @return this
     */
    public Builder keys(KeyRing withServer) {
      this.ring = withServer;
      this.provider = null;
      return this;
    }

    /**
     * Sets who finds the keys. It is asked once, when this is built; the server's title must be
     * set.
     *
     * @param of the provider
     * @return this
     */
    public Builder keys(KeyProvider of) {
      this.provider = of;
      this.ring = null;
      return this;
    }

    /**
     * Sets who keeps the invocation counters. There is no default: counters that begin anew with
     * each process repeat nonces, which breaks the key for good.
     *
     * @param store the store
     * @return this
     */
    public Builder counters(InvocationCounterStore store) {
      this.counters = store;
      return this;
    }

    /**
     * Sets how far the server may move our invocation counter at once, by an exception-response,
     * which nobody has authenticated, or its frame counter; 2^20 unless told otherwise. With longer
     * steps, somebody on the line could bring it to its end, after which the key must be changed.
     *
     * @param step 0 for never, up to 2^32-1
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder longestCounterStep(long step) {
      if (step < 0 || step > InvocationCounterStore.HIGHEST) {
        throw new IllegalArgumentException("a step of " + step + " is not within 0..2^32-1");
      }
      this.longestStep = step;
      return this;
    }

    /**
     * Sets where challenges, dedicated keys and the secret numbers of signatures come from.
     *
     * @param source the source; a new {@link SecureRandom} unless told otherwise
     * @return this
     */
    public Builder random(SecureRandom source) {
      this.random = source;
      return this;
    }

    /**
     * Sets whose AES-GCM is used.
     *
     * @param used the engine
     * @return this
     */
    public Builder engine(CipherEngine used) {
      this.engine = used;
      return this;
    }

    /**
     * Takes answers that are encrypted and have no tag, which anybody can change on the way.
     *
     * @return this
     */
    public Builder acceptEncryptionOnly() {
      this.acceptsEncryptionOnly = true;
      return this;
    }

    /**
     * Makes the security, and asks the provider for the keys.
     *
     * @return an immutable value
     * @throws IllegalArgumentException if the settings do not go together
     */
    public ClientSecurity build() {
      requireSense();
      return new ClientSecurity(this);
    }

    private void requireSense() {
      boolean ciphers = !protection.isEmpty();
      if (!ciphers && mechanism == null) {
        throw new IllegalArgumentException("neither authentication nor ciphering is asked for");
      }
      if (mechanism == HlsMechanism.MANUFACTURER && function == null) {
        throw new IllegalArgumentException("mechanism 2 needs the manufacturer's function");
      }
      if (ring == null && provider == null && (ciphers || function == null)) {
        throw new IllegalArgumentException("there are no keys");
      }
      if (provider != null && (server == null || systemTitle == null)) {
        throw new IllegalArgumentException(
            "a provider finds keys by both system titles: set the server's");
      }
      if (ciphers && protection.equals(Set.of(Protection.SIGNED))) {
        throw new IllegalArgumentException("signed messages are ciphered as well here");
      }
      if ((ciphers || mechanism == HlsMechanism.GMAC) && counters == null) {
        throw new IllegalArgumentException(
            "there is no store of invocation counters, without which nonces would be repeated");
      }
      if (key == KeyKind.SIGNATURE) {
        throw new IllegalArgumentException("a signing key does not cipher");
      }
      if ((key == KeyKind.AGREED_ONE_PASS || key == KeyKind.AGREED_STATIC) && server == null) {
        throw new IllegalArgumentException(
            "an agreed key is made of both system titles: set the server's");
      }
      requireForm();
      requireKeys();
    }

    private void requireForm() {
      boolean general = form() == CipheringForm.GENERAL_CIPHERING;
      boolean passing =
          key == KeyKind.WRAPPED || key == KeyKind.AGREED_ONE_PASS || key == KeyKind.AGREED_STATIC;
      if ((passing && !general) || (key == KeyKind.DEDICATED && general)) {
        throw new IllegalArgumentException("there is no " + form() + " with a " + key + " key");
      }
    }

    /** What can be said of keys that are there already. */
    private void requireKeys() {
      KeyRing given = ring;
      if (given == null) {
        return;
      }
      boolean unicast =
          mechanism == HlsMechanism.GMAC
              || (!protection.isEmpty()
                  && (key == KeyKind.GLOBAL_UNICAST || key == KeyKind.DEDICATED));
      if (unicast && given.unicastKey() == null) {
        throw new IllegalArgumentException("there is no global unicast encryption key");
      }
      if (protection.contains(Protection.SIGNED) && given.signingKey() == null) {
        throw new IllegalArgumentException("there is no signing key");
      }
    }

    private CipheringForm form() {
      CipheringForm chosen = form;
      if (chosen != null) {
        return chosen;
      }
      return switch (key) {
        case WRAPPED, AGREED_ONE_PASS, AGREED_STATIC -> CipheringForm.GENERAL_CIPHERING;
        default -> CipheringForm.SERVICE_SPECIFIC;
      };
    }

    private CompletableFuture<KeyRing> keys() {
      KeyProvider of = provider;
      SystemTitle own = systemTitle;
      SystemTitle peer = server;
      if (of != null && own != null && peer != null) {
        return of.keysFor(own, peer).toCompletableFuture();
      }
      KeyRing given = ring;
      return CompletableFuture.completedFuture(
          given == null ? KeyRing.builder(SecuritySuite.SUITE_0).build() : given);
    }
  }
}
