package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.Octets;
import java.util.List;

/**
 * register_act_mask: which registers are active under a mask (Blue Book 4.3.5).
 *
 * @param maskName name of the mask
 * @param indexList positions in register_assignment, from 1 on
 */
public record RegisterActMask(Octets maskName, List<Integer> indexList) {
  private static final ValueType<List<Integer>> INDEX_LIST = ValueType.arrayOf(ValueType.UNSIGNED);

  /** Its type. */
  public static final ValueType<RegisterActMask> TYPE =
      ValueType.structure(
          "register_act_mask",
          in -> new RegisterActMask(in.next(ValueType.OCTET_STRING), in.next(INDEX_LIST)),
          field("mask_name", ValueType.OCTET_STRING, RegisterActMask::maskName),
          field("index_list", INDEX_LIST, RegisterActMask::indexList));

  /** Keeps a copy of the list. */
  public RegisterActMask {
    indexList = List.copyOf(indexList);
  }
}
