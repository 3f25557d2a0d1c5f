package io.dlms4j.cosem.security;

/** Which key protects an APDU (Green Book 9.2.5, 9.2.7.2). */
public enum KeyKind {
  /** The global unicast encryption key, GUEK. */
  GLOBAL_UNICAST,
  /** The global broadcast encryption key, GBEK. */
  GLOBAL_BROADCAST,
  /** The dedicated key of the association. */
  DEDICATED,
  /** A key for one APDU, wrapped in the master key. */
  WRAPPED,
  /** A key for one APDU, agreed by the One-Pass Diffie-Hellman scheme. */
  AGREED_ONE_PASS,
  /** A key for one transaction-id, agreed by the Static Unified Model. */
  AGREED_STATIC,
  /** A private signing key. */
  SIGNATURE
}
