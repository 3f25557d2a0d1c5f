package io.dlms4j.omnipower.configuration;

/**
 * How a three-phase meter puts the energies of its phases together (technical description 4.4.3).
 * Chosen when the meter is ordered, never changed. With one phase, the first two are the same.
 */
public enum CalculationMethod {
  /** Phases that import add to the positive register, phases that export to the negative one. */
  INDIVIDUAL_IMPORT_EXPORT,
  /** The phases are added with their signs; the sign of the sum selects the register. */
  VECTOR_SUMMATION,
  /** All phases add to the positive register, whatever their direction. */
  TOTAL_SUMMATION
}
