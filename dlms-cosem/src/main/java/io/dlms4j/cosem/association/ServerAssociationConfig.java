package io.dlms4j.cosem.association;

import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.acse.MechanismName;
import io.dlms4j.cosem.apdu.Quirk;
import io.dlms4j.cosem.security.Password;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a server offers in one association: immutable, made by a {@link Builder}. */
public final class ServerAssociationConfig {
  private final ApplicationContextName applicationContextName;
  private final @Nullable Supplier<Password> password;
  private final @Nullable ServerSecurity security;
  private final Duration openingTimeout;
  private final Set<Integer> users;
  private final Set<Conformance> conformance;
  private final int maxReceivePduSize;
  private final int maxSendPduSize;
  private final int maxOutstandingRequests;
  private final int maxRequestOctets;
  private final GeneralBlockTransferConfig generalBlockTransfer;
  private final Set<Quirk> quirks;
  private final DecodeLimits limits;

  private ServerAssociationConfig(Builder builder) {
    this.applicationContextName = builder.applicationContextName();
    this.password = builder.password;
    this.security = builder.security;
    this.openingTimeout = builder.openingTimeout;
    this.users = Set.copyOf(builder.users);
    this.conformance = builder.conformanceOfContext();
    this.maxReceivePduSize = builder.maxReceivePduSize;
    this.maxSendPduSize = builder.maxSendPduSize;
    this.maxOutstandingRequests = builder.maxOutstandingRequests;
    this.maxRequestOctets = builder.maxRequestOctets;
    this.generalBlockTransfer =
        new GeneralBlockTransferConfig(
            builder.blockTransferWindow,
            builder.blockTransferTimeout,
            GeneralBlockTransferConfig.RETRIES,
            builder.maxRequestOctets,
            false);
    this.quirks = Set.copyOf(builder.quirks);
    this.limits = builder.limits;
  }

  /**
   * Begins with GET with blocks, and PDUs of 1007 octets. How the client authenticates itself has
   * to be said: by {@link Builder#lowestLevelSecurity}, {@link Builder#lowLevelSecurity(Password)}
   * or {@link Builder#security}.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How objects are referenced.
   *
   * @return the application context name
   */
  public ApplicationContextName applicationContextName() {
    return applicationContextName;
  }

  /**
   * How the client has to authenticate itself.
   *
   * @return the mechanism of high level security if there is one, low level security if there is a
   *     password, else lowest level security
   */
  public MechanismName mechanismName() {
    if (security != null && !security.hls().isNone()) {
      return security.hls().mechanismName();
    }
    return password == null ? MechanismName.LOWEST : MechanismName.LOW_LEVEL_SECURITY;
  }

  /**
   * The secret of low level security.
   *
   * @return the password at present, or null if it is not what authenticates the client
   */
  public @Nullable Password password() {
    Supplier<Password> current = password;
    return current == null ? null : current.get();
  }

  /**
   * High level security and the protection of messages.
   *
   * @return the security, or null if there is neither
   */
  public @Nullable ServerSecurity security() {
    return security;
  }

  /**
   * How long an association may take from its AARQ to its last pass.
   *
   * @return the time-out
   */
  public Duration openingTimeout() {
    return openingTimeout;
  }

  /**
   * The users who may be behind the client: the user_ids of the user_list of an Association object
   * (Blue Book, user_list).
   *
   * @return numbers within 0..255; empty if the server does not ask who it is
   */
  public Set<Integer> users() {
    return users;
  }

  /**
   * The services that the server can do here.
   *
   * @return the conformance bits
   */
  public Set<Conformance> conformance() {
    return conformance;
  }

  /**
   * The longest APDU that the server takes.
   *
   * @return octets, as the InitiateResponse tells
   */
  public int maxReceivePduSize() {
    return maxReceivePduSize;
  }

  /**
   * The longest APDU that the server sends, if the client takes it.
   *
   * @return octets
   */
  public int maxSendPduSize() {
    return maxSendPduSize;
  }

  /**
   * How many requests of the client the server keeps in mind at once. One more, and it forgets the
   * oldest: a client that asks on has given that up.
   *
   * @return 1..16
   */
  public int maxOutstandingRequests() {
    return maxOutstandingRequests;
  }

  /**
   * The longest request that the server takes in blocks.
   *
   * @return octets of values or parameters; of the whole APDU with general block transfer
   */
  public int maxRequestOctets() {
    return maxRequestOctets;
  }

  /**
   * Block_Transfer_Window: how many blocks of general block transfer the server takes in one go
   * (Green Book 9.4.6.13).
   *
   * @return 1..63
   */
  public int blockTransferWindow() {
    return generalBlockTransfer.window();
  }

  /**
   * How long the server waits before it sends the block of a notification once more, which it does
   * three times, as with the first block of an answer. After four times as long without a word from
   * the client, a transfer is over.
   *
   * @return the time-out
   */
  public Duration blockTransferTimeout() {
    return generalBlockTransfer.timeout();
  }

  GeneralBlockTransferConfig generalBlockTransfer() {
    return generalBlockTransfer;
  }

  /**
   * Habits to imitate.
   *
   * @return the quirks
   */
  public Set<Quirk> quirks() {
    return quirks;
  }

  /**
   * What the decoders put up with.
   *
   * @return the limits
   */
  public DecodeLimits limits() {
    return limits;
  }

  /** Makes a {@link ServerAssociationConfig}. */
  public static final class Builder {
    /**
     * Below this there is no room for an AARE: Green Book 9.4.2.2, the least
     * client-max-receive-pdu-size.
     */
    private static final int LEAST_PDU_SIZE = 12;

    private boolean shortNames;
    private boolean lowestLevel;
    private @Nullable Supplier<Password> password;
    private @Nullable ServerSecurity security;
    private Duration openingTimeout = Duration.ofSeconds(30);
    private Set<Integer> users = Set.of();
    private @Nullable Set<Conformance> conformance;
    private int maxReceivePduSize = 1007;
    private int maxSendPduSize = 1007;
    private int maxOutstandingRequests = 16;
    private int maxRequestOctets = 1 << 18;
    private int blockTransferWindow = GeneralBlockTransferConfig.WINDOW;
    private Duration blockTransferTimeout = Duration.ofSeconds(3);
    private Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    private DecodeLimits limits = DecodeLimits.DEFAULT;

    private Builder() {}

    /**
     * References objects by short names. Unless told otherwise, the server then does Read with
     * blocks.
     *
     * @return this
     */
    public Builder shortNames() {
      this.shortNames = true;
      return this;
    }

    /**
     * Lets the client come without authentication, and with everything in clear: for what anybody
     * on the line may know and do.
     *
     * @return this
     */
    public Builder lowestLevelSecurity() {
      this.lowestLevel = true;
      return this;
    }

    /**
     * Asks for low level security: the password goes over the line in clear, unless messages are
     * ciphered.
     *
     * @param secret the password
     * @return this
     */
    public Builder lowLevelSecurity(Password secret) {
      return lowLevelSecurity(() -> secret);
    }

    /**
     * Asks for low level security, with a password that may change (Blue Book 4.4.4, LLS_secret).
     *
     * @param secret asked at every AARQ
     * @return this
     */
    public Builder lowLevelSecurity(Supplier<Password> secret) {
      this.password = secret;
      return this;
    }

    /**
     * Asks for high level security, for protected messages, or both. Together with a password only
     * if the security has no mechanism of its own.
     *
     * @param by the security
     * @return this
     */
    public Builder security(ServerSecurity by) {
      this.security = by;
      return this;
    }

    /**
     * Sets how long an association may take from its AARQ to its last pass, the finding of keys
     * included; 30 seconds unless told otherwise.
     *
     * @param timeout more than zero, a day at the most
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder openingTimeout(Duration timeout) {
      this.openingTimeout = GeneralBlockTransferConfig.requireTimeout(timeout);
      return this;
    }

    /**
     * Asks who is behind the client: its AARQ must have the number of one of these users as
     * calling-AE-invocation-id.
     *
     * @param ids numbers within 0..255; if there are none, everybody may come
     * @return this
     * @throws IllegalArgumentException if a number is out of range
     */
    public Builder users(Set<Integer> ids) {
      for (int id : ids) {
        ContextServices.requireUser(id);
      }
      this.users = Set.copyOf(ids);
      return this;
    }

    /**
     * Sets the services that the server can do here.
     *
     * @param services the conformance bits; those that this library cannot do yet are the caller's
     *     error
     * @return this
     */
    public Builder conformance(Set<Conformance> services) {
      this.conformance = Set.copyOf(services);
      return this;
    }

    /**
     * Sets the longest APDU that the server takes.
     *
     * @param octets 12..65535
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxReceivePduSize(int octets) {
      this.maxReceivePduSize = requirePduSize(octets);
      return this;
    }

    /**
     * Sets the longest APDU that the server sends.
     *
     * @param octets 12..65535
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxSendPduSize(int octets) {
      this.maxSendPduSize = requirePduSize(octets);
      return this;
    }

    /**
     * Sets how many requests of the client the server keeps in mind at once; 16 unless told
     * otherwise.
     *
     * @param requests 1..16, the number of invoke-ids
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxOutstandingRequests(int requests) {
      if (requests < 1 || requests > 16) {
        throw new IllegalArgumentException(requests + " outstanding requests are not within 1..16");
      }
      this.maxOutstandingRequests = requests;
      return this;
    }

    /**
     * Sets the longest request that the server takes in blocks; 256 KiB unless told otherwise. So
     * much memory may be held for each request that is outstanding.
     *
     * @param octets octets of values or parameters, or of the whole APDU with general block
     *     transfer; 1 or more
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxRequestOctets(int octets) {
      if (octets < 1) {
        throw new IllegalArgumentException("a request of " + octets + " octets at the most");
      }
      this.maxRequestOctets = octets;
      return this;
    }

    /**
     * Sets the Block_Transfer_Window: how many blocks of general block transfer the server takes in
     * one go; 16 unless told otherwise. General block transfer is used where the conformance has it
     * on both sides: for the answer to a request that came so, for notifications that are too long
     * for the client, and for answers that are, if their service has no blocks of its own (ACCESS)
     * or those were not agreed on.
     *
     * @param blocks 1..63
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder blockTransferWindow(int blocks) {
      this.blockTransferWindow = GeneralBlockTransferConfig.requireWindow(blocks);
      return this;
    }

    /**
     * Sets how long the server waits for the client before it sends a block once more; three
     * seconds unless told otherwise. It should be longer than a block is on the line.
     *
     * @param timeout more than zero, a day at the most
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder blockTransferTimeout(Duration timeout) {
      this.blockTransferTimeout = GeneralBlockTransferConfig.requireTimeout(timeout);
      return this;
    }

    /**
     * Imitates habits of some meters.
     *
     * @param habits which
     * @return this
     */
    public Builder quirks(Set<Quirk> habits) {
      this.quirks = Set.copyOf(habits);
      return this;
    }

    /**
     * Sets what the decoders put up with.
     *
     * @param decodeLimits the limits
     * @return this
     */
    public Builder limits(DecodeLimits decodeLimits) {
      this.limits = decodeLimits;
      return this;
    }

    /**
     * Makes the configuration.
     *
     * @return an immutable value
     * @throws IllegalArgumentException if a service cannot be had with the names that are used
     *     here, or both a password and high level security are to authenticate the client
     */
    public ServerAssociationConfig build() {
      if (!lowestLevel && password == null && security == null) {
        throw new IllegalArgumentException(
            "say how the client authenticates itself; lowestLevelSecurity() if not at all");
      }
      return new ServerAssociationConfig(this);
    }

    private ApplicationContextName applicationContextName() {
      if (password != null && security != null && security.mechanism() != null) {
        throw new IllegalArgumentException(
            "both a password and the HLS mechanism "
                + security.mechanism()
                + " are to authenticate the client");
      }
      return ContextServices.context(shortNames, security != null && security.isCiphered());
    }

    private Set<Conformance> conformanceOfContext() {
      Set<Conformance> usual =
          Set.of(
              shortNames ? Conformance.READ : Conformance.GET,
              Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ);
      return ContextServices.require(
          conformance == null ? usual : conformance, applicationContextName());
    }

    private static int requirePduSize(int octets) {
      if (octets < LEAST_PDU_SIZE || octets > 0xFFFF) {
        throw new IllegalArgumentException(
            "a PDU size of " + octets + " octets is not within " + LEAST_PDU_SIZE + "..65535");
      }
      return octets;
    }
  }
}
