package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of several items, one after the other, as one stream. An item whose value fails
 * before an octet of it has been written is answered with a failure, and harms no other; one that
 * fails later fails the stream.
 */
final class ItemStream implements DataStream {
  /** A stream that writes nothing for so long never will. */
  private static final int MOST_EMPTY_PIECES = 10_000;

  private final List<ItemResult> results;
  private final Form form;
  private final boolean counted;
  private final BitSet failed = new BitSet();

  private int item = -1;
  private boolean begun;
  private int emptyPieces;

  /** How an item is written. */
  interface Form {
    /** Writes what stands before the value; all of the item if it has none. */
    void begin(AxdrWriter writer, int item, ItemResult result);

    /** The value that follows; null if there is none. */
    default @Nullable DataStream value(ItemResult result) {
      return result instanceof ItemResult.Value value ? value.value() : null;
    }

    /** Writes the item without its value, which failed. */
    void writeFailure(AxdrWriter writer, int item, ItemResult result);

    /** Told of what a value's stream threw. */
    void onFailure(int item, RuntimeException cause);
  }

  /**
   * A stream of results.
   *
   * @param counted whether their number comes first
   */
  ItemStream(List<ItemResult> results, boolean counted, Form form) {
    this.results = results;
    this.counted = counted;
    this.form = form;
  }

  /** The item that is being written. */
  int item() {
    return Math.min(Math.max(0, item), results.size() - 1);
  }

  /** Whether an item was written as a failure, because its value failed. */
  boolean hasFailed(int number) {
    return failed.get(number);
  }

  @Override
  public boolean writeNext(AxdrWriter writer) {
    if (item < 0) {
      item = 0;
      if (counted) {
        writer.writeLength(results.size());
        return true;
      }
    }
    while (item < results.size()) {
      if (begun ? continueItem(writer) : beginItem(writer)) {
        return true;
      }
      begun = false;
      item++;
    }
    return false;
  }

  /** Writes the beginning of an item, up to the first piece of its value. */
  private boolean beginItem(AxdrWriter writer) {
    ItemResult result = results.get(item);
    int start = writer.length();
    begun = true;
    try {
      form.begin(writer, item, result);
      DataStream value = form.value(result);
      if (value != null && !value.writeNext(writer)) {
        throw new IllegalStateException("a value without an octet");
      }
    } catch (RuntimeException e) {
      writer.truncate(start);
      form.writeFailure(writer, item, result);
      failed.set(item);
      form.onFailure(item, e);
    }
    return true;
  }

  private boolean continueItem(AxdrWriter writer) {
    DataStream value = failed.get(item) ? null : form.value(results.get(item));
    int start = writer.length();
    if (value == null || !value.writeNext(writer)) {
      return false;
    }
    emptyPieces = writer.length() == start ? emptyPieces + 1 : 0;
    if (emptyPieces > MOST_EMPTY_PIECES) {
      throw new IllegalStateException(
          "a value of which the last " + MOST_EMPTY_PIECES + " pieces were empty");
    }
    return true;
  }
}
