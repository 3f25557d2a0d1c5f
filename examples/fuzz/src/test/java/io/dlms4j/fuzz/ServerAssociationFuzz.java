package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ItemResult;
import io.dlms4j.cosem.association.ServerAssociation;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociationEvent;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.cosem.security.Password;
import java.util.EnumSet;
import java.util.Set;

class ServerAssociationFuzz {
  private static final int LONGEST_APDU = 1007;
  private static final Set<Conformance> SERVICES =
      EnumSet.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACTION,
          Conformance.ACCESS,
          Conformance.SELECTIVE_ACCESS,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.PRIORITY_MGMT_SUPPORTED,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
          Conformance.BLOCK_TRANSFER_WITH_ACTION);
  private static final CosemData VALUE =
      CosemData.octetString(Octets.view(new byte[3 * LONGEST_APDU]));

  @FuzzTest(maxDuration = FuzzTime.EACH)
  void anyApdusAreAnsweredOrDroppedAndNoAnswerIsTooLong(byte[] input) {
    ServerAssociation server =
        new ServerAssociation(
            ServerAssociationConfig.builder()
                .lowLevelSecurity(Password.ofText("12345"))
                .conformance(SERVICES)
                .maxSendPduSize(LONGEST_APDU)
                .build());
    server.linkUp();
    Pieces.of(
        input,
        0,
        piece -> {
          server.receive(Octets.view(piece), 0);
          for (ServerAssociationEvent event = server.pollEvent();
              event != null;
              event = server.pollEvent()) {
            if (event instanceof ServerAssociationEvent.ServiceIndication indication) {
              answer(server, indication);
            }
          }
          for (Octets apdu = server.pollTransmit(0); apdu != null; apdu = server.pollTransmit(0)) {
            assertTrue(apdu.length() <= LONGEST_APDU, () -> "an answer is too long");
          }
        });
    server.linkDown();
  }

  /** Every other item of what is read has a value; the rest succeeds, but for the last item. */
  private static void answer(
      ServerAssociation server, ServerAssociationEvent.ServiceIndication indication) {
    ServiceRequest service = indication.service();
    boolean reads = service instanceof ServiceRequest.Get || service instanceof ServiceRequest.Read;
    boolean writes =
        service instanceof ServiceRequest.Set || service instanceof ServiceRequest.Write;
    for (int item = 0; item < service.items() - 1; item++) {
      if (reads && item % 2 == 0) {
        server.answer(indication.request(), item, ItemResult.of(VALUE));
      } else if (writes) {
        server.answer(indication.request(), item, ItemResult.success());
      } else if (service instanceof ServiceRequest.Action) {
        server.answer(indication.request(), item, ItemResult.of(VALUE));
      }
    }
    if (reads && service.items() == 1) {
      server.answer(indication.request(), 0, ItemResult.of(VALUE));
    }
    server.refuse(indication.request(), DataAccessResult.READ_WRITE_DENIED);
  }
}
