package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.association.ClientAssociation;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ClientAssociationEvent;
import io.dlms4j.cosem.association.RequestOptions;
import io.dlms4j.cosem.association.ServiceRequest;

class ClientAssociationFuzz {
  private static final AttributeRef ATTRIBUTE = AttributeRef.of(1, "1.1.0.0.1.255", 2);
  private static final int REQUESTS = 3;

  private int ended;

  @FuzzTest(maxDuration = FuzzTime.EACH)
  void whateverTheServerSendsEveryRequestEndsOnce(byte[] input) {
    ended = 0;
    ClientAssociation client = new ClientAssociation(ClientAssociationConfig.builder().build());
    client.linkUp(0);
    for (int i = 0; i < REQUESTS; i++) {
      client.request(new ServiceRequest.Get(ATTRIBUTE, null), RequestOptions.DEFAULT, 0);
    }
    run(client);
    Pieces.of(
        input,
        0,
        piece -> {
          client.receive(Octets.view(piece), 0);
          run(client);
        });
    client.linkDown(new ProtocolException(DlmsException.Scope.ASSOCIATION, "the end"));
    run(client);
    assertEquals(REQUESTS, ended);
  }

  private void run(ClientAssociation client) {
    while (client.pollTransmit(0) != null) {
      // Taken by the link.
    }
    for (ClientAssociationEvent event = client.pollEvent();
        event != null;
        event = client.pollEvent()) {
      if (event instanceof ClientAssociationEvent.RequestFailed
          || (event instanceof ClientAssociationEvent.DataReceived data && data.last())) {
        ended++;
      }
    }
  }
}
