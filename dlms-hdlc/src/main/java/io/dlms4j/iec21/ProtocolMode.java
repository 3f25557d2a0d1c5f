package io.dlms4j.iec21;

/** The protocol modes of IEC 62056-21, 6.4. */
public enum ProtocolMode {
  /** Readout on request, at 300 baud throughout. */
  A,
  /** Readout on request; the device changes the speed after its identification. */
  B,
  /** Readout or programming on request; the client agrees to the change of speed. */
  C,
  /** Readout that the device begins, at 2400 baud. */
  D,
  /** HDLC after an opening like that of mode C (Annex E). */
  E
}
