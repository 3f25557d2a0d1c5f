package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.cosem.ObisCode;

/**
 * A Clock object (class 8, version 0; Blue Book 4.5.1).
 *
 * @param logicalName its OBIS code
 */
public record Clock(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: the meter's local time. */
  public static final AttributeDescriptor<CosemDateTime> TIME =
      AttributeDescriptor.ofDynamic(2, "time", ValueType.DATE_TIME);

  /** Attribute 3: minutes of normal time from UTC, counted westwards. */
  public static final AttributeDescriptor<Integer> TIME_ZONE =
      AttributeDescriptor.ofStatic(3, "time_zone", ValueType.LONG);

  /** Attribute 4: the clock status octet. */
  public static final AttributeDescriptor<Integer> STATUS =
      AttributeDescriptor.ofDynamic(4, "status", ValueType.UNSIGNED);

  /** Attribute 5: when daylight saving begins. */
  public static final AttributeDescriptor<CosemDateTime> DAYLIGHT_SAVINGS_BEGIN =
      AttributeDescriptor.ofStatic(5, "daylight_savings_begin", ValueType.DATE_TIME);

  /** Attribute 6: when daylight saving ends. */
  public static final AttributeDescriptor<CosemDateTime> DAYLIGHT_SAVINGS_END =
      AttributeDescriptor.ofStatic(6, "daylight_savings_end", ValueType.DATE_TIME);

  /** Attribute 7: minutes, -120..120. */
  public static final AttributeDescriptor<Integer> DAYLIGHT_SAVINGS_DEVIATION =
      AttributeDescriptor.ofStatic(7, "daylight_savings_deviation", ValueType.INTEGER);

  /** Attribute 8: whether daylight saving is done at all. */
  public static final AttributeDescriptor<Boolean> DAYLIGHT_SAVINGS_ENABLED =
      AttributeDescriptor.ofStatic(8, "daylight_savings_enabled", ValueType.BOOLEAN);

  /** Attribute 9: where the time comes from. */
  public static final AttributeDescriptor<ClockBase> CLOCK_BASE =
      AttributeDescriptor.ofStatic(
          9, "clock_base", ValueType.enumOf("clock_base", ClockBase.values()));

  /** Method 1: sets the time to the nearest quarter of an hour. */
  public static final MethodDescriptor<Integer, Nothing> ADJUST_TO_QUARTER =
      MethodDescriptor.taking(1, "adjust_to_quarter", ValueType.INTEGER);

  /** Method 2: sets the time to the nearest start of a measuring period. */
  public static final MethodDescriptor<Integer, Nothing> ADJUST_TO_MEASURING_PERIOD =
      MethodDescriptor.taking(2, "adjust_to_measuring_period", ValueType.INTEGER);

  /** Method 3: sets the time to the nearest minute. */
  public static final MethodDescriptor<Integer, Nothing> ADJUST_TO_MINUTE =
      MethodDescriptor.taking(3, "adjust_to_minute", ValueType.INTEGER);

  /** Method 4: sets the time to the preset time, if it is within its interval. */
  public static final MethodDescriptor<Integer, Nothing> ADJUST_TO_PRESET_TIME =
      MethodDescriptor.taking(4, "adjust_to_preset_time", ValueType.INTEGER);

  /** Method 5: the time that method 4 sets, and the interval in which it may be called. */
  public static final MethodDescriptor<Preset, Nothing> PRESET_ADJUSTING_TIME =
      MethodDescriptor.taking(5, "preset_adjusting_time", Preset.TYPE);

  /** Method 6: seconds, -900..900. */
  public static final MethodDescriptor<Integer, Nothing> SHIFT_TIME =
      MethodDescriptor.taking(6, "shift_time", ValueType.LONG);

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(8, 0, "Clock")
          .attributes(
              TIME,
              TIME_ZONE,
              STATUS,
              DAYLIGHT_SAVINGS_BEGIN,
              DAYLIGHT_SAVINGS_END,
              DAYLIGHT_SAVINGS_DEVIATION,
              DAYLIGHT_SAVINGS_ENABLED,
              CLOCK_BASE)
          .methods(
              ADJUST_TO_QUARTER,
              ADJUST_TO_MEASURING_PERIOD,
              ADJUST_TO_MINUTE,
              ADJUST_TO_PRESET_TIME,
              PRESET_ADJUSTING_TIME,
              SHIFT_TIME)
          .methodOffset(0x60)
          .build();

  /** clock_base: where the time comes from. */
  public enum ClockBase implements Coded {
    /** Not defined. */
    NOT_DEFINED(0),
    /** A crystal of the meter's own. */
    INTERNAL_CRYSTAL(1),
    /** The mains, of 50 Hz. */
    MAINS_FREQUENCY_50_HZ(2),
    /** The mains, of 60 Hz. */
    MAINS_FREQUENCY_60_HZ(3),
    /** The Global Positioning System. */
    GPS(4),
    /** A radio clock. */
    RADIO_CONTROLLED(5);

    private final int code;

    ClockBase(int code) {
      this.code = code;
    }

    /**
     * The number on the wire.
     *
     * @return 0..5
     */
    @Override
    public int code() {
      return code;
    }
  }

  /**
   * The parameter of preset_adjusting_time.
   *
   * @param presetTime the time to set
   * @param validityIntervalStart from when on it may be set
   * @param validityIntervalEnd until when it may be set
   */
  public record Preset(
      CosemDateTime presetTime,
      CosemDateTime validityIntervalStart,
      CosemDateTime validityIntervalEnd) {
    private static final ValueType<Preset> TYPE =
        ValueType.structure(
            "preset_adjusting_time",
            in ->
                new Preset(
                    in.next(ValueType.DATE_TIME),
                    in.next(ValueType.DATE_TIME),
                    in.next(ValueType.DATE_TIME)),
            StructureField.field("preset_time", ValueType.DATE_TIME, Preset::presetTime),
            StructureField.field(
                "validity_interval_start", ValueType.DATE_TIME, Preset::validityIntervalStart),
            StructureField.field(
                "validity_interval_end", ValueType.DATE_TIME, Preset::validityIntervalEnd));
  }

  /**
   * A clock by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static Clock at(String logicalName) {
    return new Clock(ObisCode.of(logicalName));
  }

  @Override
  public InterfaceClass interfaceClass() {
    return CLASS;
  }

  /**
   * Attribute 2.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemDateTime> time() {
    return attribute(TIME);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> timeZone() {
    return attribute(TIME_ZONE);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> status() {
    return attribute(STATUS);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemDateTime> daylightSavingsBegin() {
    return attribute(DAYLIGHT_SAVINGS_BEGIN);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemDateTime> daylightSavingsEnd() {
    return attribute(DAYLIGHT_SAVINGS_END);
  }

  /**
   * Attribute 7.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> daylightSavingsDeviation() {
    return attribute(DAYLIGHT_SAVINGS_DEVIATION);
  }

  /**
   * Attribute 8.
   *
   * @return the attribute
   */
  public TypedAttribute<Boolean> daylightSavingsEnabled() {
    return attribute(DAYLIGHT_SAVINGS_ENABLED);
  }

  /**
   * Attribute 9.
   *
   * @return the attribute
   */
  public TypedAttribute<ClockBase> clockBase() {
    return attribute(CLOCK_BASE);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<Integer, Nothing> adjustToQuarter() {
    return method(ADJUST_TO_QUARTER);
  }

  /**
   * Method 2.
   *
   * @return the method
   */
  public TypedMethod<Integer, Nothing> adjustToMeasuringPeriod() {
    return method(ADJUST_TO_MEASURING_PERIOD);
  }

  /**
   * Method 3.
   *
   * @return the method
   */
  public TypedMethod<Integer, Nothing> adjustToMinute() {
    return method(ADJUST_TO_MINUTE);
  }

  /**
   * Method 4.
   *
   * @return the method
   */
  public TypedMethod<Integer, Nothing> adjustToPresetTime() {
    return method(ADJUST_TO_PRESET_TIME);
  }

  /**
   * Method 5.
   *
   * @return the method
   */
  public TypedMethod<Preset, Nothing> presetAdjustingTime() {
    return method(PRESET_ADJUSTING_TIME);
  }

  /**
   * Method 6.
   *
   * @return the method
   */
  public TypedMethod<Integer, Nothing> shiftTime() {
    return method(SHIFT_TIME);
  }
}
