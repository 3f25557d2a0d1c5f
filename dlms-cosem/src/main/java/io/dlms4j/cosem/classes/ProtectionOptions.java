package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.KeyInfo;

/**
 * protection_options: the fields of a general-ciphering that protects data (Blue Book 4.4.8).
 *
 * @param transactionId transaction-id
 * @param originatorSystemTitle system title of who protects
 * @param recipientSystemTitle system title of whom it is for
 * @param otherInformation other-information
 * @param keyInfo how the key is known
 */
public record ProtectionOptions(
    Octets transactionId,
    Octets originatorSystemTitle,
    Octets recipientSystemTitle,
    Octets otherInformation,
    KeyInfo keyInfo) {
  /** Its type. */
  public static final ValueType<ProtectionOptions> TYPE =
      ValueType.structure(
          "protection_options",
          in ->
              new ProtectionOptions(
                  in.next(ValueType.OCTET_STRING),
                  in.next(ValueType.OCTET_STRING),
                  in.next(ValueType.OCTET_STRING),
                  in.next(ValueType.OCTET_STRING),
                  in.next(KeyInfoType.TYPE)),
          field("transaction_id", ValueType.OCTET_STRING, ProtectionOptions::transactionId),
          field(
              "originator_system_title",
              ValueType.OCTET_STRING,
              ProtectionOptions::originatorSystemTitle),
          field(
              "recipient_system_title",
              ValueType.OCTET_STRING,
              ProtectionOptions::recipientSystemTitle),
          field("other_information", ValueType.OCTET_STRING, ProtectionOptions::otherInformation),
          field("key_info", KeyInfoType.TYPE, ProtectionOptions::keyInfo));
}
