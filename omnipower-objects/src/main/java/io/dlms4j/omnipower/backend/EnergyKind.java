package io.dlms4j.omnipower.backend;

/**
 * The energies of the four main registers, named as the technical description names them (table 4;
 * IEC 62053-23 for the quadrants).
 */
public enum EnergyKind {
  /** Active positive energy A14: import, quadrants 1 and 4. In Wh. */
  A_PLUS,
  /** Active negative energy A23: export, quadrants 2 and 3. In Wh. */
  A_MINUS,
  /** Reactive positive energy R12: inductive of quadrant 1, capacitive of quadrant 2. In varh. */
  R_PLUS,
  /** Reactive negative energy R34: inductive of quadrant 3, capacitive of quadrant 4. In varh. */
  R_MINUS
}
