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

  /** In a session's octet of flags: whether there is general block transfer. */
  static final int GENERAL_BLOCKS = 8;

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

  private static Set<Conformance> services(Set<Conformance> services, boolean generalBlocks) {
    Set<Conformance> all = EnumSet.copyOf(services);
    if (generalBlocks) {
      all.add(Conformance.GENERAL_BLOCK_TRANSFER);
    }
    return all;
  }

  static ClientAssociation client(boolean shortNames, boolean generalBlocks) {
    ClientAssociationConfig.Builder config =
        ClientAssociationConfig.builder().lowLevelSecurity(SECRET).maxReceivePduSize(LONGEST_APDU);
    return new ClientAssociation(
        shortNames
            ? config.shortNames().conformance(services(SHORT_NAMES, generalBlocks)).build()
            : config
                .conformance(services(LOGICAL_NAMES, generalBlocks))
                .maxOutstandingRequests(OUTSTANDING)
                .build());
  }

  static ServerAssociation server(boolean shortNames, boolean generalBlocks) {
    ServerAssociationConfig.Builder config =
        ServerAssociationConfig.builder()
            .lowLevelSecurity(SECRET)
            .maxReceivePduSize(LONGEST_APDU)
            .maxSendPduSize(LONGEST_APDU);
    return new ServerAssociation(
        shortNames
            ? config.shortNames().conformance(services(SHORT_NAMES, generalBlocks)).build()
            : config
                .conformance(services(LOGICAL_NAMES, generalBlocks))
                .maxOutstandingRequests(OUTSTANDING)
                .build());
  }

  static byte[] aarq(boolean shortNames, boolean generalBlocks) {
    ClientAssociation client = client(shortNames, generalBlocks);
    client.linkUp(0);
    return Objects.requireNonNull(client.pollTransmit(0)).toByteArray();
  }

  static byte[] aare(boolean shortNames, boolean generalBlocks) {
    ServerAssociation server = server(shortNames, generalBlocks);
    server.linkUp();
    server.receive(Octets.view(aarq(shortNames, generalBlocks)), 0);
    return Objects.requireNonNull(server.pollTransmit(0)).toByteArray();
  }
}
