package io.dlms4j.cosem.association;

import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.CipherEngine;
import io.dlms4j.cosem.security.HlsFunction;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.SecureRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a server has its client authenticate itself by high level security, and the least protection
 * of messages: immutable, made by a {@link Builder}. What is set here is pinned: a client that asks
 * for another mechanism or context, or sends what is protected less, is refused.
 *
 * <p>The keys are asked for at every AARQ with {@link ServerAssociationEvent.KeysWanted}. For all
 * threads.
 */
public final class ServerSecurity {
  private final SystemTitle systemTitle;
  private final HlsChoice hls;
  private final @Nullable Supplier<KeyMaterial> secret;
  private final @Nullable Supplier<SecurityPolicy> policy;
  private final @Nullable InvocationCounterStore counters;
  private final InvocationCounterStore passingKeys;
  private final SecureRandom random;
  private final CipherEngine engine;
  private final boolean acceptsEncryptionOnly;

  private ServerSecurity(Builder builder) {
    this.systemTitle = builder.systemTitle;
    this.hls =
        new HlsChoice(
            builder.mechanism,
            builder.function,
            HlsChoice.challengeLength(builder.mechanism, builder.challengeLength));
    this.secret = builder.secret;
    this.policy = builder.policy;
    this.counters = builder.counters;
    InvocationCounterStore memory = builder.passingKeys;
    this.passingKeys = memory == null ? new InMemoryInvocationCounterStore() : memory;
    this.random = builder.random;
    this.engine = builder.engine;
    this.acceptsEncryptionOnly = builder.acceptsEncryptionOnly;
  }

  /**
   * Begins the security of a server.
   *
   * @param systemTitle the server's, which goes out as responding-AP-title
   * @return a builder
   */
  public static Builder builder(SystemTitle systemTitle) {
    return new Builder(systemTitle);
  }

  /**
   * Who the server is.
   *
   * @return its system title
   */
  public SystemTitle systemTitle() {
    return systemTitle;
  }

  /**
   * How the two authenticate each other.
   *
   * @return the mechanism, or null if not by high level security
   */
  public @Nullable HlsMechanism mechanism() {
    return hls.mechanism();
  }

  /**
   * Whether the application context is one with ciphering.
   *
   * @return true if there is a policy
   */
  public boolean isCiphered() {
    return policy != null;
  }

  /**
   * The least protection of messages at present.
   *
   * @return the policy; {@link SecurityPolicy#NONE} in a context without ciphering
   */
  public SecurityPolicy policy() {
    Supplier<SecurityPolicy> current = policy;
    return current == null ? SecurityPolicy.NONE : current.get();
  }

  HlsChoice hls() {
    return hls;
  }

  SecureRandom random() {
    return random;
  }

  @Nullable KeyMaterial secret() {
    Supplier<KeyMaterial> current = secret;
    return current == null ? null : current.get();
  }

  /** Whether an association needs keys that only the client's system title tells. */
  boolean needsKeys() {
    HlsMechanism by = hls.mechanism();
    return isCiphered()
        || by == HlsMechanism.GMAC
        || by == HlsMechanism.ECDSA
        || (by != null && by != HlsMechanism.MANUFACTURER && secret == null);
  }

  /** The protection towards a client. */
  ApduProtection protection(KeyRing keys, SystemTitle client) {
    KeyMaterial ofAssociation = secret();
    KeyRing all = ofAssociation == null ? keys : keys.toBuilder().hlsSecret(ofAssociation).build();
    InvocationCounterStore store = counters;
    ApduProtection.Builder builder =
        ApduProtection.builder(
            all, systemTitle, client, store == null ? NoCounters.INSTANCE : store, random);
    if (acceptsEncryptionOnly) {
      builder.acceptEncryptionOnly();
    }
    return builder.engine(engine).passingKeys(passingKeys).build();
  }

  /** Makes a {@link ServerSecurity}. */
  public static final class Builder {
    private final SystemTitle systemTitle;
    private @Nullable HlsMechanism mechanism;
    private @Nullable HlsFunction function;
    private @Nullable Integer challengeLength;
    private @Nullable Supplier<KeyMaterial> secret;
    private @Nullable Supplier<SecurityPolicy> policy;
    private @Nullable InvocationCounterStore counters;
    private @Nullable InvocationCounterStore passingKeys;
    private SecureRandom random = new SecureRandom();
    private CipherEngine engine = CipherEngine.JDK;
    private boolean acceptsEncryptionOnly;

    private Builder(SystemTitle systemTitle) {
      this.systemTitle = systemTitle;
    }

    /**
     * Has both sides authenticated by high level security, mechanism 3 to 7.
     *
     * @param by the mechanism
     * @return this
     */
    public Builder authentication(HlsMechanism by) {
      this.mechanism = by;
      return this;
    }

    /**
     * Has both sides authenticated by high level security, mechanism 2.
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
     * Sets the secret of the mechanisms 3, 4 and 6, which belongs to the Association object (Blue
     * Book 4.4.4, attribute secret). Without this call it is the one among the keys.
     *
     * @param current asked at every AARQ
     * @return this
     */
    public Builder secret(Supplier<KeyMaterial> current) {
      this.secret = current;
      return this;
    }

    /**
     * Sets how long the server's challenge is; 16 octets unless told otherwise, with ECDSA 32.
     *
     * @param octets 8..64, with ECDSA 32..64
     * @return this
     */
    public Builder challengeLength(int octets) {
      this.challengeLength = octets;
      return this;
    }

    /**
     * Insists on an application context with ciphering, and on the least protection of messages.
     *
     * @param current the policy, asked for every message, so that a new one counts at once
     * @return this
     */
    public Builder ciphering(Supplier<SecurityPolicy> current) {
      this.policy = current;
      return this;
    }

    /**
     * Sets who keeps the invocation counters. There is no default: counters that begin anew with
     * each process repeat nonces, and let messages through that were sent before.
     *
     * @param store the store
     * @return this
     */
    public Builder counters(InvocationCounterStore store) {
      this.counters = store;
      return this;
    }

    /**
     * Sets what remembers wrapped and agreed keys that have been received, each of which protects
     * one request: nothing else tells a request from one that was recorded in an association
     * before. Unless told otherwise it ends with this security, is shared by its associations, and
     * holds 65,536 keys, after which further ones are refused. Where associations of one device
     * share keys, let them share this too; let it be kept in a file if such keys are in use.
     *
     * @param memory the store
     * @return this
     */
    public Builder passingKeys(InvocationCounterStore memory) {
      this.passingKeys = memory;
      return this;
    }

    /**
     * Sets where challenges and the secret numbers of signatures come from.
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
     * Takes requests that are encrypted and have no tag, which anybody can change on the way.
     *
     * @return this
     */
    public Builder acceptEncryptionOnly() {
      this.acceptsEncryptionOnly = true;
      return this;
    }

    /**
     * Makes the security.
     *
     * @return an immutable value
     * @throws IllegalArgumentException if the settings do not go together
     */
    public ServerSecurity build() {
      if (policy == null && mechanism == null) {
        throw new IllegalArgumentException("neither authentication nor ciphering is asked for");
      }
      if (mechanism == HlsMechanism.MANUFACTURER && function == null) {
        throw new IllegalArgumentException("mechanism 2 needs the manufacturer's function");
      }
      if ((policy != null || mechanism == HlsMechanism.GMAC) && counters == null) {
        throw new IllegalArgumentException(
            "there is no store of invocation counters, without which nonces would be repeated");
      }
      return new ServerSecurity(this);
    }
  }
}
