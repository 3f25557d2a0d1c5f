package io.dlms4j.cosem.association;

import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.cosem.security.SystemTitle;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client asks for in an association: immutable, made by a {@link Builder}. */
public final class ClientAssociationConfig {
  private final ApplicationContextName applicationContextName;
  private final ApplicationEntity calling;
  private final boolean confirmedAssociation;
  private final @Nullable Integer proposedQualityOfService;
  private final @Nullable Password password;
  private final @Nullable ClientSecurity security;
  private final Set<Conformance> conformance;
  private final int maxReceivePduSize;
  private final boolean highPriority;
  private final boolean confirmedServiceClass;
  private final Duration responseTimeout;
  private final int maxOutstandingRequests;
  private final GeneralBlockTransferConfig generalBlockTransfer;
  private final DecodeLimits limits;

  private ClientAssociationConfig(Builder builder) {
    this.applicationContextName = builder.applicationContextName();
    this.calling = builder.calling();
    this.confirmedAssociation = builder.confirmedAssociation;
    this.proposedQualityOfService = builder.proposedQualityOfService;
    this.password = builder.password;
    this.security = builder.security;
    this.conformance = builder.conformanceOfContext();
    this.maxReceivePduSize = builder.maxReceivePduSize;
    this.highPriority = builder.highPriority;
    this.confirmedServiceClass = builder.confirmedServiceClass;
    this.responseTimeout = builder.responseTimeout;
    this.maxOutstandingRequests = builder.maxOutstandingRequests;
    this.generalBlockTransfer = builder.generalBlockTransfer();
    this.limits = builder.limits;
  }

  /**
   * Begins with no authentication, GET (with short names Read) and its blocks, PDUs of up to 65535
   * octets, high priority and ten seconds for each answer. Other services have to be {@linkplain
   * Builder#conformance proposed}.
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
   * Who the client says it is.
   *
   * @return title, qualifier and invocation ids, of which any may be absent
   */
  public ApplicationEntity calling() {
    return calling;
  }

  /**
   * Whether the server is asked for an answer to the AARQ (Green Book 9.3.2).
   *
   * @return response-allowed of the InitiateRequest
   */
  public boolean confirmedAssociation() {
    return confirmedAssociation;
  }

  /**
   * The quality of service that the client proposes.
   *
   * @return -128..127; null if there is none
   */
  public @Nullable Integer proposedQualityOfService() {
    return proposedQualityOfService;
  }

  /**
   * The secret of low level security.
   *
   * @return the password, or null if the client does not authenticate itself
   */
  public @Nullable Password password() {
    return password;
  }

  /**
   * High level security and the protection of messages.
   *
   * @return the security, or null if there is neither
   */
  public @Nullable ClientSecurity security() {
    return security;
  }

  /**
   * The services that the client proposes.
   *
   * @return the conformance bits
   */
  public Set<Conformance> conformance() {
    return conformance;
  }

  /**
   * The longest APDU that the client takes.
   *
   * @return octets; 0 is no limit
   */
  public int maxReceivePduSize() {
    return maxReceivePduSize;
  }

  /**
   * Whether requests are sent with high priority.
   *
   * @return bit 7 of invoke-id-and-priority
   */
  public boolean highPriority() {
    return highPriority;
  }

  /**
   * Whether the GET is sent with the confirmed service class. It is answered all the same; some
   * clients leave the bit out. Other services have it as {@link RequestOptions#confirmed} says.
   *
   * @return bit 6 of invoke-id-and-priority
   */
  public boolean confirmedServiceClass() {
    return confirmedServiceClass;
  }

  /**
   * How long an answer may take, for each APDU that is waited for.
   *
   * @return the time-out
   */
  public Duration responseTimeout() {
    return responseTimeout;
  }

  /**
   * How many requests may be under way at once. With short names, and where general block transfer
   * has been agreed on, there is never more than one.
   *
   * @return 1..16
   */
  public int maxOutstandingRequests() {
    return maxOutstandingRequests;
  }

  /**
   * Block_Transfer_Window: how many blocks of general block transfer the client takes in one go
   * (Green Book 9.4.6.13).
   *
   * @return 1..63
   */
  public int blockTransferWindow() {
    return generalBlockTransfer.window();
  }

  /**
   * How long the client waits for a block of general block transfer before it asks again, which it
   * does three times.
   *
   * @return the time-out
   */
  public Duration blockTransferTimeout() {
    return generalBlockTransfer.timeout();
  }

  /**
   * Whether general block transfer is used, where it has been agreed on, also by services that have
   * blocks of their own.
   *
   * @return true if that was preferred, and objects are not referenced by short names
   */
  public boolean prefersGeneralBlockTransfer() {
    return generalBlockTransfer.requestsInBlocks();
  }

  GeneralBlockTransferConfig generalBlockTransfer() {
    return generalBlockTransfer;
  }

  /**
   * What the decoders put up with. The limit of octets also holds for a whole value in blocks.
   *
   * @return the limits
   */
  public DecodeLimits limits() {
    return limits;
  }

  /** Makes a {@link ClientAssociationConfig}. */
  public static final class Builder {
    private static final Set<Conformance> WITH_LOGICAL_NAMES =
        Set.of(
            Conformance.GET,
            Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
            Conformance.SELECTIVE_ACCESS,
            Conformance.PRIORITY_MGMT_SUPPORTED);

    private static final Set<Conformance> WITH_SHORT_NAMES =
        Set.of(
            Conformance.READ,
            Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
            Conformance.PARAMETERIZED_ACCESS);

    private boolean shortNames;
    private ApplicationEntity calling = ApplicationEntity.UNNAMED;
    private boolean confirmedAssociation = true;
    private @Nullable Integer proposedQualityOfService;
    private @Nullable Password password;
    private @Nullable ClientSecurity security;
    private @Nullable Set<Conformance> conformance;
    private int maxReceivePduSize = 0xFFFF;
    private boolean highPriority = true;
    private boolean confirmedServiceClass = true;
    private Duration responseTimeout = Duration.ofSeconds(10);
    private int maxOutstandingRequests = 1;
    private int blockTransferWindow = GeneralBlockTransferConfig.WINDOW;
    private @Nullable Duration blockTransferTimeout;
    private boolean prefersGeneralBlockTransfer;
    private DecodeLimits limits = DecodeLimits.DEFAULT;

    private Builder() {}

    /**
     * References objects by short names. Unless told otherwise, the client then proposes Read with
     * blocks and parameterised access.
     *
     * @return this
     */
    public Builder shortNames() {
      this.shortNames = true;
      return this;
    }

    /**
     * Names the client by a system title, in calling-AP-title.
     *
     * @param octets eight octets (Green Book 4.3)
     * @return this
     * @throws IllegalArgumentException if there are not eight
     */
    public Builder systemTitle(Octets octets) {
      if (octets.length() != ContextServices.SYSTEM_TITLE_LENGTH) {
        throw new IllegalArgumentException(
            "a system title has "
                + ContextServices.SYSTEM_TITLE_LENGTH
                + " octets, not "
                + octets.length());
      }
      this.calling = calling.withApTitle(octets);
      return this;
    }

    /**
     * Names the user who is behind the client, in calling-AE-invocation-id.
     *
     * @param id 0..255
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder user(int id) {
      this.calling = calling.withAeInvocationId(ContextServices.requireUser(id));
      return this;
    }

    /**
     * Asks for an unconfirmed association: the server sends no AARE, the client takes what it
     * proposes for granted, and only unconfirmed services may be used (Green Book 9.3.2).
     *
     * @return this
     */
    public Builder unconfirmedAssociation() {
      this.confirmedAssociation = false;
      return this;
    }

    /**
     * Proposes a quality of service. DLMS/COSEM makes no use of it.
     *
     * @param quality -128..127
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder proposedQualityOfService(int quality) {
      if (quality < Byte.MIN_VALUE || quality > Byte.MAX_VALUE) {
        throw new IllegalArgumentException(
            "a quality of service of " + quality + " is not within -128..127");
      }
      this.proposedQualityOfService = quality;
      return this;
    }

    /**
     * Authenticates the client by low level security.
     *
     * @param secret the password
     * @return this
     */
    public Builder lowLevelSecurity(Password secret) {
      this.password = secret;
      return this;
    }

    /**
     * Authenticates both sides by high level security, protects messages, or both. The client's
     * system title is that of the security. Together with a password only if the security has no
     * mechanism of its own.
     *
     * @param by the security
     * @return this
     */
    public Builder security(ClientSecurity by) {
      this.security = by;
      return this;
    }

    /**
     * Sets the services to propose. Where messages are ciphered, general protection is proposed as
     * well.
     *
     * @param services the conformance bits
     * @return this
     */
    public Builder conformance(Set<Conformance> services) {
      this.conformance = Set.copyOf(services);
      return this;
    }

    /**
     * Sets the longest APDU that the client takes.
     *
     * @param octets 12..65535, or 0 for no limit
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxReceivePduSize(int octets) {
      if (octets != 0 && (octets < 12 || octets > 0xFFFF)) {
        throw new IllegalArgumentException(
            "a PDU size of " + octets + " octets is neither 0 nor within 12..65535");
      }
      this.maxReceivePduSize = octets;
      return this;
    }

    /**
     * Sets the priority of requests.
     *
     * @param high whether it is high
     * @return this
     */
    public Builder highPriority(boolean high) {
      this.highPriority = high;
      return this;
    }

    /**
     * Sets the service class of requests. A GET is answered either way; some clients leave the bit
     * clear.
     *
     * @param confirmed whether it is confirmed
     * @return this
     */
    public Builder confirmedServiceClass(boolean confirmed) {
      this.confirmedServiceClass = confirmed;
      return this;
    }

    /**
     * Sets how long an answer may take.
     *
     * @param timeout more than zero, and less than 292 years
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder responseTimeout(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("a response time-out of " + timeout + " is none");
      }
      if (timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
        throw new IllegalArgumentException(
            "a response time-out of " + timeout + " has too many nanoseconds");
      }
      this.responseTimeout = timeout;
      return this;
    }

    /**
     * Sets how many requests may be under way at once; 1 unless told otherwise, since many meters
     * know no more.
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
     * Sets the Block_Transfer_Window: how many blocks of general block transfer the client takes in
     * one go; 16 unless told otherwise. General block transfer is used where the conformance has it
     * on both sides, for requests that are too long for the server if their service has no blocks
     * of its own (ACCESS, and what is not confirmed) or those were not agreed on. An answer comes
     * in blocks as the server decides.
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
     * Sets how long the client waits for a block of general block transfer before it asks again,
     * which it does three times; a quarter of the response time-out unless told otherwise. It
     * should be longer than a block is on the line.
     *
     * @param timeout more than zero, and four times as long no longer than the response time-out,
     *     which is checked when the configuration is made
     * @return this
     */
    public Builder blockTransferTimeout(Duration timeout) {
      this.blockTransferTimeout = timeout;
      return this;
    }

    /**
     * Prefers general block transfer, where it has been agreed on, to the blocks that GET, SET and
     * ACTION have of their own. Every confirmed request then goes in blocks, if only in one: so the
     * server knows the client's window from the first block, answers in blocks, and what is lost of
     * either is sent again. The value of a GET comes as a whole, also if it is {@linkplain
     * RequestOptions#paced paced}. Without effect with short names, whose requests have nothing
     * that tells one from the same once more.
     *
     * @param prefers whether to
     * @return this
     */
    public Builder preferGeneralBlockTransfer(boolean prefers) {
      this.prefersGeneralBlockTransfer = prefers;
      return this;
    }

    /**
     * Sets what the decoders put up with. The limit of octets also holds for a whole value in
     * blocks.
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
     *     here, the time-out of general block transfer does not go with the response time-out, both
     *     a password and high level security are to authenticate the client, or high level security
     *     is to authenticate a server that is not to answer
     */
    public ClientAssociationConfig build() {
      if (!confirmedAssociation && security != null && security.mechanism() != null) {
        throw new IllegalArgumentException(
            "an unconfirmed association has no place for the HLS mechanism "
                + security.mechanism());
      }
      return new ClientAssociationConfig(this);
    }

    private GeneralBlockTransferConfig generalBlockTransfer() {
      int attempts = GeneralBlockTransferConfig.RETRIES + 1;
      Duration timeout = blockTransferTimeout;
      if (timeout == null) {
        timeout = GeneralBlockTransferConfig.within(responseTimeout.dividedBy(attempts));
      } else if (timeout.compareTo(responseTimeout.dividedBy(attempts)) > 0) {
        throw new IllegalArgumentException(
            "a block is asked for "
                + attempts
                + " times: within a response time-out of "
                + responseTimeout
                + " there is no room for a time-out of "
                + timeout);
      }
      return new GeneralBlockTransferConfig(
          blockTransferWindow,
          timeout,
          GeneralBlockTransferConfig.RETRIES,
          limits.maxOctets(),
          prefersGeneralBlockTransfer && !shortNames);
    }

    private boolean isCiphered() {
      return security != null && security.isCiphered();
    }

    private ApplicationContextName applicationContextName() {
      if (password != null && security != null && security.mechanism() != null) {
        throw new IllegalArgumentException(
            "both a password and the HLS mechanism "
                + security.mechanism()
                + " are to authenticate the client");
      }
      return ContextServices.context(shortNames, isCiphered());
    }

    private ApplicationEntity calling() {
      SystemTitle title = security == null ? null : security.systemTitle();
      return title == null ? calling : calling.withApTitle(title.octets());
    }

    private Set<Conformance> conformanceOfContext() {
      Set<Conformance> usual = shortNames ? WITH_SHORT_NAMES : WITH_LOGICAL_NAMES;
      return ContextServices.require(
          conformance == null ? usual : conformance, applicationContextName());
    }
  }
}
