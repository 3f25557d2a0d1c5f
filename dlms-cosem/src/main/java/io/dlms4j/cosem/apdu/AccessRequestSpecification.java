package io.dlms4j.cosem.apdu;

import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.MethodRef;

/**
 * Access-Request-Specification: one item of an {@link AccessRequest}, to which the datum at the
 * same place of its list of data belongs (Green Book 9.5).
 */
public sealed interface AccessRequestSpecification {
  /**
   * access-request-get [1]: asks for an attribute; its datum is null-data.
   *
   * @param attribute which attribute
   */
  record Get(AttributeRef attribute) implements AccessRequestSpecification {}

  /**
   * access-request-set [2]: writes an attribute; its datum is the value.
   *
   * @param attribute which attribute
   */
  record Set(AttributeRef attribute) implements AccessRequestSpecification {}

  /**
   * access-request-action [3]: invokes a method; its datum is the parameter, null-data if there is
   * none.
   *
   * @param method which method
   */
  record Action(MethodRef method) implements AccessRequestSpecification {}

  /**
   * access-request-get-with-selection [4]: asks for a part of an attribute; its datum is null-data.
   *
   * @param attribute which attribute
   * @param selectiveAccess which part of it
   */
  record GetWithSelection(AttributeRef attribute, SelectiveAccess selectiveAccess)
      implements AccessRequestSpecification {}

  /**
   * access-request-set-with-selection [5]: writes a part of an attribute; its datum is the value.
   *
   * @param attribute which attribute
   * @param selectiveAccess which part of it
   */
  record SetWithSelection(AttributeRef attribute, SelectiveAccess selectiveAccess)
      implements AccessRequestSpecification {}
}
