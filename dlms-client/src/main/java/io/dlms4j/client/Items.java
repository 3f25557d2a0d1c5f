package io.dlms4j.client;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
import io.dlms4j.cosem.apdu.AccessResponseSpecification;
import io.dlms4j.cosem.apdu.ActionResponseWithOptionalData;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.cosem.association.ServiceResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items of a request: their names, and what became of each. */
final class Items {
  private Items() {}

  /** What a request is about, in words. */
  static String describe(ServiceRequest service) {
    String what = "the " + service.getClass().getSimpleName();
    return service.items() == 1
        ? what + " of " + name(service, 0)
        : what + " of " + service.items() + " items";
  }

  /** What an item is about, in words. */
  static String name(ServiceRequest service, int item) {
    if (service instanceof ServiceRequest.Get get) {
      return get.attributes().get(item).attribute().toString();
    }
    if (service instanceof ServiceRequest.Set set) {
      return set.attributes().get(item).attribute().toString();
    }
    if (service instanceof ServiceRequest.Action action) {
      return action.methods().get(item).toString();
    }
    if (service instanceof ServiceRequest.Access access) {
      return name(access.specifications().get(item));
    }
    return name(
        service instanceof ServiceRequest.Read read
            ? read.variables().get(item)
            : ((ServiceRequest.Write) service).variables().get(item));
  }

  private static String name(VariableAccess variable) {
    if (variable instanceof VariableAccess.VariableName name) {
      return String.format("short name %04X", name.objectName());
    }
    return variable instanceof VariableAccess.ParameterizedAccess access
        ? String.format("short name %04X with selector %d", access.objectName(), access.selector())
        : variable.toString();
  }

  private static String name(AccessRequestSpecification specification) {
    if (specification instanceof AccessRequestSpecification.Action action) {
      return action.method().toString();
    }
    AttributeRef attribute;
    if (specification instanceof AccessRequestSpecification.Get get) {
      attribute = get.attribute();
    } else if (specification instanceof AccessRequestSpecification.Set set) {
      attribute = set.attribute();
    } else if (specification instanceof AccessRequestSpecification.GetWithSelection get) {
      attribute = get.attribute();
    } else {
      attribute = ((AccessRequestSpecification.SetWithSelection) specification).attribute();
    }
    return attribute.toString();
  }

  /** What an item brought that has to bring something, or its failure as it is. */
  static CosemData required(Outcome outcome) {
    if (outcome instanceof Outcome.Failure failure) {
      throw failure.cause();
    }
    return outcome.value();
  }

  /** What became of each item, in order, as many as the request has. */
  static List<Outcome> outcomes(ServiceRequest service, ServiceResponse response) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < service.items(); i++) {
      outcomes.add(outcome(service, response, i));
    }
    return outcomes;
  }

  private static Outcome outcome(ServiceRequest service, ServiceResponse response, int item) {
    if (response instanceof ServiceResponse.Data data) {
      return read(service, item, data.results().get(item));
    }
    if (response instanceof ServiceResponse.Written written) {
      return of(service, item, written.results().get(item), null);
    }
    if (response instanceof ServiceResponse.Invoked invoked) {
      MethodRef method = ((ServiceRequest.Action) service).methods().get(item);
      return invoked(service, item, method, invoked.results().get(item));
    }
    return accessed((ServiceRequest.Access) service, (ServiceResponse.Accessed) response, item);
  }

  private static Outcome read(ServiceRequest service, int item, GetDataResult result) {
    return result instanceof GetDataResult.Data data
        ? decoded(service, item, data.value())
        : new Outcome.Failure(
            new DataAccessException(
                name(service, item), ((GetDataResult.Failure) result).result()));
  }

  private static Outcome invoked(
      ServiceRequest service, int item, MethodRef method, ActionResponseWithOptionalData response) {
    if (response.result() != ActionResult.SUCCESS) {
      return new Outcome.Failure(ActionException.refused(method, response.result()));
    }
    GetDataResult returned = response.returnParameters();
    if (returned instanceof GetDataResult.Failure failure) {
      return failure.result() == DataAccessResult.SUCCESS
          ? new Outcome.Success(null)
          : new Outcome.Failure(ActionException.withoutReturn(method, failure.result()));
    }
    return returned instanceof GetDataResult.Data data
        ? decoded(service, item, data.value())
        : new Outcome.Success(null);
  }

  private static Outcome accessed(
      ServiceRequest.Access service, ServiceResponse.Accessed response, int item) {
    if (item >= response.results().size()) {
      return new Outcome.Failure(
          new DlmsException(
              DlmsException.Origin.REMOTE,
              DlmsException.Scope.REQUEST,
              "the access to "
                  + name(service, item)
                  + " was left undone, since an item before it failed"));
    }
    AccessResponseSpecification result = response.results().get(item);
    EncodedData datum = item < response.data().size() ? response.data().get(item) : null;
    if (result instanceof AccessResponseSpecification.Get get) {
      return of(service, item, get.result(), datum);
    }
    if (result instanceof AccessResponseSpecification.Set set) {
      return of(service, item, set.result(), null);
    }
    MethodRef method =
        ((AccessRequestSpecification.Action) service.specifications().get(item)).method();
    ActionResult action = ((AccessResponseSpecification.Action) result).result();
    if (action != ActionResult.SUCCESS) {
      return new Outcome.Failure(ActionException.refused(method, action));
    }
    return datum == null || datum.octets().at(0) == DataTag.NULL_DATA.value()
        ? new Outcome.Success(null)
        : decoded(service, item, datum);
  }

  private static Outcome of(
      ServiceRequest service, int item, DataAccessResult result, @Nullable EncodedData value) {
    if (result != DataAccessResult.SUCCESS) {
      return new Outcome.Failure(new DataAccessException(name(service, item), result));
    }
    return value == null ? new Outcome.Success(null) : decoded(service, item, value);
  }

  private static Outcome decoded(ServiceRequest service, int item, EncodedData value) {
    try {
      return new Outcome.Success(value.value());
    } catch (AxdrException e) {
      return new Outcome.Failure(
          new ProtocolException(
              DlmsException.Scope.REQUEST,
              "the value of " + name(service, item) + " is malformed: " + e.getMessage(),
              e));
    }
  }
}
