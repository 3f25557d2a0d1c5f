package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.Protection;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a {@link NotificationSender} sends; made by {@link #builder}. Immutable. */
public final class NotificationSenderConfig {
  private final GeneralBlockTransferConfig blocks;
  private final int maxPduSize;
  private final Duration confirmationTimeout;
  private final @Nullable ApduProtection protection;
  private final MessageForm form;

  private NotificationSenderConfig(Builder builder) {
    blocks =
        new GeneralBlockTransferConfig(
            builder.window, builder.blockTimeout, builder.retries, 1, false);
    maxPduSize = builder.maxPduSize;
    confirmationTimeout = builder.confirmationTimeout;
    protection = builder.protection;
    form = builder.form;
  }

  /**
   * Begins a configuration that sends in clear, and never in blocks.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  GeneralBlockTransferConfig blocks() {
    return blocks;
  }

  int maxPduSize() {
    return maxPduSize;
  }

  Duration confirmationTimeout() {
    return confirmationTimeout;
  }

  @Nullable ApduProtection protection() {
    return protection;
  }

  MessageForm form() {
    return form;
  }

  /** Puts a configuration together. */
  public static final class Builder {
    private int maxPduSize;
    private int window = GeneralBlockTransferConfig.WINDOW;
    private Duration blockTimeout = Duration.ofSeconds(10);
    private int retries = GeneralBlockTransferConfig.RETRIES;
    private Duration confirmationTimeout = Duration.ofSeconds(30);
    private @Nullable ApduProtection protection;
    private MessageForm form = MessageForm.PLAIN;

    private Builder() {}

    /**
     * Sets how long an APDU may be; longer notifications go in blocks (Green Book 9.4.6.13).
     *
     * @param octets what the peer is known to take, 16..65535; 0 for any, so that nothing goes in
     *     blocks
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxPduSize(int octets) {
      if (octets != 0 && (octets < 16 || octets > Agreement.NO_LIMIT)) {
        throw new IllegalArgumentException(
            "a longest APDU of " + octets + " octets is neither 0 nor within 16..65535");
      }
      this.maxPduSize = octets;
      return this;
    }

    /**
     * Sets how long the peer's word about blocks is waited for. Without this call: ten seconds, and
     * three times more.
     *
     * @param timeout more than zero, up to a day
     * @param moreTries how often what is not acknowledged is sent again, 0..100
     * @return this
     * @throws IllegalArgumentException if the time-out is out of range
     */
    public Builder blockTimeout(Duration timeout, int moreTries) {
      this.blockTimeout = GeneralBlockTransferConfig.requireTimeout(timeout);
      this.retries = moreTries;
      return this;
    }

    /**
     * Sets how long the confirmation is waited for. Without this call: thirty seconds.
     *
     * @param timeout more than zero, up to a day
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder confirmationTimeout(Duration timeout) {
      this.confirmationTimeout = GeneralBlockTransferConfig.requireTimeout(timeout);
      return this;
    }

    /**
     * Protects what is sent, and takes no confirmation that is protected less.
     *
     * @param by keys and titles of both sides
     * @param ciphering which APDU carries the ciphered one: with {@link
     *     CipheringForm#SERVICE_SPECIFIC} it names nobody, and the peer must know whose keys to use
     * @param key a key that the form knows
     * @param protection authenticated, encrypted, signed, or several of them
     * @return this
     */
    public Builder protection(
        ApduProtection by, CipheringForm ciphering, KeyKind key, Set<Protection> protection) {
      this.protection = by;
      this.form = new MessageForm(ciphering, key, protection, Octets.EMPTY);
      return this;
    }

    /**
     * The configuration.
     *
     * @return an immutable value
     * @throws IllegalArgumentException if a setting is out of its range
     */
    public NotificationSenderConfig build() {
      return new NotificationSenderConfig(this);
    }
  }
}
