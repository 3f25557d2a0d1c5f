package io.dlms4j.client;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.DigitalSignature;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.KeyWrap;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An object of the class "Security setup" of a server, as its client sees it (class_id 64, Blue
 * Book 4.4.7). Stages fail with a {@link DlmsException}: {@link ActionException} if the server
 * refused, {@link ProtocolException} if its answer is not of the class.
 *
 * <p>Keys that have been changed count from the next association on, for both sides. What is not
 * authenticated is refused by every server that takes itself seriously.
 */
public final class SecuritySetup {
  private static final int CLASS_ID = 64;
  private static final int POLICY = 2;
  private static final int SUITE = 3;
  private static final int SERVER_SYSTEM_TITLE = 5;

  private static final int SECURITY_ACTIVATE = 1;
  private static final int KEY_TRANSFER = 2;
  private static final int KEY_AGREEMENT = 3;
  private static final int GENERATE_KEY_PAIR = 4;
  private static final int GENERATE_CERTIFICATE_REQUEST = 5;
  private static final int IMPORT_CERTIFICATE = 6;
  private static final int EXPORT_CERTIFICATE = 7;
  private static final int REMOVE_CERTIFICATE = 8;

  /** certificate_identification_type: by entity. */
  private static final int BY_ENTITY = 0;

  private final DlmsClient client;
  private final ObisCode logicalName;
  private final int version;

  /** Whose a certificate is (Blue Book 4.4.7, certificate_entity). */
  public enum Entity {
    /** The server. */
    SERVER(0),
    /** A client. */
    CLIENT(1),
    /** A certification authority. */
    CERTIFICATION_AUTHORITY(2),
    /** Somebody else, such as a third party. */
    OTHER(3);

    private final int code;

    Entity(int code) {
      this.code = code;
    }
  }

  SecuritySetup(DlmsClient client, ObisCode logicalName, int version) {
    if (version != 0 && version != 1) {
      throw new IllegalArgumentException(
          "version " + version + " of Security setup is neither 0 nor 1");
    }
    this.client = client;
    this.logicalName = logicalName;
    this.version = version;
  }

  /**
   * Reads the policy.
   *
   * @return the least protection of messages
   */
  public CompletionStage<SecurityPolicy> policy() {
    return get(
        POLICY,
        data -> {
          int value = enumeration(data);
          return version == 0 ? SecurityPolicy.ofVersion0(value) : SecurityPolicy.ofVersion1(value);
        });
  }

  /**
   * Reads the suite.
   *
   * @return the security suite
   */
  public CompletionStage<SecuritySuite> suite() {
    return get(SUITE, data -> SecuritySuite.ofId(enumeration(data)).orElseThrow());
  }

  /**
   * Reads who the server is.
   *
   * @return its system title
   */
  public CompletionStage<SystemTitle> serverSystemTitle() {
    return get(SERVER_SYSTEM_TITLE, data -> new SystemTitle(data.octetStringValue()));
  }

  /**
   * Makes the policy stronger. It counts at once.
   *
   * @param policy the new one
   * @return completes when it has been activated
   * @throws IllegalStateException if this version of the class has no word for it
   */
  public CompletionStage<@Nullable Void> activate(SecurityPolicy policy) {
    int value = version == 0 ? policy.toVersion0() : policy.toVersion1();
    return invoke(SECURITY_ACTIVATE, CosemData.enumerated(value), SecuritySetup::nothing);
  }

  /**
   * Replaces symmetric keys of the server by others, wrapped with its master key: all of them or
   * none.
   *
   * @param masterKey the master key that counts now
   * @param keys the new keys, which may be a new master key as well
   * @return completes when the server has them
   * @throws IllegalArgumentException if there are none, or a key has neither 16 nor 32 octets
   */
  public CompletionStage<@Nullable Void> transferKeys(
      KeyMaterial masterKey, Map<KeyId, KeyMaterial> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there are no keys to transfer");
    }
    List<CosemData> items = new ArrayList<>();
    for (Map.Entry<KeyId, KeyMaterial> each : new EnumMap<>(keys).entrySet()) {
      items.add(item(each.getKey(), KeyWrap.wrap(masterKey, each.getValue())));
    }
    return invoke(KEY_TRANSFER, CosemData.array(items), SecuritySetup::nothing);
  }

  /**
   * Agrees on new symmetric keys by the Ephemeral Unified Model; version 1, suites 1 and 2.
   *
   * @param keys has our signing key, and the server's public one
   * @param own our system title, as the server knows it from the association
   * @param server the server's system title
   * @param which the keys to agree on
   * @param random where the ephemeral keys come from
   * @return the agreed keys, which the server has by then as well. Fails with a {@link
   *     ProtectionException} if its answer is not signed by it: then the server may have replaced
   *     its keys all the same, by others than this side can know
   * @throws IllegalArgumentException if a key is missing, the suite has none, or nothing is to be
   *     agreed on
   */
  public CompletionStage<Map<KeyId, KeyMaterial>> agreeKeys(
      KeyRing keys, SystemTitle own, SystemTitle server, Set<KeyId> which, SecureRandom random) {
    SecuritySuite suite = keys.suite();
    PrivateKey signing = keys.signingKey();
    PublicKey signer = keys.peerSigningKey();
    if (signing == null || signer == null || which.isEmpty()) {
      throw new IllegalArgumentException(
          "key agreement needs our signing key, the server's, and a key to agree on");
    }
    Map<KeyId, KeyPair> ephemeral = new EnumMap<>(KeyId.class);
    List<CosemData> items = new ArrayList<>();
    for (KeyId id : which) {
      KeyPair pair = KeyAgreementScheme.generateKeyPair(suite, random);
      Octets point = KeyAgreementScheme.toOctets(suite, pair.getPublic());
      Octets signature = DigitalSignature.sign(suite, signing, random, Octets.of(id.code()), point);
      ephemeral.put(id, pair);
      items.add(
          item(
              id,
              new AxdrWriter(point.length() + signature.length())
                  .writeOctets(point)
                  .writeOctets(signature)
                  .toOctets()));
    }
    return invoke(
        KEY_AGREEMENT,
        CosemData.array(items),
        returned -> {
          Map<KeyId, KeyMaterial> agreed = new EnumMap<>(KeyId.class);
          for (CosemData each : required(returned).elements()) {
            List<CosemData> parts = each.structureOf(2);
            KeyId id =
                KeyId.ofCode(enumeration(parts.get(0)))
                    .filter(ephemeral::containsKey)
                    .orElseThrow(() -> breach("a key_id that was not asked for"));
            PublicKey peer = serverKey(suite, signer, id, parts.get(1).octetStringValue());
            KeyPair pair = ephemeral.get(id);
            if (pair == null || agreed.containsKey(id)) {
              throw breach("a key_id twice");
            }
            agreed.put(
                id,
                KeyAgreementScheme.EPHEMERAL_UNIFIED.agree(
                    suite, id.use(), pair.getPrivate(), peer, own, server, Octets.EMPTY));
          }
          if (!agreed.keySet().equals(ephemeral.keySet())) {
            throw breach("not all the keys that were asked for");
          }
          return agreed;
        });
  }

  private static PublicKey serverKey(SecuritySuite suite, PublicKey signer, KeyId id, Octets data) {
    int length = suite.signatureLength();
    if (data.length() != 2 * length) {
      throw breach("key_data of " + data.length() + " octets");
    }
    Octets point = data.slice(0, length);
    if (!DigitalSignature.verify(
        suite, signer, data.slice(length, length), Octets.of(id.code()), point)) {
      throw ProtectionException.remote(
          ProtectionException.Reason.NOT_AUTHENTIC,
          "the server's ephemeral key is not signed by it: check its certificate (Blue Book"
              + " 4.4.7, key_agreement)");
    }
    return KeyAgreementScheme.publicKey(suite, point);
  }

  /**
   * Has the server make a new key pair for itself.
   *
   * @param use what for
   * @return completes when it has
   */
  public CompletionStage<@Nullable Void> generateKeyPair(CosemCertificate.Use use) {
    return invoke(GENERATE_KEY_PAIR, CosemData.enumerated(type(use)), SecuritySetup::nothing);
  }

  /**
   * Asks for a certificate request for the server's key pair.
   *
   * @param use of which key pair
   * @return the request, PKCS#10 in DER (RFC 2986)
   */
  public CompletionStage<Octets> certificateRequest(CosemCertificate.Use use) {
    return invoke(
        GENERATE_CERTIFICATE_REQUEST,
        CosemData.enumerated(type(use)),
        returned -> required(returned).octetStringValue());
  }

  /**
   * Gives the server a certificate: its own, a client's, or that of an authority.
   *
   * @param der X.509 in DER
   * @return completes when the server has taken it
   */
  public CompletionStage<@Nullable Void> importCertificate(Octets der) {
    return invoke(IMPORT_CERTIFICATE, CosemData.octetString(der), SecuritySetup::nothing);
  }

  /**
   * Asks for a certificate that the server has.
   *
   * @param entity whose it is
   * @param use what it is for
   * @param systemTitle who that is
   * @return the certificate; it is as trustworthy as this association, until {@link
   *     CosemCertificate#check}. Fails with a {@link ProtectionException} if what the server has is
   *     no certificate of DLMS/COSEM
   */
  public CompletionStage<CosemCertificate> exportCertificate(
      Entity entity, CosemCertificate.Use use, SystemTitle systemTitle) {
    return invoke(
        EXPORT_CERTIFICATE,
        identification(entity, use, systemTitle),
        returned -> {
          CosemCertificate certificate =
              CosemCertificate.decode(required(returned).octetStringValue());
          if (certificate.use() != use || !certificate.systemTitle().equals(systemTitle)) {
            throw breach("another certificate than was asked for, " + certificate);
          }
          return certificate;
        });
  }

  /**
   * Has the server forget a certificate.
   *
   * @param entity whose it is
   * @param use what it is for
   * @param systemTitle who that is
   * @return completes when it has
   */
  public CompletionStage<@Nullable Void> removeCertificate(
      Entity entity, CosemCertificate.Use use, SystemTitle systemTitle) {
    return invoke(
        REMOVE_CERTIFICATE, identification(entity, use, systemTitle), SecuritySetup::nothing);
  }

  private static CosemData identification(
      Entity entity, CosemCertificate.Use use, SystemTitle systemTitle) {
    return CosemData.structure(
        CosemData.enumerated(BY_ENTITY),
        CosemData.structure(
            CosemData.enumerated(entity.code),
            CosemData.enumerated(type(use)),
            CosemData.octetString(systemTitle.octets())));
  }

  private static int type(CosemCertificate.Use use) {
    return use == CosemCertificate.Use.DIGITAL_SIGNATURE ? 0 : 1;
  }

  private static CosemData item(KeyId id, Octets octets) {
    return CosemData.structure(CosemData.enumerated(id.code()), CosemData.octetString(octets));
  }

  private <T> CompletionStage<T> get(int attribute, Function<CosemData, T> reading) {
    return client
        .get(new AttributeRef(CLASS_ID, logicalName, attribute))
        .thenCompose(data -> read(() -> reading.apply(data)));
  }

  private <T> CompletionStage<T> invoke(
      int method, CosemData parameters, Function<Optional<CosemData>, T> reading) {
    return client
        .action(new MethodRef(CLASS_ID, logicalName, method), parameters)
        .thenCompose(returned -> read(() -> reading.apply(returned)));
  }

  /** What the server says may be anything. */
  private static <T> CompletionStage<T> read(Supplier<T> reading) {
    try {
      return CompletableFuture.completedStage(reading.get());
    } catch (AxdrException | IllegalArgumentException | NoSuchElementException e) {
      return CompletableFuture.failedStage(breach("another value: " + e.getMessage()));
    } catch (DlmsException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** As servers write it: some as a number of another type. */
  private static int enumeration(CosemData data) {
    long value = data.integralValue();
    if (value < 0 || value > 0xFF) {
      throw breach("the enumeration " + value);
    }
    return (int) value;
  }

  private static CosemData required(Optional<CosemData> returned) {
    return returned.orElseThrow(() -> breach("nothing"));
  }

  private static @Nullable Void nothing(Optional<CosemData> returned) {
    return null;
  }

  private static ProtocolException breach(String what) {
    return new ProtocolException(
        DlmsException.Scope.REQUEST,
        "the server's Security setup returned " + what + " (Blue Book 4.4.7)");
  }
}
