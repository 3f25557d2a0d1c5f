package io.dlms4j.cosem.association;

import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.security.CipherEngine;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link NotificationReceiver} takes notifications; made by {@link #builder}. Immutable, for
 * any number of receivers.
 */
public final class NotificationReceiverConfig {
  /**
   * What is needed to remove protection.
   *
   * @param own the title of this side
   * @param least what a protected notification must have at least
   */
  record Security(
      SystemTitle own,
      InvocationCounterStore counters,
      SecureRandom random,
      CipherEngine engine,
      @Nullable InvocationCounterStore passingKeys,
      Set<Protection> least) {}

  private final ApduCodec codec;
  private final GeneralBlockTransferConfig blocks;
  private final ReassemblyBudget budget;
  private final @Nullable Security security;
  private final boolean plain;
  private final Duration keyTimeout;

  private NotificationReceiverConfig(Builder builder) {
    codec = new ApduCodec(builder.limits, Set.of());
    blocks =
        new GeneralBlockTransferConfig(
            builder.window, builder.blockTimeout, builder.retries, builder.maxOctets, false);
    budget = builder.budget;
    keyTimeout = builder.keyTimeout;
    SystemTitle own = builder.own;
    InvocationCounterStore counters = builder.counters;
    SecureRandom random = builder.random;
    security =
        own == null || counters == null || random == null
            ? null
            : new Security(
                own, counters, random, builder.engine, builder.passingKeys, builder.least);
    plain = builder.plain || security == null;
  }

  /**
   * Begins a configuration that takes notifications in clear only.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  ApduCodec codec() {
    return codec;
  }

  GeneralBlockTransferConfig blocks() {
    return blocks;
  }

  ReassemblyBudget budget() {
    return budget;
  }

  @Nullable Security security() {
    return security;
  }

  boolean takesPlain() {
    return plain;
  }

  Duration keyTimeout() {
    return keyTimeout;
  }

  /** Puts a configuration together. */
  public static final class Builder {
    private DecodeLimits limits = DecodeLimits.DEFAULT;
    private int window = GeneralBlockTransferConfig.WINDOW;
    private Duration blockTimeout = Duration.ofSeconds(10);
    private int retries = GeneralBlockTransferConfig.RETRIES;
    private int maxOctets = 1 << 20;
    private ReassemblyBudget budget = new ReassemblyBudget(64L << 20);
    private Duration keyTimeout = Duration.ofSeconds(30);
    private @Nullable SystemTitle own;
    private @Nullable InvocationCounterStore counters;
    private @Nullable SecureRandom random;
    private CipherEngine engine = CipherEngine.JDK;
    private @Nullable InvocationCounterStore passingKeys;
    private Set<Protection> least = Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED);
    private boolean plain;

    private Builder() {}

    /**
     * Takes protected notifications, and none in clear unless {@link #acceptPlain} is called.
     *
     * @param ownTitle the title of this side
     * @param counterStore remembers which invocation counters have come, so that nothing is taken
     *     twice
     * @param secureRandom for confirmations with new keys
     * @return this
     */
    public Builder security(
        SystemTitle ownTitle, InvocationCounterStore counterStore, SecureRandom secureRandom) {
      this.own = ownTitle;
      this.counters = counterStore;
      this.random = secureRandom;
      return this;
    }

    /**
     * Sets how well a protected notification must be protected at least. Without this call:
     * authenticated and encrypted.
     *
     * @param protection what it must have, the authentication at least
     * @return this
     * @throws IllegalArgumentException if it need be neither authenticated nor signed
     */
    public Builder least(Set<Protection> protection) {
      if (!protection.contains(Protection.AUTHENTICATED)
          && !protection.contains(Protection.SIGNED)) {
        throw new IllegalArgumentException(
            "without authentication or a signature a notification proves nothing");
      }
      this.least = Set.copyOf(protection);
      return this;
    }

    /**
     * Takes notifications in clear, too: anybody who reaches this side can send one.
     *
     * @return this
     */
    public Builder acceptPlain() {
      this.plain = true;
      return this;
    }

    /**
     * Takes general-ciphering with wrapped and agreed keys, which no invocation counter protects
     * from being sent again. Without this call it is refused.
     *
     * @param store remembers the keys that have come, and must last as long as they could come
     *     again
     * @return this
     */
    public Builder passingKeys(InvocationCounterStore store) {
      this.passingKeys = store;
      return this;
    }

    /**
     * Sets whose AES-GCM is used; the default is {@link CipherEngine#JDK}.
     *
     * @param cipherEngine the engine
     * @return this
     */
    public Builder engine(CipherEngine cipherEngine) {
      this.engine = cipherEngine;
      return this;
    }

    /**
     * Sets how long the keys of a peer may take to be found. Without this call: thirty seconds.
     *
     * @param timeout more than zero, up to a day
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder keyTimeout(Duration timeout) {
      this.keyTimeout = GeneralBlockTransferConfig.requireTimeout(timeout);
      return this;
    }

    /**
     * Sets what decoders put up with.
     *
     * @param decodeLimits the limits
     * @return this
     */
    public Builder limits(DecodeLimits decodeLimits) {
      this.limits = decodeLimits;
      return this;
    }

    /**
     * Sets how many blocks are taken in one go. Without this call: 16.
     *
     * @param blocks 1..63
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder window(int blocks) {
      this.window = GeneralBlockTransferConfig.requireWindow(blocks);
      return this;
    }

    /**
     * Sets how long the next block is waited for. Without this call: ten seconds, and three times
     * more.
     *
     * @param timeout more than zero, up to a day
     * @param moreTries how often it is asked for again, 0..100
     * @return this
     * @throws IllegalArgumentException if the time-out is out of range
     */
    public Builder blockTimeout(Duration timeout, int moreTries) {
      this.blockTimeout = GeneralBlockTransferConfig.requireTimeout(timeout);
      this.retries = moreTries;
      return this;
    }

    /**
     * Sets how long a notification in blocks may be. Without this call: 1 MiB.
     *
     * @param octets octets of the whole APDU
     * @return this
     */
    public Builder maxOctets(int octets) {
      this.maxOctets = octets;
      return this;
    }

    /**
     * Sets how many octets of unfinished notifications may be kept by all receivers of this
     * configuration. Without this call: 64 MiB.
     *
     * @param shared the budget
     * @return this
     */
    public Builder budget(ReassemblyBudget shared) {
      this.budget = shared;
      return this;
    }

    /**
     * The configuration.
     *
     * @return an immutable value
     * @throws IllegalArgumentException if a setting is out of its range
     */
    public NotificationReceiverConfig build() {
      return new NotificationReceiverConfig(this);
    }
  }
}
