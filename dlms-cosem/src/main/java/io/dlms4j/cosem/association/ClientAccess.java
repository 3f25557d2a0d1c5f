package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.AccessRequest;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
import io.dlms4j.cosem.apdu.AccessResponse;
import io.dlms4j.cosem.apdu.AccessResponseSpecification;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import java.util.List;

/** ACCESS: one APDU each way (Green Book 9.3); what is longer goes by general block transfer. */
final class ClientAccess extends ClientExchange {
  private final LongInvokeIdAndPriority invokeId;
  private final ServiceRequest.Access service;

  ClientAccess(Agreement agreed, LongInvokeIdAndPriority invokeId, ServiceRequest.Access service) {
    super(agreed);
    this.invokeId = invokeId;
    this.service = service;
  }

  @Override
  Octets begin() {
    require(Conformance.ACCESS);
    return whole(
        agreed.encode(
            new AccessRequest(
                invokeId, service.dateTime(), service.specifications(), service.data())));
  }

  @Override
  ClientStep receive(Apdu answer) {
    if (!(answer instanceof AccessResponse response)) {
      throw otherService("an ACCESS", answer);
    }
    List<AccessResponseSpecification> results = response.results();
    boolean broken =
        service.breakOnError()
            && !results.isEmpty()
            && results.size() < service.items()
            && isFailure(results.get(results.size() - 1));
    if (!broken) {
      requireResults(results.size(), service.items());
    }
    for (int i = 0; i < results.size(); i++) {
      if (!answers(service.specifications().get(i), results.get(i))) {
        throw breach("the server answered item " + i + " of an ACCESS with the result of another");
      }
    }
    return new ClientStep.Done(
        new ServiceResponse.Accessed(results, response.data(), response.dateTime()));
  }

  private static boolean answers(
      AccessRequestSpecification asked, AccessResponseSpecification result) {
    if (asked instanceof AccessRequestSpecification.Action) {
      return result instanceof AccessResponseSpecification.Action;
    }
    boolean reads =
        asked instanceof AccessRequestSpecification.Get
            || asked instanceof AccessRequestSpecification.GetWithSelection;
    return reads
        ? result instanceof AccessResponseSpecification.Get
        : result instanceof AccessResponseSpecification.Set;
  }

  private static boolean isFailure(AccessResponseSpecification result) {
    if (result instanceof AccessResponseSpecification.Get get) {
      return get.result() != DataAccessResult.SUCCESS;
    }
    if (result instanceof AccessResponseSpecification.Set set) {
      return set.result() != DataAccessResult.SUCCESS;
    }
    return result instanceof AccessResponseSpecification.Action action
        && action.result() != ActionResult.SUCCESS;
  }
}
