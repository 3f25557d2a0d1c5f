package io.dlms4j.omnipower.engine;

/**
 * How a three-phase meter puts the energies of its phases together (technical description 4.4.3).
 * Chosen when the meter is ordered, never changed. With one phase, the first two are the same.
 *
 * <p>The method holds for each second, and for reactive energy as for active.
 */
public enum CalculationMethod {
  /** Phases that import add to the positive register, phases that export to the negative one. */
  INDIVIDUAL_IMPORT_EXPORT {
    @Override
    long positive(long l1, long l2, long l3) {
      return Math.max(l1, 0) + Math.max(l2, 0) + Math.max(l3, 0);
    }

    @Override
    long negative(long l1, long l2, long l3) {
      return positive(-l1, -l2, -l3);
    }
  },

  /** The phases are added with their signs; the sign of the sum selects the register. */
  VECTOR_SUMMATION {
    @Override
    long positive(long l1, long l2, long l3) {
      return Math.max(l1 + l2 + l3, 0);
    }

    @Override
    long negative(long l1, long l2, long l3) {
      return Math.max(-(l1 + l2 + l3), 0);
    }
  },

  /** All phases add to the positive register, whatever their direction. */
  TOTAL_SUMMATION {
    @Override
    long positive(long l1, long l2, long l3) {
      return Math.abs(l1) + Math.abs(l2) + Math.abs(l3);
    }

    @Override
    long negative(long l1, long l2, long l3) {
      return 0;
    }
  };

  /** What the positive register gets, 0 or more. */
  abstract long positive(long l1, long l2, long l3);

  /** What the negative register gets, 0 or more. */
  abstract long negative(long l1, long l2, long l3);
}
