package io.dlms4j.cosem;

import java.util.Optional;

/** Data-Access-Result: what a server says of one access to one attribute (Green Book 9.5). */
public enum DataAccessResult {
  /** The access succeeded. */
  SUCCESS(0, "success"),
  /** The hardware behind the attribute is broken. */
  HARDWARE_FAULT(1, "hardware-fault"),
  /** The access may succeed later. */
  TEMPORARY_FAILURE(2, "temporary-failure"),
  /** The access rights of the association do not allow it. */
  READ_WRITE_DENIED(3, "read-write-denied"),
  /** There is no such object or attribute, or the association does not see it. */
  OBJECT_UNDEFINED(4, "object-undefined"),
  /** The object is of another class. */
  OBJECT_CLASS_INCONSISTENT(9, "object-class-inconsistent"),
  /** The object exists and cannot be accessed. */
  OBJECT_UNAVAILABLE(11, "object-unavailable"),
  /** The value is of a type that the attribute does not have. */
  TYPE_UNMATCHED(12, "type-unmatched"),
  /** The access, often its selection, goes beyond what is allowed. */
  SCOPE_OF_ACCESS_VIOLATED(13, "scope-of-access-violated"),
  /** The data block cannot be given. */
  DATA_BLOCK_UNAVAILABLE(14, "data-block-unavailable"),
  /** A GET in blocks has been given up. */
  LONG_GET_ABORTED(15, "long-get-aborted"),
  /** The next block is asked for where no GET in blocks is going on. */
  NO_LONG_GET_IN_PROGRESS(16, "no-long-get-in-progress"),
  /** A SET in blocks has been given up. */
  LONG_SET_ABORTED(17, "long-set-aborted"),
  /** A block comes where no SET in blocks is going on. */
  NO_LONG_SET_IN_PROGRESS(18, "no-long-set-in-progress"),
  /** The block number is not the one that is due. */
  DATA_BLOCK_NUMBER_INVALID(19, "data-block-number-invalid"),
  /** Anything else. */
  OTHER_REASON(250, "other-reason");

  private final int code;
  private final String standardName;

  DataAccessResult(int code, String standardName) {
    this.code = code;
    this.standardName = standardName;
  }

  /**
   * The code on the wire.
   *
   * @return 0..255
   */
  public int code() {
    return code;
  }

  /**
   * Finds a result by its code.
   *
   * @param code 0..255
   * @return the result, or nothing if the standard has none of that code
   */
  public static Optional<DataAccessResult> ofCode(int code) {
    for (DataAccessResult result : values()) {
      if (result.code == code) {
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }

  /** The name in the standard. */
  @Override
  public String toString() {
    return standardName;
  }
}
