package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

/**
 * push_protection_parameters_element: one way in which pushed data are protected (Blue Book 4.4.8).
 *
 * @param protectionType which protection
 * @param options who is to be able to read it
 */
public record PushProtection(int protectionType, ProtectionOptions options) {
  /** Its type. */
  public static final ValueType<PushProtection> TYPE =
      ValueType.structure(
          "push_protection_parameters_element",
          in -> new PushProtection(in.next(ValueType.ENUM), in.next(ProtectionOptions.TYPE)),
          field("protection_type", ValueType.ENUM, PushProtection::protectionType),
          field("protection_options", ProtectionOptions.TYPE, PushProtection::options));
}
