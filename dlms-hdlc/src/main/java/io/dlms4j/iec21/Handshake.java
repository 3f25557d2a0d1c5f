package io.dlms4j.iec21;

/** The answers of one character (IEC 62056-21, 6.3.1). */
public enum Handshake implements Iec21Message {
  /** What came was good; after a partial block, the next one is asked for. */
  ACK,
  /** What came was not good: to be repeated. */
  NAK
}
