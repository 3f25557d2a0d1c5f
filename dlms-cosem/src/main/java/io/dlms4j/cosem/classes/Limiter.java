package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * A Limiter object (class 71, version 0; Blue Book 4.5.9).
 *
 * @param logicalName its OBIS code
 */
public record Limiter(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: the attribute that is watched. */
  public static final AttributeDescriptor<AttributeRef> MONITORED_VALUE =
      AttributeDescriptor.ofStatic(2, "monitored_value", ValueDefinition.TYPE);

  /** Attribute 3: the threshold that counts now, of the type of the monitored value. */
  public static final AttributeDescriptor<CosemData> THRESHOLD_ACTIVE =
      AttributeDescriptor.ofDynamic(3, "threshold_active", ValueType.ANY);

  /** Attribute 4: the threshold in normal operation. */
  public static final AttributeDescriptor<CosemData> THRESHOLD_NORMAL =
      AttributeDescriptor.ofStatic(4, "threshold_normal", ValueType.ANY);

  /** Attribute 5: the threshold while an emergency profile is active. */
  public static final AttributeDescriptor<CosemData> THRESHOLD_EMERGENCY =
      AttributeDescriptor.ofStatic(5, "threshold_emergency", ValueType.ANY);

  /** Attribute 6: seconds above the threshold before the action. */
  public static final AttributeDescriptor<Long> MIN_OVER_THRESHOLD_DURATION =
      AttributeDescriptor.ofStatic(
          6, "min_over_threshold_duration", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Attribute 7: seconds below the threshold before the action. */
  public static final AttributeDescriptor<Long> MIN_UNDER_THRESHOLD_DURATION =
      AttributeDescriptor.ofStatic(
          7, "min_under_threshold_duration", ValueType.DOUBLE_LONG_UNSIGNED);

  /** Attribute 8: when the emergency threshold counts. */
  public static final AttributeDescriptor<EmergencyProfile> EMERGENCY_PROFILE =
      AttributeDescriptor.ofStatic(8, "emergency_profile", EmergencyProfile.TYPE);

  /** Attribute 9: numbers of the emergency profiles that count. */
  public static final AttributeDescriptor<List<Integer>> EMERGENCY_PROFILE_GROUP_ID_LIST =
      AttributeDescriptor.ofStatic(
          9, "emergency_profile_group_id_list", ValueType.arrayOf(ValueType.LONG_UNSIGNED));

  /** Attribute 10: whether the emergency threshold counts now. */
  public static final AttributeDescriptor<Boolean> EMERGENCY_PROFILE_ACTIVE =
      AttributeDescriptor.ofDynamic(10, "emergency_profile_active", ValueType.BOOLEAN);

  /** Attribute 11: what is done. */
  public static final AttributeDescriptor<LimiterActions> ACTIONS =
      AttributeDescriptor.ofStatic(11, "actions", LimiterActions.TYPE);

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(71, 0, "Limiter")
          .attributes(
              MONITORED_VALUE,
              THRESHOLD_ACTIVE,
              THRESHOLD_NORMAL,
              THRESHOLD_EMERGENCY,
              MIN_OVER_THRESHOLD_DURATION,
              MIN_UNDER_THRESHOLD_DURATION,
              EMERGENCY_PROFILE,
              EMERGENCY_PROFILE_GROUP_ID_LIST,
              EMERGENCY_PROFILE_ACTIVE,
              ACTIONS)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static Limiter at(String logicalName) {
    return new Limiter(ObisCode.of(logicalName));
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
  public TypedAttribute<AttributeRef> monitoredValue() {
    return attribute(MONITORED_VALUE);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemData> thresholdActive() {
    return attribute(THRESHOLD_ACTIVE);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemData> thresholdNormal() {
    return attribute(THRESHOLD_NORMAL);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemData> thresholdEmergency() {
    return attribute(THRESHOLD_EMERGENCY);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<Long> minOverThresholdDuration() {
    return attribute(MIN_OVER_THRESHOLD_DURATION);
  }

  /**
   * Attribute 7.
   *
   * @return the attribute
   */
  public TypedAttribute<Long> minUnderThresholdDuration() {
    return attribute(MIN_UNDER_THRESHOLD_DURATION);
  }

  /**
   * Attribute 8.
   *
   * @return the attribute
   */
  public TypedAttribute<EmergencyProfile> emergencyProfile() {
    return attribute(EMERGENCY_PROFILE);
  }

  /**
   * Attribute 9.
   *
   * @return the attribute
   */
  public TypedAttribute<List<Integer>> emergencyProfileGroupIdList() {
    return attribute(EMERGENCY_PROFILE_GROUP_ID_LIST);
  }

  /**
   * Attribute 10.
   *
   * @return the attribute
   */
  public TypedAttribute<Boolean> emergencyProfileActive() {
    return attribute(EMERGENCY_PROFILE_ACTIVE);
  }

  /**
   * Attribute 11.
   *
   * @return the attribute
   */
  public TypedAttribute<LimiterActions> actions() {
    return attribute(ACTIONS);
  }
}
