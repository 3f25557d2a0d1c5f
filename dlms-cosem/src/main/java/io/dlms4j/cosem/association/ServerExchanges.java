package io.dlms4j.cosem.association;

import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.apdu.AccessRequest;
import io.dlms4j.cosem.apdu.ActionRequest;
import io.dlms4j.cosem.apdu.ActionRequestNormal;
import io.dlms4j.cosem.apdu.ActionRequestWithFirstPBlock;
import io.dlms4j.cosem.apdu.ActionRequestWithList;
import io.dlms4j.cosem.apdu.ActionRequestWithListAndFirstPBlock;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.GetRequest;
import io.dlms4j.cosem.apdu.GetRequestNext;
import io.dlms4j.cosem.apdu.GetRequestNormal;
import io.dlms4j.cosem.apdu.GetRequestWithList;
import io.dlms4j.cosem.apdu.ReadRequest;
import io.dlms4j.cosem.apdu.SetRequest;
import io.dlms4j.cosem.apdu.SetRequestNormal;
import io.dlms4j.cosem.apdu.SetRequestWithDataBlock;
import io.dlms4j.cosem.apdu.SetRequestWithFirstDataBlock;
import io.dlms4j.cosem.apdu.SetRequestWithList;
import io.dlms4j.cosem.apdu.SetRequestWithListAndFirstDataBlock;
import io.dlms4j.cosem.apdu.UnconfirmedWriteRequest;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.apdu.WriteRequest;
import io.dlms4j.cosem.association.ServerExchange.Terms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an APDU of a client begins, or goes on with. */
final class ServerExchanges {
  private ServerExchanges() {}

  /** What pairs the request with its answer. */
  static AnswerKey key(Apdu request) {
    if (request instanceof GetRequest get) {
      return AnswerKey.of(get.invokeIdAndPriority());
    }
    if (request instanceof SetRequest set) {
      return AnswerKey.of(set.invokeIdAndPriority());
    }
    if (request instanceof ActionRequest action) {
      return AnswerKey.of(action.invokeIdAndPriority());
    }
    if (request instanceof AccessRequest access) {
      return AnswerKey.ofLong(access.longInvokeIdAndPriority().longInvokeId());
    }
    return AnswerKey.SHORT_NAME;
  }

  /**
   * Whether the client waits for an answer. A GET is answered whatever its service class, and so is
   * a block, without whose answer there would be no next one.
   */
  static boolean isConfirmed(Apdu request) {
    if (request instanceof SetRequestNormal || request instanceof SetRequestWithList) {
      return ((SetRequest) request).invokeIdAndPriority().isConfirmed();
    }
    if (request instanceof ActionRequestNormal || request instanceof ActionRequestWithList) {
      return ((ActionRequest) request).invokeIdAndPriority().isConfirmed();
    }
    if (request instanceof AccessRequest access) {
      return access.longInvokeIdAndPriority().isConfirmed();
    }
    return !(request instanceof UnconfirmedWriteRequest);
  }

  static boolean isHighPriority(Apdu request) {
    if (request instanceof GetRequest get) {
      return get.invokeIdAndPriority().isHighPriority();
    }
    if (request instanceof SetRequest set) {
      return set.invokeIdAndPriority().isHighPriority();
    }
    if (request instanceof ActionRequest action) {
      return action.invokeIdAndPriority().isHighPriority();
    }
    return request instanceof AccessRequest access
        && access.longInvokeIdAndPriority().isHighPriority();
  }

  /**
   * The exchange that the APDU begins.
   *
   * @return null if it goes on with one
   */
  static @Nullable ServerExchange begin(Apdu apdu, Terms terms) {
    if (apdu instanceof GetRequestNormal get) {
      return new ServerGet(terms, get);
    } else if (apdu instanceof GetRequestWithList get) {
      return new ServerGet(terms, get);
    } else if (apdu instanceof SetRequestNormal set) {
      return ServerSet.of(terms, set);
    } else if (apdu instanceof SetRequestWithList set) {
      return ServerSet.of(terms, set);
    } else if (apdu instanceof SetRequestWithFirstDataBlock set) {
      return ServerSet.of(terms, set);
    } else if (apdu instanceof SetRequestWithListAndFirstDataBlock set) {
      return ServerSet.of(terms, set);
    } else if (apdu instanceof ActionRequestNormal action) {
      return ServerAction.of(terms, action);
    } else if (apdu instanceof ActionRequestWithList action) {
      return ServerAction.of(terms, action);
    } else if (apdu instanceof ActionRequestWithFirstPBlock action) {
      return ServerAction.of(terms, action);
    } else if (apdu instanceof ActionRequestWithListAndFirstPBlock action) {
      return ServerAction.of(terms, action);
    } else if (apdu instanceof AccessRequest access) {
      return new ServerAccess(terms, access);
    } else if (apdu instanceof ReadRequest read) {
      return isLater(read.variables()) ? null : new ServerRead(terms, read);
    } else if (apdu instanceof WriteRequest write) {
      return isLater(write.variables())
          ? null
          : new ServerWrite(terms, write.variables(), write.values());
    } else if (apdu instanceof UnconfirmedWriteRequest write) {
      return new ServerWrite(terms, write.variables(), write.values());
    }
    return null;
  }

  /**
   * Whether a short-name request is not the first of its transfer: those have no form of their own.
   */
  private static boolean isLater(List<VariableAccess> variables) {
    if (variables.size() != 1) {
      return false;
    }
    VariableAccess only = variables.get(0);
    return only instanceof VariableAccess.BlockNumberAccess
        || (only instanceof VariableAccess.ReadDataBlockAccess read && read.blockNumber() != 1)
        || (only instanceof VariableAccess.WriteDataBlockAccess write && write.blockNumber() != 1);
  }

  /** What is said to an APDU that goes on with a transfer where none is going on. */
  static Apdu nothingInProgress(Apdu apdu) {
    if (apdu instanceof GetRequestNext next) {
      return ServerGet.failure(next, DataAccessResult.NO_LONG_GET_IN_PROGRESS);
    }
    if (apdu instanceof SetRequestWithDataBlock further) {
      return ServerSet.noLongSet(further);
    }
    if (apdu instanceof ActionRequest further) {
      return ServerAction.failure(
          further.invokeIdAndPriority(), ActionResult.NO_LONG_ACTION_IN_PROGRESS);
    }
    return apdu instanceof WriteRequest
        ? ServerWrite.failure(DataAccessResult.NO_LONG_SET_IN_PROGRESS)
        : ServerRead.failure(DataAccessResult.NO_LONG_GET_IN_PROGRESS);
  }
}
