package io.dlms4j.omnipower.engine.core;

/**
 * The energies that are accumulated, named as the technical description names them (table 4; IEC
 * 62053-23 for the quadrants).
 */
public enum EnergyKind {
  /** Active positive energy: import, quadrants 1 and 4. In Wh. */
  A14,
  /** Active negative energy: export, quadrants 2 and 3. In Wh. */
  A23,
  /** Reactive positive energy: inductive of quadrant 1, capacitive of quadrant 2. In varh. */
  R12,
  /** Reactive negative energy: inductive of quadrant 3, capacitive of quadrant 4. In varh. */
  R34,
  /** Apparent positive energy: quadrants 1 and 4. In VAh. */
  E14,
  /** Apparent negative energy: quadrants 2 and 3. In VAh. */
  E23
}
