package io.dlms4j.examples.cli;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.CipheringForm;
import io.dlms4j.cosem.association.ClientSecurity;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * How an association is secured: options that go together. Nothing of it is open, so there is
 * nothing to close but what {@link #openCounters} gives.
 *
 * @param suite what the keys are for; null if there are none
 * @param isCiphered whether the association has a context with ciphering
 * @param isLowLevel whether the client sends a password
 * @param mechanism how both sides authenticate with high level security; null if they do not
 * @param own our system title; null if none is needed, nor was given
 * @param server the system title that the server must have; null if any will do
 * @param keys where the keys come from; null if none are needed
 * @param protection of every APDU; empty without ciphering, unmodifiable
 * @param key which key it is done with
 * @param isGeneral whether in general APDUs, not in the service-specific ones
 * @param counters where invocation counters come from; null if none are needed
 */
record SecurityParameters(
    @Nullable SecuritySuite suite,
    boolean isCiphered,
    boolean isLowLevel,
    @Nullable HlsMechanism mechanism,
    @Nullable SystemTitle own,
    @Nullable SystemTitle server,
    @Nullable KeyProvider keys,
    Set<Protection> protection,
    KeyKind key,
    boolean isGeneral,
    @Nullable CounterSource counters) {
  /** The keys of a text file are the same for every peer. */
  private static final SystemTitle NOBODY = SystemTitle.ofHex("0000000000000000");

  /** Keeps a copy. */
  SecurityParameters {
    protection = Set.copyOf(protection);
  }

  /**
   * The keys for one peer.
   *
   * @param peer the other side
   * @throws CommandException if there are none
   */
  KeyRing keyRing(SystemTitle peer) {
    KeyProvider provider = keys;
    if (provider == null) {
      throw new CommandException("there are no keys: --keys names a file of them");
    }
    // The keys of text are the same for everyone, so that a title of ours may be missing.
    SystemTitle us = Optional.ofNullable(own).orElse(peer);
    try {
      return provider.keysFor(us, peer).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof DlmsException cause) {
        throw new CommandException(String.valueOf(cause.getMessage()), cause);
      }
      throw e;
    }
  }

  /** Whether there is high level security, or protection of messages. */
  boolean isSecured() {
    return isCiphered || mechanism != null;
  }

  /**
   * What a client is secured by, if {@link #isSecured}.
   *
   * @param open keeps the invocation counters; closed by the caller, when the client has been
   * @param longestStep how far the server may move our counter at once
   * @throws CommandException if there are no keys
   * @throws IllegalArgumentException if the keys do not serve for what is asked for
   */
  ClientSecurity client(OpenCounters open, long longestStep) {
    SystemTitle title = own;
    HlsMechanism hls = mechanism;
    if (title == null) {
      // The options have seen to it that the mechanism needs none.
      KeyMaterial secret = keyRing(NOBODY).hlsSecret();
      if (hls == null || secret == null) {
        throw new CommandException("there is no hls-secret");
      }
      return ClientSecurity.withSecret(hls, secret);
    }
    ClientSecurity.Builder builder =
        ClientSecurity.builder(title).counters(open).longestCounterStep(longestStep);
    SystemTitle peer = server;
    KeyProvider provider = keys;
    if (peer != null && provider != null) {
      builder.server(peer).keys(provider);
    } else {
      builder.keys(keyRing(NOBODY));
    }
    if (hls != null) {
      builder.authentication(hls);
    }
    if (isCiphered) {
      builder.ciphering(protection).key(key);
      if (isGeneral && (key == KeyKind.GLOBAL_UNICAST || key == KeyKind.DEDICATED)) {
        builder.form(CipheringForm.GENERAL_GLO_OR_DED);
      }
      if (!protection.contains(Protection.AUTHENTICATED)) {
        // Whoever asks for this knows that anybody on the line can change it.
        builder.acceptEncryptionOnly();
      }
    }
    return builder.build();
  }

  /**
   * Opens the invocation counters.
   *
   * @return the counters, to be closed; without any, such as will not be asked
   * @throws CommandException if their file cannot be used
   */
  OpenCounters openCounters() {
    return Optional.ofNullable(counters).orElse(new CounterSource.From(1)).open();
  }
}
