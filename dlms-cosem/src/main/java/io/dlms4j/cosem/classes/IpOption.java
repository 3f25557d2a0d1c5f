package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.Octets;

/**
 * IP_options_element: an option of the IP header (RFC 791) (Blue Book 4.9.2).
 *
 * @param type type, 0..255
 * @param length octets of the whole option, 0..255
 * @param data its data
 */
public record IpOption(int type, int length, Octets data) {
  /** Its type. */
  public static final ValueType<IpOption> TYPE =
      ValueType.structure(
          "IP_options_element",
          in ->
              new IpOption(
                  in.next(ValueType.UNSIGNED),
                  in.next(ValueType.UNSIGNED),
                  in.next(ValueType.OCTET_STRING)),
          field("IP_option_type", ValueType.UNSIGNED, IpOption::type),
          field("IP_option_length", ValueType.UNSIGNED, IpOption::length),
          field("IP_option_data", ValueType.OCTET_STRING, IpOption::data));
}
