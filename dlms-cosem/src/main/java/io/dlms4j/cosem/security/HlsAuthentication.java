package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One side of the four passes of high level security (Green Book 9.2.7.4): challenges go both ways
 * in AARQ and AARE, answers both ways in reply_to_HLS_authentication. For one association, and one
 * thread at a time.
 *
 * <p>The client calls {@link #receive} with the AARE's challenge, sends {@link #answer}, and hands
 * the server's answer to {@link #verify}. The server calls {@link #receive} with the AARQ's
 * challenge, and later {@link #verify} before {@link #answer}.
 */
public final class HlsAuthentication {
  private final HlsMechanism mechanism;
  private final HlsFunction function;
  private final Octets ownChallenge;
  private @Nullable Octets peerChallenge;

  private HlsAuthentication(HlsMechanism mechanism, HlsFunction function, Octets ownChallenge) {
    checkLength(mechanism, ownChallenge.length());
    this.mechanism = mechanism;
    this.function = function;
    this.ownChallenge = ownChallenge.copy();
  }

  /**
   * Makes a challenge: CtoS, or StoC.
   *
   * @param mechanism the mechanism it is for
   * @param length how many octets: 8..64, with ECDSA 32..64
   * @param random where they come from
   * @return the challenge
   * @throws IllegalArgumentException if it is too short or too long
   */
  public static Octets newChallenge(HlsMechanism mechanism, int length, SecureRandom random) {
    checkLength(mechanism, length);
    byte[] challenge = new byte[length];
    random.nextBytes(challenge);
    return Octets.view(challenge);
  }

  private static void checkLength(HlsMechanism mechanism, int length) {
    if (!isChallenge(mechanism, length)) {
      throw new IllegalArgumentException(
          "a challenge of "
              + length
              + " octets; "
              + mechanism
              + " has "
              + mechanism.shortestChallenge()
              + ".."
              + HlsMechanism.LONGEST_CHALLENGE
              + " (Green Book 9.2.7.4)");
    }
  }

  private static boolean isChallenge(HlsMechanism mechanism, int length) {
    return length >= mechanism.shortestChallenge() && length <= HlsMechanism.LONGEST_CHALLENGE;
  }

  /**
   * An authentication with mechanism 3 or 4, which need nothing but the secret.
   *
   * @param mechanism MD5 or SHA-1
   * @param secret the HLS secret
   * @param ownChallenge what we send: CtoS as the client, StoC as the server
   * @return the authentication
   * @throws IllegalArgumentException if it is another mechanism, or the challenge is too short or
   *     too long
   */
  public static HlsAuthentication withSecret(
      HlsMechanism mechanism, KeyMaterial secret, Octets ownChallenge) {
    return switch (mechanism) {
      case MD5 ->
          new HlsAuthentication(mechanism, HlsFunctions.simpleHash("MD5", secret), ownChallenge);
      case SHA_1 ->
          new HlsAuthentication(mechanism, HlsFunctions.simpleHash("SHA-1", secret), ownChallenge);
      default ->
          throw new IllegalArgumentException(mechanism + " needs more than a secret; use of");
    };
  }

  /**
   * An authentication with one of the mechanisms 3 to 7.
   *
   * @param mechanism the mechanism
   * @param protection has the keys, the titles and, for mechanism 5, the counters
   * @param ownChallenge what we send: CtoS as the client, StoC as the server
   * @return the authentication
   * @throws IllegalArgumentException if the challenge is too short or too long, or it is mechanism
   *     2
   * @throws ProtectionException with reason UNKNOWN_KEY if there is no key or secret for it
   */
  public static HlsAuthentication of(
      HlsMechanism mechanism, ApduProtection protection, Octets ownChallenge) {
    KeyRing keys = protection.keys();
    return switch (mechanism) {
      case MD5, SHA_1 -> withSecret(mechanism, require(keys.hlsSecret(), mechanism), ownChallenge);
      case GMAC -> {
        require(keys.unicastKey(), mechanism);
        yield new HlsAuthentication(mechanism, HlsFunctions.gmac(protection), ownChallenge);
      }
      case SHA_256 ->
          new HlsAuthentication(
              mechanism,
              HlsFunctions.sha256(
                  require(keys.hlsSecret(), mechanism), protection.own(), protection.peer()),
              ownChallenge);
      case ECDSA -> {
        PrivateKey signing = require(keys.signingKey(), mechanism);
        PublicKey peer = require(keys.peerSigningKey(), mechanism);
        yield new HlsAuthentication(
            mechanism, HlsFunctions.ecdsa(protection, signing, peer), ownChallenge);
      }
      case MANUFACTURER ->
          throw new IllegalArgumentException("mechanism 2 is the manufacturer's; use manufacturer");
    };
  }

  /**
   * An authentication with mechanism 2.
   *
   * @param function the manufacturer's function
   * @param ownChallenge what we send: CtoS as the client, StoC as the server
   * @return the authentication
   * @throws IllegalArgumentException if the challenge is too short or too long
   */
  public static HlsAuthentication manufacturer(HlsFunction function, Octets ownChallenge) {
    return new HlsAuthentication(HlsMechanism.MANUFACTURER, function, ownChallenge);
  }

  private static <K> K require(@Nullable K key, HlsMechanism mechanism) {
    if (key == null) {
      throw ProtectionException.local(
          Reason.UNKNOWN_KEY, "there is no key or secret for the HLS mechanism " + mechanism);
    }
    return key;
  }

  /**
   * The mechanism.
   *
   * @return what this was made for
   */
  public HlsMechanism mechanism() {
    return mechanism;
  }

  /**
   * Our challenge.
   *
   * @return what we send
   */
  public Octets ownChallenge() {
    return ownChallenge;
  }

  /**
   * Takes the peer's challenge. One that is ours is refused: whoever sends it back wants us to
   * answer our own question.
   *
   * @param challenge what the peer sent
   * @throws ProtectionException with reason MALFORMED if it is too short or too long, or
   *     NOT_AUTHENTIC if it is our own
   */
  public void receive(Octets challenge) {
    if (!isChallenge(mechanism, challenge.length())) {
      throw ProtectionException.malformed(
              "a challenge of " + challenge.length() + " octets (Green Book 9.2.7.4)")
          .endingAssociation();
    }
    if (challenge.equals(ownChallenge)) {
      throw ProtectionException.remote(
              Reason.NOT_AUTHENTIC,
              "the peer sent our own challenge back, StoC equal to CtoS (Green Book 9.2.7.4)")
          .endingAssociation();
    }
    peerChallenge = challenge.copy();
  }

  /**
   * Computes our answer to the peer's challenge: f(StoC) as the client, f(CtoS) as the server.
   *
   * @return the parameter, or return parameter, of reply_to_HLS_authentication
   * @throws IllegalStateException if no challenge has been received
   * @throws ProtectionException with reason COUNTER_EXHAUSTED or COUNTER_STORE if mechanism 5 has
   *     no counter
   */
  public Octets answer() {
    return function.respond(received(), ownChallenge);
  }

  /**
   * Checks the peer's answer to our challenge.
   *
   * @param answer what the peer sent in reply_to_HLS_authentication
   * @throws IllegalStateException if no challenge has been received
   * @throws ProtectionException with scope ASSOCIATION: reason NOT_AUTHENTIC if the peer does not
   *     have the secret; for mechanism 5 also INVOCATION_COUNTER or NOT_SUPPORTED
   */
  public void verify(Octets answer) {
    boolean right;
    try {
      right = function.verify(answer, received(), ownChallenge);
    } catch (ProtectionException e) {
      throw e.reason() == Reason.NOT_AUTHENTIC
          ? ProtectionException.authenticationFailed()
          : e.endingAssociation();
    }
    if (!right) {
      throw ProtectionException.authenticationFailed();
    }
  }

  private Octets received() {
    return Objects.requireNonNullElseGet(
        peerChallenge,
        () -> {
          throw new IllegalStateException("the peer's challenge has not been received");
        });
  }
}
