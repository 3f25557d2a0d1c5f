package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ExceptionResponse;
import io.dlms4j.cosem.apdu.ExceptionResponse.ServiceError;
import io.dlms4j.cosem.apdu.ExceptionResponse.StateError;
import io.dlms4j.cosem.association.GeneralBlockTransferExchange.Purpose;
import io.dlms4j.cosem.security.ProtectionException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a server's association has to send, in the order in which it goes: what is no service first,
 * then answers of high priority, then the rest. A message is protected when its turn has come, so
 * that invocation counters go out in their order.
 */
final class ServerOutbox {
  private final ApduCodec codec;
  private final ApduChannel channel;
  private final ServerOpening opening;
  private final Consumer<ProtectionException> onFailure;

  /** What is no service: AARE, RLRE, the answers of an opening. */
  private final Deque<Octets> control = new ArrayDeque<>(1);

  /** Answers of high priority, where that counts. */
  private final Deque<OutgoingApdu> urgent = new ArrayDeque<>(1);

  private final Deque<OutgoingApdu> usual = new ArrayDeque<>(1);

  /**
   * An empty one.
   *
   * @param onFailure told what could not be protected
   */
  ServerOutbox(
      ApduCodec codec,
      ApduChannel channel,
      ServerOpening opening,
      Consumer<ProtectionException> onFailure) {
    this.codec = codec;
    this.channel = channel;
    this.opening = opening;
    this.onFailure = onFailure;
  }

  int size() {
    return control.size() + urgent.size() + usual.size();
  }

  /** How much waits that is neither urgent nor no service. */
  int usualSize() {
    return usual.size();
  }

  void addControl(Octets apdu) {
    control.add(apdu);
  }

  void add(OutgoingApdu apdu, boolean highPriority) {
    (highPriority ? urgent : usual).add(apdu);
  }

  /** It has given way to a request, and is next. */
  void addAgain(OutgoingApdu postponed) {
    usual.addFirst(postponed.unsent());
  }

  /** Nobody waits any more for what answers a request that came by general block transfer. */
  void dropAnswersToBlocks() {
    urgent.removeIf(OutgoingApdu::answersBlocks);
    usual.removeIf(OutgoingApdu::answersBlocks);
  }

  void clear() {
    control.clear();
    urgent.clear();
    usual.clear();
  }

  /** The next APDU for the link. */
  @Nullable Octets poll(long now) {
    Octets apdu = control.poll();
    if (apdu == null) {
      apdu = channel.pollTransmit(now);
    }
    while (apdu == null && (sendNext(urgent, now) || sendNext(usual, now))) {
      apdu = channel.pollTransmit(now);
    }
    return apdu;
  }

  /** Sends the first that may be sent: what has to wait for its turn holds up nothing else. */
  private boolean sendNext(Deque<OutgoingApdu> queue, long now) {
    for (Iterator<OutgoingApdu> each = queue.iterator(); each.hasNext(); ) {
      OutgoingApdu next = each.next();
      if (channel.takes(next, overhead(next), now)) {
        each.remove();
        OutgoingApdu message = secured(next);
        if (message != null) {
          channel.send(message, now);
        }
        return true;
      }
    }
    return false;
  }

  private int overhead(OutgoingApdu apdu) {
    MessageSecurity security = opening.security();
    MessageForm form = apdu.form();
    return security == null || form == null ? 0 : security.overhead(ofAnswer(form));
  }

  private MessageForm ofAnswer(MessageForm form) {
    return form.ofAnswer(opening.leastOfResponses());
  }

  /** The same, protected at once: the association that could protect it is about to end. */
  void addLast(OutgoingApdu apdu) {
    OutgoingApdu message = secured(apdu);
    if (message != null) {
      control.add(message.octets());
    }
  }

  /** The message as it goes out. What cannot be protected never goes out in clear. */
  private @Nullable OutgoingApdu secured(OutgoingApdu apdu) {
    MessageForm form = apdu.form();
    if (form == null || ofAnswer(form).isPlain()) {
      return apdu;
    }
    try {
      MessageSecurity security = opening.security();
      if (security == null) {
        throw ProtectionException.local(
            ProtectionException.Reason.UNKNOWN_KEY,
            "what has to be protected cannot go out where there is no association");
      }
      return apdu.protectedAs(security.protect(apdu.octets(), ofAnswer(form)));
    } catch (ProtectionException e) {
      onFailure.accept(e);
      return apdu.purpose() == Purpose.RESPONSE
          ? OutgoingApdu.answer(
              codec.encode(
                  new ExceptionResponse(
                      StateError.SERVICE_NOT_ALLOWED, ServiceError.OPERATION_NOT_POSSIBLE)),
              apdu.answersBlocks())
          : null;
    }
  }
}
