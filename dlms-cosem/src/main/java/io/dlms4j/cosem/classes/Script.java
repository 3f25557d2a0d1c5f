package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import java.util.List;

/**
 * script: a list of actions (Blue Book 4.5.2).
 *
 * @param scriptIdentifier its number, from 1 on; 0 is no script
 * @param actions what it does, in order
 */
public record Script(int scriptIdentifier, List<ActionSpecification> actions) {
  private static final ValueType<List<ActionSpecification>> ACTIONS =
      ValueType.arrayOf(ActionSpecification.TYPE);

  /** Its type. */
  public static final ValueType<Script> TYPE =
      ValueType.structure(
          "script",
          in -> new Script(in.next(ValueType.LONG_UNSIGNED), in.next(ACTIONS)),
          field("script_identifier", ValueType.LONG_UNSIGNED, Script::scriptIdentifier),
          field("actions", ACTIONS, Script::actions));

  /** Keeps a copy of the list. */
  public Script {
    actions = List.copyOf(actions);
  }
}
