package io.dlms4j.iec21;

import io.dlms4j.iec21.Iec21ClientConfig.Purpose;
import io.dlms4j.iec21.Iec21Event.EndReason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of IEC 62056-21, the hand-held unit: data readout in modes A to D, programming
 * in mode C, opening of HDLC in mode E (IEC 62056-21, 6.4 and Annex E).
 *
 * <p>It signs on at 300 baud, does what the device's identification and its own purpose ask for,
 * and ends with {@link Iec21Event.Ended} or {@link Iec21Event.HandOver}. Without an answer it signs
 * on again, as often as it may; a message that is damaged it has repeated by NAK. A command that is
 * not answered goes again if it reads or gives a password, and ends the session otherwise, for
 * nobody knows whether the device has done what it says.
 */
public final class Iec21Client extends Station {
  /** What an error message in the programming mode begins with, by custom of the manufacturers. */
  private static final String ERROR = "(ER";

  private enum State {
    /** Nothing goes on. */
    IDLE,
    /** The request is out, or is going to be. */
    SIGNING_ON,
    /** Waits for a device of mode D to begin. */
    AWAITING_PUSH,
    /** The option select of mode C is going out; the line changes behind it. */
    SELECTING,
    /** The option select of mode E is going out, or is out. */
    AWAITING_CONFIRMATION,
    /** Mode E is agreed on. */
    HANDING_OVER,
    AWAITING_READOUT,
    AWAITING_PUSHED_BLOCK,
    AWAITING_OPERAND,
    AWAITING_PASSWORD_ANSWER,
    /** In programming mode, between commands. */
    READY,
    AWAITING_COMMAND_ANSWER,
    /** The last message is going out. */
    ENDING
  }

  private final Iec21ClientConfig config;
  private State state = State.IDLE;
  private char baudCharacter;
  private int baudRate;
  private int signOns;
  private int repeats;

  /** How many characters the answer has had so far. */
  private long answered;

  private @Nullable Command command;

  /**
   * A client that has not begun.
   *
   * @param config whom to ask for what
   * @param line what the line is like
   */
  public Iec21Client(Iec21ClientConfig config, LineOptions line) {
    // Frames of the message around its data need room as well.
    super(line, config.timing(), config.maxDataLength() + 16);
    this.config = config;
  }

  /**
   * Gives a command in programming mode. Ends in {@link Iec21Event.Answered}, {@link
   * Iec21Event.Acknowledged}, {@link Iec21Event.Refused}, {@link Iec21Event.SignedOn} for a
   * password, or {@link Iec21Event.Ended}. A device signs off by itself if it gets none for a
   * minute.
   *
   * @param next what to do
   * @param time time, in nanoseconds
   * @return whether it was taken: false while another one is not yet answered, and outside of the
   *     programming mode
   */
  public boolean command(Command next, long time) {
    if (state != State.READY) {
      return false;
    }
    workAt(time);
    give(next);
    return true;
  }

  private void give(Command next) {
    command = next;
    repeats = 0;
    answered = 0;
    state = next.type().isBreak() ? State.ENDING : State.AWAITING_COMMAND_ANSWER;
    send(next);
  }

  // Signing on.

  @Override
  void onOpen() {
    signOns = 0;
    command = null;
    if (config.purpose() == Purpose.PUSHED_READOUT) {
      setLine(LineSettings.sevenEvenOne(BaudCharacter.baudRate(BaudCharacter.MODE_D, 0)));
      awaitPush();
    } else {
      signOn();
    }
  }

  private void awaitPush() {
    listen(true);
    state = State.AWAITING_PUSH;
    awaitForEver();
  }

  private void signOn() {
    setLine(LineSettings.sevenEvenOne(BaudCharacter.INITIAL));
    listen(true);
    fast(false);
    signOns++;
    repeats = 0;
    answered = 0;
    state = State.SIGNING_ON;
    send(new SignOnRequest(config.deviceAddress()));
  }

  private void signOnAgain(String detail) {
    if (signOns > config.repetitions()) {
      end(EndReason.NO_ANSWER, detail);
    } else {
      signOn();
    }
  }

  private void end(EndReason reason, String detail) {
    state = State.IDLE;
    listen(false);
    ended(reason, detail);
  }

  private void identified(Identification device) {
    boolean pushed = state == State.AWAITING_PUSH;
    try {
      baudCharacter = device.baudCharacter();
      baudRate = device.baudRate();
    } catch (Iec21Exception reserved) {
      end(EndReason.REFUSED, String.valueOf(reserved.getMessage()));
      return;
    }
    emit(new Iec21Event.Identified(device));
    fast(device.reactsFast());
    if (pushed) {
      identifiedByPush();
      return;
    }
    if (device.mode() == ProtocolMode.C && baudRate > config.maxBaudRate()) {
      baudCharacter = BaudCharacter.ofModeC(BaudCharacter.INITIAL);
      baudRate = BaudCharacter.INITIAL;
    }
    switch (config.purpose()) {
      case READOUT -> readOut(device.mode());
      case PROGRAMMING -> {
        if (device.mode() == ProtocolMode.C) {
          select(OptionSelect.programming(baudCharacter));
        } else {
          end(EndReason.REFUSED, "a device of mode " + device.mode() + " is not programmed so");
        }
      }
      case HDLC -> {
        if (device.offersHdlc()) {
          select(OptionSelect.hdlc(baudCharacter));
        } else {
          end(EndReason.REFUSED, "the device does not offer HDLC");
        }
      }
      case PUSHED_READOUT -> throw new IllegalStateException("nobody was asked");
    }
  }

  private void identifiedByPush() {
    if (baudCharacter == BaudCharacter.MODE_D) {
      state = State.AWAITING_PUSHED_BLOCK;
      expectPushedBlock();
    } else {
      end(EndReason.REFUSED, "mode D has the baud rate character '3'");
    }
  }

  private void readOut(ProtocolMode mode) {
    if (mode == ProtocolMode.C) {
      select(OptionSelect.readout(baudCharacter));
      return;
    }
    if (mode == ProtocolMode.B) {
      setLine(LineSettings.sevenEvenOne(baudRate));
    }
    state = State.AWAITING_READOUT;
    awaitAnswer();
  }

  private void select(OptionSelect select) {
    boolean hdlc = config.purpose() == Purpose.HDLC;
    state = hdlc ? State.AWAITING_CONFIRMATION : State.SELECTING;
    expectOptionSelect(hdlc);
    send(select);
  }

  // Time.

  @Override
  void onSent() {
    switch (state) {
      case SELECTING -> selected();
      case HANDING_OVER -> {
        state = State.IDLE;
        handOver(LineSettings.eightNoneOne(baudRate));
      }
      case ENDING -> end(EndReason.FINISHED, "");
      default -> awaitAnswer();
    }
  }

  private void selected() {
    awaitAnswer();
    setLine(LineSettings.sevenEvenOne(baudRate));
    state = config.purpose() == Purpose.READOUT ? State.AWAITING_READOUT : State.AWAITING_OPERAND;
  }

  @Override
  void onNoAnswer() {
    switch (state) {
      case SIGNING_ON -> signOnAgain("nobody has answered the request");
      case AWAITING_CONFIRMATION -> {
        if (config.confirmationRequired()) {
          signOnAgain("the device has not confirmed the opening");
        } else {
          state = State.HANDING_OVER;
          onSent();
        }
      }
      case AWAITING_READOUT, AWAITING_OPERAND -> signOnAgain("the device has not gone on");
      case AWAITING_PASSWORD_ANSWER, AWAITING_COMMAND_ANSWER -> repeatUnanswered();
      default -> {}
    }
  }

  private void repeatUnanswered() {
    Command unanswered = Objects.requireNonNull(command);
    if (unanswered.type().isRepeatable() && answered == 0 && repeats < config.repetitions()) {
      repeats++;
      send(unanswered);
    } else {
      end(EndReason.NO_ANSWER, "the device has not answered " + unanswered.type());
    }
  }

  // What comes in.

  @Override
  public void message(Iec21Message message) {
    switch (state) {
      case SIGNING_ON, AWAITING_PUSH -> {
        if (message instanceof Identification device) {
          identified(device);
        }
      }
      case AWAITING_CONFIRMATION -> confirmation(message);
      case AWAITING_READOUT -> readout(message);
      case AWAITING_OPERAND -> operand(message);
      case AWAITING_PASSWORD_ANSWER -> passwordAnswer(message);
      case AWAITING_COMMAND_ANSWER -> commandAnswer(message);
      case READY -> peerBreak(message);
      default -> {}
    }
  }

  private void confirmation(Iec21Message message) {
    if (message instanceof OptionSelect confirmed) {
      if (confirmed.equals(OptionSelect.hdlc(baudCharacter))) {
        state = State.HANDING_OVER;
        pause();
      } else {
        signOnAgain("the device confirms something else");
      }
    } else if (message instanceof DataMessage || message instanceof Command) {
      end(EndReason.REFUSED, "the device does not open for HDLC");
    }
  }

  private void readout(Iec21Message message) {
    if (message instanceof DataMessage data) {
      if (!withinLimit(data)) {
        return;
      }
      emit(new Iec21Event.DataRead(data.text(), data.last()));
      if (!data.last()) {
        send(Handshake.ACK);
      } else if (BaudCharacter.mode(baudCharacter) == ProtocolMode.C) {
        state = State.ENDING;
        send(Handshake.ACK);
      } else {
        end(EndReason.FINISHED, "");
      }
    } else {
      peerBreak(message);
    }
  }

  private void operand(Iec21Message message) {
    if (message instanceof Command given && given.type() == CommandType.P0) {
      if (config.password().isEmpty()) {
        state = State.READY;
        awaitForEver();
        emit(new Iec21Event.PasswordRequested(given.data()));
      } else {
        give(Command.password(config.password()));
        state = State.AWAITING_PASSWORD_ANSWER;
      }
    } else {
      peerBreak(message);
    }
  }

  private void passwordAnswer(Iec21Message message) {
    if (message == Handshake.ACK) {
      ready(new Iec21Event.SignedOn());
    } else if (message == Handshake.NAK) {
      repeatRefused("the device does not understand the password");
    } else if (message instanceof DataMessage error) {
      end(EndReason.REFUSED, "the device does not accept the password: " + error.text());
    } else {
      peerBreak(message);
    }
  }

  private void commandAnswer(Iec21Message message) {
    Command asked = Objects.requireNonNull(command);
    if (message instanceof DataMessage data) {
      commandData(asked, data);
    } else if (message == Handshake.ACK) {
      ready(
          asked.type().isPassword()
              ? new Iec21Event.SignedOn()
              : new Iec21Event.Acknowledged(asked));
    } else if (message == Handshake.NAK) {
      if (repeats < config.repetitions()) {
        repeats++;
        send(asked);
      } else {
        ready(new Iec21Event.Refused(asked, ""));
      }
    } else {
      peerBreak(message);
    }
  }

  private void commandData(Command asked, DataMessage data) {
    if (data.text().startsWith(ERROR)) {
      ready(new Iec21Event.Refused(asked, data.text()));
    } else if (withinLimit(data)) {
      Iec21Event answer = new Iec21Event.Answered(asked, data.text(), data.last());
      if (data.last()) {
        ready(answer);
      } else {
        emit(answer);
        send(Handshake.ACK);
      }
    }
  }

  private void ready(Iec21Event event) {
    state = State.READY;
    awaitForEver();
    emit(event);
  }

  /** Counts what partial blocks bring all together; an empty one counts as well. */
  private boolean withinLimit(DataMessage data) {
    repeats = 0;
    answered += Math.max(1, data.text().length());
    if (answered > config.maxDataLength()) {
      end(EndReason.PROTOCOL_ERROR, "the answer has more characters than allowed");
      return false;
    }
    return true;
  }

  private void repeatRefused(String detail) {
    if (repeats < config.repetitions()) {
      repeats++;
      send(Objects.requireNonNull(command));
    } else {
      end(EndReason.REFUSED, detail);
    }
  }

  private void peerBreak(Iec21Message message) {
    if (message instanceof Command given && given.type().isBreak()) {
      end(EndReason.CLOSED_BY_PEER, "the device has signed off");
    }
  }

  @Override
  public void pushedBlock(String text) {
    emit(new Iec21Event.DataRead(text, true));
    end(EndReason.FINISHED, "");
  }

  @Override
  public void fault(Iec21Exception fault, boolean inBlock) {
    if (!inBlock) {
      // No answer has been damaged: it may still come.
      return;
    }
    switch (state) {
      case AWAITING_READOUT,
          AWAITING_OPERAND,
          AWAITING_PASSWORD_ANSWER,
          AWAITING_COMMAND_ANSWER -> {
        if (repeats < config.repetitions()) {
          repeats++;
          send(Handshake.NAK);
        } else {
          end(EndReason.PROTOCOL_ERROR, String.valueOf(fault.getMessage()));
        }
      }
      // There is no repeat in mode D: the next push may be better.
      case AWAITING_PUSHED_BLOCK -> awaitPush();
      default -> {}
    }
  }

  @Override
  public void tooLong(Iec21Exception fault) {
    if (state != State.IDLE && state != State.SIGNING_ON && state != State.AWAITING_PUSH) {
      end(EndReason.PROTOCOL_ERROR, String.valueOf(fault.getMessage()));
    }
  }

  // The end.

  @Override
  void onClose() {
    switch (state) {
      case IDLE, ENDING -> {}
      case READY, AWAITING_COMMAND_ANSWER, AWAITING_PASSWORD_ANSWER -> give(Command.signOff());
      default -> end(EndReason.FINISHED, "closed before the end");
    }
  }

  @Override
  public void lineLost() {
    if (state != State.IDLE) {
      end(EndReason.LINE_LOST, "the line is lost");
    }
  }
}
