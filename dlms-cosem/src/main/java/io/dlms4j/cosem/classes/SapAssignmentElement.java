package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.Octets;
import java.util.List;

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
                  in.next("SAP", ValueType.LONG_UNSIGNED),
                  in.next("logical_device_name", ValueType.OCTET_STRING)),
          value ->
              List.of(
                  ValueType.LONG_UNSIGNED.encode(value.sap),
                  ValueType.OCTET_STRING.encode(value.logicalDeviceName)));
}
