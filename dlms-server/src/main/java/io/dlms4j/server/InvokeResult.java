package io.dlms4j.server;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.association.DataStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What an object answers to an {@link InvokeRequest}.
 *
 * @param result whether the method was carried out
 * @param returnParameters what it returned, written on the line's thread as the client takes it;
 *     null for nothing
 */
public record InvokeResult(ActionResult result, @Nullable DataStream returnParameters) {
  /** Whoever makes it says how it went, also where nothing checks for null. */
  public InvokeResult {
    Objects.requireNonNull(result);
  }

  /**
   * The method was carried out, and returns nothing.
   *
   * @return a complete stage
   */
  public static CompletionStage<InvokeResult> success() {
    return CompletableFuture.completedStage(new InvokeResult(ActionResult.SUCCESS, null));
  }

  /**
   * The method was carried out, and returns a value that is at hand.
   *
   * @param returnParameters the value
   * @return a complete stage
   */
  public static CompletionStage<InvokeResult> of(CosemData returnParameters) {
    return of(DataStream.of(returnParameters));
  }

  /**
   * The method was carried out, and returns a value that is written piece by piece.
   *
   * @param returnParameters the value
   * @return a complete stage
   */
  public static CompletionStage<InvokeResult> of(DataStream returnParameters) {
    return CompletableFuture.completedStage(
        new InvokeResult(ActionResult.SUCCESS, returnParameters));
  }

  /**
   * The method was not carried out.
   *
   * @param result why
   * @return a complete stage
   * @throws IllegalArgumentException if the result is success
   */
  public static CompletionStage<InvokeResult> refused(ActionResult result) {
    if (result == ActionResult.SUCCESS) {
      throw new IllegalArgumentException("success is no refusal");
    }
    return CompletableFuture.completedStage(new InvokeResult(result, null));
  }
}
