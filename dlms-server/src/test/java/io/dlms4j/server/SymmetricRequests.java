package io.dlms4j.server;

import static io.dlms4j.server.SuiteZero.tlv;

import io.dlms4j.server.SuiteZero.Keys;

/** What a {@link SymmetricCase} asks a {@link SecuredIut}, and what it answers, in clear. */
final class SymmetricRequests {
  static final Keys SECOND =
      new Keys("202122232425262728292A2B2C2D2E2F", "E0E1E2E3E4E5E6E7E8E9EAEBECEDEEEF");
  static final String KEK = "303132333435363738393A3B3C3D3E3F";

  static final String GET_NAME = "C001C1000F0000280000FF0100";
  static final String STA1 = "C401C100121111";
  static final String GET_STA1 = "C001C1" + "0001" + "0000600101FF" + "0200";
  static final String GET_STA2 = "C001C1" + "0001" + "0000600102FF" + "0200";
  static final String SET_STA2 = "C101C1" + "0001" + "0000600102FF" + "0200" + "0904";
  static final String SETUP = "0040" + "00002B0000FF";

  /** Set-Response: success. */
  static final String WRITTEN = "C501C100";

  /** Action-Response: success. */
  static final String DONE = "C701C10000";

  /** Action-Response: other-reason. */
  static final String REFUSED = "C701C1FA00";

  /** Action-Response: type-unmatched. */
  static final String UNMATCHED = "C701C10C00";

  /** exception-response: service-unknown, other-reason. */
  static final String UNREADABLE = "D80203";

  private SymmetricRequests() {}

  static String get(String object, int attribute) {
    return String.format("C001C1%s%02X00", object, attribute);
  }

  static String set(int sta, String value) {
    return String.format("C101C1000100006001%02XFF020012%s", sta, value);
  }

  static String wrapped(int keyId, String wrapped) {
    return String.format("020216%02X09", keyId) + tlv("", wrapped);
  }

  static String item(int keyId, String key) {
    return wrapped(keyId, SuiteZero.wrap(KEK, key));
  }

  static String transfer(String items) {
    return "C301C1" + SETUP + "0201" + items;
  }

  static String activation(int version, int policy) {
    return String.format("C301C1%s010116%02X", SETUP, value(version, policy));
  }

  /** Version 1 has bits for each direction. */
  static int value(int version, int policy) {
    return version == 0 ? policy : policy << 2 | policy << 5;
  }
}
