package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AARQ;
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
   */
  record Verdict(@Nullable AARE aare, @Nullable NegotiatedContext context) {}

  AssociationAcceptor(ServerAssociationConfig config, ApduCodec codec) {
    this.config = config;
    this.codec = codec;
  }

  Verdict judge(AARQ aarq) {
    InitiateRequest request = readInitiateRequest(aarq.userInformation());
    if (request != null && !request.responseAllowed()) {
      // An unconfirmed association (Green Book 9.3.2): an AARE must not be sent, and of the
      // services that may be used in one, this library has none.
      return new Verdict(null, null);
    }
    if (!aarq.offersVersion1()) {
      return rejected(ResultSourceDiagnostic.NO_COMMON_ACSE_VERSION, null);
    }
    if (!aarq.applicationContextName().equals(config.applicationContextName())) {
      return rejected(ResultSourceDiagnostic.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED, null);
    }
    ResultSourceDiagnostic authentication = judge(aarq.authentication());
    if (!authentication.equals(ResultSourceDiagnostic.NULL)) {
      return rejected(authentication, null);
    }
    return request == null ? rejected(InitiateError.OTHER) : judgeInitiate(request);
  }

  private ResultSourceDiagnostic judge(AARQ.@Nullable Authentication offered) {
    Password password = config.password();
    MechanismName mechanism = offered == null ? null : offered.mechanismName();
    if (password == null) {
      // Whoever may come without a password may also say so, or name the mechanism that asks for
      // none.
      return mechanism == null || mechanism.equals(MechanismName.LOWEST)
          ? ResultSourceDiagnostic.NULL
          : ResultSourceDiagnostic.AUTHENTICATION_MECHANISM_NAME_NOT_RECOGNISED;
    }
    if (offered == null || !offered.functionalUnit()) {
      return ResultSourceDiagnostic.AUTHENTICATION_REQUIRED;
    }
    if (mechanism == null) {
      return ResultSourceDiagnostic.AUTHENTICATION_MECHANISM_NAME_REQUIRED;
    }
    if (!mechanism.equals(MechanismName.LOW_LEVEL_SECURITY)) {
      return ResultSourceDiagnostic.AUTHENTICATION_MECHANISM_NAME_NOT_RECOGNISED;
    }
    Octets value = offered.callingAuthenticationValue();
    return value != null && password.matches(value)
        ? ResultSourceDiagnostic.NULL
        : ResultSourceDiagnostic.AUTHENTICATION_FAILURE;
  }

  private @Nullable InitiateRequest readInitiateRequest(@Nullable Octets userInformation) {
    if (userInformation == null) {
      return null;
    }
    try {
      return codec.decode(userInformation) instanceof InitiateRequest request ? request : null;
    } catch (ApduException e) {
      return null;
    }
  }

  private Verdict judgeInitiate(InitiateRequest request) {
    if (request.dedicatedKey() != null) {
      // A dedicated key is of no use without ciphering.
      return rejected(InitiateError.REFUSED_BY_THE_VDE_HANDLER);
    }
    if (request.proposedDlmsVersionNumber() < InitiateRequest.DLMS_VERSION) {
      return rejected(InitiateError.DLMS_VERSION_TOO_LOW);
    }
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
            InitiateRequest.DLMS_VERSION);
    InitiateResponse response =
        new InitiateResponse(
            request.proposedQualityOfService(),
            InitiateRequest.DLMS_VERSION,
            common,
            config.maxReceivePduSize(),
            InitiateResponse.VAA_NAME_LN);
    AARE aare =
        new AARE(
            config.applicationContextName(),
            AssociationResult.ACCEPTED,
            ResultSourceDiagnostic.NULL,
            codec.encode(response));
    return new Verdict(aare, context);
  }

  private Verdict rejected(InitiateError reason) {
    return rejected(
        ResultSourceDiagnostic.NO_REASON_GIVEN, ConfirmedServiceError.ofInitiate(reason));
  }

  private Verdict rejected(
      ResultSourceDiagnostic diagnostic, @Nullable ConfirmedServiceError error) {
    AARE aare =
        new AARE(
            config.applicationContextName(),
            AssociationResult.REJECTED_PERMANENT,
            diagnostic,
            error == null ? null : codec.encode(error));
    return new Verdict(aare, null);
  }
}
