package io.dlms4j.cosem.apdu;

import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;

/**
 * Access-Response-Specification: how one item of an {@link AccessRequest} went (Green Book 9.5).
 */
public sealed interface AccessResponseSpecification {
  /**
   * access-response-get [1]: how a GET, with or without selection, went.
   *
   * @param result success if the datum at the same place is the value
   */
  record Get(DataAccessResult result) implements AccessResponseSpecification {}

  /**
   * access-response-set [2]: how a SET, with or without selection, went.
   *
   * @param result what the server says
   */
  record Set(DataAccessResult result) implements AccessResponseSpecification {}

  /**
   * access-response-action [3]: how an ACTION went.
   *
   * @param result success if the datum at the same place is what the method returned
   */
  record Action(ActionResult result) implements AccessResponseSpecification {}
}
