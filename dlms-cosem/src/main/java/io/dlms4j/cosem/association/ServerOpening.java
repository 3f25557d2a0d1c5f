package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseApdu;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.InitiateRequest;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.HlsAuthentication;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server's way into an association: AARQ and AARE, and with high level security the passes 3 and
 * 4 (Green Book 9.4.4.1, 9.2.7.4). The counterpart of {@link ClientOpening}.
 */
final class ServerOpening {
  private final ServerAssociationConfig config;
  private final ApduCodec codec;
  private final AssociationAcceptor acceptor;

  private @Nullable AARQ waiting;
  private @Nullable MessageSecurity security;
  private MessageForm ofInitiateRequest = MessageForm.PLAIN;
  private @Nullable HlsAuthentication authentication;
  private @Nullable NegotiatedContext context;

  /** What is to be done after what the client sent, or after its keys have come. */
  sealed interface Step {
    /**
     * The association is there.
     *
     * @param answer null if the client allows none
     */
    record Associated(NegotiatedContext context, @Nullable Octets answer) implements Step {}

    /**
     * The association is there if the client authenticates itself: passes 3 and 4 are due.
     *
     * @param answer the AARE
     */
    record Challenged(Octets answer) implements Step {}

    /** The keys must be found first. */
    record KeysWanted(SystemTitle client) implements Step {}

    /**
     * There is no association.
     *
     * @param answer null if the client allows none
     * @param reason for the log
     * @param authentication whether the client did not prove who it is
     */
    record Refused(@Nullable Octets answer, String reason, boolean authentication)
        implements Step {}
  }

  ServerOpening(ServerAssociationConfig config, ApduCodec codec) {
    this.config = config;
    this.codec = codec;
    this.acceptor = new AssociationAcceptor(config, codec);
  }

  /** The protection of messages in the association that has been opened; null if there is none. */
  @Nullable MessageSecurity security() {
    ServerSecurity configured = config.security();
    return configured != null && configured.isCiphered() ? security : null;
  }

  /** The least protection of requests. */
  Set<Protection> leastOfRequests() {
    ServerSecurity configured = config.security();
    return configured == null ? Set.of() : configured.policy().requests();
  }

  /** The least protection of responses. */
  Set<Protection> leastOfResponses() {
    ServerSecurity configured = config.security();
    return configured == null ? Set.of() : configured.policy().responses();
  }

  /**
   * How the client is told what it did not ask for: as it protects its own messages, with the
   * global key, for there is no request whose key and transaction-id would serve.
   */
  MessageForm ofNotification() {
    return ofInitiateRequest.withKey(KeyKind.GLOBAL_UNICAST).withTransactionId(Octets.EMPTY);
  }

  /** Forgets the association, and what is being opened. */
  void forget() {
    abandon();
    security = null;
    ofInitiateRequest = MessageForm.PLAIN;
  }

  /** Forgets what is being opened: what has been opened before goes on. */
  void abandon() {
    waiting = null;
    authentication = null;
    context = null;
  }

  /** Takes an AARQ. What has been opened before stays in force until this is accepted. */
  Step begin(AARQ aarq) {
    abandon();
    ServerSecurity secure = config.security();
    if (secure == null) {
      return step(acceptor.judge(aarq));
    }
    ResultSourceDiagnostic fault = acceptor.judgeAcse(aarq);
    if (!fault.equals(ResultSourceDiagnostic.NULL)) {
      return step(acceptor.rejected(fault));
    }
    SystemTitle client = clientTitle(secure, aarq);
    if (client == null && (secure.needsKeys() || secure.hls().needsTitles())) {
      return step(acceptor.rejected(ResultSourceDiagnostic.CALLING_AP_TITLE_NOT_RECOGNIZED));
    }
    if (client != null && secure.needsKeys()) {
      waiting = aarq;
      return new Step.KeysWanted(client);
    }
    ApduProtection titles = client == null ? null : secure.protection(noKeys(), client);
    return proceed(secure, aarq, titles);
  }

  private static KeyRing noKeys() {
    return KeyRing.builder(SecuritySuite.SUITE_0).build();
  }

  /** A title that is ours would have both sides make the same nonces. */
  private static @Nullable SystemTitle clientTitle(ServerSecurity secure, AARQ aarq) {
    Octets title = aarq.calling().apTitle();
    if (title == null
        || title.length() != SystemTitle.LENGTH
        || title.equals(secure.systemTitle().octets())) {
      return null;
    }
    return new SystemTitle(title);
  }

  /**
   * The keys that were wanted have been found.
   *
   * @return null if they are wanted no more
   */
  @Nullable Step useKeys(SystemTitle client, KeyRing keys) {
    AARQ aarq = waiting;
    ServerSecurity secure = config.security();
    if (aarq == null || secure == null || !client.equals(clientTitle(secure, aarq))) {
      return null;
    }
    waiting = null;
    return proceed(secure, aarq, secure.protection(keys, client));
  }

  /**
   * There are no keys for the client. It is told the same as one whose keys are wrong, so that it
   * does not learn who has keys here.
   *
   * @return null if they are wanted no more
   */
  @Nullable Step refuseKeys(SystemTitle client, String reason) {
    AARQ aarq = waiting;
    ServerSecurity secure = config.security();
    if (aarq == null || secure == null || !client.equals(clientTitle(secure, aarq))) {
      return null;
    }
    waiting = null;
    return authenticationFailure(reason, true);
  }

  private Step proceed(ServerSecurity secure, AARQ aarq, @Nullable ApduProtection protection) {
    Octets initiate = aarq.userInformation();
    MessageForm form = MessageForm.PLAIN;
    MessageSecurity messages = null;
    try {
      // The challenge first, which nobody has authenticated: what is authentic moves a counter.
      HlsAuthentication hls = challenged(secure, aarq, protection);
      if (protection != null && secure.isCiphered()) {
        messages = new MessageSecurity(protection, codec);
        if (initiate != null) {
          MessageSecurity.Clear clear =
              messages.unprotect(initiate).require(secure.policy().requests());
          initiate = clear.apdu();
          form = clear.form();
        }
      }
      InitiateRequest request = acceptor.readInitiateRequest(initiate);
      if (form.isForMany() && (request == null || request.responseAllowed())) {
        return authenticationFailure("the AARQ is protected with the broadcast key", true);
      }
      if (request != null && request.dedicatedKey() != null) {
        if (messages == null || !useDedicatedKey(messages, form, request.dedicatedKey())) {
          return step(acceptor.refusedDedicatedKey());
        }
      }
      if (hls != null && request != null && !request.responseAllowed()) {
        return new Step.Refused(
            null, "an unconfirmed association has no place for high level security", false);
      }
      AssociationAcceptor.Verdict verdict = acceptor.judgeInitiate(request, aarq.calling());
      NegotiatedContext agreed = verdict.context();
      if (agreed == null) {
        return step(verdict);
      }
      Step step = accepted(secure, verdict, agreed, messages, form, hls);
      security = messages;
      ofInitiateRequest = form;
      return step;
    } catch (ProtectionException e) {
      return refused(e);
    } catch (ApduException e) {
      return authenticationFailure(
          "the AARQ's user-information is malformed: " + e.getMessage(), true);
    }
  }

  private static @Nullable HlsAuthentication challenged(
      ServerSecurity secure, AARQ aarq, @Nullable ApduProtection protection) {
    if (secure.hls().isNone()) {
      return null;
    }
    HlsAuthentication hls =
        secure.hls().begin(protection, secure.secret(), secure.hls().newChallenge(secure.random()));
    hls.receive(
        Objects.requireNonNull(
            Objects.requireNonNull(aarq.authentication()).callingAuthenticationValue()));
    return hls;
  }

  /** A dedicated key that others can read, or that does not fit, is none (Green Book 9.2.5). */
  private static boolean useDedicatedKey(
      MessageSecurity messages, MessageForm form, @Nullable Octets key) {
    ApduProtection protection = messages.protection();
    if (key == null
        || key.length() != protection.keys().suite().keyLength()
        || !form.protection().contains(Protection.ENCRYPTED)) {
      return false;
    }
    KeyMaterial material = KeyMaterial.of(key);
    protection.useDedicatedKey(material);
    // The cipher has what it needs.
    material.wipe();
    return true;
  }

  private Step accepted(
      ServerSecurity secure,
      AssociationAcceptor.Verdict verdict,
      NegotiatedContext agreed,
      @Nullable MessageSecurity messages,
      MessageForm form,
      @Nullable HlsAuthentication hls) {
    AARE plain = verdict.aare();
    if (plain == null) {
      return new Step.Associated(agreed, null);
    }
    Octets response = plain.userInformation();
    if (messages != null && response != null) {
      MessageForm answer = form.ofAnswer(secure.policy().responses());
      response = answer.isPlain() ? response : messages.protect(response, answer);
    }
    AARE aare =
        new AARE(
            plain.protocolVersion(),
            plain.applicationContextName(),
            plain.result(),
            hls == null ? plain.diagnostic() : ResultSourceDiagnostic.AUTHENTICATION_REQUIRED,
            ApplicationEntity.UNNAMED.withApTitle(secure.systemTitle().octets()),
            hls == null
                ? null
                : new AARE.Authentication(secure.hls().mechanismName(), hls.ownChallenge()),
            null,
            response);
    if (hls == null) {
      return new Step.Associated(agreed, AcseCodec.encode(aare));
    }
    authentication = hls;
    context = agreed;
    return new Step.Challenged(AcseCodec.encode(aare));
  }

  /**
   * Takes an APDU while the passes 3 and 4 are due.
   *
   * @param apdu in clear
   * @return null if it is not pass 3
   */
  @Nullable Authenticated authenticate(Apdu apdu) {
    HlsAuthentication hls = authentication;
    NegotiatedContext agreed = context;
    Octets proof = HlsPasses.readPass3(config.applicationContextName().hasShortNames(), apdu);
    if (hls == null || agreed == null || proof == null) {
      return null;
    }
    authentication = null;
    context = null;
    try {
      hls.verify(proof);
      Octets answer = hls.answer();
      return new Authenticated(HlsPasses.pass4(apdu, answer), agreed, null);
    } catch (ProtectionException e) {
      return new Authenticated(HlsPasses.pass4(apdu, null), null, e);
    }
  }

  /**
   * What has come of pass 3.
   *
   * @param pass4 the answer, in clear
   * @param context null if the client did not prove to know the secret
   * @param refusal why not
   */
  record Authenticated(
      Apdu pass4, @Nullable NegotiatedContext context, @Nullable ProtectionException refusal) {}

  private Step refused(ProtectionException refusal) {
    String reason = String.valueOf(refusal.getMessage());
    if (refusal.reason() == Reason.INVOCATION_COUNTER) {
      // Its tag was right: the client may be one whose counter is behind, and is told so.
      return new Step.Refused(codec.encode(ServiceGate.notTaken(refusal)), reason, false);
    }
    return authenticationFailure(reason, refusal.origin() == DlmsException.Origin.REMOTE);
  }

  /**
   * What fails on this side, such as a key or a counter that is missing, is not held against it.
   */
  private Step authenticationFailure(String reason, boolean ofClient) {
    AssociationAcceptor.Verdict verdict =
        acceptor.rejected(ResultSourceDiagnostic.AUTHENTICATION_FAILURE);
    return new Step.Refused(encode(verdict.aare()), reason, ofClient);
  }

  /** There is no association for now, whoever asks. */
  Step refuseForNow(String reason) {
    waiting = null;
    return new Step.Refused(
        AcseCodec.encode(
            new AARE(
                config.applicationContextName(),
                AssociationResult.REJECTED_TRANSIENT,
                ResultSourceDiagnostic.NO_REASON_GIVEN,
                null)),
        reason,
        false);
  }

  private static Step step(AssociationAcceptor.Verdict verdict) {
    Octets answer = encode(verdict.aare());
    NegotiatedContext context = verdict.context();
    if (context != null) {
      return new Step.Associated(context, answer);
    }
    AARE aare = verdict.aare();
    return new Step.Refused(
        answer,
        verdict.refusal() == null ? "" : verdict.refusal(),
        aare != null && aare.diagnostic().equals(ResultSourceDiagnostic.AUTHENTICATION_FAILURE));
  }

  private static @Nullable Octets encode(@Nullable AcseApdu apdu) {
    return apdu == null ? null : AcseCodec.encode(apdu);
  }
}
