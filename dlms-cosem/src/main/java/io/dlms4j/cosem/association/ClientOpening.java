package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.AuthenticationValue;
import io.dlms4j.cosem.acse.MechanismName;
import io.dlms4j.cosem.acse.RLRQ;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.ConfirmedServiceError;
import io.dlms4j.cosem.apdu.ExceptionResponse;
import io.dlms4j.cosem.apdu.InitiateResponse;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.HlsAuthentication;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client's way into an association: AARQ and AARE, and with high level security the passes 3 and
 * 4 (Green Book 9.4.4.1, 9.2.7.4). The counterpart of {@link ServerOpening}.
 */
final class ClientOpening {
  /** More than can be answered at once. */
  private static final int MOST_TRANSACTIONS = 64;

  private final ClientAssociationConfig config;
  private final ApduCodec codec;
  private final AssociationProposer proposer;

  private @Nullable KeyMaterial dedicatedKey;
  private @Nullable Octets challenge;
  private @Nullable HlsAuthentication authentication;
  private @Nullable MessageSecurity security;
  private @Nullable NegotiatedContext context;
  private boolean resynchronised;

  /** Transaction-ids of ours in this association, the oldest first. */
  private final Set<Octets> transactions = new LinkedHashSet<>();

  /** What came in place of pass 4, and was not taken. */
  private @Nullable DlmsException refused;

  private Set<Protection> lastProtection = Set.of();

  /** What is to be done after the server's answer. */
  sealed interface Step {
    /** The association is there. */
    record Associated(NegotiatedContext context) implements Step {}

    /** The server has accepted, provided that both authenticate each other: pass 3. */
    record Authenticate(Octets apdu) implements Step {}

    /** Our invocation counter has been moved: the AARQ once more. */
    record AskAgain(Octets apdu) implements Step {}

    /** It was no answer to what is waited for. */
    record Ignore() implements Step {}
  }

  ClientOpening(ClientAssociationConfig config, ApduCodec codec) {
    this.config = config;
    this.codec = codec;
    this.proposer = new AssociationProposer(config, codec);
  }

  /** The protection of messages in the association that has been opened; null if there is none. */
  @Nullable MessageSecurity security() {
    ClientSecurity configured = config.security();
    return configured != null && configured.isCiphered() ? security : null;
  }

  /**
   * The AARQ.
   *
   * @throws ProtectionException if a key or a counter is missing
   */
  Octets aarq() {
    resynchronised = false;
    return newAarq();
  }

  private Octets newAarq() {
    forget();
    ClientSecurity secure = config.security();
    if (secure == null) {
      return proposer.aarq();
    }
    AARQ.Authentication offered = null;
    HlsChoice hls = secure.hls();
    Password password = config.password();
    if (!hls.isNone()) {
      challenge = hls.newChallenge(secure.random());
      offered = new AARQ.Authentication(hls.mechanismName(), challenge);
    } else if (password != null) {
      offered = new AARQ.Authentication(MechanismName.LOW_LEVEL_SECURITY, password.toOctets());
    }
    if (!secure.isCiphered()) {
      return proposer.aarq(offered, initiateRequest(null));
    }
    ApduProtection protection = secure.protection(secure.server());
    MessageSecurity first = new MessageSecurity(protection, codec);
    security = first;
    MessageForm form = secure.requests();
    Octets key = null;
    if (form.key() == KeyKind.DEDICATED) {
      dedicatedKey = KeyMaterial.generate(protection.keys().suite().keyLength(), secure.random());
      key = dedicatedKey.export();
      protection.useDedicatedKey(dedicatedKey);
    }
    return proposer.aarq(offered, first.protect(initiateRequest(key), ofInitiate()));
  }

  private Octets initiateRequest(@Nullable Octets key) {
    return codec.encode(proposer.initiateRequest(key));
  }

  /** The InitiateRequest has no dedicated key yet: that is what it carries. */
  private MessageForm ofInitiate() {
    MessageForm form = ofOne();
    return withTransaction(
        form.key() == KeyKind.DEDICATED ? form.withKey(KeyKind.GLOBAL_UNICAST) : form);
  }

  /** The broadcast key, which others have too, proves nobody to a server that answers. */
  private MessageForm ofOne() {
    MessageForm form = Objects.requireNonNull(config.security()).requests();
    return form.isForMany() && config.confirmedAssociation()
        ? form.withKey(KeyKind.GLOBAL_UNICAST)
        : form;
  }

  /** The form of the next request. */
  MessageForm ofRequest() {
    return withTransaction(Objects.requireNonNull(config.security()).requests());
  }

  /** Where a transaction-id is carried, each message has one of its own. */
  private MessageForm withTransaction(MessageForm form) {
    boolean general = form.ciphering() == CipheringForm.GENERAL_CIPHERING || form.isSigned();
    return general ? form.withTransactionId(transactionId()) : form;
  }

  private Octets transactionId() {
    byte[] octets = new byte[8];
    Objects.requireNonNull(config.security()).random().nextBytes(octets);
    Octets id = Octets.view(octets);
    transactions.add(id);
    if (transactions.size() > MOST_TRANSACTIONS) {
      transactions.remove(transactions.iterator().next());
    }
    return id;
  }

  /**
   * What is inside a message of the server's.
   *
   * @throws ProtectionException if it is refused
   * @throws ApduException if it cannot be read
   */
  Octets unprotect(MessageSecurity messages, Octets message) {
    MessageSecurity.Clear clear =
        messages.unprotect(message).require(leastOfResponses()).requireForOne();
    MessageForm form = clear.form();
    if (form.hasPassingKey() && !transactions.contains(form.transactionId())) {
      // No counter tells it from what was recorded in an association before.
      throw ProtectionException.remote(
          Reason.INVOCATION_COUNTER,
          "the server's message has a key of its own, and a transaction-id that belongs to no"
              + " request of this association: it may be a replay (Green Book 9.2.7.2)");
    }
    lastProtection = form.protection();
    return clear.apdu();
  }

  /** How the message was protected that was unprotected last. */
  Set<Protection> lastProtection() {
    return lastProtection;
  }

  /** What counts as agreed on where no answer is asked for; null if one is. */
  @Nullable NegotiatedContext unconfirmedContext() {
    return proposer.unconfirmedContext();
  }

  /** The least protection of what the server sends. */
  Set<Protection> leastOfResponses() {
    ClientSecurity secure = config.security();
    return secure == null || !secure.isCiphered() ? Set.of() : secure.leastOfResponses();
  }

  /**
   * Takes the server's answer to the AARQ.
   *
   * @throws DlmsException if there is no association: the server's refusal, or an answer that is
   *     none
   */
  Step receiveAare(Octets answer) {
    ClientSecurity secure = config.security();
    if (secure == null) {
      return new Step.Associated(proposer.judge(answer));
    }
    Octets again = resynchronise(secure, answer);
    if (again != null) {
      return new Step.AskAgain(again);
    }
    // What nobody has authenticated is looked at first, so that it cannot have a counter moved by
    // what is authentic beside it.
    AARE aare = proposer.accepted(answer);
    SystemTitle server = serverTitle(secure, aare);
    ApduProtection protection = protection(secure, server);
    MessageSecurity messages = protection == null ? null : new MessageSecurity(protection, codec);
    HlsAuthentication begun = challenged(secure, aare, protection);
    NegotiatedContext agreed =
        proposer.negotiated(aare, initiateResponse(secure, messages, aare.userInformation()));
    security = messages;
    if (begun == null) {
      return new Step.Associated(agreed);
    }
    authentication = begun;
    context = agreed;
    Apdu pass3 = HlsPasses.pass3(hasShortNames(), begun.answer());
    Octets plain = codec.encode(pass3);
    return new Step.Authenticate(
        secure.isCiphered()
            ? Objects.requireNonNull(messages).protect(plain, withTransaction(ofOne()))
            : plain);
  }

  /** The authentication that the server asks for; null if there is to be none. */
  private @Nullable HlsAuthentication challenged(
      ClientSecurity secure, AARE aare, @Nullable ApduProtection protection) {
    boolean passes = aare.diagnostic().equals(ResultSourceDiagnostic.AUTHENTICATION_REQUIRED);
    if (secure.hls().isNone()) {
      if (passes) {
        throw breach("the server goes on with high level security, which was not asked for");
      }
      return null;
    }
    if (!passes) {
      throw breach("the server accepts the association without having authenticated the client");
    }
    HlsAuthentication begun =
        secure.hls().begin(protection, secretOf(secure), Objects.requireNonNull(challenge));
    begun.receive(challengeOf(secure.hls(), aare));
    return begun;
  }

  private static @Nullable KeyMaterial secretOf(ClientSecurity secure) {
    return secure.keyRing().hlsSecret();
  }

  private @Nullable ApduProtection protection(ClientSecurity secure, @Nullable SystemTitle server) {
    if (server == null || secure.systemTitle() == null) {
      return null;
    }
    ApduProtection protection = secure.protection(server);
    if (dedicatedKey != null) {
      protection.useDedicatedKey(dedicatedKey);
    }
    return protection;
  }

  private static @Nullable SystemTitle serverTitle(ClientSecurity secure, AARE aare) {
    Octets title = aare.responding().apTitle();
    SystemTitle pinned = secure.server();
    if (title == null) {
      if (secure.isCiphered() || secure.hls().needsTitles()) {
        throw breach("the AARE has no responding-AP-title, without which nothing can be verified");
      }
      return null;
    }
    if (title.length() != SystemTitle.LENGTH) {
      throw breach("the AARE's responding-AP-title has " + title.length() + " octets, not 8");
    }
    SystemTitle server = new SystemTitle(title);
    if (pinned != null && !pinned.equals(server)) {
      throw ending(
          ProtectionException.remote(
              Reason.WRONG_SYSTEM_TITLE,
              "the server calls itself " + server + ", and " + pinned + " was expected"));
    }
    return server;
  }

  private Octets initiateResponse(
      ClientSecurity secure, @Nullable MessageSecurity messages, @Nullable Octets information) {
    if (information == null) {
      throw breach("the AARE accepts the association, and has no InitiateResponse");
    }
    if (messages == null || !secure.isCiphered()) {
      return information;
    }
    try {
      return unprotect(messages, information);
    } catch (ProtectionException e) {
      throw ending(e);
    } catch (ApduException e) {
      throw breach("the AARE's user-information is malformed: " + e.getMessage());
    }
  }

  private static Octets challengeOf(HlsChoice hls, AARE aare) {
    AARE.Authentication offered = aare.authentication();
    if (offered == null
        || !hls.mechanismName().equals(offered.mechanismName())
        || !(offered.respondingAuthenticationValue()
            instanceof AuthenticationValue.Charstring stoc)) {
      throw breach(
          "the AARE has no challenge of the mechanism that was asked for, " + hls.mechanism());
    }
    return stoc.octets();
  }

  /**
   * Takes the server's answer to pass 3.
   *
   * @throws DlmsException if the server has refused it, or does not know the secret itself
   */
  Step receivePass4(Octets answer) {
    HlsAuthentication begun = authentication;
    NegotiatedContext agreed = context;
    if (begun == null || agreed == null) {
      return new Step.Ignore();
    }
    Octets clear = clear(answer);
    Octets proof = clear == null ? null : readPass4(clear);
    if (proof == null) {
      return new Step.Ignore();
    }
    if (proof.isEmpty()) {
      throw ending(
          ProtectionException.remote(
              Reason.NOT_AUTHENTIC,
              "the server refused our answer to its challenge: check the secret or the keys, the"
                  + " system titles and the mechanism of both sides (Green Book 9.2.7.4)"));
    }
    begun.verify(proof);
    authentication = null;
    context = null;
    return new Step.Associated(agreed);
  }

  /**
   * What is in a message while the passes go on. One that is refused ends nothing, for anybody may
   * have sent it: pass 4 may yet come, and if it does not, the time-out tells of this.
   *
   * @return null if it is not taken
   */
  private @Nullable Octets clear(Octets answer) {
    MessageSecurity messages = security();
    if (messages == null || ServiceGate.isError(answer)) {
      return answer;
    }
    try {
      return unprotect(messages, answer);
    } catch (ProtectionException e) {
      refused = e;
      return null;
    } catch (ApduException e) {
      return null;
    }
  }

  /** What came in place of pass 4, and was not taken; null if nothing. */
  @Nullable DlmsException refused() {
    return refused;
  }

  private @Nullable Octets readPass4(Octets clear) {
    Apdu apdu;
    try {
      apdu = codec.decode(clear);
    } catch (ApduException e) {
      return null;
    }
    if (apdu instanceof ExceptionResponse || apdu instanceof ConfirmedServiceError) {
      throw breach("the server answered reply_to_HLS_authentication with " + apdu);
    }
    return HlsPasses.readPass4(hasShortNames(), apdu);
  }

  private boolean hasShortNames() {
    return config.applicationContextName().hasShortNames();
  }

  /**
   * The server may say that our counter is behind: then the AARQ goes out once more, with a higher
   * one.
   */
  private @Nullable Octets resynchronise(ClientSecurity secure, Octets answer) {
    Long counter = expectedCounter(answer);
    if (counter == null || resynchronised || !secure.countsWithGlobalKey()) {
      return null;
    }
    resynchronised = true;
    secure.resynchronise(counter - 1);
    return newAarq();
  }

  /**
   * An exception-response came while the association is there: it may say that our counter is
   * behind. It is not authentic, so that it is followed once an association, and not far.
   */
  void heardError(Octets answer) {
    ClientSecurity secure = config.security();
    Long counter = expectedCounter(answer);
    if (secure == null || counter == null || resynchronised || !secure.countsWithGlobalKey()) {
      return;
    }
    resynchronised = true;
    try {
      secure.resynchronise(counter - 1);
    } catch (ProtectionException e) {
      // The request that was refused tells what the server said; nothing has been moved.
    }
  }

  private @Nullable Long expectedCounter(Octets answer) {
    try {
      return ServiceGate.isError(answer)
              && codec.decode(answer) instanceof ExceptionResponse exception
          ? exception.invocationCounter()
          : null;
    } catch (ApduException e) {
      return null;
    }
  }

  /**
   * The RLRQ, whose user-information proves who asks where messages are protected (Green Book
   * 9.4.3).
   *
   * @throws ProtectionException if there is no counter left
   */
  Octets rlrq() {
    MessageSecurity messages = security();
    return AcseCodec.encode(
        new RLRQ(
            RLRQ.Reason.NORMAL,
            messages == null ? null : messages.protect(initiateRequest(null), ofInitiate())));
  }

  /** Whether the RLRE is the server's own: with its protected InitiateResponse, if need be. */
  boolean isProved(@Nullable Octets userInformation) {
    MessageSecurity messages = security();
    if (messages == null || leastOfResponses().isEmpty()) {
      return true;
    }
    try {
      return userInformation != null
          && codec.decode(unprotect(messages, userInformation)) instanceof InitiateResponse;
    } catch (ProtectionException | ApduException e) {
      return false;
    }
  }

  /** Forgets the association before: its dedicated key too. */
  void forget() {
    if (dedicatedKey != null) {
      dedicatedKey.wipe();
      dedicatedKey = null;
    }
    challenge = null;
    authentication = null;
    security = null;
    context = null;
    refused = null;
    transactions.clear();
  }

  private static ProtocolException breach(String message) {
    return new ProtocolException(DlmsException.Scope.ASSOCIATION, message);
  }

  private static ProtectionException ending(ProtectionException refusal) {
    return refusal.endingAssociation();
  }
}
