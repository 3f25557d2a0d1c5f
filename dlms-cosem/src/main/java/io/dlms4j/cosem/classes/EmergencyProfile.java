package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.CosemDateTime;

/**
 * emergency_profile_type: a limit for a while (Blue Book 4.5.9).
 *
 * @param emergencyProfileId its number; it counts if that is in the emergency_profile_group_id_list
 * @param emergencyActivationTime from when on
 * @param emergencyDuration seconds
 */
public record EmergencyProfile(
    int emergencyProfileId, CosemDateTime emergencyActivationTime, long emergencyDuration) {
  /** Its type. */
  public static final ValueType<EmergencyProfile> TYPE =
      ValueType.structure(
          "emergency_profile_type",
          in ->
              new EmergencyProfile(
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(ValueType.DATE_TIME),
                  in.next(ValueType.DOUBLE_LONG_UNSIGNED)),
          field(
              "emergency_profile_id",
              ValueType.LONG_UNSIGNED,
              EmergencyProfile::emergencyProfileId),
          field(
              "emergency_activation_time",
              ValueType.DATE_TIME,
              EmergencyProfile::emergencyActivationTime),
          field(
              "emergency_duration",
              ValueType.DOUBLE_LONG_UNSIGNED,
              EmergencyProfile::emergencyDuration));
}
