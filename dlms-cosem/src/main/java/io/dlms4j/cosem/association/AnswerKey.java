package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import org.jspecify.annotations.Nullable;

/**
 * What pairs an answer with its request: an invoke-id (GET, SET, ACTION), a long-invoke-id
 * (ACCESS), or nothing but the order (short names).
 */
record AnswerKey(Kind kind, int id) {
  static final AnswerKey SHORT_NAME = new AnswerKey(Kind.SHORT_NAME, 0);

  private static final int GET_RESPONSE = 0xC4;
  private static final int SET_RESPONSE = 0xC5;
  private static final int ACTION_RESPONSE = 0xC7;
  private static final int ACCESS_RESPONSE = 0xDA;
  private static final int READ_RESPONSE = 0x0C;
  private static final int WRITE_RESPONSE = 0x0D;

  /** In every Get-, Set- and Action-Response: tag, choice, invoke-id-and-priority. */
  private static final int INVOKE_ID_AT = 2;

  /**
   * In an Access-Response the long-invoke-id-and-priority follows the tag; its first octet is
   * flags.
   */
  private static final int LONG_INVOKE_ID_AT = 2;

  enum Kind {
    INVOKE_ID,
    LONG_INVOKE_ID,
    SHORT_NAME
  }

  static AnswerKey of(InvokeIdAndPriority invokeId) {
    return new AnswerKey(Kind.INVOKE_ID, invokeId.invokeId());
  }

  static AnswerKey ofLong(int longInvokeId) {
    return new AnswerKey(Kind.LONG_INVOKE_ID, longInvokeId);
  }

  /**
   * Which request an APDU answers, read off its head: known even if the rest of it is malformed.
   *
   * @return null if it does not say
   */
  static @Nullable AnswerKey ofAnswer(Octets apdu) {
    if (apdu.isEmpty()) {
      return null;
    }
    switch (apdu.at(0)) {
      case GET_RESPONSE, SET_RESPONSE, ACTION_RESPONSE -> {
        return apdu.length() > INVOKE_ID_AT
            ? of(new InvokeIdAndPriority(apdu.at(INVOKE_ID_AT)))
            : null;
      }
      case ACCESS_RESPONSE -> {
        return apdu.length() > LONG_INVOKE_ID_AT + 2
            ? ofLong(
                apdu.at(LONG_INVOKE_ID_AT) << 16
                    | apdu.at(LONG_INVOKE_ID_AT + 1) << 8
                    | apdu.at(LONG_INVOKE_ID_AT + 2))
            : null;
      }
      case READ_RESPONSE, WRITE_RESPONSE -> {
        return SHORT_NAME;
      }
      default -> {
        return null;
      }
    }
  }
}
