package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

/**
 * action_set: what is done when a threshold is crossed (Blue Book 4.5.6).
 *
 * @param actionUp script for when the value rises above it
 * @param actionDown script for when the value falls below it
 */
public record ActionSet(ActionItem actionUp, ActionItem actionDown) {
  /** Its type. */
  public static final ValueType<ActionSet> TYPE =
      ValueType.structure(
          "action_set",
          in -> new ActionSet(in.next(ActionItem.TYPE), in.next(ActionItem.TYPE)),
          field("action_up", ActionItem.TYPE, ActionSet::actionUp),
          field("action_down", ActionItem.TYPE, ActionSet::actionDown));
}
