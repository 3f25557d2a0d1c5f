package io.dlms4j.server.profile;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.classes.DataOrder;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** sort_method: how the rows of a profile stand in its buffer (Blue Book 4.3.6). */
public enum SortMethod {
  /** First in, first out: the oldest row is the first. Not sorted. */
  FIFO(1),

  /** Last in, first out: the newest row is the first. Not sorted. */
  LIFO(2),

  /** The largest value of the sort_object comes first. */
  LARGEST(3),

  /** The smallest value of the sort_object comes first. */
  SMALLEST(4),

  /** The value of the sort_object that is nearest to zero comes first. */
  NEAREST_TO_ZERO(5),

  /** The value of the sort_object that is farthest from zero comes first. */
  FARTHEST_FROM_ZERO(6);

  private final int code;

  SortMethod(int code) {
    this.code = code;
  }

  /**
   * The value of the enum.
   *
   * @return 1..6
   */
  public int code() {
    return code;
  }

  /**
   * Whether rows are sorted by a value.
   *
   * @return false for FIFO and LIFO
   */
  public boolean isSorted() {
    return code > LIFO.code;
  }

  /**
   * Which of two values of the sort_object comes first. What has no place in the order, such as the
   * null-data of what could not be captured, comes last.
   *
   * @param a one value
   * @param b the other
   * @return below 0 if it is a, above 0 if it is b, 0 if nothing tells them apart
   */
  public int compare(CosemData a, CosemData b) {
    boolean aHasPlace = hasPlace(a);
    boolean bHasPlace = hasPlace(b);
    if (!aHasPlace || !bHasPlace) {
      return Boolean.compare(bHasPlace, aHasPlace);
    }
    return switch (this) {
      case FIFO, LIFO -> 0;
      case LARGEST -> inOrder(b, a);
      case SMALLEST -> inOrder(a, b);
      case NEAREST_TO_ZERO -> distance(a).compareTo(distance(b));
      case FARTHEST_FROM_ZERO -> distance(b).compareTo(distance(a));
    };
  }

  private boolean hasPlace(CosemData value) {
    if (this == NEAREST_TO_ZERO || this == FARTHEST_FROM_ZERO) {
      return magnitude(value) != null;
    }
    try {
      return DataOrder.compare(value, value).isPresent();
    } catch (AxdrException e) {
      return false;
    }
  }

  /** Values of two kinds may meet in one column, if its attribute changes its type. */
  private static int inOrder(CosemData a, CosemData b) {
    try {
      return DataOrder.compare(a, b).orElse(0);
    } catch (AxdrException e) {
      return a.tag().compareTo(b.tag());
    }
  }

  private static BigDecimal distance(CosemData value) {
    BigDecimal magnitude = magnitude(value);
    return magnitude == null ? BigDecimal.ZERO : magnitude;
  }

  private static @Nullable BigDecimal magnitude(CosemData value) {
    try {
      return ScalerUnit.NONE.quantity(value).value().abs();
    } catch (AxdrException e) {
      return null;
    }
  }
}
