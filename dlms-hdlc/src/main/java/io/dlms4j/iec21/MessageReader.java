package io.dlms4j.iec21;

import io.dlms4j.link.Link;
import io.dlms4j.link.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds messages among the characters of a line.
 *
 * <p>What begins no message is noise. A message ends by its last character, or by the silence
 * behind a character that was not the last; what is longer than allowed is given up at once, and is
 * noise from there on. At most one message is kept.
 */
final class MessageReader {
  /** A character that came with the wrong parity. */
  static final int WRONG_PARITY = EvenParity.WRONG;

  /** Longest message that is a line. */
  private static final int MAX_LINE_LENGTH = 64;

  private static final int OPTION_SELECT_LENGTH = 6;
  private static final int FIRST_CAPACITY = 256;
  private static final String TIME_CLAUSE = "IEC 62056-21 6.3.2, time between characters";

  /** Takes what is found. */
  interface Sink {
    /** A message that is whole and right. */
    void message(Iec21Message message);

    /** The data block of mode D, which has no block check. */
    void pushedBlock(String text);

    /**
     * A message that has ended and is wrong, or that was not ended; whether it was one with data.
     */
    void fault(Iec21Exception fault, boolean inBlock);

    /** A message that is longer than allowed. */
    void tooLong(Iec21Exception fault);
  }

  private enum State {
    /** Between messages. */
    NOISE,
    /** Behind a slash, up to LF. */
    LINE,
    /** Behind the ACK of an option select, up to LF. */
    OPTION_SELECT,
    /** Behind SOH or STX, up to ETX or EOT. */
    BLOCK,
    /** The block check character is next. */
    BLOCK_CHECK,
    /** The data block of mode D, up to the end of the line with the exclamation mark. */
    PUSHED
  }

  private final int maxLength;
  private final long interCharacterNanos;
  private final long messageNanos;
  private byte[] buffer = new byte[FIRST_CAPACITY];
  private int size;
  private State state = State.NOISE;
  private boolean optionSelects;

  /** Index of the first character with the wrong parity, or -1. */
  private int parityFault = -1;

  /** Where the line of mode D begins that characters are added to. */
  private int lineStart;

  private long beganAt;
  private long lastAt;

  /**
   * A reader that has seen nothing.
   *
   * @param maxLength most characters of a message
   * @param interCharacterNanos how long the characters of a message may be apart
   * @param messageNanos how long a message may take all together
   */
  MessageReader(int maxLength, long interCharacterNanos, long messageNanos) {
    this.maxLength = maxLength;
    this.interCharacterNanos = interCharacterNanos;
    this.messageNanos = messageNanos;
  }

  /** Forgets what is kept; ACK stands alone or begins an option select from now on. */
  void reset(boolean withOptionSelects) {
    optionSelects = withOptionSelects;
    end();
  }

  /** The data block of mode D is next. */
  void expectPushedBlock(long now) {
    begin(State.PUSHED, now);
    lineStart = 0;
  }

  private void end() {
    state = State.NOISE;
    size = 0;
    parityFault = -1;
    if (buffer.length > FIRST_CAPACITY) {
      buffer = new byte[FIRST_CAPACITY];
    }
  }

  private void begin(State next, long now) {
    end();
    state = next;
    beganAt = now;
    lastAt = now;
  }

  /** Whether a message has begun and not ended. */
  boolean isPartial() {
    return state != State.NOISE;
  }

  private boolean isBlock() {
    return state == State.BLOCK || state == State.BLOCK_CHECK || state == State.PUSHED;
  }

  /** When {@link #expire} is due. */
  long deadline() {
    return isPartial()
        ? Math.min(lastAt + interCharacterNanos, beganAt + messageNanos)
        : Link.NEVER;
  }

  /** Gives up a message whose next character is overdue. */
  void expire(long now, Sink sink) {
    if (now >= deadline()) {
      int length = size;
      boolean inBlock = isBlock();
      end();
      sink.fault(new Iec21Exception("the message does not go on", length, TIME_CLAUSE), inBlock);
    }
  }

  /** Takes a character of 7 bits, or {@link #WRONG_PARITY}. */
  void accept(int character, long now, Sink sink) {
    if (state == State.NOISE || startsAnew(character)) {
      start(character, now, sink);
      return;
    }
    lastAt = now;
    if (!add(character, sink)) {
      return;
    }
    switch (state) {
      case LINE, OPTION_SELECT -> {
        if (character == Ascii.LF) {
          complete(sink);
        }
      }
      case BLOCK -> {
        if (character == Ascii.ETX || character == Ascii.EOT) {
          state = State.BLOCK_CHECK;
        }
      }
      case BLOCK_CHECK -> complete(sink);
      case PUSHED -> endOfPushedLine(character, sink);
      case NOISE -> throw new IllegalStateException("nothing has begun");
    }
  }

  /** A line that was not ended, and is followed by another message. */
  private boolean startsAnew(int character) {
    return switch (state) {
      case LINE, OPTION_SELECT ->
          character == '/'
              || character == Ascii.SOH
              || character == Ascii.STX
              || character == Ascii.ACK
              || character == Ascii.NAK;
      case PUSHED -> character == '/' && size == lineStart;
      case NOISE, BLOCK, BLOCK_CHECK -> false;
    };
  }

  private void start(int character, long now, Sink sink) {
    State next =
        switch (character) {
          case '/' -> State.LINE;
          case Ascii.SOH, Ascii.STX -> State.BLOCK;
          case Ascii.ACK -> optionSelects ? State.OPTION_SELECT : State.NOISE;
          default -> State.NOISE;
        };
    if (next != State.NOISE) {
      begin(next, now);
      add(character, sink);
      return;
    }
    end();
    if (character == Ascii.ACK) {
      sink.message(Handshake.ACK);
    } else if (character == Ascii.NAK) {
      sink.message(Handshake.NAK);
    }
  }

  private boolean add(int character, Sink sink) {
    int most =
        switch (state) {
          case LINE -> MAX_LINE_LENGTH;
          case OPTION_SELECT -> OPTION_SELECT_LENGTH;
          default -> maxLength;
        };
    if (size == most) {
      boolean inBlock = isBlock();
      end();
      Iec21Exception fault =
          new Iec21Exception("the message is too long", most, MessageCodec.CLAUSE);
      if (inBlock) {
        sink.tooLong(fault);
      } else {
        sink.fault(fault, false);
      }
      return false;
    }
    if (size == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(2 * size, Math.max(maxLength, MAX_LINE_LENGTH)));
    }
    if (character == WRONG_PARITY && parityFault < 0) {
      parityFault = size;
    }
    buffer[size++] = (byte) character;
    return true;
  }

  private void complete(Sink sink) {
    Payload characters = Payload.of(Arrays.copyOf(buffer, size));
    int wrong = parityFault;
    boolean inBlock = isBlock();
    end();
    Iec21Message message;
    try {
      if (wrong >= 0) {
        throw new Iec21Exception("the parity is wrong", wrong, "IEC 62056-21 5.6");
      }
      message = Iec21Message.decode(characters);
    } catch (Iec21Exception fault) {
      sink.fault(fault, inBlock);
      return;
    }
    sink.message(message);
  }

  private void endOfPushedLine(int character, Sink sink) {
    if (character != Ascii.LF) {
      return;
    }
    if (buffer[lineStart] != '!') {
      lineStart = size;
      return;
    }
    String text = new String(buffer, 0, size, StandardCharsets.US_ASCII);
    int wrong = parityFault >= 0 ? parityFault : Ascii.firstNoText(text);
    end();
    if (wrong >= 0) {
      sink.fault(new Iec21Exception("a character is wrong", wrong, "IEC 62056-21 5.6"), true);
    } else {
      sink.pushedBlock(text);
    }
  }
}
