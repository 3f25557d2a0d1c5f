package io.dlms4j.omnipower.measurement;

/**
 * The order in which the phases follow each other (technical description 4.6.2.14). Unknown when a
 * phase is missing, and with one phase only.
 */
public enum PhaseSequence {
  /** L1, then L2, then L3. */
  L1_L2_L3,
  /** L1, then L3, then L2. */
  L1_L3_L2,
  /** Not recognised. */
  UNKNOWN
}
