package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.RLRE;
import io.dlms4j.cosem.acse.RLRQ;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.InitiateRequest;
import io.dlms4j.cosem.apdu.InitiateResponse;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's wish to release its association, and what the server says to it (Green Book 9.4.3).
 * Where messages are protected, both prove who they are by their user-information: whoever cannot
 * does not end the association of somebody else.
 */
final class ServerRelease {
  /** The server goes on: who asks has not proved to be the client. */
  static final Octets NOT_FINISHED = AcseCodec.encode(new RLRE(RLRE.Reason.NOT_FINISHED, null));

  private final ApduCodec codec;
  private final ServerOpening opening;
  private final Consumer<ProtectionException> onFailure;

  /**
   * Releases what an opening has opened.
   *
   * @param onFailure told what could not be protected
   */
  ServerRelease(ApduCodec codec, ServerOpening opening, Consumer<ProtectionException> onFailure) {
    this.codec = codec;
    this.opening = opening;
    this.onFailure = onFailure;
  }

  /**
   * The RLRE that agrees.
   *
   * @throws ProtectionException if the client has not proved who it is
   */
  Octets agree(RLRQ rlrq, NegotiatedContext context) {
    MessageSecurity security = opening.security();
    MessageForm form =
        security == null
            ? MessageForm.PLAIN
            : form(security, rlrq.userInformation(), context.confirmed());
    return AcseCodec.encode(
        new RLRE(RLRE.Reason.NORMAL, security == null ? null : response(security, form, context)));
  }

  /** An authentic message of another service, held up on its way, is no wish to release. */
  private MessageForm form(
      MessageSecurity security, @Nullable Octets information, boolean confirmed) {
    if (information == null) {
      return new MessageSecurity.Clear(Octets.EMPTY, MessageForm.PLAIN)
          .require(opening.leastOfRequests())
          .form();
    }
    try {
      MessageSecurity.Clear clear =
          security.unprotect(information).require(opening.leastOfRequests());
      if (confirmed) {
        clear.requireForOne();
      }
      if (codec.decode(clear.apdu()) instanceof InitiateRequest) {
        return clear.form();
      }
    } catch (ApduException e) {
      throw ProtectionException.remote(
          Reason.MALFORMED, "the RLRQ's user-information is malformed: " + e.getMessage());
    }
    throw ProtectionException.remote(
        Reason.WRONG_SERVICE,
        "the RLRQ's user-information is no InitiateRequest (Green Book 9.4.3)");
  }

  /** The InitiateResponse once more, protected; null if nothing has to be. */
  private @Nullable Octets response(
      MessageSecurity security, MessageForm request, NegotiatedContext context) {
    MessageForm form = request.ofAnswer(opening.leastOfResponses());
    if (form.isPlain()) {
      return null;
    }
    Octets response =
        codec.encode(
            new InitiateResponse(
                null,
                context.dlmsVersionNumber(),
                context.conformance(),
                context.serverMaxReceivePduSize(),
                ContextServices.vaaName(context.applicationContextName())));
    try {
      return security.protect(response, form);
    } catch (ProtectionException e) {
      // The association ends all the same, and the client sees that nobody has proved it.
      onFailure.accept(e);
      return null;
    }
  }
}
