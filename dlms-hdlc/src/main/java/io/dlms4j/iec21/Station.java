package io.dlms4j.iec21;

import io.dlms4j.iec21.Iec21Event.EndReason;
import io.dlms4j.link.Payload;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What both sides have in common: one message at a time goes out, not before the reaction time has
 * passed and with the time that it takes on the line reckoned; a step to take when it is out; and a
 * wait for the answer.
 */
abstract sealed class Station implements Iec21Machine, MessageReader.Sink
    permits Iec21Client, Iec21Server {
  private final LineOptions options;
  private final Iec21Timing timing;
  private final EchoFilter echo = new EchoFilter();
  private final ArrayDeque<Iec21Event> events = new ArrayDeque<>();
  private final MessageReader reader;

  private LineSettings line = LineSettings.sevenEvenOne(BaudCharacter.INITIAL);
  private boolean fast;
  private boolean listening;

  /** When the last octet came in. */
  private long heardAt;

  private @Nullable Payload out;
  private long sendAt = NEVER;

  /** When what was sent has left, and {@link #onSent} is due. */
  private long sentAt = NEVER;

  /** When {@link #onNoAnswer} is due, if no message is coming in then. */
  private long answerAt = NEVER;

  /** The time of the call that is being worked on. */
  private long now;

  Station(LineOptions options, Iec21Timing timing, int maxLength) {
    this.options = options;
    this.timing = timing;
    reader =
        new MessageReader(maxLength, timing.interCharacter().toNanos(), timing.message().toNanos());
  }

  // What a side does.

  abstract void onOpen();

  abstract void onClose();

  /** The message has left, and a good part of the reaction time with it. */
  abstract void onSent();

  abstract void onNoAnswer();

  // What a side may say.

  final void workAt(long time) {
    now = time;
  }

  final void emit(Iec21Event event) {
    events.add(event);
  }

  final void fast(boolean whether) {
    fast = whether;
  }

  /** Changes the line, and forgets what has come with the old settings. */
  final void setLine(LineSettings settings) {
    line = settings;
    echo.reset();
    reader.reset(false);
    events.add(
        new Iec21Event.SetLine(
            options.softwareParity() && settings.parity() == LineSettings.Parity.EVEN
                ? LineSettings.eightNoneOne(settings.baudRate())
                : settings));
  }

  final void listen(boolean whether) {
    listening = whether;
    reader.reset(false);
  }

  /** An ACK is the beginning of an option select from now on, or is not. */
  final void expectOptionSelect(boolean whether) {
    reader.reset(whether);
  }

  final void expectPushedBlock() {
    reader.expectPushedBlock(now);
  }

  /**
   * Sends a message when the reaction time has passed; {@link #onSent} is called when it is out.
   */
  final void send(Iec21Message message) {
    sendAt(message, Math.max(now, heardAt + timing.reactionNanos(fast)));
  }

  final void sendAt(Iec21Message message, long time) {
    out = message.encode();
    sendAt = time;
    sentAt = NEVER;
    answerAt = NEVER;
  }

  /** Calls {@link #onSent} when the reaction time has passed, without anything being sent. */
  final void pause() {
    forget();
    sentAt = heardAt + timing.reactionNanos(fast);
  }

  final void awaitAnswer() {
    answerAt = now + timing.answer().toNanos();
  }

  final void awaitForEver() {
    answerAt = NEVER;
  }

  private void forget() {
    out = null;
    sendAt = NEVER;
    sentAt = NEVER;
    answerAt = NEVER;
  }

  /** Does nothing any more of what was to be done. */
  final void ended(EndReason reason, String detail) {
    forget();
    events.add(new Iec21Event.Ended(reason, detail));
  }

  final void handOver(LineSettings settings) {
    forget();
    listen(false);
    setLine(settings);
    events.add(new Iec21Event.HandOver(settings));
  }

  // The machine.

  @Override
  public final void open(long time) {
    now = time;
    // Nothing was heard yet that could be answered too soon.
    heardAt = time - timing.reactionNanos(false);
    events.clear();
    forget();
    onOpen();
  }

  @Override
  public final void receive(byte[] octets, int offset, int length, long time) {
    now = time;
    if (!listening || length == 0) {
      return;
    }
    reader.expire(time, this);
    Payload heard =
        options.echo() ? echo.filter(octets, offset, length) : Payload.of(octets, offset, length);
    for (int i = 0; i < heard.length() && listening; i++) {
      heardAt = time;
      reader.accept(character(heard.at(i)), time, this);
    }
  }

  private int character(int octet) {
    if (options.softwareParity()) {
      return EvenParity.remove(octet);
    }
    return octet <= 0x7F ? octet : MessageReader.WRONG_PARITY;
  }

  @Override
  public final @Nullable Iec21Event pollEvent() {
    return events.poll();
  }

  @Override
  public final @Nullable Payload pollTransmit(long time) {
    Payload message = out;
    if (message == null || time < sendAt) {
      return null;
    }
    now = time;
    out = null;
    sendAt = NEVER;
    // Half of the reaction time lets a slow adapter empty its buffer, and is over before an answer.
    long onLine = options.instant() ? 0 : line.nanosFor(message.length());
    sentAt = time + onLine + timing.reactionNanos(fast) / 2;
    Payload octets = options.softwareParity() ? EvenParity.add(message) : message;
    if (options.echo()) {
      echo.sent(octets);
    }
    return octets;
  }

  @Override
  public final long nextDeadline() {
    long next = Math.min(Math.min(sendAt, sentAt), reader.deadline());
    return reader.isPartial() ? next : Math.min(next, answerAt);
  }

  @Override
  public final void onDeadline(long time) {
    now = time;
    reader.expire(time, this);
    if (time >= sentAt) {
      sentAt = NEVER;
      onSent();
    } else if (time >= answerAt && !reader.isPartial()) {
      answerAt = NEVER;
      onNoAnswer();
    }
  }

  @Override
  public final void close(long time) {
    now = time;
    onClose();
  }
}
