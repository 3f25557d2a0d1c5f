package io.dlms4j.server.security;

import io.dlms4j.cosem.security.KeyAgreementScheme.KeyUse;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** key_id: which symmetric key is transferred or agreed on (Blue Book 4.4.7, methods 2 and 3). */
enum KeyId {
  GLOBAL_UNICAST_ENCRYPTION_KEY(0, KeyUse.ENCRYPTION) {
    @Override
    @Nullable KeyMaterial of(KeyRing keys) {
      return keys.unicastKey();
    }

    @Override
    void put(KeyRing.Builder keys, KeyMaterial key) {
      keys.unicastKey(key);
    }
  },
  GLOBAL_BROADCAST_ENCRYPTION_KEY(1, KeyUse.ENCRYPTION) {
    @Override
    @Nullable KeyMaterial of(KeyRing keys) {
      return keys.broadcastKey();
    }

    @Override
    void put(KeyRing.Builder keys, KeyMaterial key) {
      keys.broadcastKey(key);
    }
  },
  AUTHENTICATION_KEY(2, KeyUse.ENCRYPTION) {
    @Override
    @Nullable KeyMaterial of(KeyRing keys) {
      return keys.authenticationKey();
    }

    @Override
    void put(KeyRing.Builder keys, KeyMaterial key) {
      keys.authenticationKey(key);
    }
  },
  MASTER_KEY(3, KeyUse.KEY_WRAP) {
    @Override
    @Nullable KeyMaterial of(KeyRing keys) {
      return keys.masterKey();
    }

    @Override
    void put(KeyRing.Builder keys, KeyMaterial key) {
      keys.masterKey(key);
    }
  };

  private final int code;
  private final KeyUse use;

  KeyId(int code, KeyUse use) {
    this.code = code;
    this.use = use;
  }

  static Optional<KeyId> ofCode(int code) {
    return Arrays.stream(values()).filter(each -> each.code == code).findFirst();
  }

  /** The enumeration on the wire. */
  int code() {
    return code;
  }

  /** What an agreed key is derived for. */
  KeyUse use() {
    return use;
  }

  abstract @Nullable KeyMaterial of(KeyRing keys);

  abstract void put(KeyRing.Builder keys, KeyMaterial key);
}
