package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.ServiceException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.ConfirmedServiceError;
import io.dlms4j.cosem.apdu.ExceptionResponse;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells apart what a server sends: answers, errors that name no request, and notifications. */
final class ClientInbox {
  /** Most events that wait while the server tells more that it was not asked for. */
  private static final int MOST_WAITING = 64;

  private static final int EVENT_NOTIFICATION = 0xC2;
  private static final int DATA_NOTIFICATION = 0x0F;
  private static final int INFORMATION_REPORT = 0x18;

  private final ApduCodec codec;
  private final ClientRequests requests;
  private final Deque<ClientAssociationEvent> events;

  /** How an APDU has come; without an originator, in clear. */
  record Arrived(@Nullable SystemTitle originator, Set<Protection> protection, boolean inBlocks) {}

  ClientInbox(ApduCodec codec, ClientRequests requests, Deque<ClientAssociationEvent> events) {
    this.codec = codec;
    this.requests = requests;
    this.events = events;
  }

  /** EventNotification, DataNotification or InformationReport. */
  static boolean isNotification(Octets apdu) {
    if (apdu.isEmpty()) {
      return false;
    }
    int tag = apdu.at(0);
    return tag == EVENT_NOTIFICATION || tag == DATA_NOTIFICATION || tag == INFORMATION_REPORT;
  }

  /**
   * Takes an APDU.
   *
   * @param inBlocks whether it came by general block transfer
   * @param agreed null without an association: then only notifications are heard
   */
  void receive(Octets octets, boolean inBlocks, @Nullable Agreement agreed, long now) {
    receive(octets, new Arrived(null, Set.of(), inBlocks), agreed, now);
  }

  /** The same for an APDU of which more is known. */
  void receive(Octets octets, Arrived how, @Nullable Agreement agreed, long now) {
    AnswerKey key = AnswerKey.ofAnswer(octets);
    if (isNotification(octets)) {
      receiveNotification(octets, how);
    } else if (key != null && agreed != null) {
      requests.receive(key, octets, how.inBlocks(), agreed, now);
    } else if (agreed != null) {
      DlmsException error = errorOf(octets);
      if (error != null) {
        requests.receiveStray(error, now);
      }
    }
  }

  private void receiveNotification(Octets octets, Arrived how) {
    if (events.size() >= MOST_WAITING) {
      return;
    }
    try {
      events.add(
          new ClientAssociationEvent.NotificationReceived(
              codec.decode(octets), how.originator(), how.protection(), how.inBlocks()));
    } catch (ApduException e) {
      // Nobody waits for it, and it is no answer to anything.
    }
  }

  /** What an APDU that names no request says; null if it answers nothing that we ask. */
  private @Nullable DlmsException errorOf(Octets octets) {
    Apdu apdu;
    try {
      apdu = codec.decode(octets);
    } catch (ApduException e) {
      // What is of no known service, such as an AARE once more, answers no request.
      return e.reason() == ApduException.Reason.UNKNOWN_SERVICE
          ? null
          : new ProtocolException(
              DlmsException.Scope.REQUEST,
              "the server's answer is malformed: " + e.getMessage(),
              e);
    }
    return apdu instanceof ExceptionResponse || apdu instanceof ConfirmedServiceError
        ? new ServiceException(apdu.toString())
        : new ProtocolException(
            DlmsException.Scope.REQUEST,
            "the server answered with " + apdu.getClass().getSimpleName());
  }
}
