package io.dlms4j.omnipower.catalogue;

/** The meters that the vendor's DLMS description tells apart (chapter 3, columns of its tables). */
public enum MeterVariant {
  /** 351 Combi, for current transformers. */
  K351C,
  /** 162M and 382M, the direct meters before OMNIPOWER. */
  K382M,
  /** OMNIPOWER single-phase, direct. */
  SINGLE_PHASE,
  /** OMNIPOWER three-phase, direct. */
  THREE_PHASE,
  /** OMNIPOWER for current transformers. */
  CT;

  /**
   * Whether it is an OMNIPOWER meter.
   *
   * @return false for those before it
   */
  public boolean isOmnipower() {
    return this == SINGLE_PHASE || this == THREE_PHASE || this == CT;
  }

  /**
   * Whether it measures by current transformers.
   *
   * @return true if there is a transformer ratio, and no breaker
   */
  public boolean hasTransformers() {
    return this == CT || this == K351C;
  }
}
