package io.dlms4j.server;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.association.DataStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What an object answers to a {@link ReadRequest}. */
public sealed interface ReadResult {
  /**
   * The value.
   *
   * @param value written on the line's thread as the client takes it
   */
  record Value(DataStream value) implements ReadResult {}

  /**
   * A refusal.
   *
   * @param result why, not success
   */
  record Refused(DataAccessResult result) implements ReadResult {
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
   * A value that is at hand.
   *
   * @param value the value
   * @return a complete stage
   */
  static CompletionStage<ReadResult> of(CosemData value) {
    return of(DataStream.of(value));
  }

  /**
   * A value that is written piece by piece.
   *
   * @param value the value
   * @return a complete stage
   */
  static CompletionStage<ReadResult> of(DataStream value) {
    return CompletableFuture.completedStage(new Value(value));
  }

  /**
   * A refusal at once.
   *
   * @param result why
   * @return a complete stage
   * @throws IllegalArgumentException if the result is success
   */
  static CompletionStage<ReadResult> refused(DataAccessResult result) {
    return CompletableFuture.completedStage(new Refused(result));
  }
}
