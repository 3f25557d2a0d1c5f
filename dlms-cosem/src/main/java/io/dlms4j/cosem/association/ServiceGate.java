package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.AccessRequest;
import io.dlms4j.cosem.apdu.ActionRequest;
import io.dlms4j.cosem.apdu.ActionRequestWithFirstPBlock;
import io.dlms4j.cosem.apdu.ActionRequestWithList;
import io.dlms4j.cosem.apdu.ActionRequestWithListAndFirstPBlock;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.ConfirmedServiceError;
import io.dlms4j.cosem.apdu.ExceptionResponse;
import io.dlms4j.cosem.apdu.ExceptionResponse.ServiceError;
import io.dlms4j.cosem.apdu.ExceptionResponse.StateError;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import io.dlms4j.cosem.apdu.GetRequest;
import io.dlms4j.cosem.apdu.GetRequestWithList;
import io.dlms4j.cosem.apdu.ReadRequest;
import io.dlms4j.cosem.apdu.SetRequest;
import io.dlms4j.cosem.apdu.SetRequestWithFirstDataBlock;
import io.dlms4j.cosem.apdu.SetRequestWithList;
import io.dlms4j.cosem.apdu.SetRequestWithListAndFirstDataBlock;
import io.dlms4j.cosem.apdu.UnconfirmedWriteRequest;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.apdu.WriteRequest;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.ProtectionException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server lets through to its services, and how it refuses the rest: with an
 * exception-response; in an association with short names Read and Write with a
 * ConfirmedServiceError (Green Book 9.4.6.1, 9.5).
 */
final class ServiceGate {
  private static final int READ_REQUEST = 0x05;
  private static final int WRITE_REQUEST = 0x06;

  private static final int EXCEPTION_RESPONSE = 0xD8;
  private static final int CONFIRMED_SERVICE_ERROR = 0x0E;

  /** ServiceError: service. */
  private static final int SERVICE_ERROR = 3;

  private static final int OTHER = 0;
  private static final int PDU_SIZE = 1;
  private static final int SERVICE_UNSUPPORTED = 2;

  private ServiceGate() {}

  /**
   * What is said to an APDU that is not let through.
   *
   * @return null if it is
   */
  static @Nullable Apdu refusal(Agreement agreed, Apdu apdu, int tag) {
    if (apdu instanceof GeneralBlockTransfer) {
      return notAgreed(agreed, tag);
    }
    if (!isRequest(apdu)) {
      return unknownService();
    }
    if (!allows(agreed, apdu)) {
      return notAgreed(agreed, tag);
    }
    return isWellFormed(apdu) ? null : unreadable(agreed, tag, ApduException.Reason.MALFORMED);
  }

  /**
   * Whether the protection of a request is one that was agreed on. The broadcast key, which all
   * devices have, is for what is not answered.
   */
  static boolean allows(Agreement agreed, MessageForm form, Octets request, boolean answered) {
    if (form.isForMany() && answered) {
      return false;
    }
    return !form.isGeneralFor(request) || agreed.has(Conformance.GENERAL_PROTECTION);
  }

  /**
   * Whether an APDU says that another one could not be processed. These have no ciphered form that
   * every server knows, and are taken in clear.
   */
  static boolean isError(Octets apdu) {
    return !apdu.isEmpty()
        && (apdu.at(0) == EXCEPTION_RESPONSE || apdu.at(0) == CONFIRMED_SERVICE_ERROR);
  }

  /**
   * What is said to a message whose protection is refused. The peer is told no more than that, so
   * that it cannot try keys or tags out; a counter that is too low, of a message that is authentic,
   * is told the one that would have been taken (Green Book 9.5).
   */
  static Apdu notTaken(ProtectionException refusal) {
    return switch (refusal.reason()) {
      case INVOCATION_COUNTER ->
          new ExceptionResponse(
              StateError.SERVICE_NOT_ALLOWED,
              ServiceError.INVOCATION_COUNTER_ERROR,
              Math.min(refusal.lowestAcceptable(), InvocationCounterStore.HIGHEST));
      case TOO_WEAK ->
          new ExceptionResponse(
              StateError.SERVICE_NOT_ALLOWED, ServiceError.OPERATION_NOT_POSSIBLE);
      default ->
          new ExceptionResponse(StateError.SERVICE_NOT_ALLOWED, ServiceError.DECIPHERING_ERROR);
    };
  }

  /** Whether the APDU is a request, or a part of one. */
  static boolean isRequest(Apdu apdu) {
    return apdu instanceof GetRequest
        || apdu instanceof SetRequest
        || apdu instanceof ActionRequest
        || apdu instanceof AccessRequest
        || apdu instanceof ReadRequest
        || apdu instanceof WriteRequest
        || apdu instanceof UnconfirmedWriteRequest;
  }

  /** Whether all that the request needs has been agreed on. */
  private static boolean allows(Agreement agreed, Apdu request) {
    return agreed.context().conformance().containsAll(needs(request));
  }

  private static Set<Conformance> needs(Apdu request) {
    Set<Conformance> needs = EnumSet.noneOf(Conformance.class);
    if (request instanceof GetRequest) {
      needs.add(Conformance.GET);
    } else if (request instanceof SetRequest) {
      needs.add(Conformance.SET);
    } else if (request instanceof ActionRequest) {
      needs.add(Conformance.ACTION);
    } else if (request instanceof AccessRequest) {
      needs.add(Conformance.ACCESS);
    } else if (request instanceof ReadRequest read) {
      needs.add(Conformance.READ);
      addNeeds(needs, read.variables());
    } else if (request instanceof WriteRequest write) {
      needs.add(Conformance.WRITE);
      addNeeds(needs, write.variables());
    } else if (request instanceof UnconfirmedWriteRequest write) {
      needs.add(Conformance.UNCONFIRMED_WRITE);
      addNeeds(needs, write.variables());
    }
    if (request instanceof GetRequestWithList
        || request instanceof SetRequestWithList
        || request instanceof SetRequestWithListAndFirstDataBlock
        || request instanceof ActionRequestWithList
        || request instanceof ActionRequestWithListAndFirstPBlock) {
      needs.add(Conformance.MULTIPLE_REFERENCES);
    }
    if (request instanceof SetRequestWithFirstDataBlock
        || request instanceof SetRequestWithListAndFirstDataBlock) {
      needs.add(Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE);
    }
    if (request instanceof ActionRequestWithFirstPBlock
        || request instanceof ActionRequestWithListAndFirstPBlock) {
      needs.add(Conformance.BLOCK_TRANSFER_WITH_ACTION);
    }
    return needs;
  }

  private static void addNeeds(Set<Conformance> needs, List<VariableAccess> variables) {
    if (variables.size() > 1) {
      needs.add(Conformance.MULTIPLE_REFERENCES);
    }
    for (VariableAccess variable : variables) {
      if (variable instanceof VariableAccess.ParameterizedAccess) {
        needs.add(Conformance.PARAMETERIZED_ACCESS);
      } else if (variable instanceof VariableAccess.ReadDataBlockAccess) {
        needs.add(Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ);
      } else if (variable instanceof VariableAccess.WriteDataBlockAccess) {
        needs.add(Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE);
      }
    }
  }

  /** Whether a short-name request is one: names, or a single part of a block transfer. */
  private static boolean isWellFormed(Apdu request) {
    if (request instanceof ReadRequest read) {
      List<VariableAccess> variables = read.variables();
      return areNames(variables)
          || (variables.size() == 1
              && (variables.get(0) instanceof VariableAccess.ReadDataBlockAccess
                  || variables.get(0) instanceof VariableAccess.BlockNumberAccess));
    }
    if (request instanceof WriteRequest write) {
      List<VariableAccess> variables = write.variables();
      return areNames(variables)
          || (variables.size() == 1
              && variables.get(0) instanceof VariableAccess.WriteDataBlockAccess);
    }
    return !(request instanceof UnconfirmedWriteRequest write) || areNames(write.variables());
  }

  static boolean areNames(List<VariableAccess> variables) {
    for (VariableAccess variable : variables) {
      if (!(variable instanceof VariableAccess.VariableName)
          && !(variable instanceof VariableAccess.ParameterizedAccess)) {
        return false;
      }
    }
    return true;
  }

  /** There is no association. */
  static Apdu noAssociation() {
    return new ExceptionResponse(
        StateError.SERVICE_NOT_ALLOWED, ServiceError.OPERATION_NOT_POSSIBLE);
  }

  /** The APDU is longer than agreed. */
  static Apdu tooLong(Agreement agreed, int tag) {
    return isShortName(agreed, tag)
        ? new ConfirmedServiceError(tag, SERVICE_ERROR, PDU_SIZE)
        : new ExceptionResponse(StateError.SERVICE_NOT_ALLOWED, ServiceError.PDU_TOO_LONG);
  }

  /** The APDU cannot be read. */
  static Apdu unreadable(Agreement agreed, int tag, ApduException.Reason reason) {
    if (isShortName(agreed, tag)) {
      return new ConfirmedServiceError(tag, SERVICE_ERROR, OTHER);
    }
    return reason == ApduException.Reason.MALFORMED ? unreadable() : unknownService();
  }

  /** The APDU is known, and its octets do not fit it. */
  static Apdu unreadable() {
    return new ExceptionResponse(StateError.SERVICE_UNKNOWN, ServiceError.OTHER_REASON);
  }

  /** The APDU is none that a client sends. */
  static Apdu unknownService() {
    return new ExceptionResponse(StateError.SERVICE_UNKNOWN, ServiceError.SERVICE_NOT_SUPPORTED);
  }

  /** The service has not been agreed on. */
  static Apdu notAgreed(Agreement agreed, int tag) {
    return isShortName(agreed, tag)
        ? new ConfirmedServiceError(tag, SERVICE_ERROR, SERVICE_UNSUPPORTED)
        : new ExceptionResponse(StateError.SERVICE_NOT_ALLOWED, ServiceError.SERVICE_NOT_SUPPORTED);
  }

  /** The tags of the requests are the choices of the ConfirmedServiceError, too. */
  private static boolean isShortName(Agreement agreed, int tag) {
    return agreed.context().applicationContextName().hasShortNames()
        && (tag == READ_REQUEST || tag == WRITE_REQUEST);
  }
}
