package io.dlms4j.cosem.security;

/** What can be done to a message to protect it (Green Book 9.2.7.2). */
public enum Protection {
  /** A tag tells whether whoever has the key sent it, and as it is. */
  AUTHENTICATED(1),
  /** Nobody without the key can read it. */
  ENCRYPTED(2),
  /** A digital signature binds it to its originator; not in suite 0. */
  SIGNED(4);

  private final int bit;

  Protection(int bit) {
    this.bit = bit;
  }

  /** Its place in a security policy, before that is shifted for requests or responses. */
  int bit() {
    return bit;
  }
}
