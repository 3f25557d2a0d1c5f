package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.DataBlock;
import java.util.function.Function;

/**
 * One request of a client from its first APDU to its result. It knows one service, and nothing of
 * time, of queues or of other requests.
 */
abstract class ClientExchange {
  final Agreement agreed;

  ClientExchange(Agreement agreed) {
    this.agreed = agreed;
  }

  /**
   * The first APDU.
   *
   * @throws DlmsException of the local side, if what was agreed on has no room for the request
   */
  abstract Octets begin();

  /**
   * Takes an answer that names this request.
   *
   * @throws DlmsException if it ends the request without its result
   */
  abstract ClientStep receive(Apdu answer);

  /**
   * A request that is sent in one APDU or not at all.
   *
   * @throws DlmsException if it is too long
   */
  final Octets whole(Octets apdu) {
    if (apdu.length() > agreed.longestWhole()) {
      throw local(
          "the request has "
              + apdu.length()
              + " octets, and the server takes no more than "
              + agreed.maxSendPduSize());
    }
    return apdu;
  }

  final void requireList(int items) {
    if (items > 1) {
      require(Conformance.MULTIPLE_REFERENCES);
    }
  }

  final void require(Conformance service) {
    if (!agreed.has(service)) {
      throw local("the association has not agreed on " + service);
    }
  }

  static DlmsException local(String message) {
    return new DlmsException(DlmsException.Origin.LOCAL, DlmsException.Scope.REQUEST, message);
  }

  static ProtocolException breach(String message) {
    return new ProtocolException(DlmsException.Scope.REQUEST, message);
  }

  static ProtocolException otherService(String asked, Apdu answer) {
    return breach("the server answered " + asked + " with " + answer.getClass().getSimpleName());
  }

  static ProtocolException wrongBlock(long number, long due) {
    return breach("the server sent block " + number + " where block " + due + " was due");
  }

  static void requireResults(int results, int items) {
    if (results != items) {
      throw breach("the server answered " + items + " items with " + results + " results");
    }
  }

  /**
   * Takes a block of an answer.
   *
   * @throws DlmsException if it is not due, or more than is taken
   */
  final void gather(RawData gathered, long blockNumber, Octets raw) {
    switch (gathered.take(blockNumber, raw)) {
      case YES -> {}
      case WRONG_NUMBER -> throw wrongBlock(blockNumber, gathered.blocks() + 1);
      case TOO_MUCH ->
          throw breach(
              "the server sent more than the "
                  + agreed.limits().maxOctets()
                  + " octets that are taken of one answer");
    }
  }

  /** A long request on its way, cut into blocks. */
  final class Outgoing {
    private final Octets body;
    private int taken;
    private long number;

    Outgoing(Octets body) {
      this.body = body;
    }

    /**
     * The next block, as long as its APDU may be.
     *
     * @param form the APDU that carries it
     * @throws DlmsException if there is no room for a single octet
     */
    Octets next(Function<DataBlock, Apdu> form) {
      number++;
      int room = agreed.rawDataRoom(form.apply(new DataBlock(false, number, Octets.EMPTY)));
      if (room < 1) {
        throw local(
            "the server takes APDUs of "
                + agreed.maxSendPduSize()
                + " octets, in which there is no room for a block of this request");
      }
      int length = Math.min(room, body.length() - taken);
      Octets raw = body.slice(taken, length);
      taken += length;
      return agreed.encode(form.apply(new DataBlock(isSent(), number, raw)));
    }

    boolean isSent() {
      return taken == body.length();
    }

    /**
     * The server has a block and asks for the next one.
     *
     * @throws DlmsException if that is not where the transfer stands
     */
    Octets acknowledged(long blockNumber, Function<DataBlock, Apdu> form) {
      if (isSent()) {
        throw breach("the server asks for a block after the last one");
      }
      if (blockNumber != number) {
        throw breach(
            "the server acknowledged block " + blockNumber + " where block " + number + " was due");
      }
      return next(form);
    }
  }
}
