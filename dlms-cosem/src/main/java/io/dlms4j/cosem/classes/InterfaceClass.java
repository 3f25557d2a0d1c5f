package io.dlms4j.cosem.classes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An interface class of the Blue Book, by its names: what a printer shows for a class_id and an
 * attribute's index.
 *
 * @param classId class_id
 * @param name name of the class
 * @param attributes names of its attributes, the first being logical_name
 */
public record InterfaceClass(int classId, String name, List<String> attributes) {
  /** Data (Blue Book 4.3.1). */
  public static final InterfaceClass DATA = of(1, "Data", "value");

  /** Register (Blue Book 4.3.2). */
  public static final InterfaceClass REGISTER = of(3, "Register", "value", "scaler_unit");

  /** Extended register (Blue Book 4.3.3). */
  public static final InterfaceClass EXTENDED_REGISTER =
      of(4, "Extended register", "value", "scaler_unit", "status", "capture_time");

  /** Profile generic (Blue Book 4.3.6). */
  public static final InterfaceClass PROFILE_GENERIC =
      of(
          7,
          "Profile generic",
          "buffer",
          "capture_objects",
          "capture_period",
          "sort_method",
          "sort_object",
          "entries_in_use",
          "profile_entries");

  /** Clock (Blue Book 4.5.1). */
  public static final InterfaceClass CLOCK =
      of(
          8,
          "Clock",
          "time",
          "time_zone",
          "status",
          "daylight_savings_begin",
          "daylight_savings_end",
          "daylight_savings_deviation",
          "daylight_savings_enabled",
          "clock_base");

  /** Association LN, version 0 (Blue Book 4.4.4). */
  public static final InterfaceClass ASSOCIATION_LN =
      of(
          15,
          "Association LN",
          "object_list",
          "associated_partners_id",
          "application_context_name",
          "xDLMS_context_info",
          "authentication_mechanism_name",
          "LLS_secret",
          "association_status");

  /** SAP assignment (Blue Book 4.4.5). */
  public static final InterfaceClass SAP_ASSIGNMENT =
      of(17, "SAP assignment", "SAP_assignment_list");

  /** Image transfer (Blue Book 4.4.6). */
  public static final InterfaceClass IMAGE_TRANSFER =
      of(
          18,
          "Image transfer",
          "image_block_size",
          "image_transferred_blocks_status",
          "image_first_not_transferred_block_number",
          "image_transfer_enabled",
          "image_transfer_status",
          "image_to_activate_info");

  /** IEC HDLC setup (Blue Book 4.7.2). */
  public static final InterfaceClass IEC_HDLC_SETUP =
      of(
          23,
          "IEC HDLC setup",
          "comm_speed",
          "window_size_transmit",
          "window_size_receive",
          "max_info_field_length_transmit",
          "max_info_field_length_receive",
          "inter_octet_time_out",
          "inactivity_time_out",
          "device_address");

  private static final List<InterfaceClass> KNOWN =
      List.of(
          DATA,
          REGISTER,
          EXTENDED_REGISTER,
          PROFILE_GENERIC,
          CLOCK,
          ASSOCIATION_LN,
          SAP_ASSIGNMENT,
          IMAGE_TRANSFER,
          IEC_HDLC_SETUP);

  /** Keeps a copy of the list. */
  public InterfaceClass {
    attributes = List.copyOf(attributes);
  }

  private static InterfaceClass of(int classId, String name, String... furtherAttributes) {
    List<String> attributes = new ArrayList<>();
    attributes.add("logical_name");
    attributes.addAll(List.of(furtherAttributes));
    return new InterfaceClass(classId, name, attributes);
  }

  /**
   * Finds a class by its number.
   *
   * @param classId class_id
   * @return the class, or nothing if this library does not know it
   */
  public static Optional<InterfaceClass> ofId(int classId) {
    return KNOWN.stream().filter(known -> known.classId == classId).findFirst();
  }

  /**
   * The name of an attribute.
   *
   * @param attributeIndex its index
   * @return the name in the Blue Book, or the index of one that it does not name
   */
  public String attributeName(int attributeIndex) {
    return attributeIndex >= 1 && attributeIndex <= attributes.size()
        ? attributes.get(attributeIndex - 1)
        : "attribute " + attributeIndex;
  }
}
