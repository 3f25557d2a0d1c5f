package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import org.jspecify.annotations.Nullable;

/**
 * AES-GCM under one key, with nonces of 96 bits and tags cut to 96 bits (NIST SP 800-38D; Green
 * Book 9.2.3.3.7). The cipher objects are kept from message to message. For one thread at a time.
 *
 * <p>Whoever seals makes sure that no nonce comes twice. Should it happen nevertheless, directly
 * one after the other, the engines refuse with an {@link IllegalStateException}.
 */
interface AesGcm {
  /** Octets of a tag. */
  int TAG_LENGTH = 12;

  /** Octets of a nonce: system title and invocation counter. */
  int NONCE_LENGTH = 12;

  /**
   * Encrypts, and authenticates.
   *
   * @param nonce 12 octets
   * @param aad what is authenticated only, in parts
   * @param plaintext what is encrypted too; may be empty
   * @return ciphertext and tag
   */
  byte[] seal(byte[] nonce, Octets[] aad, Octets plaintext);

  /**
   * Checks the tag, and decrypts if it is right.
   *
   * @param nonce 12 octets
   * @param aad what is authenticated only, in parts
   * @param sealed ciphertext and tag
   * @return the plaintext, or null if the tag is wrong or there is none
   */
  byte @Nullable [] open(byte[] nonce, Octets[] aad, Octets sealed);

  /**
   * Encrypts or decrypts as {@link #seal} does, but without a tag: GCTR of NIST SP 800-38D 6.5, the
   * first counter block being the nonce and 2, for GCM keeps block 1 for the tag.
   *
   * @param nonce 12 octets
   * @param input plaintext or ciphertext
   * @return the other one, as long
   */
  byte[] counterMode(byte[] nonce, Octets input);
}
