package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.Octets;

/**
 * week_profile: the days of a week of an activity calendar (Blue Book 4.5.5).
 *
 * @param weekProfileName its name
 * @param monday day_id of the day profile of that day
 * @param tuesday day_id of the day profile of that day
 * @param wednesday day_id of the day profile of that day
 * @param thursday day_id of the day profile of that day
 * @param friday day_id of the day profile of that day
 * @param saturday day_id of the day profile of that day
 * @param sunday day_id of the day profile of that day
 */
public record WeekProfile(
    Octets weekProfileName,
    int monday,
    int tuesday,
    int wednesday,
    int thursday,
    int friday,
    int saturday,
    int sunday) {
  /** Its type. */
  public static final ValueType<WeekProfile> TYPE =
      ValueType.structure(
          "week_profile",
          in ->
              new WeekProfile(
                  in.next(ValueType.OCTET_STRING),
                  in.next(ValueType.UNSIGNED),
                  in.next(ValueType.UNSIGNED),
                  in.next(ValueType.UNSIGNED),
                  in.next(ValueType.UNSIGNED),
                  in.next(ValueType.UNSIGNED),
                  in.next(ValueType.UNSIGNED),
                  in.next(ValueType.UNSIGNED)),
          field("week_profile_name", ValueType.OCTET_STRING, WeekProfile::weekProfileName),
          field("monday", ValueType.UNSIGNED, WeekProfile::monday),
          field("tuesday", ValueType.UNSIGNED, WeekProfile::tuesday),
          field("wednesday", ValueType.UNSIGNED, WeekProfile::wednesday),
          field("thursday", ValueType.UNSIGNED, WeekProfile::thursday),
          field("friday", ValueType.UNSIGNED, WeekProfile::friday),
          field("saturday", ValueType.UNSIGNED, WeekProfile::saturday),
          field("sunday", ValueType.UNSIGNED, WeekProfile::sunday));
}
