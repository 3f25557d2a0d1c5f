package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Access-Response: a server answers an {@link AccessRequest}, item by item (Green Book 9.3.9, 9.5).
 *
 * @param longInvokeIdAndPriority pairs the answer with its request
 * @param dateTime when the answer was made: none, or the twelve octets of a date-time
 * @param requestSpecifications what was asked for, in an answer that is to describe itself; null if
 *     left out
 * @param data for each result its datum, null-data where there is none
 * @param results how each item went, in the order of the request
 */
public record AccessResponse(
    LongInvokeIdAndPriority longInvokeIdAndPriority,
    Octets dateTime,
    @Nullable List<AccessRequestSpecification> requestSpecifications,
    List<EncodedData> data,
    List<AccessResponseSpecification> results)
    implements Apdu {
  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if the date-time has another length than 0 or 12, if there is
   *     not one datum a result, or if there are more results than repeated specifications
   */
  public AccessResponse {
    NotificationFields.checkDateTime(dateTime);
    requestSpecifications =
        requestSpecifications == null ? null : List.copyOf(requestSpecifications);
    data = List.copyOf(data);
    results = List.copyOf(results);
    Lists.requireOneEach("results", results.size(), "data", data.size());
    if (requestSpecifications != null && requestSpecifications.size() < results.size()) {
      throw new IllegalArgumentException(
          results.size() + " results for " + requestSpecifications.size() + " specifications");
    }
  }
}
