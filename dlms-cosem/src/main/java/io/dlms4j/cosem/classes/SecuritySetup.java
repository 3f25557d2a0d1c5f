package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import java.util.List;

/**
 * A Security setup object (class 64, versions 0 and 1; Blue Book 4.4.7).
 *
 * @param logicalName its OBIS code
 */
public record SecuritySetup(ObisCode logicalName) implements InterfaceObject {
  /**
   * Attribute 2: in version 0 0..3, in version 1 a bit for each protection; {@link SecurityPolicy}
   * reads both.
   */
  public static final AttributeDescriptor<Integer> SECURITY_POLICY =
      AttributeDescriptor.ofStatic(2, "security_policy", ValueType.ENUM);

  /** Attribute 3. */
  public static final AttributeDescriptor<SecuritySuite> SECURITY_SUITE =
      AttributeDescriptor.ofStatic(
          3,
          "security_suite",
          ValueType.enumOf("security_suite", List.of(SecuritySuite.values()), SecuritySuite::id));

  /** Attribute 4: of the client of this association; empty if it is not known. */
  public static final AttributeDescriptor<Octets> CLIENT_SYSTEM_TITLE =
      AttributeDescriptor.ofDynamic(4, "client_system_title", ValueType.OCTET_STRING);

  /** Attribute 5. */
  public static final AttributeDescriptor<Octets> SERVER_SYSTEM_TITLE =
      AttributeDescriptor.ofStatic(5, "server_system_title", ValueType.OCTET_STRING);

  /** Attribute 6: that the server holds; since version 1. */
  public static final AttributeDescriptor<List<CertificateInfo>> CERTIFICATES =
      AttributeDescriptor.ofDynamic(6, "certificates", ValueType.arrayOf(CertificateInfo.TYPE));

  /** Method 1: makes the policy stronger. */
  public static final MethodDescriptor<Integer, Nothing> SECURITY_ACTIVATE =
      MethodDescriptor.taking(1, "security_activate", ValueType.ENUM);

  /** Method 2: replaces symmetric keys by others, wrapped with the master key; in version 0. */
  public static final MethodDescriptor<List<KeyData>, Nothing> GLOBAL_KEY_TRANSFER =
      MethodDescriptor.taking(2, "global_key_transfer", ValueType.arrayOf(KeyData.TYPE));

  /** Method 2: replaces symmetric keys by others, wrapped with the master key. */
  public static final MethodDescriptor<List<KeyData>, Nothing> KEY_TRANSFER =
      MethodDescriptor.taking(2, "key_transfer", ValueType.arrayOf(KeyData.TYPE));

  /** Method 3: agrees on symmetric keys; since version 1. */
  public static final MethodDescriptor<List<KeyData>, List<KeyData>> KEY_AGREEMENT =
      new MethodDescriptor<>(
          3, "key_agreement", ValueType.arrayOf(KeyData.TYPE), ValueType.arrayOf(KeyData.TYPE));

  /** Method 4: makes a key pair for the server; since version 1. */
  public static final MethodDescriptor<CertificateType, Nothing> GENERATE_KEY_PAIR =
      MethodDescriptor.taking(4, "generate_key_pair", CertificateType.TYPE);

  /**
   * Method 5: returns a certificate request of the server's key pair, PKCS#10 in DER; since version
   * 1.
   */
  public static final MethodDescriptor<CertificateType, Octets> GENERATE_CERTIFICATE_REQUEST =
      new MethodDescriptor<>(
          5, "generate_certificate_request", CertificateType.TYPE, ValueType.OCTET_STRING);

  /** Method 6: gives the server a certificate, X.509 in DER; since version 1. */
  public static final MethodDescriptor<Octets, Nothing> IMPORT_CERTIFICATE =
      MethodDescriptor.taking(6, "import_certificate", ValueType.OCTET_STRING);

  /** Method 7: returns a certificate, X.509 in DER; since version 1. */
  public static final MethodDescriptor<CertificateIdentification, Octets> EXPORT_CERTIFICATE =
      new MethodDescriptor<>(
          7, "export_certificate", CertificateIdentification.TYPE, ValueType.OCTET_STRING);

  /** Method 8: has the server forget a certificate; since version 1. */
  public static final MethodDescriptor<CertificateIdentification, Nothing> REMOVE_CERTIFICATE =
      MethodDescriptor.taking(8, "remove_certificate", CertificateIdentification.TYPE);

  /** The class in version 0, without public keys. */
  public static final InterfaceClass VERSION_0 =
      InterfaceClass.builder(64, 0, "Security setup")
          .attributes(SECURITY_POLICY, SECURITY_SUITE, CLIENT_SYSTEM_TITLE, SERVER_SYSTEM_TITLE)
          .methods(SECURITY_ACTIVATE, GLOBAL_KEY_TRANSFER)
          .methodOffset(0x28)
          .build();

  /** The class in version 1. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(64, 1, "Security setup")
          .attributes(
              SECURITY_POLICY,
              SECURITY_SUITE,
              CLIENT_SYSTEM_TITLE,
              SERVER_SYSTEM_TITLE,
              CERTIFICATES)
          .methods(
              SECURITY_ACTIVATE,
              KEY_TRANSFER,
              KEY_AGREEMENT,
              GENERATE_KEY_PAIR,
              GENERATE_CERTIFICATE_REQUEST,
              IMPORT_CERTIFICATE,
              EXPORT_CERTIFICATE,
              REMOVE_CERTIFICATE)
          .methodOffset(0x30)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static SecuritySetup at(String logicalName) {
    return new SecuritySetup(ObisCode.of(logicalName));
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
  public TypedAttribute<Integer> securityPolicy() {
    return attribute(SECURITY_POLICY);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<SecuritySuite> securitySuite() {
    return attribute(SECURITY_SUITE);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<Octets> clientSystemTitle() {
    return attribute(CLIENT_SYSTEM_TITLE);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<Octets> serverSystemTitle() {
    return attribute(SERVER_SYSTEM_TITLE);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<List<CertificateInfo>> certificates() {
    return attribute(CERTIFICATES);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<Integer, Nothing> securityActivate() {
    return method(SECURITY_ACTIVATE);
  }

  /**
   * Method 2.
   *
   * @return the method
   */
  public TypedMethod<List<KeyData>, Nothing> globalKeyTransfer() {
    return method(GLOBAL_KEY_TRANSFER);
  }

  /**
   * Method 2.
   *
   * @return the method
   */
  public TypedMethod<List<KeyData>, Nothing> keyTransfer() {
    return method(KEY_TRANSFER);
  }

  /**
   * Method 3.
   *
   * @return the method
   */
  public TypedMethod<List<KeyData>, List<KeyData>> keyAgreement() {
    return method(KEY_AGREEMENT);
  }

  /**
   * Method 4.
   *
   * @return the method
   */
  public TypedMethod<CertificateType, Nothing> generateKeyPair() {
    return method(GENERATE_KEY_PAIR);
  }

  /**
   * Method 5.
   *
   * @return the method
   */
  public TypedMethod<CertificateType, Octets> generateCertificateRequest() {
    return method(GENERATE_CERTIFICATE_REQUEST);
  }

  /**
   * Method 6.
   *
   * @return the method
   */
  public TypedMethod<Octets, Nothing> importCertificate() {
    return method(IMPORT_CERTIFICATE);
  }

  /**
   * Method 7.
   *
   * @return the method
   */
  public TypedMethod<CertificateIdentification, Octets> exportCertificate() {
    return method(EXPORT_CERTIFICATE);
  }

  /**
   * Method 8.
   *
   * @return the method
   */
  public TypedMethod<CertificateIdentification, Nothing> removeCertificate() {
    return method(REMOVE_CERTIFICATE);
  }
}
