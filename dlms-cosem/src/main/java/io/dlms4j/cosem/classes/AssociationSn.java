package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * An Association SN object (class 12, versions 0 to 4; Blue Book 4.4.3).
 *
 * @param logicalName its OBIS code
 */
public record AssociationSn(ObisCode logicalName) implements InterfaceObject {
  private static final ValueType<UserListEntry> USER =
      ValueType.structure(
          "user_list_entry",
          in -> new UserListEntry(in.next(ValueType.UNSIGNED), in.next(ValueType.VISIBLE_STRING)),
          StructureField.field("user_id", ValueType.UNSIGNED, UserListEntry::userId),
          StructureField.field("user_name", ValueType.VISIBLE_STRING, UserListEntry::userName));

  /** Attribute 2: the objects that the association sees. */
  public static final AttributeDescriptor<List<ShortNameElement>> OBJECT_LIST =
      AttributeDescriptor.ofStatic(2, "object_list", ValueType.arrayOf(ShortNameElement.TYPE));

  /** Attribute 3: what it may do with them; since version 2. */
  public static final AttributeDescriptor<List<AccessRightsElement>> ACCESS_RIGHTS_LIST =
      AttributeDescriptor.ofStatic(
          3, "access_rights_list", ValueType.arrayOf(AccessRightsElement.TYPE));

  /** Attribute 4: name of its Security setup; since version 2. */
  public static final AttributeDescriptor<ObisCode> SECURITY_SETUP_REFERENCE =
      AttributeDescriptor.ofStatic(4, "security_setup_reference", ValueType.LOGICAL_NAME);

  /** Attribute 5: users of the client that may open it; since version 3. */
  public static final AttributeDescriptor<List<UserListEntry>> USER_LIST =
      AttributeDescriptor.ofStatic(5, "user_list", ValueType.arrayOf(USER));

  /** Attribute 6: the user that has opened it; since version 3. */
  public static final AttributeDescriptor<UserListEntry> CURRENT_USER =
      AttributeDescriptor.ofDynamic(6, "current_user", USER);

  /** Method 3: reads attributes by logical name. */
  public static final MethodDescriptor<List<AttributeRef>, CosemData> READ_BY_LOGICALNAME =
      new MethodDescriptor<>(
          3, "read_by_logicalname", ValueType.arrayOf(ValueDefinition.TYPE), ValueType.ANY);

  /** Method 5: changes the password. */
  public static final MethodDescriptor<Octets, Nothing> CHANGE_LLS_SECRET =
      MethodDescriptor.taking(5, "change_LLS_secret", ValueType.OCTET_STRING);

  /** Method 6: changes the secret of high level security. */
  public static final MethodDescriptor<Octets, Nothing> CHANGE_HLS_SECRET =
      MethodDescriptor.taking(6, "change_HLS_secret", ValueType.OCTET_STRING);

  /** Method 8: passes 3 and 4: takes the client's f(StoC), and returns the server's f(CtoS). */
  public static final MethodDescriptor<Octets, Octets> REPLY_TO_HLS_AUTHENTICATION =
      new MethodDescriptor<>(
          8, "reply_to_HLS_authentication", ValueType.OCTET_STRING, ValueType.OCTET_STRING);

  /** Method 9: adds a user; since version 3. */
  public static final MethodDescriptor<UserListEntry, Nothing> ADD_USER =
      MethodDescriptor.taking(9, "add_user", USER);

  /** Method 10: removes a user; since version 3. */
  public static final MethodDescriptor<UserListEntry, Nothing> REMOVE_USER =
      MethodDescriptor.taking(10, "remove_user", USER);

  /** The class in version 0. */
  public static final InterfaceClass VERSION_0 =
      InterfaceClass.builder(12, 0, "Association SN")
          .attributes(OBJECT_LIST)
          .methods(
              READ_BY_LOGICALNAME,
              CHANGE_LLS_SECRET,
              CHANGE_HLS_SECRET,
              REPLY_TO_HLS_AUTHENTICATION)
          .methodOffset(0x20)
          .build();

  /** The class in version 1. */
  public static final InterfaceClass VERSION_1 =
      InterfaceClass.builder(12, 1, "Association SN")
          .attributes(OBJECT_LIST)
          .methods(
              READ_BY_LOGICALNAME,
              CHANGE_LLS_SECRET,
              CHANGE_HLS_SECRET,
              REPLY_TO_HLS_AUTHENTICATION)
          .methodOffset(0x20)
          .build();

  /** The class in version 2, with access rights. */
  public static final InterfaceClass VERSION_2 =
      InterfaceClass.builder(12, 2, "Association SN")
          .attributes(OBJECT_LIST, ACCESS_RIGHTS_LIST, SECURITY_SETUP_REFERENCE)
          .methods(
              READ_BY_LOGICALNAME,
              CHANGE_LLS_SECRET,
              CHANGE_HLS_SECRET,
              REPLY_TO_HLS_AUTHENTICATION)
          .methodOffset(0x20)
          .build();

  /** The class in version 3, with users. */
  public static final InterfaceClass VERSION_3 =
      InterfaceClass.builder(12, 3, "Association SN")
          .attributes(
              OBJECT_LIST, ACCESS_RIGHTS_LIST, SECURITY_SETUP_REFERENCE, USER_LIST, CURRENT_USER)
          .methods(
              READ_BY_LOGICALNAME,
              CHANGE_LLS_SECRET,
              CHANGE_HLS_SECRET,
              REPLY_TO_HLS_AUTHENTICATION,
              ADD_USER,
              REMOVE_USER)
          .methodOffset(0x20)
          .build();

  /** The class in version 4. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(12, 4, "Association SN")
          .attributes(
              OBJECT_LIST, ACCESS_RIGHTS_LIST, SECURITY_SETUP_REFERENCE, USER_LIST, CURRENT_USER)
          .methods(
              READ_BY_LOGICALNAME,
              CHANGE_LLS_SECRET,
              CHANGE_HLS_SECRET,
              REPLY_TO_HLS_AUTHENTICATION,
              ADD_USER,
              REMOVE_USER)
          .methodOffset(0x20)
          .build();

  /**
   * user_list_entry.
   *
   * @param userId calling-AE-invocation-id of the user, 0..255
   * @param userName name of the user
   */
  public record UserListEntry(int userId, String userName) {}

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static AssociationSn at(String logicalName) {
    return new AssociationSn(ObisCode.of(logicalName));
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
  public TypedAttribute<List<ShortNameElement>> objectList() {
    return attribute(OBJECT_LIST);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<List<AccessRightsElement>> accessRightsList() {
    return attribute(ACCESS_RIGHTS_LIST);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<ObisCode> securitySetupReference() {
    return attribute(SECURITY_SETUP_REFERENCE);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<List<UserListEntry>> userList() {
    return attribute(USER_LIST);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<UserListEntry> currentUser() {
    return attribute(CURRENT_USER);
  }

  /**
   * Method 3.
   *
   * @return the method
   */
  public TypedMethod<List<AttributeRef>, CosemData> readByLogicalname() {
    return method(READ_BY_LOGICALNAME);
  }

  /**
   * Method 5.
   *
   * @return the method
   */
  public TypedMethod<Octets, Nothing> changeLlsSecret() {
    return method(CHANGE_LLS_SECRET);
  }

  /**
   * Method 6.
   *
   * @return the method
   */
  public TypedMethod<Octets, Nothing> changeHlsSecret() {
    return method(CHANGE_HLS_SECRET);
  }

  /**
   * Method 8.
   *
   * @return the method
   */
  public TypedMethod<Octets, Octets> replyToHlsAuthentication() {
    return method(REPLY_TO_HLS_AUTHENTICATION);
  }

  /**
   * Method 9.
   *
   * @return the method
   */
  public TypedMethod<UserListEntry, Nothing> addUser() {
    return method(ADD_USER);
  }

  /**
   * Method 10.
   *
   * @return the method
   */
  public TypedMethod<UserListEntry, Nothing> removeUser() {
    return method(REMOVE_USER);
  }
}
