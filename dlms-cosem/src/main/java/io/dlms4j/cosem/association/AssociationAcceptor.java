package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.acse.MechanismName;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.ConfirmedServiceError;
import io.dlms4j.cosem.apdu.ConfirmedServiceError.InitiateError;
import io.dlms4j.cosem.apdu.InitiateRequest;
import io.dlms4j.cosem.apdu.InitiateResponse;
import io.dlms4j.cosem.security.Password;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server's judgement of an AARQ (Green Book 9.4.4.1): each refusal with its own result and
 * diagnostic.
 */
final class AssociationAcceptor {
  /**
   * Least client-max-receive-pdu-size that a server can work with; 0 says that there is no limit.
   */
  private static final int LEAST_PDU_SIZE = 12;

  private final ServerAssociationConfig config;
  private final ApduCodec codec;

  /**
   * What is answered, if anything, and what was agreed on if the association was accepted.
   *
   * @param aare null if the client allows no answer
   * @param context null if the association is refused
   * @param refusal why, in words; null if it is not refused
   */
  record Verdict(
      @Nullable AARE aare, @Nullable NegotiatedContext context, @Nullable String refusal) {}

  AssociationAcceptor(ServerAssociationConfig config, ApduCodec codec) {
    this.config = config;
    this.codec = codec;
  }

  Verdict judge(AARQ aarq) {
    InitiateRequest request = readInitiateRequest(aarq.userInformation());
    Verdict verdict = judge(aarq, request);
    if (request == null || request.responseAllowed()) {
      return verdict;
    }
    // An unconfirmed association (Green Book 9.4.4) is there or not, and no AARE says so.
    return new Verdict(null, verdict.context(), verdict.refusal());
  }

  private Verdict judge(AARQ aarq, @Nullable InitiateRequest request) {
    ResultSourceDiagnostic fault = judgeAcse(aarq);
    if (!fault.equals(ResultSourceDiagnostic.NULL)) {
      return rejected(fault);
    }
    if (request != null && request.dedicatedKey() != null) {
      return refusedDedicatedKey();
    }
    return judgeInitiate(request, aarq.calling());
  }

  /**
   * ACSE's own matters, and then who the client is, as far as that can be told without keys.
   *
   * @return {@link ResultSourceDiagnostic#NULL} if there is nothing to complain of
   */
  ResultSourceDiagnostic judgeAcse(AARQ aarq) {
    if (!aarq.offersVersion1()) {
      return ResultSourceDiagnostic.NO_COMMON_ACSE_VERSION;
    }
    if (!aarq.applicationContextName().equals(config.applicationContextName())) {
      return ResultSourceDiagnostic.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED;
    }
    ResultSourceDiagnostic calling = judge(aarq.calling());
    if (!calling.equals(ResultSourceDiagnostic.NULL)) {
      return calling;
    }
    AARQ.Authentication offered = aarq.authentication();
    ServerSecurity security = config.security();
    if (security != null && !security.hls().isNone()) {
      return judgeHighLevel(offered, security.hls());
    }
    Password password = config.password();
    return password == null ? judgeLowestLevel(offered) : judgeLowLevel(offered, password);
  }

  /**
   * Whom the client calls, its AE-qualifier and its AP-invocation-identifier have no use here, and
   * may be anything (APPL_OPEN_6 of the conformance plan).
   */
  private ResultSourceDiagnostic judge(ApplicationEntity calling) {
    Octets title = calling.apTitle();
    // DLMS/COSEM has one use for the field, the system title, and that has eight octets (Green Book
    // 4.3). Where nothing is ciphered it may be left out; one of another length names nobody.
    if (title != null && title.length() != ContextServices.SYSTEM_TITLE_LENGTH) {
      return ResultSourceDiagnostic.CALLING_AP_TITLE_NOT_RECOGNIZED;
    }
    // The user behind the client counts only where there is a user_list: with an empty one every
    // user may associate (Blue Book, user_list), also one who says a number that nobody asked for.
    Long user = calling.aeInvocationId();
    boolean known =
        config.users().isEmpty()
            || (user != null
                && user == user.intValue()
                && config.users().contains(user.intValue()));
    return known
        ? ResultSourceDiagnostic.NULL
        : ResultSourceDiagnostic.CALLING_AE_INVOCATION_IDENTIFIER_NOT_RECOGNIZED;
  }

  /**
   * Lowest level security (Green Book 9.2.2.2): whoever may come without authentication may also
   * name the mechanism that asks for none, but neither leave its name open nor bring a value that
   * nobody checks.
   */
  private static ResultSourceDiagnostic judgeLowestLevel(AARQ.@Nullable Authentication offered) {
    if (offered == null) {
      return ResultSourceDiagnostic.NULL;
    }
    MechanismName mechanism = offered.mechanismName();
    if (mechanism == null && offered.functionalUnit()) {
      return ResultSourceDiagnostic.AUTHENTICATION_MECHANISM_NAME_REQUIRED;
    }
    if (mechanism != null && !mechanism.equals(MechanismName.LOWEST)) {
      return ResultSourceDiagnostic.AUTHENTICATION_MECHANISM_NAME_NOT_RECOGNISED;
    }
    Octets value = offered.callingAuthenticationValue();
    boolean nothing = offered.authenticationValue() == null || (value != null && value.isEmpty());
    return nothing ? ResultSourceDiagnostic.NULL : ResultSourceDiagnostic.AUTHENTICATION_FAILURE;
  }

  /**
   * Low level security (Green Book 9.2.2.2). Without the functional unit, mechanism-name and value
   * say nothing: the client has not begun to authenticate itself.
   */
  private static ResultSourceDiagnostic judgeLowLevel(
      AARQ.@Nullable Authentication offered, Password password) {
    ResultSourceDiagnostic fault = judgeMechanism(offered, MechanismName.LOW_LEVEL_SECURITY);
    if (offered == null || !fault.equals(ResultSourceDiagnostic.NULL)) {
      return fault;
    }
    Octets value = offered.callingAuthenticationValue();
    return value != null && password.matches(value)
        ? ResultSourceDiagnostic.NULL
        : ResultSourceDiagnostic.AUTHENTICATION_FAILURE;
  }

  private static ResultSourceDiagnostic judgeMechanism(
      AARQ.@Nullable Authentication offered, MechanismName wanted) {
    if (offered == null || !offered.functionalUnit()) {
      return ResultSourceDiagnostic.AUTHENTICATION_REQUIRED;
    }
    MechanismName mechanism = offered.mechanismName();
    if (mechanism == null) {
      return ResultSourceDiagnostic.AUTHENTICATION_MECHANISM_NAME_REQUIRED;
    }
    return mechanism.equals(wanted)
        ? ResultSourceDiagnostic.NULL
        : ResultSourceDiagnostic.AUTHENTICATION_MECHANISM_NAME_NOT_RECOGNISED;
  }

  /** High level security: the value is the client's challenge (Green Book 9.2.7.4). */
  private static ResultSourceDiagnostic judgeHighLevel(
      AARQ.@Nullable Authentication offered, HlsChoice hls) {
    ResultSourceDiagnostic fault = judgeMechanism(offered, hls.mechanismName());
    if (offered == null || !fault.equals(ResultSourceDiagnostic.NULL)) {
      return fault;
    }
    return offered.callingAuthenticationValue() == null
        ? ResultSourceDiagnostic.AUTHENTICATION_FAILURE
        : ResultSourceDiagnostic.NULL;
  }

  @Nullable InitiateRequest readInitiateRequest(@Nullable Octets userInformation) {
    if (userInformation == null) {
      return null;
    }
    try {
      return codec.decode(userInformation) instanceof InitiateRequest request ? request : null;
    } catch (ApduException e) {
      return null;
    }
  }

  /** A dedicated key is of no use without ciphering, or if it does not fit. */
  Verdict refusedDedicatedKey() {
    return rejected(InitiateError.REFUSED_BY_THE_VDE_HANDLER);
  }

  /** What the client wants to do. */
  Verdict judgeInitiate(@Nullable InitiateRequest request, ApplicationEntity calling) {
    if (request == null) {
      return rejected(InitiateError.OTHER);
    }
    Verdict verdict = judgeProposal(request, calling);
    return request.responseAllowed()
        ? verdict
        : new Verdict(null, verdict.context(), verdict.refusal());
  }

  private Verdict judgeProposal(InitiateRequest request, ApplicationEntity calling) {
    // A client of a later version speaks ours as well if it takes the answer, which tells it ours;
    // one of an earlier version cannot.
    if (request.proposedDlmsVersionNumber() < InitiateRequest.DLMS_VERSION) {
      return rejected(InitiateError.DLMS_VERSION_TOO_LOW);
    }
    // What the context cannot have, the configuration has not.
    Set<Conformance> common = EnumSet.noneOf(Conformance.class);
    common.addAll(request.proposedConformance());
    common.retainAll(config.conformance());
    if (common.isEmpty()) {
      return rejected(InitiateError.INCOMPATIBLE_CONFORMANCE);
    }
    int clientMax = request.clientMaxReceivePduSize();
    if (clientMax != 0 && clientMax < LEAST_PDU_SIZE) {
      return rejected(InitiateError.PDU_SIZE_TOO_SHORT);
    }
    NegotiatedContext context =
        new NegotiatedContext(
            config.applicationContextName(),
            common,
            clientMax,
            config.maxReceivePduSize(),
            InitiateRequest.DLMS_VERSION,
            request.responseAllowed(),
            calling,
            responding());
    InitiateResponse response =
        new InitiateResponse(
            request.proposedQualityOfService(),
            InitiateRequest.DLMS_VERSION,
            common,
            config.maxReceivePduSize(),
            ContextServices.vaaName(config.applicationContextName()));
    AARE aare =
        new AARE(
            config.applicationContextName(),
            AssociationResult.ACCEPTED,
            ResultSourceDiagnostic.NULL,
            codec.encode(response));
    return new Verdict(aare, context, null);
  }

  private ApplicationEntity responding() {
    ServerSecurity security = config.security();
    return security == null
        ? ApplicationEntity.UNNAMED
        : ApplicationEntity.UNNAMED.withApTitle(security.systemTitle().octets());
  }

  private Verdict rejected(InitiateError reason) {
    ConfirmedServiceError error = ConfirmedServiceError.ofInitiate(reason);
    return new Verdict(
        aare(ResultSourceDiagnostic.NO_REASON_GIVEN, codec.encode(error)), null, error.toString());
  }

  Verdict rejected(ResultSourceDiagnostic diagnostic) {
    return new Verdict(aare(diagnostic, null), null, diagnostic.toString());
  }

  private AARE aare(ResultSourceDiagnostic diagnostic, @Nullable Octets userInformation) {
    return new AARE(
        config.applicationContextName(),
        AssociationResult.REJECTED_PERMANENT,
        diagnostic,
        userInformation);
  }
}
