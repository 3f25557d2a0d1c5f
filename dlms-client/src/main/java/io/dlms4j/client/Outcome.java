package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.DlmsException;
import org.jspecify.annotations.Nullable;

/** What became of one item of a list. */
public sealed interface Outcome {
  /**
   * The item was carried out.
   *
   * @param data what was read, or what a method returned; null for nothing
   */
  record Success(@Nullable CosemData data) implements Outcome {}

  /**
   * The item was not carried out, or nobody knows.
   *
   * @param cause the server's refusal, a {@link io.dlms4j.cosem.DataAccessException} or {@link
   *     ActionException} with its result, or why there is no answer
   */
  record Failure(DlmsException cause) implements Outcome {}

  /**
   * Whether the item was carried out.
   *
   * @return true if it was
   */
  default boolean isSuccess() {
    return this instanceof Success;
  }

  /**
   * What the item brought.
   *
   * @return the data, or null for nothing
   * @throws DlmsException if the item failed
   */
  default @Nullable CosemData orThrow() {
    if (this instanceof Failure failure) {
      throw Blocking.failure(failure.cause());
    }
    return ((Success) this).data();
  }

  /**
   * What was read, or what a method returned.
   *
   * @return the data
   * @throws DlmsException if the item failed, or brings nothing
   */
  default CosemData value() {
    CosemData data = orThrow();
    if (data == null) {
      throw new DlmsException(
          DlmsException.Origin.LOCAL,
          DlmsException.Scope.REQUEST,
          "the item brings no value: it was written, or its method returned nothing");
    }
    return data;
  }
}
