package io.dlms4j.examples.cli;

/**
 * A command could not do what it was asked to; the message is a sentence for the person who asked.
 */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message);
  }

  CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
