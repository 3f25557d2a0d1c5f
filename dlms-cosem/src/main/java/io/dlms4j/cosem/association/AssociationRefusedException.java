package io.dlms4j.cosem.association;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.apdu.ConfirmedServiceError;
import org.jspecify.annotations.Nullable;

/**
 * The server refused the application association: it answered the AARQ with an AARE that rejects
 * it.
 */
public final class AssociationRefusedException extends DlmsException {
  private static final long serialVersionUID = 1L;

  private final AssociationResult result;
  private final transient ResultSourceDiagnostic diagnostic;

  /**
   * The server's refusal.
   *
   * @param result the result of the AARE
   * @param diagnostic its diagnostic
   * @param initiateError what the xDLMS part said, if it said anything
   */
  public AssociationRefusedException(
      AssociationResult result,
      ResultSourceDiagnostic diagnostic,
      @Nullable ConfirmedServiceError initiateError) {
    super(
        Origin.REMOTE,
        Scope.ASSOCIATION,
        "the server refused the association: "
            + result
            + ", "
            + diagnostic
            + (initiateError == null ? "" : ", " + initiateError));
    this.result = result;
    this.diagnostic = diagnostic;
  }

  /**
   * The result of the AARE.
   *
   * @return rejected-permanent or rejected-transient
   */
  public AssociationResult result() {
    return result;
  }

  /**
   * The diagnostic of the AARE.
   *
   * @return why the server refused
   */
  public ResultSourceDiagnostic diagnostic() {
    return diagnostic;
  }
}
