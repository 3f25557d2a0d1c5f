package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import java.util.List;
import java.util.Optional;

/**
 * access_rights_element: what the association may do with an object (Blue Book 4.4.3).
 *
 * @param baseName short name of its first attribute, as a number with a sign
 * @param attributeAccess rights to its attributes
 * @param methodAccess rights to its methods
 */
public record AccessRightsElement(
    int baseName, List<AttributeAccess> attributeAccess, List<MethodAccess> methodAccess) {
  private static final ValueType<List<AttributeAccess>> ATTRIBUTE_ACCESS =
      ValueType.arrayOf(AttributeAccess.TYPE);

  private static final ValueType<List<MethodAccess>> METHOD_ACCESS =
      ValueType.arrayOf(MethodAccess.TYPE);

  /** Its type. */
  public static final ValueType<AccessRightsElement> TYPE =
      ValueType.structure(
          "access_rights_element",
          in ->
              new AccessRightsElement(
                  in.next(ValueType.LONG), in.next(ATTRIBUTE_ACCESS), in.next(METHOD_ACCESS)),
          field("base_name", ValueType.LONG, AccessRightsElement::baseName),
          field("attribute_access", ATTRIBUTE_ACCESS, AccessRightsElement::attributeAccess),
          field("method_access", METHOD_ACCESS, AccessRightsElement::methodAccess));

  /** Keeps copies of the lists. */
  public AccessRightsElement {
    attributeAccess = List.copyOf(attributeAccess);
    methodAccess = List.copyOf(methodAccess);
  }

  /**
   * attribute_access_item.
   *
   * @param attributeId index of the attribute
   * @param accessMode before version 4 of the class, 0 to 6 for no access to authenticated read and
   *     write; from then on, bits
   * @param accessSelectors the selective accesses that it has, or nothing
   */
  public record AttributeAccess(
      int attributeId, int accessMode, Optional<List<Integer>> accessSelectors) {
    private static final ValueType<Optional<List<Integer>>> SELECTORS =
        ValueType.arrayOf(ValueType.INTEGER).orNull();

    private static final ValueType<AttributeAccess> TYPE =
        ValueType.structure(
            "attribute_access_item",
            in ->
                new AttributeAccess(
                    in.next(ValueType.INTEGER), in.next(ValueType.ENUM), in.next(SELECTORS)),
            field("attribute_id", ValueType.INTEGER, AttributeAccess::attributeId),
            field("access_mode", ValueType.ENUM, AttributeAccess::accessMode),
            field("access_selectors", SELECTORS, AttributeAccess::accessSelectors));

    /** Keeps a copy of the list. */
    public AttributeAccess {
      accessSelectors = accessSelectors.map(List::copyOf);
    }
  }

  /**
   * method_access_item.
   *
   * @param methodId index of the method
   * @param accessMode before version 4 of the class, 0 for no access, 1 for access, 2 for
   *     authenticated access; from then on, bits
   */
  public record MethodAccess(int methodId, int accessMode) {
    private static final ValueType<MethodAccess> TYPE =
        ValueType.structure(
            "method_access_item",
            in -> new MethodAccess(in.next(ValueType.INTEGER), in.next(ValueType.ENUM)),
            field("method_id", ValueType.INTEGER, MethodAccess::methodId),
            field("access_mode", ValueType.ENUM, MethodAccess::accessMode));
  }
}
