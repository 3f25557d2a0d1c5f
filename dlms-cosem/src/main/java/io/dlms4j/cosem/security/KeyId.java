package io.dlms4j.cosem.security;

import io.dlms4j.cosem.security.KeyAgreementScheme.KeyUse;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** key_id: which symmetric key is transferred or agreed on (Blue Book 4.4.7, methods 2 and 3). */
public enum KeyId {
  /** The global unicast encryption key, GUEK. */
  GLOBAL_UNICAST_ENCRYPTION_KEY(0, KeyUse.ENCRYPTION) {
    @Override
    public @Nullable KeyMaterial of(KeyRing keys) {
      return keys.unicastKey();
    }

    @Override
    public void put(KeyRing.Builder keys, KeyMaterial key) {
      keys.unicastKey(key);
    }
  },
  /** The global broadcast encryption key, GBEK. */
  GLOBAL_BROADCAST_ENCRYPTION_KEY(1, KeyUse.ENCRYPTION) {
    @Override
    public @Nullable KeyMaterial of(KeyRing keys) {
      return keys.broadcastKey();
    }

    @Override
    public void put(KeyRing.Builder keys, KeyMaterial key) {
      keys.broadcastKey(key);
    }
  },
  /** The global authentication key, GAK. */
  AUTHENTICATION_KEY(2, KeyUse.ENCRYPTION) {
    @Override
    public @Nullable KeyMaterial of(KeyRing keys) {
      return keys.authenticationKey();
    }

    @Override
    public void put(KeyRing.Builder keys, KeyMaterial key) {
      keys.authenticationKey(key);
    }
  },
  /** The master key, KEK. */
  MASTER_KEY(3, KeyUse.KEY_WRAP) {
    @Override
    public @Nullable KeyMaterial of(KeyRing keys) {
      return keys.masterKey();
    }

    @Override
    public void put(KeyRing.Builder keys, KeyMaterial key) {
      keys.masterKey(key);
    }
  };

  private final int code;
  private final KeyUse use;

  KeyId(int code, KeyUse use) {
    this.code = code;
    this.use = use;
  }

  /**
   * Finds a key_id by its code.
   *
   * @param code any number
   * @return the key_id, or nothing
   */
  public static Optional<KeyId> ofCode(int code) {
    return Arrays.stream(values()).filter(each -> each.code == code).findFirst();
  }

  /**
   * The enumeration on the wire.
   *
   * @return 0..3
   */
  public int code() {
    return code;
  }

  /**
   * What an agreed key is derived for.
   *
   * @return encryption, or key wrap for the master key
   */
  public KeyUse use() {
    return use;
  }

  /**
   * Finds the key among others.
   *
   * @param keys the keys
   * @return the key, or null
   */
  public abstract @Nullable KeyMaterial of(KeyRing keys);

  /**
   * Sets the key among others.
   *
   * @param keys the keys
   * @param key the key
   */
  public abstract void put(KeyRing.Builder keys, KeyMaterial key);
}
