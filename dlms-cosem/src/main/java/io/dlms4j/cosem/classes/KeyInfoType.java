package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.apdu.KeyInfo;

/** key_info: how the key of protected data is known, as Data (Blue Book 4.4.8). */
final class KeyInfoType {
  private static final int IDENTIFIED = 0;
  private static final int WRAPPED = 1;
  private static final int AGREED = 2;

  private static final ValueType<KeyInfo.IdentifiedKey> IDENTIFIED_KEY =
      ValueType.structure(
          "identified_key_info_options",
          in -> new KeyInfo.IdentifiedKey(in.next(ValueType.ENUM)),
          field("key_id", ValueType.ENUM, KeyInfo.IdentifiedKey::keyId));
  private static final ValueType<KeyInfo.WrappedKey> WRAPPED_KEY =
      ValueType.structure(
          "wrapped_key_info_options",
          in -> new KeyInfo.WrappedKey(in.next(ValueType.ENUM), in.next(ValueType.OCTET_STRING)),
          field("kek_id", ValueType.ENUM, KeyInfo.WrappedKey::kekId),
          field("key_ciphered_data", ValueType.OCTET_STRING, KeyInfo.WrappedKey::keyCipheredData));
  private static final ValueType<KeyInfo.AgreedKey> AGREED_KEY =
      ValueType.structure(
          "agreed_key_info_options",
          in ->
              new KeyInfo.AgreedKey(
                  in.next(ValueType.OCTET_STRING), in.next(ValueType.OCTET_STRING)),
          field("key_parameters", ValueType.OCTET_STRING, KeyInfo.AgreedKey::keyParameters),
          field("key_ciphered_data", ValueType.OCTET_STRING, KeyInfo.AgreedKey::keyCipheredData));

  /** Its type: an enum, and the options that go with it. */
  static final ValueType<KeyInfo> TYPE =
      ValueType.structure(
          "key_info",
          KeyInfoType::decode,
          field("key_info_type", ValueType.ENUM, KeyInfoType::code),
          field("key_info_options", ValueType.ANY, KeyInfoType::options));

  private KeyInfoType() {}

  private static KeyInfo decode(StructureFields in) {
    int type = in.next(ValueType.ENUM);
    return switch (type) {
      case IDENTIFIED -> in.next("key_info_options", IDENTIFIED_KEY);
      case WRAPPED -> in.next("key_info_options", WRAPPED_KEY);
      case AGREED -> in.next("key_info_options", AGREED_KEY);
      default ->
          throw Fields.malformed("key_info_type " + type + " is not defined", ValueType.CLAUSE);
    };
  }

  private static int code(KeyInfo info) {
    if (info instanceof KeyInfo.IdentifiedKey) {
      return IDENTIFIED;
    }
    return info instanceof KeyInfo.WrappedKey ? WRAPPED : AGREED;
  }

  private static CosemData options(KeyInfo info) {
    if (info instanceof KeyInfo.IdentifiedKey key) {
      return IDENTIFIED_KEY.encode(key);
    }
    return info instanceof KeyInfo.WrappedKey key
        ? WRAPPED_KEY.encode(key)
        : AGREED_KEY.encode((KeyInfo.AgreedKey) info);
  }
}
