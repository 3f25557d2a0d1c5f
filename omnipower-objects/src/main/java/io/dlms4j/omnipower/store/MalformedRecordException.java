package io.dlms4j.omnipower.store;

/** A record is whole, but nothing that this library writes. */
final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedRecordException(String message) {
    super(message);
  }
}
