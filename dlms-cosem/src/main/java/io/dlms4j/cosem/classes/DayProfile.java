package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import java.util.List;

/**
 * day_profile: a day of an activity calendar (Blue Book 4.5.5).
 *
 * @param dayId its number
 * @param daySchedule what is executed in it
 */
public record DayProfile(int dayId, List<DayProfileAction> daySchedule) {
  private static final ValueType<List<DayProfileAction>> DAY_SCHEDULE =
      ValueType.arrayOf(DayProfileAction.TYPE);

  /** Its type. */
  public static final ValueType<DayProfile> TYPE =
      ValueType.structure(
          "day_profile",
          in -> new DayProfile(in.next(ValueType.UNSIGNED), in.next(DAY_SCHEDULE)),
          field("day_id", ValueType.UNSIGNED, DayProfile::dayId),
          field("day_schedule", DAY_SCHEDULE, DayProfile::daySchedule));

  /** Keeps a copy of the list. */
  public DayProfile {
    daySchedule = List.copyOf(daySchedule);
  }
}
