package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.cosem.ObisCode;

/**
 * action_item: which script is executed (Blue Book 4.5.6).
 *
 * @param scriptLogicalName name of the Script table
 * @param scriptSelector identifier of the script
 */
public record ActionItem(ObisCode scriptLogicalName, int scriptSelector) {
  /** Its type. */
  public static final ValueType<ActionItem> TYPE =
      ValueType.structure(
          "action_item",
          in -> new ActionItem(in.next(ValueType.LOGICAL_NAME), in.next(ValueType.LONG_UNSIGNED)),
          field("script_logical_name", ValueType.LOGICAL_NAME, ActionItem::scriptLogicalName),
          field("script_selector", ValueType.LONG_UNSIGNED, ActionItem::scriptSelector));
}
