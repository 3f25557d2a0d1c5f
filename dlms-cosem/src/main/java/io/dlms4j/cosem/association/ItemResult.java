package io.dlms4j.cosem.association;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import org.jspecify.annotations.Nullable;

/** What a server's application answers to one item of a {@link ServiceRequest}. */
public sealed interface ItemResult {
  /**
   * The item succeeded and brings a value: for what is read, and for a method that returns
   * something.
   *
   * @param value written when the client takes it
   */
  record Value(DataStream value) implements ItemResult {}

  /** The item succeeded and brings no value: for what is written, and for a method. */
  record Success() implements ItemResult {}

  /**
   * The item failed. For a method it becomes the Action-Result of the same code, other-reason if
   * there is none.
   *
   * @param result why, not success
   */
  record Refused(DataAccessResult result) implements ItemResult {
    /**
     * Checks that it is a refusal.
     *
     * @throws IllegalArgumentException if the result is success
     */
    public Refused {
      if (result == DataAccessResult.SUCCESS) {
        throw new IllegalArgumentException("success is no refusal");
      }
    }
  }

  /**
   * How a method went, in every way that the standard can say it.
   *
   * @param result whether it was carried out
   * @param returnParameters what it returned; null for nothing
   */
  record Invoked(ActionResult result, @Nullable DataStream returnParameters)
      implements ItemResult {}

  /**
   * A value that is at hand.
   *
   * @param value the value
   * @return the result
   */
  static ItemResult of(CosemData value) {
    return new Value(DataStream.of(value));
  }

  /**
   * A value that is written piece by piece.
   *
   * @param value the value
   * @return the result
   */
  static ItemResult of(DataStream value) {
    return new Value(value);
  }

  /**
   * Success without a value.
   *
   * @return the result
   */
  static ItemResult success() {
    return new Success();
  }

  /**
   * What was written, as the standard says it.
   *
   * @param result success or not
   * @return the result
   */
  static ItemResult of(DataAccessResult result) {
    return result == DataAccessResult.SUCCESS ? new Success() : new Refused(result);
  }
}
