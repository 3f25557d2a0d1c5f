package io.dlms4j.fuzz;

/** How long each target fuzzes in the profile {@code fuzz}. */
final class FuzzTime {
  static final String EACH = "60s";

  private FuzzTime() {}
}
