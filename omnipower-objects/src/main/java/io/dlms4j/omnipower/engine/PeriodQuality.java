package io.dlms4j.omnipower.engine;

/** The data quality of the integration period that is running: bits that only logging clears. */
final class PeriodQuality {
  private long bits;

  void mark(long bit) {
    bits |= bit;
  }

  /** The marks of the period that ends, which leaves none for the next. */
  long take() {
    long taken = bits;
    bits = 0;
    return taken;
  }
}
