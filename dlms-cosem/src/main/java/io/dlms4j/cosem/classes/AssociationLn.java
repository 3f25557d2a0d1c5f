package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import java.util.List;
import java.util.Set;

/**
 * An Association LN object (class 15, versions 0 to 3; Blue Book 4.4.4). Version 1 adds
 * authenticated access and the Security setup, version 2 the users, version 3 access modes with
 * every protection of requests and responses.
 *
 * @param logicalName its OBIS code
 */
public record AssociationLn(ObisCode logicalName) implements InterfaceObject {
  /** class_id. */
  public static final int CLASS_ID = 15;

  /** The association that a client is in, by the name that it has for everybody. */
  public static final AssociationLn CURRENT = at("0.0.40.0.0.255");

  /** Attribute 2: the objects that the association sees. */
  public static final AttributeDescriptor<AssociationView> OBJECT_LIST =
      AttributeDescriptor.ofStatic(
          2,
          "object_list",
          ValueType.ANY
              .map(AssociationView::decode, AssociationView::encode)
              .named("array of object_list_element"));

  /** Attribute 3: between whom the association is. */
  public static final AttributeDescriptor<Partners> ASSOCIATED_PARTNERS_ID =
      AttributeDescriptor.ofStatic(3, "associated_partners_id", Partners.TYPE);

  /** Attribute 4: an object identifier in an octet-string, or a structure of its numbers. */
  public static final AttributeDescriptor<CosemData> APPLICATION_CONTEXT_NAME =
      AttributeDescriptor.ofStatic(4, "application_context_name", ValueType.ANY);

  /** Attribute 5: what has been agreed on. */
  public static final AttributeDescriptor<XdlmsContextInfo> XDLMS_CONTEXT_INFO =
      AttributeDescriptor.ofStatic(5, "xDLMS_context_info", XdlmsContextInfo.TYPE);

  /** Attribute 6: an object identifier in an octet-string, or a structure of its numbers. */
  public static final AttributeDescriptor<CosemData> AUTHENTICATION_MECHANISM_NAME =
      AttributeDescriptor.ofStatic(6, "authentication_mechanism_name", ValueType.ANY);

  /** Attribute 7: the password, or the secret of HLS. */
  public static final AttributeDescriptor<Octets> SECRET =
      AttributeDescriptor.ofStatic(7, "secret", ValueType.OCTET_STRING);

  /** Attribute 8. */
  public static final AttributeDescriptor<AssociationStatus> ASSOCIATION_STATUS =
      AttributeDescriptor.ofStatic(
          8,
          "association_status",
          ValueType.enumOf("association_status", AssociationStatus.values()));

  /** Attribute 9, from version 1 on: the name of the Security setup; empty for none. */
  public static final AttributeDescriptor<Octets> SECURITY_SETUP_REFERENCE =
      AttributeDescriptor.ofStatic(9, "security_setup_reference", ValueType.OCTET_STRING);

  /** Attribute 10, from version 2 on: who may use the association. */
  public static final AttributeDescriptor<List<User>> USER_LIST =
      AttributeDescriptor.ofStatic(10, "user_list", ValueType.arrayOf(User.TYPE));

  /** Attribute 11, from version 2 on: who uses the association. */
  public static final AttributeDescriptor<User> CURRENT_USER =
      AttributeDescriptor.ofStatic(11, "current_user", User.TYPE);

  /** Method 1: pass 3 of HLS, which is answered by pass 4. */
  public static final MethodDescriptor<Octets, Octets> REPLY_TO_HLS_AUTHENTICATION =
      new MethodDescriptor<>(
          1, "reply_to_HLS_authentication", ValueType.OCTET_STRING, ValueType.OCTET_STRING);

  /** Method 2. */
  public static final MethodDescriptor<Octets, Nothing> CHANGE_HLS_SECRET =
      MethodDescriptor.taking(2, "change_HLS_secret", ValueType.OCTET_STRING);

  /** Method 3: takes an object_list_element. */
  public static final MethodDescriptor<CosemData, Nothing> ADD_OBJECT =
      MethodDescriptor.taking(3, "add_object", ValueType.ANY);

  /** Method 4: takes an object_list_element. */
  public static final MethodDescriptor<CosemData, Nothing> REMOVE_OBJECT =
      MethodDescriptor.taking(4, "remove_object", ValueType.ANY);

  /** Method 5, from version 2 on. */
  public static final MethodDescriptor<User, Nothing> ADD_USER =
      MethodDescriptor.taking(5, "add_user", User.TYPE);

  /** Method 6, from version 2 on. */
  public static final MethodDescriptor<User, Nothing> REMOVE_USER =
      MethodDescriptor.taking(6, "remove_user", User.TYPE);

  /** Version 0. */
  public static final InterfaceClass VERSION_0 = begin(0).methods(methods()).build();

  /** Version 1. */
  public static final InterfaceClass VERSION_1 =
      begin(1).attributes(SECURITY_SETUP_REFERENCE).methods(methods()).build();

  /** Version 2. */
  public static final InterfaceClass VERSION_2 = withUsers(2);

  /** The class, in its newest version: 3. */
  public static final InterfaceClass CLASS = withUsers(3);

  private static InterfaceClass.Builder begin(int version) {
    return InterfaceClass.builder(CLASS_ID, version, "Association LN")
        .attributes(
            OBJECT_LIST,
            ASSOCIATED_PARTNERS_ID,
            APPLICATION_CONTEXT_NAME,
            XDLMS_CONTEXT_INFO,
            AUTHENTICATION_MECHANISM_NAME,
            SECRET,
            ASSOCIATION_STATUS);
  }

  private static MethodDescriptor<?, ?>[] methods() {
    return new MethodDescriptor<?, ?>[] {
      REPLY_TO_HLS_AUTHENTICATION, CHANGE_HLS_SECRET, ADD_OBJECT, REMOVE_OBJECT
    };
  }

  private static InterfaceClass withUsers(int version) {
    return begin(version)
        .attributes(SECURITY_SETUP_REFERENCE, USER_LIST, CURRENT_USER)
        .methods(methods())
        .methods(ADD_USER, REMOVE_USER)
        .build();
  }

  /** association_status. */
  public enum AssociationStatus implements Coded {
    /** There is no association. */
    NON_ASSOCIATED(0),
    /** The authentication is under way. */
    ASSOCIATION_PENDING(1),
    /** The association is open. */
    ASSOCIATED(2);

    private final int code;

    AssociationStatus(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }
  }

  /**
   * associated_partners_type.
   *
   * @param clientSap -128..127, as the Blue Book has it
   * @param serverSap 0..65535
   */
  public record Partners(int clientSap, int serverSap) {
    /** Its type. */
    public static final ValueType<Partners> TYPE =
        ValueType.structure(
            "associated_partners_type",
            in -> new Partners(in.next(ValueType.INTEGER), in.next(ValueType.LONG_UNSIGNED)),
            field("client_SAP", ValueType.INTEGER, Partners::clientSap),
            field("server_SAP", ValueType.LONG_UNSIGNED, Partners::serverSap));
  }

  /**
   * xDLMS_context_type.
   *
   * @param conformance the services
   * @param maxReceivePduSize octets of the longest APDU that the server takes; 0 for no limit
   * @param maxSendPduSize octets of the longest APDU that the client takes; 0 for no limit
   * @param dlmsVersionNumber 6
   * @param qualityOfService not used
   * @param cypheringInfo the dedicated key that the client proposed; empty for none
   */
  public record XdlmsContextInfo(
      Set<Conformance> conformance,
      int maxReceivePduSize,
      int maxSendPduSize,
      int dlmsVersionNumber,
      int qualityOfService,
      Octets cypheringInfo) {
    private static final int BITS = 8 * Conformance.OCTETS;

    private static final ValueType<Set<Conformance>> CONFORMANCE =
        ValueType.bitString(BITS)
            .map(
                bits -> Conformance.ofBits(Integer.reverse(bits) >>> (Integer.SIZE - BITS)),
                set -> Integer.reverse(Conformance.toBits(set)) >>> (Integer.SIZE - BITS));

    /** Its type. */
    public static final ValueType<XdlmsContextInfo> TYPE =
        ValueType.structure(
            "xDLMS_context_type",
            in ->
                new XdlmsContextInfo(
                    in.next(CONFORMANCE),
                    in.next(ValueType.LONG_UNSIGNED),
                    in.next(ValueType.LONG_UNSIGNED),
                    in.next(ValueType.UNSIGNED),
                    in.next(ValueType.INTEGER),
                    in.next(ValueType.OCTET_STRING)),
            field("conformance", CONFORMANCE, XdlmsContextInfo::conformance),
            field(
                "max_receive_pdu_size",
                ValueType.LONG_UNSIGNED,
                XdlmsContextInfo::maxReceivePduSize),
            field("max_send_pdu_size", ValueType.LONG_UNSIGNED, XdlmsContextInfo::maxSendPduSize),
            field("dlms_version_number", ValueType.UNSIGNED, XdlmsContextInfo::dlmsVersionNumber),
            field("quality_of_service", ValueType.INTEGER, XdlmsContextInfo::qualityOfService),
            field("cyphering_info", ValueType.OCTET_STRING, XdlmsContextInfo::cypheringInfo));

    /** Keeps a copy of the set. */
    public XdlmsContextInfo {
      conformance = Set.copyOf(conformance);
    }

    /** The dedicated key is a secret. */
    @Override
    public String toString() {
      return "XdlmsContextInfo["
          + conformance
          + ", max_receive_pdu_size "
          + maxReceivePduSize
          + ", max_send_pdu_size "
          + maxSendPduSize
          + ", version "
          + dlmsVersionNumber
          + "]";
    }
  }

  /**
   * user_list_entry.
   *
   * @param userId 0..255
   * @param userName its name
   */
  public record User(int userId, String userName) {
    /** Its type. */
    public static final ValueType<User> TYPE =
        ValueType.structure(
            "user_list_entry",
            in -> new User(in.next(ValueType.UNSIGNED), in.next(ValueType.VISIBLE_STRING)),
            field("user_id", ValueType.UNSIGNED, User::userId),
            field("user_name", ValueType.VISIBLE_STRING, User::userName));
  }

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

  /** The newest version: references do not depend on it. */
  @Override
  public InterfaceClass interfaceClass() {
    return CLASS;
  }

  /**
   * Attribute 2.
   *
   * @return the attribute
   */
  public TypedAttribute<AssociationView> objectList() {
    return attribute(OBJECT_LIST);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<Partners> associatedPartnersId() {
    return attribute(ASSOCIATED_PARTNERS_ID);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemData> applicationContextName() {
    return attribute(APPLICATION_CONTEXT_NAME);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<XdlmsContextInfo> xdlmsContextInfo() {
    return attribute(XDLMS_CONTEXT_INFO);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemData> authenticationMechanismName() {
    return attribute(AUTHENTICATION_MECHANISM_NAME);
  }

  /**
   * Attribute 7.
   *
   * @return the attribute
   */
  public TypedAttribute<Octets> secret() {
    return attribute(SECRET);
  }

  /**
   * Attribute 8.
   *
   * @return the attribute
   */
  public TypedAttribute<AssociationStatus> associationStatus() {
    return attribute(ASSOCIATION_STATUS);
  }

  /**
   * Attribute 9.
   *
   * @return the attribute
   */
  public TypedAttribute<Octets> securitySetupReference() {
    return attribute(SECURITY_SETUP_REFERENCE);
  }

  /**
   * Attribute 10.
   *
   * @return the attribute
   */
  public TypedAttribute<List<User>> userList() {
    return attribute(USER_LIST);
  }

  /**
   * Attribute 11.
   *
   * @return the attribute
   */
  public TypedAttribute<User> currentUser() {
    return attribute(CURRENT_USER);
  }

  /**
   * Method 2.
   *
   * @return the method
   */
  public TypedMethod<Octets, Nothing> changeHlsSecret() {
    return method(CHANGE_HLS_SECRET);
  }
}
