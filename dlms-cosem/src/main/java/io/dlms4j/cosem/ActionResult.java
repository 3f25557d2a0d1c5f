package io.dlms4j.cosem;

import java.util.Optional;

/** Action-Result: what a server says of one invocation of one method (Green Book 9.5). */
public enum ActionResult {
  /** The method was carried out. */
  SUCCESS(0, "success"),
  /** The hardware behind the method is broken. */
  HARDWARE_FAULT(1, "hardware-fault"),
  /** The invocation may succeed later. */
  TEMPORARY_FAILURE(2, "temporary-failure"),
  /** The access rights of the association do not allow it. */
  READ_WRITE_DENIED(3, "read-write-denied"),
  /** There is no such object or method, or the association does not see it. */
  OBJECT_UNDEFINED(4, "object-undefined"),
  /** The object is of another class. */
  OBJECT_CLASS_INCONSISTENT(9, "object-class-inconsistent"),
  /** The object exists and cannot be accessed. */
  OBJECT_UNAVAILABLE(11, "object-unavailable"),
  /** The invocation parameters are of a type that the method does not take. */
  TYPE_UNMATCHED(12, "type-unmatched"),
  /** The invocation goes beyond what is allowed. */
  SCOPE_OF_ACCESS_VIOLATED(13, "scope-of-access-violated"),
  /** The data block cannot be given. */
  DATA_BLOCK_UNAVAILABLE(14, "data-block-unavailable"),
  /** An ACTION in blocks has been given up. */
  LONG_ACTION_ABORTED(15, "long-action-aborted"),
  /** A block comes, or is asked for, where no ACTION in blocks is going on. */
  NO_LONG_ACTION_IN_PROGRESS(16, "no-long-action-in-progress"),
  /** Anything else. */
  OTHER_REASON(250, "other-reason");

  private final int code;
  private final String standardName;

  ActionResult(int code, String standardName) {
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
  public static Optional<ActionResult> ofCode(int code) {
    for (ActionResult result : values()) {
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
