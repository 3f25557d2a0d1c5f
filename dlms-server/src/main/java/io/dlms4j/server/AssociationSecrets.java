package io.dlms4j.server;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.security.KeyMaterial;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret of the current association as its object shows it: it can be written and changed, and
 * never read (Blue Book 4.4.3, 4.4.4).
 */
final class AssociationSecrets {
  private static final Logger LOG = LoggerFactory.getLogger(AssociationSecrets.class);

  private AssociationSecrets() {}

  /** LLS_secret is write-only, whatever the rights say. */
  static CompletionStage<ReadResult> read() {
    return ReadResult.refused(DataAccessResult.READ_WRITE_DENIED);
  }

  /** SET of LLS_secret: of an association with low level security only. */
  static CompletionStage<DataAccessResult> write(WriteRequest request) {
    AssociationOffer offer = offer(request.client());
    AssociationOffer.SecretChange change = offer.secretChange();
    if (change == null || offer.hasHighLevelSecurity()) {
      return CompletableFuture.completedStage(DataAccessResult.READ_WRITE_DENIED);
    }
    KeyMaterial secret = secret(request.value());
    if (secret == null) {
      return CompletableFuture.completedStage(DataAccessResult.TYPE_UNMATCHED);
    }
    return CompletableFuture.completedStage(
        changes(change, secret) ? DataAccessResult.SUCCESS : DataAccessResult.OTHER_REASON);
  }

  /** ACTION of change_HLS_secret: of an association with high level security only. */
  static CompletionStage<InvokeResult> change(InvokeRequest request) {
    AssociationOffer offer = offer(request.client());
    AssociationOffer.SecretChange change = offer.secretChange();
    if (change == null || !offer.hasHighLevelSecurity()) {
      return InvokeResult.refused(ActionResult.READ_WRITE_DENIED);
    }
    KeyMaterial secret = secret(request.parameters());
    if (secret == null) {
      return InvokeResult.refused(ActionResult.TYPE_UNMATCHED);
    }
    return changes(change, secret)
        ? InvokeResult.success()
        : InvokeResult.refused(ActionResult.OTHER_REASON);
  }

  /**
   * ACTION of reply_to_HLS_authentication: its place is in the opening of the association, where it
   * does not come here. Afterwards there is nothing to reply to.
   */
  static CompletionStage<InvokeResult> reply() {
    return InvokeResult.refused(ActionResult.READ_WRITE_DENIED);
  }

  private static boolean changes(AssociationOffer.SecretChange change, KeyMaterial secret) {
    try {
      change.change(secret);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("a secret was not changed", e);
      return false;
    }
  }

  private static @Nullable KeyMaterial secret(EncodedData data) {
    return data.value() instanceof CosemData.OctetStringData octets && !octets.value().isEmpty()
        ? KeyMaterial.of(octets.value())
        : null;
  }

  static AssociationOffer offer(ClientContext client) {
    return client.device().offer(client.clientSap()).orElseThrow();
  }
}
