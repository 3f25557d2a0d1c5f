package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.acse.MechanismName;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.ConfirmedServiceError;
import io.dlms4j.cosem.apdu.ExceptionResponse;
import io.dlms4j.cosem.apdu.InitiateRequest;
import io.dlms4j.cosem.apdu.InitiateResponse;
import io.dlms4j.cosem.security.Password;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client's AARQ, and its judgement of what the server answers (Green Book 9.4.4.1): the
 * counterpart of {@link AssociationAcceptor}.
 */
final class AssociationProposer {
  private final ClientAssociationConfig config;
  private final ApduCodec codec;

  AssociationProposer(ClientAssociationConfig config, ApduCodec codec) {
    this.config = config;
    this.codec = codec;
  }

  /** The AARQ without ciphering and high level security. */
  Octets aarq() {
    Password password = config.password();
    return aarq(
        password == null
            ? null
            : new AARQ.Authentication(MechanismName.LOW_LEVEL_SECURITY, password.toOctets()),
        codec.encode(initiateRequest(null)));
  }

  Octets aarq(AARQ.@Nullable Authentication authentication, Octets userInformation) {
    return AcseCodec.encode(
        new AARQ(config.applicationContextName(), authentication, userInformation)
            .withCalling(config.calling()));
  }

  InitiateRequest initiateRequest(@Nullable Octets dedicatedKey) {
    return new InitiateRequest(
        dedicatedKey,
        config.confirmedAssociation(),
        config.proposedQualityOfService(),
        InitiateRequest.DLMS_VERSION,
        config.conformance(),
        config.maxReceivePduSize());
  }

  /**
   * What counts as agreed on where no answer is asked for: the client's own proposal (Green Book
   * 9.3.2). How much the server takes at once is not known.
   *
   * @return null if the association is to be confirmed
   */
  @Nullable NegotiatedContext unconfirmedContext() {
    if (config.confirmedAssociation()) {
      return null;
    }
    return new NegotiatedContext(
        config.applicationContextName(),
        config.conformance(),
        config.maxReceivePduSize(),
        0,
        InitiateRequest.DLMS_VERSION,
        false,
        config.calling(),
        ApplicationEntity.UNNAMED);
  }

  /**
   * Reads the server's answer.
   *
   * @return what was agreed on
   * @throws DlmsException if there is no association: the server's refusal, or an answer that is
   *     none
   */
  NegotiatedContext judge(Octets answer) {
    AARE aare = accepted(answer);
    if (aare.diagnostic().equals(ResultSourceDiagnostic.AUTHENTICATION_REQUIRED)) {
      throw breach("the server goes on with high level security, which the client did not ask for");
    }
    return negotiated(aare, aare.userInformation());
  }

  /**
   * Reads an AARE that accepts the association in the context that was proposed.
   *
   * @throws DlmsException if it is none
   */
  AARE accepted(Octets answer) {
    AARE aare = readAare(answer);
    if (aare.result() != AssociationResult.ACCEPTED) {
      throw refusal(aare);
    }
    if (!aare.offersVersion1()) {
      throw breach("the server accepts the association in another version of ACSE");
    }
    if (!aare.applicationContextName().equals(config.applicationContextName())) {
      throw breach(
          "the server accepts the association in another context, "
              + aare.applicationContextName());
    }
    return aare;
  }

  /**
   * What was agreed on.
   *
   * @param userInformation that of the AARE, in clear
   * @throws DlmsException if it is not what can be agreed on
   */
  NegotiatedContext negotiated(AARE aare, @Nullable Octets userInformation) {
    InitiateResponse response = readInitiateResponse(userInformation);
    check(response);
    return new NegotiatedContext(
        aare.applicationContextName(),
        response.negotiatedConformance(),
        config.maxReceivePduSize(),
        response.serverMaxReceivePduSize(),
        response.negotiatedDlmsVersionNumber(),
        true,
        config.calling(),
        aare.responding());
  }

  private void check(InitiateResponse response) {
    if (response.negotiatedDlmsVersionNumber() != InitiateRequest.DLMS_VERSION) {
      throw breach(
          "the server accepts the association with version "
              + response.negotiatedDlmsVersionNumber()
              + " of DLMS");
    }
    Set<Conformance> granted = response.negotiatedConformance();
    if (!ContextServices.hasService(granted)) {
      throw breach("the server accepts the association without any service");
    }
    // What is negotiated is what both have (Green Book 9.4.6.1): a server that grants more has not
    // read the proposal, and what it would answer cannot be known.
    if (!config.conformance().containsAll(granted)) {
      Set<Conformance> unasked = EnumSet.copyOf(granted);
      unasked.removeAll(config.conformance());
      throw breach("the server grants what the client did not propose: " + unasked);
    }
    int vaaName = ContextServices.vaaName(config.applicationContextName());
    if (response.vaaName() != vaaName) {
      throw breach(
          "the server's VAA name is %04X, and that of the context %04X"
              .formatted(response.vaaName(), vaaName));
    }
  }

  private AARE readAare(Octets answer) {
    try {
      if (AcseCodec.decode(answer) instanceof AARE aare) {
        return aare;
      }
    } catch (BerException e) {
      throw noAare(answer, e);
    }
    throw breach("the server answered the AARQ with another one");
  }

  private ProtocolException noAare(Octets answer, BerException fault) {
    try {
      Apdu apdu = codec.decode(answer);
      if (apdu instanceof ExceptionResponse || apdu instanceof ConfirmedServiceError) {
        return breach("the server answered the AARQ with " + apdu);
      }
    } catch (ApduException e) {
      // Then what the decoder of ACSE said tells more.
    }
    return new ProtocolException(
        DlmsException.Scope.ASSOCIATION,
        "the server's answer to the AARQ is no AARE: " + fault.getMessage(),
        fault);
  }

  private AssociationRefusedException refusal(AARE aare) {
    ConfirmedServiceError initiateError = null;
    Octets userInformation = aare.userInformation();
    if (userInformation != null) {
      try {
        if (codec.decode(userInformation) instanceof ConfirmedServiceError error) {
          initiateError = error;
        }
      } catch (ApduException e) {
        // A refusal is one, however its details are written.
      }
    }
    return new AssociationRefusedException(aare.result(), aare.diagnostic(), initiateError);
  }

  private InitiateResponse readInitiateResponse(@Nullable Octets userInformation) {
    try {
      if (userInformation != null
          && codec.decode(userInformation) instanceof InitiateResponse response) {
        return response;
      }
    } catch (ApduException e) {
      throw new ProtocolException(
          DlmsException.Scope.ASSOCIATION,
          "the AARE's user-information is malformed: " + e.getMessage(),
          e);
    }
    throw breach("the AARE accepts the association, and has no InitiateResponse");
  }

  private static ProtocolException breach(String message) {
    return new ProtocolException(DlmsException.Scope.ASSOCIATION, message);
  }
}
