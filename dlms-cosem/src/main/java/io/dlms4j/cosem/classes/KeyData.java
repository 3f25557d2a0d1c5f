package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.KeyId;
import java.util.List;

/**
 * key_data: a symmetric key on its way: wrapped, or one side of its agreement (Blue Book 4.4.7).
 *
 * @param keyId which key
 * @param data the wrapped key; or an ephemeral public key and its signature
 */
public record KeyData(KeyId keyId, Octets data) {
  private static final ValueType<KeyId> KEY_ID =
      ValueType.enumOf("key_id", List.of(KeyId.values()), KeyId::code);

  /** Its type. */
  public static final ValueType<KeyData> TYPE =
      ValueType.structure(
          "key_data",
          in -> new KeyData(in.next(KEY_ID), in.next(ValueType.OCTET_STRING)),
          field("key_id", KEY_ID, KeyData::keyId),
          field("key_data", ValueType.OCTET_STRING, KeyData::data));
}
