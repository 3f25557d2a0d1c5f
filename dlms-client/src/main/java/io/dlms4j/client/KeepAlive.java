package io.dlms4j.client;

import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.cosem.classes.AssociationLn;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client says when it has nothing to say, lest the server think it gone.
 *
 * @param interval how long the line may be quiet
 * @param request what is read; null to have the HDLC link poll
 */
record KeepAlive(Duration interval, @Nullable ServiceRequest request) {
  private static final Duration DAY = Duration.ofDays(1);

  /** Base name of the current association by short names (Blue Book 4.1.3). */
  private static final int CURRENT_ASSOCIATION_SN = 0xFA00;

  KeepAlive {
    if (interval.isNegative() || interval.isZero() || interval.compareTo(DAY) > 0) {
      throw new IllegalArgumentException("a keep-alive interval of " + interval);
    }
  }

  /** The logical_name of the current association, which every server has and any client may see. */
  static ServiceRequest cheapest(boolean shortNames) {
    return shortNames
        ? new ServiceRequest.Read(List.of(new VariableAccess.VariableName(CURRENT_ASSOCIATION_SN)))
        : new ServiceRequest.Get(
            new AttributeRef(AssociationLn.CLASS_ID, AssociationLn.CURRENT.logicalName(), 1), null);
  }
}
