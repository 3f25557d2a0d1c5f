package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.Octets;

/**
 * asslist_element: where a logical device is (Blue Book 4.4.5).
 *
 * @param sap its service access point, 0..65535
 * @param logicalDeviceName its COSEM logical device name
 */
public record SapAssignmentElement(int sap, Octets logicalDeviceName) {
  /** Its type. */
  public static final ValueType<SapAssignmentElement> TYPE =
      ValueType.structure(
          "asslist_element",
          in ->
              new SapAssignmentElement(
                  in.next(ValueType.LONG_UNSIGNED), in.next(ValueType.OCTET_STRING)),
          field("SAP", ValueType.LONG_UNSIGNED, SapAssignmentElement::sap),
          field(
              "logical_device_name",
              ValueType.OCTET_STRING,
              SapAssignmentElement::logicalDeviceName));
}
