package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;

/**
 * A Demand register object (class 5, version 0; Blue Book 4.3.4).
 *
 * @param logicalName its OBIS code
 */
public record DemandRegister(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: of the period that runs, before it is scaled. */
  public static final AttributeDescriptor<CosemData> CURRENT_AVERAGE_VALUE =
      AttributeDescriptor.ofDynamic(2, "current_average_value", ValueType.ANY);

  /** Attribute 3: of the last whole measurement period, before it is scaled. */
  public static final AttributeDescriptor<CosemData> LAST_AVERAGE_VALUE =
      AttributeDescriptor.ofDynamic(3, "last_average_value", ValueType.ANY);

  /** Attribute 4: of both values. */
  public static final AttributeDescriptor<ScalerUnit> SCALER_UNIT =
      AttributeDescriptor.ofStatic(4, "scaler_unit", ValueType.SCALER_UNIT);

  /** Attribute 5: what the last average value is worth, in the meter's own terms. */
  public static final AttributeDescriptor<CosemData> STATUS =
      AttributeDescriptor.ofDynamic(5, "status", ValueType.ANY);

  /** Attribute 6: when the last average value was calculated. */
  public static final AttributeDescriptor<CosemDateTime> CAPTURE_TIME =
      AttributeDescriptor.ofDynamic(6, "capture_time", ValueType.DATE_TIME);

  /** Attribute 7: when the measurement of the current average value began. */
  public static final AttributeDescriptor<CosemDateTime> START_TIME_CURRENT =
      AttributeDescriptor.ofDynamic(7, "start_time_current", ValueType.DATE_TIME);

  /** Attribute 8: seconds between two calculations of the last average value. */
  public static final AttributeDescriptor<Long> PERIOD =
      AttributeDescriptor.ofStatic(8, "period", ValueType.DOUBLE_LONG_UNSIGNED);

  /**
   * Attribute 9: periods that the last average value is taken over; 1 for block demand, more for
   * sliding demand.
   */
  public static final AttributeDescriptor<Integer> NUMBER_OF_PERIODS =
      AttributeDescriptor.ofStatic(9, "number_of_periods", ValueType.LONG_UNSIGNED);

  /** Method 1: puts both values back to their default, and begins a period. */
  public static final MethodDescriptor<Nothing, Nothing> RESET = MethodDescriptor.of(1, "reset");

  /** Method 2: ends the period that runs. */
  public static final MethodDescriptor<Nothing, Nothing> NEXT_PERIOD =
      MethodDescriptor.of(2, "next_period");

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(5, 0, "Demand register")
          .attributes(
              CURRENT_AVERAGE_VALUE,
              LAST_AVERAGE_VALUE,
              SCALER_UNIT,
              STATUS,
              CAPTURE_TIME,
              START_TIME_CURRENT,
              PERIOD,
              NUMBER_OF_PERIODS)
          .methods(RESET, NEXT_PERIOD)
          .methodOffset(0x48)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static DemandRegister at(String logicalName) {
    return new DemandRegister(ObisCode.of(logicalName));
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
  public TypedAttribute<CosemData> currentAverageValue() {
    return attribute(CURRENT_AVERAGE_VALUE);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemData> lastAverageValue() {
    return attribute(LAST_AVERAGE_VALUE);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<ScalerUnit> scalerUnit() {
    return attribute(SCALER_UNIT);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemData> status() {
    return attribute(STATUS);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemDateTime> captureTime() {
    return attribute(CAPTURE_TIME);
  }

  /**
   * Attribute 7.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemDateTime> startTimeCurrent() {
    return attribute(START_TIME_CURRENT);
  }

  /**
   * Attribute 8.
   *
   * @return the attribute
   */
  public TypedAttribute<Long> period() {
    return attribute(PERIOD);
  }

  /**
   * Attribute 9.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> numberOfPeriods() {
    return attribute(NUMBER_OF_PERIODS);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<Nothing, Nothing> reset() {
    return method(RESET);
  }

  /**
   * Method 2.
   *
   * @return the method
   */
  public TypedMethod<Nothing, Nothing> nextPeriod() {
    return method(NEXT_PERIOD);
  }
}
