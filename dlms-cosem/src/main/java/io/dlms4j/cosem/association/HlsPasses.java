package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.apdu.ActionRequestNormal;
import io.dlms4j.cosem.apdu.ActionResponseNormal;
import io.dlms4j.cosem.apdu.ActionResponseWithOptionalData;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import io.dlms4j.cosem.apdu.ReadRequest;
import io.dlms4j.cosem.apdu.ReadResponse;
import io.dlms4j.cosem.apdu.ReadResult;
import io.dlms4j.cosem.apdu.VariableAccess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The passes 3 and 4 of high level security as APDUs: the method reply_to_HLS_authentication of the
 * current association (Green Book 9.2.7.4; Blue Book 4.4.3, 4.4.4).
 */
final class HlsPasses {
  private static final MethodRef WITH_LOGICAL_NAMES =
      new MethodRef(15, new ObisCode(0, 0, 40, 0, 0, 255), 1);

  /** Association SN is at 0xFA00, and its method 8 at the offset 0x58. */
  private static final int WITH_SHORT_NAMES = 0xFA00 + 0x58;

  private static final InvokeIdAndPriority INVOKE_ID = InvokeIdAndPriority.of(0, true, true);

  private HlsPasses() {}

  /** Pass 3: the client's answer to the server's challenge. */
  static Apdu pass3(boolean shortNames, Octets answer) {
    EncodedData parameter = EncodedData.of(CosemData.octetString(answer));
    return shortNames
        ? new ReadRequest(
            List.of(new VariableAccess.ParameterizedAccess(WITH_SHORT_NAMES, 0, parameter)))
        : new ActionRequestNormal(INVOKE_ID, WITH_LOGICAL_NAMES, parameter);
  }

  /**
   * Reads pass 3.
   *
   * @return the client's answer; empty if the parameter is no octet-string, null if the APDU is
   *     another one
   */
  static @Nullable Octets readPass3(boolean shortNames, Apdu apdu) {
    if (shortNames) {
      return apdu instanceof ReadRequest read
              && read.variables().size() == 1
              && read.variables().get(0) instanceof VariableAccess.ParameterizedAccess access
              && access.objectName() == WITH_SHORT_NAMES
          ? octetString(access.parameter())
          : null;
    }
    if (apdu instanceof ActionRequestNormal action && action.method().equals(WITH_LOGICAL_NAMES)) {
      EncodedData parameters = action.parameters();
      return parameters == null ? Octets.EMPTY : octetString(parameters);
    }
    return null;
  }

  /**
   * Pass 4: the server's answer to the client's challenge.
   *
   * @param pass3 what it answers
   * @param answer null if the client has not proved to know the secret
   */
  static Apdu pass4(Apdu pass3, @Nullable Octets answer) {
    EncodedData value = answer == null ? null : EncodedData.of(CosemData.octetString(answer));
    if (pass3 instanceof ActionRequestNormal action) {
      return new ActionResponseNormal(
          action.invokeIdAndPriority(),
          value == null
              ? new ActionResponseWithOptionalData(ActionResult.OTHER_REASON, null)
              : new ActionResponseWithOptionalData(
                  ActionResult.SUCCESS, new GetDataResult.Data(value)));
    }
    return new ReadResponse(
        List.of(
            value == null
                ? new ReadResult.Failure(DataAccessResult.OTHER_REASON)
                : new ReadResult.Data(value)));
  }

  /**
   * Reads pass 4.
   *
   * @return the server's answer; empty if it has refused ours, null if the APDU is another one
   */
  static @Nullable Octets readPass4(boolean shortNames, Apdu apdu) {
    if (shortNames && apdu instanceof ReadResponse read && read.results().size() == 1) {
      return read.results().get(0) instanceof ReadResult.Data data
          ? octetString(data.value())
          : Octets.EMPTY;
    }
    if (!shortNames
        && apdu instanceof ActionResponseNormal action
        && action.invokeIdAndPriority().invokeId() == INVOKE_ID.invokeId()) {
      ActionResponseWithOptionalData response = action.response();
      return response.result() == ActionResult.SUCCESS
              && response.returnParameters() instanceof GetDataResult.Data data
          ? octetString(data.value())
          : Octets.EMPTY;
    }
    return null;
  }

  private static Octets octetString(EncodedData data) {
    try {
      return data.value() instanceof CosemData.OctetStringData octets
          ? octets.value()
          : Octets.EMPTY;
    } catch (AxdrException e) {
      // It has been checked when the APDU was read; beyond the limits of a value it is none.
      return Octets.EMPTY;
    }
  }
}
