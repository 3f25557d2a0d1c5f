package io.dlms4j.omnipower.configuration;

/** What a meter measures with (X4). */
public enum MeasuringSystems {
  /** One system: phase L1. */
  ONE,
  /** Two systems, in a network without neutral (Aron): L1 and L3 against L2. */
  ARON,
  /** Three systems: L1, L2 and L3 against neutral. */
  THREE
}
