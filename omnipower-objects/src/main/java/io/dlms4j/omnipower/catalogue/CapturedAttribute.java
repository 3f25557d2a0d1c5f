package io.dlms4j.omnipower.catalogue;

import io.dlms4j.cosem.AttributeRef;

/**
 * What a logger keeps in one of its columns.
 *
 * @param entry the object, which may be the logger itself
 * @param attribute its attribute: 2, 5 for the time of a peak, or of a logger {@value
 *     #LOGGER_STATUS} and {@value #DATA_QUALITY}
 */
public record CapturedAttribute(CatalogueEntry entry, int attribute) {
  /** LoggerStatus: attribute 255 of the logger, as Integer8 (DLMS description 3.4.1). */
  public static final int LOGGER_STATUS = -1;

  /** DataQuality: attribute 254 of the logger, as Integer8 (DLMS description 3.4.2). */
  public static final int DATA_QUALITY = -2;

  /**
   * The attribute as the standard names it.
   *
   * @return class, logical name and index
   */
  public AttributeRef reference() {
    return new AttributeRef(entry.classId(), entry.logicalName(), attribute);
  }

  @Override
  public String toString() {
    return entry.name() + ":" + attribute;
  }
}
