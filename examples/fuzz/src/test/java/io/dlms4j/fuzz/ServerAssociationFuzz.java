package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.ServerAssociation;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociationEvent;
import io.dlms4j.cosem.security.Password;

class ServerAssociationFuzz {
  private static final int LONGEST_APDU = 1007;
  private static final CosemData VALUE =
      CosemData.octetString(Octets.view(new byte[3 * LONGEST_APDU]));

  @FuzzTest(maxDuration = FuzzTime.EACH)
  void anyApdusAreAnsweredOrDroppedAndNoAnswerIsTooLong(byte[] input) {
    ServerAssociation server =
        new ServerAssociation(
            ServerAssociationConfig.builder()
                .lowLevelSecurity(Password.ofText("12345"))
                .maxSendPduSize(LONGEST_APDU)
                .build());
    server.linkUp();
    Pieces.of(
        input,
        0,
        piece -> {
          server.receive(Octets.view(piece));
          for (ServerAssociationEvent event = server.pollEvent();
              event != null;
              event = server.pollEvent()) {
            if (event instanceof ServerAssociationEvent.GetIndication get) {
              if (get.attribute().attributeIndex() == 1) {
                server.refuse(get.request(), DataAccessResult.READ_WRITE_DENIED);
              } else {
                server.respond(get.request(), DataStream.of(VALUE));
              }
            }
          }
          for (Octets apdu = server.pollTransmit(); apdu != null; apdu = server.pollTransmit()) {
            assertTrue(apdu.length() <= LONGEST_APDU, () -> "an answer is too long");
          }
        });
    server.linkDown();
  }
}
