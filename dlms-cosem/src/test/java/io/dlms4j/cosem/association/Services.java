package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import java.util.EnumSet;
import java.util.Set;

/**
 * What tests of services need: all that can be agreed on, and associations that have agreed on it.
 */
final class Services {
  static final Set<Conformance> LOGICAL_NAMES =
      EnumSet.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACTION,
          Conformance.ACCESS,
          Conformance.EVENT_NOTIFICATION,
          Conformance.DATA_NOTIFICATION,
          Conformance.SELECTIVE_ACCESS,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.PRIORITY_MGMT_SUPPORTED,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
          Conformance.BLOCK_TRANSFER_WITH_ACTION);

  static final Set<Conformance> SHORT_NAMES =
      EnumSet.of(
          Conformance.READ,
          Conformance.WRITE,
          Conformance.UNCONFIRMED_WRITE,
          Conformance.INFORMATION_REPORT,
          Conformance.PARAMETERIZED_ACCESS,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE);

  private Services() {}

  static Set<Conformance> without(Set<Conformance> services, Conformance... missing) {
    Set<Conformance> some = EnumSet.copyOf(services);
    for (Conformance each : missing) {
      some.remove(each);
    }
    return some;
  }

  /** Lets client and server associate, and takes what they tell of it. */
  static void associate(ClientAssociation client, ServerAssociation server, long now) {
    client.linkUp(now);
    server.linkUp();
    server.receive(polled(client, now), now);
    Octets aare = server.pollTransmit(now);
    if (aare == null) {
      throw new AssertionError("no AARE");
    }
    client.receive(aare, now);
    if (!client.isAssociated()
        || !(client.pollEvent() instanceof ClientAssociationEvent.Associated)
        || !(server.pollEvent() instanceof ServerAssociationEvent.Associated)) {
      throw new AssertionError("no association");
    }
  }

  private static Octets polled(ClientAssociation client, long now) {
    Octets apdu = client.pollTransmit(now);
    if (apdu == null) {
      throw new AssertionError("no AARQ");
    }
    return apdu;
  }
}
