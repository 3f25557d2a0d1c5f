package io.dlms4j.cosem;

/** The server answered the access to an attribute with a result other than success. */
public final class DataAccessException extends DlmsException {
  private static final long serialVersionUID = 1L;

  private final DataAccessResult result;

  /**
   * The server's refusal.
   *
   * @param what the attribute that was asked for
   * @param result what the server said
   */
  public DataAccessException(AttributeRef what, DataAccessResult result) {
    this(what.toString(), result);
  }

  /**
   * The server's refusal.
   *
   * @param what what was asked for, where that is no attribute by its logical name
   * @param result what the server said
   */
  public DataAccessException(String what, DataAccessResult result) {
    super(
        Origin.REMOTE,
        Scope.REQUEST,
        "the server answered the access to " + what + " with " + result + explain(result));
    this.result = result;
  }

  /**
   * What the server said.
   *
   * @return the result, never success
   */
  public DataAccessResult result() {
    return result;
  }

  private static String explain(DataAccessResult result) {
    return switch (result) {
      case OBJECT_UNDEFINED ->
          ": it has no such object or attribute, or this association does not see it";
      case OBJECT_CLASS_INCONSISTENT -> ": the object is of another class";
      case READ_WRITE_DENIED -> ": this association has no right to it";
      case SCOPE_OF_ACCESS_VIOLATED -> ": the selection asks for more than the object allows";
      case TEMPORARY_FAILURE -> ": it may succeed later";
      default -> "";
    };
  }
}
