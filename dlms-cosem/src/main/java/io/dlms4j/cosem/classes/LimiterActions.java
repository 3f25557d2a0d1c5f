package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

/**
 * action_type: what a limiter does (Blue Book 4.5.9).
 *
 * @param actionOverThreshold script for when the value has been above the threshold for long enough
 * @param actionUnderThreshold script for when the value has been below the threshold for long
 *     enough
 */
public record LimiterActions(ActionItem actionOverThreshold, ActionItem actionUnderThreshold) {
  /** Its type. */
  public static final ValueType<LimiterActions> TYPE =
      ValueType.structure(
          "action_type",
          in -> new LimiterActions(in.next(ActionItem.TYPE), in.next(ActionItem.TYPE)),
          field("action_over_threshold", ActionItem.TYPE, LimiterActions::actionOverThreshold),
          field("action_under_threshold", ActionItem.TYPE, LimiterActions::actionUnderThreshold));
}
