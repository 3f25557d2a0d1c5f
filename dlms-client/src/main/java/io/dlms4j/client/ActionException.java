package io.dlms4j.client;

import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.MethodRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server did not carry a method out, or did and could not give what it returned (Green Book
 * 9.5, Action-Response-With-Optional-Data).
 */
public final class ActionException extends DlmsException {
  private static final long serialVersionUID = 1L;

  private final int classId;
  private final String logicalName;
  private final int methodIndex;
  private final ActionResult result;
  private final @Nullable DataAccessResult returnParameters;

  private ActionException(
      String message,
      MethodRef method,
      ActionResult result,
      @Nullable DataAccessResult returnParameters) {
    super(Origin.REMOTE, Scope.REQUEST, message);
    this.classId = method.classId();
    this.logicalName = method.logicalName().toString();
    this.methodIndex = method.methodIndex();
    this.result = result;
    this.returnParameters = returnParameters;
  }

  /** A method that was not carried out. */
  static ActionException refused(MethodRef method, ActionResult result) {
    return new ActionException(
        "the server answered the invocation of " + method + " with " + result + explain(result),
        method,
        result,
        null);
  }

  /** A method that was carried out, and whose return parameters cannot be had. */
  static ActionException withoutReturn(MethodRef method, DataAccessResult returnParameters) {
    return new ActionException(
        "the server carried "
            + method
            + " out, and answered "
            + returnParameters
            + " in place of what it returned",
        method,
        ActionResult.SUCCESS,
        returnParameters);
  }

  /**
   * The method.
   *
   * @return a reference to it
   */
  public MethodRef method() {
    return MethodRef.of(classId, logicalName, methodIndex);
  }

  /**
   * What the server said of the method.
   *
   * @return the result; success only if there is a result of the return parameters
   */
  public ActionResult result() {
    return result;
  }

  /**
   * What the server said of the return parameters.
   *
   * @return why they cannot be had, of a method that was carried out
   */
  public Optional<DataAccessResult> returnParameters() {
    return Optional.ofNullable(returnParameters);
  }

  private static String explain(ActionResult result) {
    return switch (result) {
      case OBJECT_UNDEFINED ->
          ": it has no such object or method, or this association does not see it";
      case OBJECT_CLASS_INCONSISTENT -> ": the object is of another class";
      case READ_WRITE_DENIED -> ": this association has no right to it";
      case TYPE_UNMATCHED -> ": the parameters are of a type that the method does not take";
      case TEMPORARY_FAILURE -> ": it may succeed later";
      default -> "";
    };
  }
}
