package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * An Activity calendar object (class 20, version 0; Blue Book 4.5.5).
 *
 * @param logicalName its OBIS code
 */
public record ActivityCalendar(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: name of the calendar that counts now. */
  public static final AttributeDescriptor<Octets> CALENDAR_NAME_ACTIVE =
      AttributeDescriptor.ofStatic(2, "calendar_name_active", ValueType.OCTET_STRING);

  /** Attribute 3: seasons of the calendar that counts now. */
  public static final AttributeDescriptor<List<SeasonProfile>> SEASON_PROFILE_ACTIVE =
      AttributeDescriptor.ofStatic(
          3, "season_profile_active", ValueType.arrayOf(SeasonProfile.TYPE));

  /** Attribute 4: weeks of the calendar that counts now. */
  public static final AttributeDescriptor<List<WeekProfile>> WEEK_PROFILE_TABLE_ACTIVE =
      AttributeDescriptor.ofStatic(
          4, "week_profile_table_active", ValueType.arrayOf(WeekProfile.TYPE));

  /** Attribute 5: days of the calendar that counts now. */
  public static final AttributeDescriptor<List<DayProfile>> DAY_PROFILE_TABLE_ACTIVE =
      AttributeDescriptor.ofStatic(
          5, "day_profile_table_active", ValueType.arrayOf(DayProfile.TYPE));

  /** Attribute 6: name of the calendar that is prepared. */
  public static final AttributeDescriptor<Octets> CALENDAR_NAME_PASSIVE =
      AttributeDescriptor.ofStatic(6, "calendar_name_passive", ValueType.OCTET_STRING);

  /** Attribute 7: seasons of the calendar that is prepared. */
  public static final AttributeDescriptor<List<SeasonProfile>> SEASON_PROFILE_PASSIVE =
      AttributeDescriptor.ofStatic(
          7, "season_profile_passive", ValueType.arrayOf(SeasonProfile.TYPE));

  /** Attribute 8: weeks of the calendar that is prepared. */
  public static final AttributeDescriptor<List<WeekProfile>> WEEK_PROFILE_TABLE_PASSIVE =
      AttributeDescriptor.ofStatic(
          8, "week_profile_table_passive", ValueType.arrayOf(WeekProfile.TYPE));

  /** Attribute 9: days of the calendar that is prepared. */
  public static final AttributeDescriptor<List<DayProfile>> DAY_PROFILE_TABLE_PASSIVE =
      AttributeDescriptor.ofStatic(
          9, "day_profile_table_passive", ValueType.arrayOf(DayProfile.TYPE));

  /**
   * Attribute 10: when the calendar that is prepared takes the place of the other; without
   * wildcards, or never.
   */
  public static final AttributeDescriptor<CosemDateTime> ACTIVATE_PASSIVE_CALENDAR_TIME =
      AttributeDescriptor.ofStatic(10, "activate_passive_calendar_time", ValueType.DATE_TIME);

  /** Method 1: copies the calendar that is prepared over the other. */
  public static final MethodDescriptor<Nothing, Nothing> ACTIVATE_PASSIVE_CALENDAR =
      MethodDescriptor.of(1, "activate_passive_calendar");

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(20, 0, "Activity calendar")
          .attributes(
              CALENDAR_NAME_ACTIVE,
              SEASON_PROFILE_ACTIVE,
              WEEK_PROFILE_TABLE_ACTIVE,
              DAY_PROFILE_TABLE_ACTIVE,
              CALENDAR_NAME_PASSIVE,
              SEASON_PROFILE_PASSIVE,
              WEEK_PROFILE_TABLE_PASSIVE,
              DAY_PROFILE_TABLE_PASSIVE,
              ACTIVATE_PASSIVE_CALENDAR_TIME)
          .methods(ACTIVATE_PASSIVE_CALENDAR)
          .methodOffset(0x50)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static ActivityCalendar at(String logicalName) {
    return new ActivityCalendar(ObisCode.of(logicalName));
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
  public TypedAttribute<Octets> calendarNameActive() {
    return attribute(CALENDAR_NAME_ACTIVE);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<List<SeasonProfile>> seasonProfileActive() {
    return attribute(SEASON_PROFILE_ACTIVE);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<List<WeekProfile>> weekProfileTableActive() {
    return attribute(WEEK_PROFILE_TABLE_ACTIVE);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<List<DayProfile>> dayProfileTableActive() {
    return attribute(DAY_PROFILE_TABLE_ACTIVE);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<Octets> calendarNamePassive() {
    return attribute(CALENDAR_NAME_PASSIVE);
  }

  /**
   * Attribute 7.
   *
   * @return the attribute
   */
  public TypedAttribute<List<SeasonProfile>> seasonProfilePassive() {
    return attribute(SEASON_PROFILE_PASSIVE);
  }

  /**
   * Attribute 8.
   *
   * @return the attribute
   */
  public TypedAttribute<List<WeekProfile>> weekProfileTablePassive() {
    return attribute(WEEK_PROFILE_TABLE_PASSIVE);
  }

  /**
   * Attribute 9.
   *
   * @return the attribute
   */
  public TypedAttribute<List<DayProfile>> dayProfileTablePassive() {
    return attribute(DAY_PROFILE_TABLE_PASSIVE);
  }

  /**
   * Attribute 10.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemDateTime> activatePassiveCalendarTime() {
    return attribute(ACTIVATE_PASSIVE_CALENDAR_TIME);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<Nothing, Nothing> activatePassiveCalendar() {
    return method(ACTIVATE_PASSIVE_CALENDAR);
  }
}
