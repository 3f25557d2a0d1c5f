package io.dlms4j.server;

import io.dlms4j.cosem.classes.AttributeAccessMode;

/**
 * The rights that one association has to the attributes of a logical device. Called on the lines'
 * threads.
 */
@FunctionalInterface
public interface AccessPolicy {
  /**
   * The right to one attribute. An object of which no attribute may be accessed is not seen at all.
   *
   * @param object the object
   * @param attributeIndex one of its attributes
   * @return what may be done with it
   */
  AttributeAccessMode mode(CosemObject object, int attributeIndex);

  /**
   * Everything may be read, nothing written.
   *
   * @return the policy
   */
  static AccessPolicy readOnly() {
    return (object, attributeIndex) -> AttributeAccessMode.READ_ONLY;
  }
}
