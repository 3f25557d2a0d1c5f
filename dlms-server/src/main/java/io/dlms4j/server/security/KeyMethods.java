package io.dlms4j.server.security;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.DigitalSignature;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.KeyWrap;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.server.ClientContext;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods about policy and symmetric keys (Blue Book 4.4.7, methods 1 to 3). */
final class KeyMethods {
  /** Version 0 has 0..3; version 1 eight bits, of which two are reserved. */
  private static final int MOST_VERSION_0 = 3;

  private static final int RESERVED_VERSION_1 = 0x03;

  private final SecuritySetup setup;

  /** An element of the parameters of key_transfer and key_agreement alike. */
  private record KeyItem(int keyId, Octets octets) {}

  KeyMethods(SecuritySetup setup) {
    this.setup = setup;
  }

  /** security_activate: the policy may only be made stronger. */
  Change securityActivate(CosemData parameters) {
    int value = Parameters.enumeration(parameters);
    return now -> {
      boolean defined =
          setup.version() == 0 ? value <= MOST_VERSION_0 : (value & RESERVED_VERSION_1) == 0;
      if (!defined) {
        throw RefusedException.because("the policy is not defined");
      }
      SecurityPolicy policy =
          setup.version() == 0
              ? SecurityPolicy.ofVersion0(value)
              : SecurityPolicy.ofVersion1(value);
      if (!policy.isAtLeast(now.policy())) {
        throw RefusedException.because("the policy would be weaker");
      }
      checkCanBeMet(policy, now);
      return Change.to(policy.equals(now.policy()) ? now : now.withPolicy(policy));
    };
  }

  /** A policy that nobody could meet would shut everybody out, for good. */
  private static void checkCanBeMet(SecurityPolicy policy, SecuritySetupState now)
      throws RefusedException {
    if (policy.requests().contains(Protection.SIGNED) && !now.suite().hasPublicKeys()) {
      throw RefusedException.because("the suite has no signatures");
    }
    if (policy.responses().contains(Protection.SIGNED)
        && !now.keyPairs().containsKey(Use.DIGITAL_SIGNATURE)) {
      throw RefusedException.because("the server has no signing key");
    }
    Set<Protection> symmetric = EnumSet.noneOf(Protection.class);
    symmetric.addAll(policy.requests());
    symmetric.addAll(policy.responses());
    symmetric.remove(Protection.SIGNED);
    KeyRing keys = now.keys();
    if (!symmetric.isEmpty()
        && keys.unicastKey() == null
        && keys.broadcastKey() == null
        && keys.masterKey() == null
        && !now.keyPairs().containsKey(Use.KEY_AGREEMENT)) {
      throw RefusedException.because("there is no key to encrypt or authenticate with");
    }
  }

  /**
   * key_transfer, in version 0 global_key_transfer: all keys are unwrapped with the master key that
   * counts before, whatever the others are, and all of them count or none.
   */
  Change keyTransfer(CosemData parameters) {
    List<KeyItem> items = items(parameters);
    return now -> {
      Map<KeyId, Octets> wrapped = byKeyId(items);
      KeyMaterial kek = now.keys().masterKey();
      if (kek == null) {
        throw RefusedException.because("there is no master key");
      }
      Map<KeyId, KeyMaterial> keys = new EnumMap<>(KeyId.class);
      try {
        for (Map.Entry<KeyId, Octets> each : wrapped.entrySet()) {
          KeyMaterial key = KeyWrap.unwrap(kek, each.getValue());
          keys.put(each.getKey(), key);
          if (key.length() != now.suite().keyLength()) {
            throw RefusedException.because("a key is not of the suite");
          }
        }
      } catch (ProtectionException | RefusedException e) {
        keys.values().forEach(KeyMaterial::wipe);
        throw RefusedException.because("a key is not wrapped with the master key");
      }
      return Change.to(with(now, keys));
    };
  }

  /** key_agreement: Ephemeral Unified Model, each side's key signed together with its key_id. */
  Change keyAgreement(CosemData parameters, ClientContext client) {
    List<KeyItem> items = items(parameters);
    return now -> {
      Map<KeyId, Octets> data = byKeyId(items);
      SystemTitle partyU = partyU(client);
      KeyPair signing = now.keyPairs().get(Use.DIGITAL_SIGNATURE);
      PublicKey signer = setup.publicKey(now, partyU, Use.DIGITAL_SIGNATURE);
      if (signing == null || signer == null) {
        throw RefusedException.because("a signing key is missing");
      }
      Map<KeyId, PublicKey> peerKeys = new EnumMap<>(KeyId.class);
      for (Map.Entry<KeyId, Octets> each : data.entrySet()) {
        peerKeys.put(each.getKey(), verified(now.suite(), signer, each.getKey(), each.getValue()));
      }
      Map<KeyId, KeyMaterial> keys = new EnumMap<>(KeyId.class);
      List<CosemData> answers = new ArrayList<>();
      for (KeyItem item : items) {
        KeyId id = known(item);
        KeyPair ephemeral = setup.ephemeralKeyPair();
        PublicKey peer = peerKeys.get(id);
        if (peer == null) {
          throw new IllegalStateException("every item has been verified");
        }
        keys.put(
            id,
            KeyAgreementScheme.EPHEMERAL_UNIFIED.agree(
                now.suite(),
                id.use(),
                ephemeral.getPrivate(),
                peer,
                partyU,
                now.serverSystemTitle(),
                Octets.EMPTY));
        answers.add(answer(now.suite(), signing.getPrivate(), id, ephemeral.getPublic()));
      }
      return new Change.Outcome(with(now, keys), CosemData.array(answers));
    };
  }

  /** Who agrees: the client that invokes the method, if the context is its own. */
  private SystemTitle partyU(ClientContext client) throws RefusedException {
    SystemTitle invoker = SecuritySetup.systemTitle(client);
    SystemTitle pinned = setup.clientSystemTitle();
    SystemTitle partyU = invoker == null ? pinned : invoker;
    if (partyU == null || (pinned != null && !pinned.equals(partyU))) {
      throw RefusedException.because("the client has no system title, or another one");
    }
    return partyU;
  }

  /** The public key of key_data, if the client signed it for this key_id. */
  private static PublicKey verified(SecuritySuite suite, PublicKey signer, KeyId id, Octets data)
      throws RefusedException {
    int length = suite.signatureLength();
    if (data.length() != 2 * length) {
      throw RefusedException.because("key_data is not a public key and a signature");
    }
    Octets point = data.slice(0, length);
    Octets signature = data.slice(length, length);
    if (!DigitalSignature.verify(suite, signer, signature, Octets.of(id.code()), point)) {
      throw RefusedException.because("key_data is not signed by the client");
    }
    try {
      return KeyAgreementScheme.publicKey(suite, point);
    } catch (ProtectionException e) {
      throw RefusedException.because("key_data has no point of the curve");
    }
  }

  private CosemData answer(SecuritySuite suite, PrivateKey signing, KeyId id, PublicKey ephemeral) {
    int length = suite.signatureLength();
    Octets point = KeyAgreementScheme.toOctets(suite, ephemeral);
    byte[] data = new byte[2 * length];
    point.copyTo(data, 0);
    DigitalSignature.sign(suite, signing, setup.random(), Octets.of(id.code()), point)
        .copyTo(data, length);
    return CosemData.structure(
        CosemData.enumerated(id.code()), CosemData.octetString(Octets.view(data)));
  }

  private static List<KeyItem> items(CosemData parameters) {
    List<KeyItem> items = new ArrayList<>();
    for (CosemData each : Parameters.array(parameters)) {
      List<CosemData> item = each.structureOf(2);
      items.add(new KeyItem(Parameters.enumeration(item.get(0)), item.get(1).octetStringValue()));
    }
    return items;
  }

  private static Map<KeyId, Octets> byKeyId(List<KeyItem> items) throws RefusedException {
    Map<KeyId, Octets> byKeyId = new EnumMap<>(KeyId.class);
    for (KeyItem item : items) {
      if (byKeyId.put(known(item), item.octets()) != null) {
        throw RefusedException.because("a key_id comes twice");
      }
    }
    if (byKeyId.isEmpty()) {
      throw RefusedException.because("there are no keys");
    }
    return byKeyId;
  }

  private static KeyId known(KeyItem item) throws RefusedException {
    @Nullable KeyId id = KeyId.ofCode(item.keyId()).orElse(null);
    if (id == null) {
      throw RefusedException.because("a key_id is not defined");
    }
    return id;
  }

  private static SecuritySetupState with(SecuritySetupState now, Map<KeyId, KeyMaterial> keys) {
    KeyRing.Builder changed = now.keys().toBuilder();
    keys.forEach((id, key) -> id.put(changed, key));
    return now.withKeys(changed.build());
  }
}
