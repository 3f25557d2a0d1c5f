package io.dlms4j.fuzz;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientAssociation;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociation;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.security.Password;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Both ends of the associations that are fuzzed, and how they come about. */
final class Associations {
  /** Shorter than what is asked and answered, so that there are blocks. */
  static final int LONGEST_APDU = 128;

  static final int OUTSTANDING = 3;

  private static final Set<Conformance> LOGICAL_NAMES =
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
          Conformance.ATTRIBUTE0_SUPPORTED_WITH_GET,
          Conformance.ATTRIBUTE0_SUPPORTED_WITH_SET,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
          Conformance.BLOCK_TRANSFER_WITH_ACTION);

  private static final Set<Conformance> SHORT_NAMES =
      EnumSet.of(
          Conformance.READ,
          Conformance.WRITE,
          Conformance.UNCONFIRMED_WRITE,
          Conformance.INFORMATION_REPORT,
          Conformance.PARAMETERIZED_ACCESS,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE);

  private static final Password SECRET = Password.ofText("12345");

  private Associations() {}

  static ClientAssociation client(boolean shortNames) {
    ClientAssociationConfig.Builder config =
        ClientAssociationConfig.builder().lowLevelSecurity(SECRET).maxReceivePduSize(LONGEST_APDU);
    return new ClientAssociation(
        shortNames
            ? config.shortNames().conformance(SHORT_NAMES).build()
            : config.conformance(LOGICAL_NAMES).maxOutstandingRequests(OUTSTANDING).build());
  }

  static ServerAssociation server(boolean shortNames) {
    ServerAssociationConfig.Builder config =
        ServerAssociationConfig.builder()
            .lowLevelSecurity(SECRET)
            .maxReceivePduSize(LONGEST_APDU)
            .maxSendPduSize(LONGEST_APDU);
    return new ServerAssociation(
        shortNames
            ? config.shortNames().conformance(SHORT_NAMES).build()
            : config.conformance(LOGICAL_NAMES).maxOutstandingRequests(OUTSTANDING).build());
  }

  static byte[] aarq(boolean shortNames) {
    ClientAssociation client = client(shortNames);
    client.linkUp(0);
    return Objects.requireNonNull(client.pollTransmit(0)).toByteArray();
  }

  static byte[] aare(boolean shortNames) {
    ServerAssociation server = server(shortNames);
    server.linkUp();
    server.receive(Octets.view(aarq(shortNames)), 0);
    return Objects.requireNonNull(server.pollTransmit(0)).toByteArray();
  }
}
