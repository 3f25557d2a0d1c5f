package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;

/**
 * The function f of high level security, which proves that whoever computes it has the secret
 * (Green Book 9.2.7.4). To be implemented for mechanism 2, which is the manufacturer's.
 */
public interface HlsFunction {
  /**
   * Computes our answer: f(StoC) as the client, f(CtoS) as the server.
   *
   * @param received the peer's challenge
   * @param own our challenge, different from the peer's
   * @return the answer
   */
  Octets respond(Octets received, Octets own);

  /**
   * Checks the peer's answer, in a time that does not depend on how much of it is right.
   *
   * @param answer what the peer sent
   * @param received the peer's challenge
   * @param own our challenge
   * @return whether the peer has the secret
   */
  boolean verify(Octets answer, Octets received, Octets own);
}
