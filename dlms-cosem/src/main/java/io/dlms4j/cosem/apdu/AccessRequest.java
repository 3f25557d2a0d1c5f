package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import java.util.List;

/**
 * Access-Request: a client reads, writes and invokes several things with one APDU (Green Book
 * 9.3.9, 9.5).
 *
 * @param longInvokeIdAndPriority pairs the request with its answer
 * @param dateTime when the request was made: none, or the twelve octets of a date-time
 * @param specifications what is asked for, in the order in which it is to be done
 * @param data for each specification its datum, null-data where it needs none
 */
public record AccessRequest(
    LongInvokeIdAndPriority longInvokeIdAndPriority,
    Octets dateTime,
    List<AccessRequestSpecification> specifications,
    List<EncodedData> data)
    implements Apdu {
  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if the date-time has another length than 0 or 12, or the lists
   *     are not of one length
   */
  public AccessRequest {
    NotificationFields.checkDateTime(dateTime);
    specifications = List.copyOf(specifications);
    data = List.copyOf(data);
    Lists.requireOneEach("data", data.size(), "specifications", specifications.size());
  }
}
