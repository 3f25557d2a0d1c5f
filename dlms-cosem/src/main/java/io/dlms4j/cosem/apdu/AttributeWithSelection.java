package io.dlms4j.cosem.apdu;

import io.dlms4j.cosem.AttributeRef;
import org.jspecify.annotations.Nullable;

/**
 * Cosem-Attribute-Descriptor-With-Selection: one item of a list of attributes (Green Book 9.5).
 *
 * @param attribute which attribute
 * @param selectiveAccess which part of it; null for all
 */
public record AttributeWithSelection(
    AttributeRef attribute, @Nullable SelectiveAccess selectiveAccess) {
  /**
   * All of an attribute.
   *
   * @param attribute which attribute
   */
  public AttributeWithSelection(AttributeRef attribute) {
    this(attribute, null);
  }
}
