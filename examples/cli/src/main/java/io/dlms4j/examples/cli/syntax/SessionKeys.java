package io.dlms4j.examples.cli.syntax;

import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.List;
import java.util.Optional;

/** The keys of whoever looks on at a recorded session, and may be neither of its parties. */
public interface SessionKeys {
  /**
   * Finds the keys that a message between two parties may be protected with.
   *
   * @param suite the suite of the message
   * @param originator who protected it
   * @param recipient whom it is for
   * @param eitherAgrees whether the private key for key agreement may be the originator's, if the
   *     recipient's is not there: the Static Unified Model gives the same key on both sides
   * @return the keys as the recipient would have them; nothing if there are none of that suite
   */
  Optional<KeyRing> between(
      SecuritySuite suite, SystemTitle originator, SystemTitle recipient, boolean eitherAgrees);

  /**
   * Dedicated keys that are known from elsewhere.
   *
   * @return the keys
   */
  List<KeyMaterial> dedicatedKeys();
}
