package io.dlms4j.iec21;

import io.dlms4j.iec21.Iec21Event.EndReason;
import org.jspecify.annotations.Nullable;

/**
 * The device's side of IEC 62056-21, the tariff device: opening of HDLC in mode E, and data readout
 * in mode C (IEC 62056-21, 6.4.3, 6.4.5 and Annex E).
 *
 * <p>It answers a request that is meant for it with its identification. After that, {@code ACK 2 Z
 * 2} with the speed that it proposed, or with 300 baud, opens HDLC: the device confirms with the
 * same message, and the line is handed over. Anything else that is understood, or nothing within
 * the time for an answer, is answered with the readout: at the speed agreed to, or at 300 baud
 * where none was agreed to. After a readout, and where there is none, it waits at 300 baud for the
 * next request.
 */
public final class Iec21Server extends Station {
  /** Above any message that a client sends in these modes. */
  private static final int MAX_REQUEST_LENGTH = 256;

  private enum State {
    IDLE,
    /** Waits for a request, at 300 baud. */
    AWAITING_REQUEST,
    /** The identification is going out, or is out. */
    AWAITING_SELECT,
    /** The confirmation of mode E is going out. */
    CONFIRMING,
    /** The readout is going out, or is out. */
    AWAITING_ACKNOWLEDGE
  }

  private final Iec21ServerConfig config;
  private final Identification identification;
  private State state = State.IDLE;
  private LineSettings agreed = LineSettings.sevenEvenOne(BaudCharacter.INITIAL);
  private int repeats;

  /**
   * A device that has not begun.
   *
   * @param config what it is and offers
   * @param line what the line is like
   */
  public Iec21Server(Iec21ServerConfig config, LineOptions line) {
    super(line, config.timing(), MAX_REQUEST_LENGTH);
    this.config = config;
    identification = config.identificationMessage();
  }

  @Override
  void onOpen() {
    fast(identification.reactsFast());
    awaitRequest();
  }

  private void awaitRequest() {
    setLine(LineSettings.sevenEvenOne(BaudCharacter.INITIAL));
    listen(true);
    state = State.AWAITING_REQUEST;
    awaitForEver();
  }

  private void endSession(EndReason reason, String detail) {
    ended(reason, detail);
    awaitRequest();
  }

  @Override
  public void message(Iec21Message message) {
    if (message instanceof SignOnRequest request) {
      if ((state == State.AWAITING_REQUEST || state == State.AWAITING_SELECT)
          && request.addresses(config.deviceAddress())) {
        state = State.AWAITING_SELECT;
        expectOptionSelect(true);
        send(identification);
      }
    } else if (message instanceof OptionSelect select && state == State.AWAITING_SELECT) {
      selected(select);
    } else if (state == State.AWAITING_ACKNOWLEDGE) {
      acknowledge(message);
    }
  }

  private void selected(OptionSelect select) {
    char initial = BaudCharacter.ofModeC(BaudCharacter.INITIAL);
    char baudCharacter = select.baudCharacter();
    if (baudCharacter != identification.baudCharacter() && baudCharacter != initial) {
      readOut(BaudCharacter.INITIAL);
      return;
    }
    int baudRate = BaudCharacter.baudRate(baudCharacter, 0);
    if (config.hdlc() && select.equals(OptionSelect.hdlc(baudCharacter))) {
      agreed = LineSettings.eightNoneOne(baudRate);
      state = State.CONFIRMING;
      send(select);
    } else if (select.equals(OptionSelect.readout(baudCharacter))) {
      readOut(baudRate);
    } else {
      readOut(BaudCharacter.INITIAL);
    }
  }

  /**
   * Changes the speed at once, as the client does behind its message, and sends after a reaction.
   */
  private void readOut(int baudRate) {
    @Nullable String block = config.readout();
    if (block == null) {
      endSession(EndReason.REFUSED, "there is no readout");
      return;
    }
    agreed = LineSettings.sevenEvenOne(baudRate);
    setLine(agreed);
    repeats = 0;
    sendReadout(block);
  }

  private void sendReadout(String block) {
    state = State.AWAITING_ACKNOWLEDGE;
    send(new DataMessage(block, true));
  }

  private void acknowledge(Iec21Message message) {
    @Nullable String block = config.readout();
    if (message == Handshake.ACK) {
      endSession(EndReason.FINISHED, "");
    } else if (message == Handshake.NAK && block != null) {
      if (repeats < config.repetitions()) {
        repeats++;
        sendReadout(block);
      } else {
        endSession(EndReason.PROTOCOL_ERROR, "the readout was refused once too often");
      }
    } else if (message instanceof Command given && given.type().isBreak()) {
      endSession(EndReason.CLOSED_BY_PEER, "the client has signed off");
    }
  }

  @Override
  void onSent() {
    if (state == State.CONFIRMING) {
      state = State.IDLE;
      handOver(agreed);
    } else {
      awaitAnswer();
    }
  }

  @Override
  void onNoAnswer() {
    switch (state) {
      case AWAITING_SELECT -> readOut(BaudCharacter.INITIAL);
      case AWAITING_ACKNOWLEDGE ->
          endSession(EndReason.NO_ANSWER, "the client has not acknowledged the readout");
      default -> {}
    }
  }

  @Override
  public void fault(Iec21Exception fault, boolean inBlock) {
    // A device answers what it does not understand with silence.
  }

  @Override
  public void tooLong(Iec21Exception fault) {
    // The rest of it is noise.
  }

  @Override
  public void pushedBlock(String text) {
    throw new IllegalStateException("nobody pushes anything to a device");
  }

  @Override
  void onClose() {
    if (state != State.IDLE) {
      state = State.IDLE;
      listen(false);
      ended(EndReason.FINISHED, "closed");
    }
  }

  @Override
  public void lineLost() {
    if (state != State.IDLE) {
      state = State.IDLE;
      listen(false);
      ended(EndReason.LINE_LOST, "the line is lost");
    }
  }
}
