package io.dlms4j.server.security;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.classes.CertificateEntity;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.server.ClientContext;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeResult;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One security context of a server, and what clients may change of it: the interface class
 * "Security setup", class_id 64 (Blue Book 4.4.7).
 *
 * <p>It is the {@link KeyProvider} of the associations that are protected in this context, tells
 * them the current {@link #policy()}, and is an object of the logical device. <b>An association
 * keeps the keys that it was opened with</b>: changed keys and certificates count from the next
 * AARQ on. <b>A changed policy counts at once.</b>
 *
 * <p>A change counts when it has been saved, as a whole, and not before; several changes are made
 * one after the other. For all threads.
 */
public final class SecuritySetup implements KeyProvider {
  private final ObisCode logicalName;
  private final int version;
  private final @Nullable SystemTitle client;
  private final SecuritySetupStore store;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Supplier<KeyPair> ephemeralKeyPairs;
  private final TrustedIssuers issuers;
  private final List<HeldCertificate> anchors;
  private final int maxCertificates;
  private final Executor executor;
  private final CosemObject object;

  /** Held while something changes, and is saved. */
  private final Object changing = new Object();

  /** Held while keys are copied, or those that were replaced are wiped. */
  private final Object keysInUse = new Object();

  private volatile SecuritySetupState state;

  SecuritySetup(SecuritySetupBuilder builder, SecuritySetupState state) {
    this.state = state;
    logicalName = builder.logicalName;
    version = builder.version;
    client = builder.client;
    store = builder.store;
    clock = builder.clock;
    random = builder.random;
    ephemeralKeyPairs = builder.ephemeralKeyPairs();
    issuers = new TrustedIssuers(builder.issuerCertificates, builder.issuerKeys);
    anchors = issuers.certificates().stream().map(HeldCertificate::anchor).toList();
    maxCertificates = builder.maxCertificates;
    executor = builder.executor;
    object = SecuritySetupObject.of(this);
  }

  /**
   * Begins a security setup.
   *
   * @param logicalName the object's name, such as 0.0.43.0.0.255
   * @param serverSystemTitle the server's system title
   * @param suite the security suite
   * @return a builder
   */
  public static SecuritySetupBuilder builder(
      ObisCode logicalName, SystemTitle serverSystemTitle, SecuritySuite suite) {
    return new SecuritySetupBuilder(logicalName, serverSystemTitle, suite);
  }

  /**
   * The object's name.
   *
   * @return its OBIS code
   */
  public ObisCode logicalName() {
    return logicalName;
  }

  /**
   * The security policy, as it is now.
   *
   * @return what requests and responses must have at least
   */
  public SecurityPolicy policy() {
    return state.policy();
  }

  /**
   * The security suite, which never changes.
   *
   * @return the suite
   */
  public SecuritySuite suite() {
    return state.suite();
  }

  /**
   * The server's system title, which never changes.
   *
   * @return the title
   */
  public SystemTitle serverSystemTitle() {
    return state.serverSystemTitle();
  }

  /**
   * The object to be added to a logical device. It has no rights of its own: who may invoke its
   * methods, the {@link io.dlms4j.server.AccessPolicy} of the association says.
   *
   * @return the object of class_id 64
   */
  public CosemObject object() {
    return object;
  }

  /**
   * Finds the keys that the server has with a client, as they are now: copies of the symmetric
   * keys, the server's private keys, and the client's public keys of those certificates that are
   * valid now; of several, the one that was imported last.
   *
   * @param own the server's system title
   * @param peer the client's
   * @return the keys, at once; or a failure with reason UNKNOWN_KEY if the context is of another
   *     server or pinned to another client, or there is not a single key
   */
  @Override
  public CompletionStage<KeyRing> keysFor(SystemTitle own, SystemTitle peer) {
    if (!own.equals(serverSystemTitle())) {
      return unknown("is of the server " + serverSystemTitle() + ", not of " + own);
    }
    if (client != null && !client.equals(peer)) {
      return unknown("is for the client " + client + " alone, not for " + peer);
    }
    KeyRing.Builder keys = KeyRing.builder(suite());
    boolean any;
    synchronized (keysInUse) {
      SecuritySetupState now = state;
      SecuritySetupState.copyKeys(now.keys(), keys);
      PublicKey signer = publicKey(now, peer, Use.DIGITAL_SIGNATURE);
      PublicKey agreeing = publicKey(now, peer, Use.KEY_AGREEMENT);
      KeyPair signing = now.keyPairs().get(Use.DIGITAL_SIGNATURE);
      KeyPair agreement = now.keyPairs().get(Use.KEY_AGREEMENT);
      keys.signing(signing == null ? null : signing.getPrivate(), signer)
          .keyAgreement(agreement == null ? null : agreement.getPrivate(), agreeing);
      any = signer != null || agreeing != null || now.hasSymmetricKeys();
    }
    return any
        ? CompletableFuture.completedStage(keys.build())
        : unknown("has no keys for the client " + peer);
  }

  private CompletionStage<KeyRing> unknown(String what) {
    return CompletableFuture.failedStage(
        ProtectionException.local(
            Reason.UNKNOWN_KEY, "the security setup " + logicalName + " " + what));
  }

  /** A party's public key, of the certificate that was imported last and is valid now. */
  @Nullable PublicKey publicKey(SecuritySetupState now, SystemTitle party, Use use) {
    Instant at = clock.instant();
    PublicKey found = null;
    for (CosemCertificate certificate : now.certificates()) {
      if (certificate.use() == use
          && certificate.systemTitle().equals(party)
          && certificate.isValidAt(at)) {
        found = certificate.publicKey();
      }
    }
    return found;
  }

  /** Carries out a method when its turn comes. */
  CompletionStage<InvokeResult> invoke(Change change) {
    return CompletableFuture.supplyAsync(() -> carryOut(change), executor);
  }

  private InvokeResult carryOut(Change change) {
    synchronized (changing) {
      SecuritySetupState now = state;
      Change.Outcome outcome;
      try {
        outcome = change.applyTo(now);
      } catch (RefusedException e) {
        return new InvokeResult(e.result(), null);
      }
      SecuritySetupState next = outcome.next();
      if (next != now && !save(now, next)) {
        return new InvokeResult(ActionResult.TEMPORARY_FAILURE, null);
      }
      var returned = outcome.returned();
      return new InvokeResult(
          ActionResult.SUCCESS, returned == null ? null : DataStream.of(returned));
    }
  }

  private boolean save(SecuritySetupState now, SecuritySetupState next) {
    boolean saved = false;
    try {
      store.save(next);
      saved = true;
    } catch (IOException e) {
      return false;
    } finally {
      synchronized (keysInUse) {
        if (saved) {
          state = next;
          now.wipeAllBut(next);
        } else {
          next.wipeAllBut(now);
        }
      }
    }
    return true;
  }

  /** All certificates: trust anchors first, then in the order in which they were imported. */
  List<HeldCertificate> certificates() {
    return certificates(state);
  }

  List<HeldCertificate> certificates(SecuritySetupState now) {
    List<HeldCertificate> held = new ArrayList<>(anchors);
    for (CosemCertificate certificate : now.certificates()) {
      held.add(HeldCertificate.of(certificate, entity(certificate.systemTitle())));
    }
    return held;
  }

  private CertificateEntity entity(SystemTitle title) {
    if (title.equals(serverSystemTitle())) {
      return CertificateEntity.SERVER;
    }
    return client == null || client.equals(title)
        ? CertificateEntity.CLIENT
        : CertificateEntity.OTHER;
  }

  /** The system title by which a client associated, or null if it has none. */
  static @Nullable SystemTitle systemTitle(ClientContext client) {
    Octets title = client.negotiated().client().apTitle();
    return title == null || title.length() != SystemTitle.LENGTH ? null : new SystemTitle(title);
  }

  int version() {
    return version;
  }

  /** The client that the context is pinned to, or null. */
  @Nullable SystemTitle clientSystemTitle() {
    return client;
  }

  InstantSource clock() {
    return clock;
  }

  SecureRandom random() {
    return random;
  }

  KeyPair ephemeralKeyPair() {
    return ephemeralKeyPairs.get();
  }

  TrustedIssuers issuers() {
    return issuers;
  }

  int maxCertificates() {
    return maxCertificates;
  }

  /** No key. */
  @Override
  public String toString() {
    return "security setup " + logicalName + ", " + suite() + ", " + policy();
  }
}
