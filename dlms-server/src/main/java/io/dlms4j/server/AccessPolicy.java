package io.dlms4j.server;

import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.MethodAccessMode;

/**
 * The rights that one association has to the attributes and methods of a logical device. Called on
 * the lines' threads.
 */
@FunctionalInterface
public interface AccessPolicy {
  /**
   * The right to one attribute. An object of which no attribute may be accessed, and no method
   * invoked, is not seen at all.
   *
   * @param object the object
   * @param attributeIndex one of its attributes
   * @return what may be done with it
   */
  AttributeAccessMode mode(CosemObject object, int attributeIndex);

  /**
   * The right to one method; none, unless a policy says otherwise.
   *
   * @param object the object
   * @param methodIndex one of its methods
   * @return what may be done with it
   */
  default MethodAccessMode methodMode(CosemObject object, int methodIndex) {
    return MethodAccessMode.NO_ACCESS;
  }

  /**
   * Whether the association is let know of an object at all.
   *
   * @param object the object
   * @return true if an attribute may be accessed or a method invoked
   */
  default boolean sees(CosemObject object) {
    return object.attributes().stream().anyMatch(each -> !mode(object, each.index()).isNoAccess())
        || object.methods().stream().anyMatch(index -> methodMode(object, index).mayInvoke());
  }

  /**
   * Everything may be read, nothing written or invoked.
   *
   * @return the policy
   */
  static AccessPolicy readOnly() {
    return (object, attributeIndex) -> AttributeAccessMode.READ_ONLY;
  }

  /**
   * All that the objects can do: every attribute may be read, the writable ones written, every
   * method invoked.
   *
   * @return the policy
   */
  static AccessPolicy full() {
    return new AccessPolicy() {
      @Override
      public AttributeAccessMode mode(CosemObject object, int attributeIndex) {
        boolean writable =
            object
                .attribute(attributeIndex)
                .map(CosemObject.Attribute::writable)
                .orElse(Boolean.FALSE);
        return writable ? AttributeAccessMode.READ_AND_WRITE : AttributeAccessMode.READ_ONLY;
      }

      @Override
      public MethodAccessMode methodMode(CosemObject object, int methodIndex) {
        return MethodAccessMode.ACCESS;
      }
    };
  }
}
