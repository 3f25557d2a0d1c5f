package io.dlms4j.cosem.security;

/** What can be done to a message to protect it (Green Book 9.2.7.2.1). */
public enum Protection {
  /** A tag tells whether whoever has the key sent it, and as it is. */
  AUTHENTICATED,
  /** Nobody without the key can read it. */
  ENCRYPTED,
  /** A digital signature binds it to its originator; not in suite 0. */
  SIGNED
}
