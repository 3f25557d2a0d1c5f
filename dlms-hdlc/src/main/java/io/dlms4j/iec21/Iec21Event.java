package io.dlms4j.iec21;

/** What a machine of IEC 62056-21 tells its driver and the layer above it. */
public sealed interface Iec21Event {
  /**
   * From now on the line has other settings. All that was to be sent with the old ones has had the
   * time to leave; a driver with a buffer below it waits until that is empty.
   *
   * @param line what to set
   */
  record SetLine(LineSettings line) implements Iec21Event {}

  /**
   * A device has identified itself. Comes again when the client has to sign on again.
   *
   * @param device what it says of itself
   */
  record Identified(Identification device) implements Iec21Event {}

  /**
   * A data block of a readout, whole and checked as far as its mode has a check.
   *
   * @param text the data block, for {@link DataSetReader}
   * @param last whether the readout is complete; false for a partial block
   */
  record DataRead(String text, boolean last) implements Iec21Event {}

  /**
   * The device wants a password, and the client has been given none: {@link Iec21Client#command}
   * takes it, or any other command that needs none.
   *
   * @param operand what the device gives for a secure algorithm (P0), brackets included
   */
  record PasswordRequested(String operand) implements Iec21Event {}

  /** The device has accepted the password: {@link Iec21Client#command} takes commands. */
  record SignedOn() implements Iec21Event {}

  /**
   * The device has answered a command with data.
   *
   * @param command the command
   * @param text the data, for {@link DataSetReader}
   * @param last whether the answer is complete; false for a partial block, and the next one comes
   *     by itself
   */
  record Answered(Command command, String text, boolean last) implements Iec21Event {}

  /**
   * The device has done what a command says.
   *
   * @param command the command
   */
  record Acknowledged(Command command) implements Iec21Event {}

  /**
   * The device has answered a command with an error message, or does not understand it.
   *
   * @param command the command
   * @param error the error message, or empty
   */
  record Refused(Command command, String error) implements Iec21Event {}

  /**
   * The opening of mode E is complete. From now on the octets of the line are those of HDLC, and
   * the machine is not to be driven any more until it is opened anew.
   *
   * @param line the settings of the line, which a {@link SetLine} has told before
   */
  record HandOver(LineSettings line) implements Iec21Event {}

  /**
   * The session is over. A client does nothing more until it is opened anew; a server waits for the
   * next one.
   *
   * @param reason why
   * @param detail a sentence, or empty
   */
  record Ended(EndReason reason, String detail) implements Iec21Event {}

  /** Why a session is over. */
  enum EndReason {
    /** All has been read, or this side has signed off. */
    FINISHED,
    /** The peer has signed off. */
    CLOSED_BY_PEER,
    /** Nothing, or nothing that could be read, has come in time, all repetitions included. */
    NO_ANSWER,
    /** The device does not offer what is asked of it. */
    REFUSED,
    /** What comes is not what the standard asks for, or more than the limits allow. */
    PROTOCOL_ERROR,
    /** The line below is gone. */
    LINE_LOST
  }
}
