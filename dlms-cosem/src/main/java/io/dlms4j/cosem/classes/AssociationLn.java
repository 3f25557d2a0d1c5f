package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * An Association LN object (class 15, version 0; Blue Book 4.4.4).
 *
 * @param logicalName its OBIS code
 */
public record AssociationLn(ObisCode logicalName) implements InterfaceObject {
  /** The association that a client is in, by its own name. */
  public static final AssociationLn CURRENT = at("0.0.40.0.0.255");

  /** Attribute 2: the objects that the association sees. */
  public static final AttributeDescriptor<List<ObjectListElement>> OBJECT_LIST =
      AttributeDescriptor.ofStatic(
          2,
          "object_list",
          ValueType.arrayOf(
              ValueType.ANY
                  .map(ObjectListElement::decode, ObjectListElement::encode)
                  .named("object_list_element")));

  /** Attribute 3: client_SAP and server_SAP. */
  public static final AttributeDescriptor<CosemData> ASSOCIATED_PARTNERS_ID =
      AttributeDescriptor.ofStatic(3, "associated_partners_id", ValueType.ANY);

  /** Attribute 4. */
  public static final AttributeDescriptor<CosemData> APPLICATION_CONTEXT_NAME =
      AttributeDescriptor.ofStatic(4, "application_context_name", ValueType.ANY);

  /** Attribute 5. */
  public static final AttributeDescriptor<CosemData> XDLMS_CONTEXT_INFO =
      AttributeDescriptor.ofStatic(5, "xDLMS_context_info", ValueType.ANY);

  /** Attribute 6. */
  public static final AttributeDescriptor<CosemData> AUTHENTICATION_MECHANISM_NAME =
      AttributeDescriptor.ofStatic(6, "authentication_mechanism_name", ValueType.ANY);

  /** Attribute 7. */
  public static final AttributeDescriptor<Octets> LLS_SECRET =
      AttributeDescriptor.ofStatic(7, "LLS_secret", ValueType.OCTET_STRING);

  /** Attribute 8. */
  public static final AttributeDescriptor<Integer> ASSOCIATION_STATUS =
      AttributeDescriptor.ofStatic(8, "association_status", ValueType.ENUM);

  /** The class. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(15, 0, "Association LN")
          .attributes(
              OBJECT_LIST,
              ASSOCIATED_PARTNERS_ID,
              APPLICATION_CONTEXT_NAME,
              XDLMS_CONTEXT_INFO,
              AUTHENTICATION_MECHANISM_NAME,
              LLS_SECRET,
              ASSOCIATION_STATUS)
          .build();

  /**
   * An association by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static AssociationLn at(String logicalName) {
    return new AssociationLn(ObisCode.of(logicalName));
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
  public TypedAttribute<List<ObjectListElement>> objectList() {
    return attribute(OBJECT_LIST);
  }
}
