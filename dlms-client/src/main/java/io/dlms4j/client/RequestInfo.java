package io.dlms4j.client;

import io.dlms4j.cosem.association.ServiceRequest;

/**
 * What a request asks for, without its values.
 *
 * @param service {@code Get}, {@code Set}, {@code Action}, {@code Access}, {@code Read} or {@code
 *     Write}
 * @param items how many items it has, 1 or more
 * @param description its first item by name, or how many there are
 */
public record RequestInfo(String service, int items, String description) {
  static RequestInfo of(ServiceRequest service) {
    return new RequestInfo(
        service.getClass().getSimpleName(), service.items(), Items.describe(service));
  }
}
