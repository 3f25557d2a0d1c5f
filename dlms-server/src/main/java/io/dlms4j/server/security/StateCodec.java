package io.dlms4j.server.security;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.classes.CertificateType;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a state is kept: one Data in A-XDR, that holds all but the certificates.
 *
 * <pre>
 * structure
 *   unsigned      1, this form
 *   enum          security_suite
 *   octet-string  server_system_title
 *   unsigned      security_policy, as version 1 of the class writes it
 *   structure     keys by key_id, and the HLS secret: octet-strings, null-data for none
 *   array         key pairs, those in use and those that wait for a certificate
 *     structure
 *       enum          certificate_type
 *       boolean       in use
 *       octet-string  private key, PKCS #8
 *       octet-string  public key, its two coordinates
 * </pre>
 */
final class StateCodec {
  private static final int FORM = 1;
  private static final int RESERVED_POLICY_BITS = 3;

  private StateCodec() {}

  static KeyMaterial encode(SecuritySetupState state) throws IOException {
    List<CosemData> keys = new ArrayList<>();
    for (KeyId id : KeyId.values()) {
      keys.add(optional(id.of(state.keys())));
    }
    keys.add(optional(state.keys().hlsSecret()));
    List<CosemData> pairs = new ArrayList<>();
    addPairs(pairs, state.suite(), state.keyPairs(), true);
    addPairs(pairs, state.suite(), state.newKeyPairs(), false);
    return KeyMaterial.of(
        CosemData.structure(
                CosemData.unsigned(FORM),
                CosemData.enumerated(state.suite().id()),
                CosemData.octetString(state.serverSystemTitle().octets()),
                CosemData.unsigned(state.policy().toVersion1()),
                CosemData.structure(keys),
                CosemData.array(pairs))
            .encode());
  }

  private static CosemData optional(@Nullable KeyMaterial key) {
    return key == null ? CosemData.nullData() : CosemData.octetString(key.export());
  }

  private static void addPairs(
      List<CosemData> to, SecuritySuite suite, Map<Use, KeyPair> pairs, boolean inUse)
      throws IOException {
    for (Map.Entry<Use, KeyPair> pair : pairs.entrySet()) {
      byte[] privateKey = pair.getValue().getPrivate().getEncoded();
      if (privateKey == null) {
        throw new IOException(
            "a private key that does not tell itself, as in a security module, cannot be stored");
      }
      to.add(
          CosemData.structure(
              CosemData.enumerated(CertificateType.of(pair.getKey()).code()),
              CosemData.bool(inUse),
              CosemData.octetString(Octets.view(privateKey)),
              CosemData.octetString(
                  KeyAgreementScheme.toOctets(suite, pair.getValue().getPublic()))));
    }
  }

  static SecuritySetupState decode(KeyMaterial secret, List<CosemCertificate> certificates)
      throws IOException {
    try {
      return decode(CosemData.decode(secret.export()), certificates);
    } catch (GeneralSecurityException | RuntimeException e) {
      // No cause: what it says may quote keys.
      throw new IOException(
          "the stored security setup is damaged, or of a later version of this library: check"
              + " where it comes from, or give the device new keys");
    }
  }

  private static SecuritySetupState decode(CosemData data, List<CosemCertificate> certificates)
      throws GeneralSecurityException {
    List<CosemData> fields = data.structureOf(6);
    int policy = (int) fields.get(3).integralValue();
    if (fields.get(0).integralValue() != FORM || (policy & RESERVED_POLICY_BITS) != 0) {
      throw new IllegalArgumentException("another form");
    }
    SecuritySuite suite = SecuritySuite.ofId(fields.get(1).integralValue()).orElseThrow();
    List<CosemData> symmetric = fields.get(4).structureOf(KeyId.values().length + 1);
    KeyRing.Builder keys = KeyRing.builder(suite);
    for (KeyId id : KeyId.values()) {
      KeyMaterial key = key(symmetric.get(id.code()));
      if (key != null) {
        id.put(keys, key);
      }
    }
    KeyMaterial hlsSecret = key(symmetric.get(KeyId.values().length));
    if (hlsSecret != null) {
      keys.hlsSecret(hlsSecret);
    }
    Map<Use, KeyPair> inUse = new EnumMap<>(Use.class);
    Map<Use, KeyPair> waiting = new EnumMap<>(Use.class);
    for (CosemData each : fields.get(5).elements()) {
      List<CosemData> pair = each.structureOf(4);
      Use use =
          CertificateType.ofCode((int) pair.get(0).integralValue())
              .flatMap(CertificateType::use)
              .orElseThrow();
      PrivateKey privateKey =
          KeyFactory.getInstance("EC")
              .generatePrivate(
                  new PKCS8EncodedKeySpec(pair.get(2).octetStringValue().toByteArray()));
      (pair.get(1).booleanValue() ? inUse : waiting)
          .put(
              use,
              new KeyPair(
                  KeyAgreementScheme.publicKey(suite, pair.get(3).octetStringValue()), privateKey));
    }
    return new SecuritySetupState(
        new SystemTitle(fields.get(2).octetStringValue()),
        SecurityPolicy.ofVersion1(policy),
        keys.build(),
        inUse,
        waiting,
        certificates);
  }

  private static @Nullable KeyMaterial key(CosemData data) {
    return data instanceof CosemData.NullData ? null : KeyMaterial.of(data.octetStringValue());
  }
}
