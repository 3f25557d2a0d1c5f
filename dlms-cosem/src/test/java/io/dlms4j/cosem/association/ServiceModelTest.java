package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.association.ClientAssociationEvent.DataReceived;
import io.dlms4j.cosem.association.ClientAssociationEvent.RequestFailed;
import io.dlms4j.cosem.association.ClientAssociationEvent.Responded;
import io.dlms4j.cosem.association.ServerAssociationEvent.ServiceIndication;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Client and server back to back: random services, cut into blocks of any size on either side,
 * against a meter that is a map. What the client hears is what the map says.
 */
class ServiceModelTest {
  private static final long NOW = 1_000;

  /** Both sides, with APDUs of at most so many octets up and down. */
  private static final class Pair {
    final Random random;
    final int up;
    final int down;
    final ClientAssociation client;
    final ServerAssociation server;
    final MeterModel meter = new MeterModel();
    final Map<Long, ServiceResponse> expected = new HashMap<>();
    final Map<Long, ServiceResponse> heard = new HashMap<>();
    final Map<Long, AxdrWriter> parts = new HashMap<>();

    /**
     * Requests are carried out one at a time, so that the order of the model is that of the meter.
     */
    Pair(Random random, boolean shortNames, int up, int down) {
      this.random = random;
      this.up = up;
      this.down = down;
      ClientAssociationConfig.Builder asks =
          ClientAssociationConfig.builder()
              .conformance(shortNames ? Services.SHORT_NAMES : Services.LOGICAL_NAMES)
              .maxReceivePduSize(down);
      ServerAssociationConfig.Builder offers =
          ServerAssociationConfig.builder()
              .lowestLevelSecurity()
              .conformance(shortNames ? Services.SHORT_NAMES : Services.LOGICAL_NAMES)
              .maxReceivePduSize(up)
              .maxSendPduSize(down);
      client = new ClientAssociation((shortNames ? asks.shortNames() : asks).build());
      server = new ServerAssociation((shortNames ? offers.shortNames() : offers).build());
      Services.associate(client, server, NOW);
    }

    void ask(ServiceRequest service) {
      long name = client.request(service, RequestOptions.DEFAULT, NOW);
      run();
      ServiceResponse response = heard.get(name);
      assertNotNull(response, () -> "no answer to " + service);
      assertEquals(expected.get(name), response, service::toString);
    }

    private void run() {
      boolean progress = true;
      while (progress) {
        progress = false;
        for (Octets apdu = client.pollTransmit(NOW);
            apdu != null;
            apdu = client.pollTransmit(NOW)) {
          assertTrue(apdu.length() <= up, "the client sends more than the server takes");
          server.receive(apdu, NOW);
          progress = true;
        }
        for (ServerAssociationEvent event = server.pollEvent();
            event != null;
            event = server.pollEvent()) {
          if (event instanceof ServiceIndication indication) {
            answer(indication);
          }
        }
        for (Octets apdu = server.pollTransmit(NOW);
            apdu != null;
            apdu = server.pollTransmit(NOW)) {
          assertTrue(apdu.length() <= down, "the server sends more than the client takes");
          client.receive(apdu, NOW);
          progress = true;
        }
        for (ClientAssociationEvent event = client.pollEvent();
            event != null;
            event = client.pollEvent()) {
          take(event);
        }
      }
    }

    private void answer(ServiceIndication indication) {
      ServiceResponse response = meter.serve(indication.service());
      // One request at a time: the last one asked is the one told.
      expected.put((long) expected.size() + 1, response);
      List<ItemResult> items = MeterModel.items(response);
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        order.add(i);
      }
      Collections.shuffle(order, random);
      order.forEach(item -> server.answer(indication.request(), item, items.get(item)));
    }

    private void take(ClientAssociationEvent event) {
      if (event instanceof Responded responded) {
        heard.put(responded.request(), responded.response());
      } else if (event instanceof DataReceived part) {
        AxdrWriter value = parts.computeIfAbsent(part.request(), name -> new AxdrWriter());
        value.writeOctets(part.octets());
        if (part.last()) {
          EncodedData data = EncodedData.read(AxdrReader.of(value.toOctets()));
          heard.put(
              part.request(), new ServiceResponse.Data(List.of(new GetDataResult.Data(data))));
        }
      } else if (event instanceof RequestFailed failed
          && failed.cause() instanceof DataAccessException refused) {
        heard.put(
            failed.request(),
            new ServiceResponse.Data(List.of(new GetDataResult.Failure(refused.result()))));
      } else if (event instanceof RequestFailed failed) {
        throw new AssertionError(failed.cause());
      }
    }
  }

  @Property(tries = 300)
  void servicesWithLogicalNamesGiveTheModelsAnswersInBlocksOfAnySize(
      @ForAll long seed,
      @ForAll @IntRange(min = 90, max = 400) int up,
      @ForAll @IntRange(min = 40, max = 400) int down) {
    Random random = new Random(seed);
    Pair pair = new Pair(random, false, up, down);
    for (int i = 0; i < 20; i++) {
      pair.ask(ServiceRequests.logicalNames(random, 200, false));
    }
  }

  @Property(tries = 150)
  void anAccessGivesTheModelsAnswers(@ForAll long seed) {
    Random random = new Random(seed);
    Pair pair = new Pair(random, false, 0xFFFF, 0xFFFF);
    for (int i = 0; i < 20; i++) {
      pair.ask(ServiceRequests.logicalNames(random, 2000, true));
    }
  }

  @Property(tries = 300)
  void servicesWithShortNamesGiveTheModelsAnswersInBlocksOfAnySize(
      @ForAll long seed,
      @ForAll @IntRange(min = 20, max = 300) int up,
      @ForAll @IntRange(min = 20, max = 300) int down) {
    Random random = new Random(seed);
    Pair pair = new Pair(random, true, up, down);
    for (int i = 0; i < 20; i++) {
      pair.ask(ServiceRequests.shortNames(random, 200));
    }
  }
}
