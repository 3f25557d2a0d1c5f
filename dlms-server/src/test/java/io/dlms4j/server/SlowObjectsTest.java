package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.hdlc.HdlcAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Objects that take their time: whom they hold up, and for how long. */
class SlowObjectsTest {
  private static final Set<Conformance> SERVICES =
      Set.of(Conformance.GET, Conformance.SET, Conformance.ACTION, Conformance.MULTIPLE_REFERENCES);

  private static final String SLOW = "0001" + "0000600101FF";
  private static final String QUICK = "0001" + "0000600102FF";

  /** What the slow object owes, in the order in which it was asked. */
  private final List<CompletableFuture<ReadResult>> owed = new ArrayList<>();

  private PhysicalDevice device(int address, Duration answerTimeout) {
    CosemObject slow =
        CosemObject.builder(1, 0, ObisCode.of("0.0.96.1.1.255"))
            .attribute(
                2,
                List.of(),
                request -> {
                  owed.add(new CompletableFuture<>());
                  return owed.get(owed.size() - 1);
                })
            .build();
    LogicalDevice.Builder device =
        LogicalDevice.builder(1, Octets.ofAscii("DLM" + address))
            .answerTimeout(answerTimeout)
            .object(slow)
            .object(CosemObject.data(ObisCode.of("0.0.96.1.2.255"), () -> CosemData.unsigned(9)));
    for (int client : new int[] {16, 17}) {
      device.association(
          client,
          ServerAssociationConfig.builder().lowestLevelSecurity().conformance(SERVICES).build(),
          AccessPolicy.full());
    }
    return PhysicalDevice.of(address, device.build());
  }

  private static Bench.Client associate(Bench bench, int client, int address) {
    return bench.associate(
        client,
        new HdlcAddress(1, address, 4),
        ClientAssociationConfig.builder().conformance(SERVICES).build());
  }

  private static String get(String invokeId, String object) {
    return "C001" + invokeId + object + "0200";
  }

  private void answer(int which, int value) {
    ReadResult.of(CosemData.unsigned(value)).thenAccept(owed.get(which)::complete);
  }

  /** Asks the slow object, and lets time pass until it has been asked: the client polls before. */
  private void ask(Bench bench, Bench.Client client, String invokeId) {
    int before = owed.size();
    client.send(get(invokeId, SLOW));
    while (owed.size() == before) {
      bench.passTime();
    }
  }

  @Test
  void aSlowObjectHoldsUpNeitherItsOwnAssociationNorAnyOtherOfItsLine() {
    Bench bench = new Bench(device(20, Duration.ofHours(1)), device(21, Duration.ofHours(1)));
    Bench.Client asking = associate(bench, 16, 20);
    asking.send(get("C1", SLOW));
    assertEquals(1, owed.size());
    // The next request of the same association, another client of the device, another device.
    assertEquals("C401C2001109", asking.exchange(get("C2", QUICK)));
    assertEquals("C401C1001109", associate(bench, 17, 20).exchange(get("C1", QUICK)));
    assertEquals("C401C1001109", associate(bench, 16, 21).exchange(get("C1", QUICK)));
    asking.received.clear();
    answer(0, 7);
    bench.run();
    assertEquals("C401C1001107", asking.answer());
  }

  @Test
  void requestsThatWaitAreAnsweredInTheOrderInWhichTheirObjectsAnswer() {
    Bench bench = new Bench(device(20, Duration.ofHours(1)));
    Bench.Client client = associate(bench, 16, 20);
    for (String id : List.of("C1", "C2", "C3")) {
      ask(bench, client, id);
    }
    assertEquals(3, owed.size());
    for (int which : new int[] {2, 0, 1}) {
      client.received.clear();
      answer(which, which);
      bench.run();
      assertEquals("C401C" + (which + 1) + "00110" + which, client.answer());
    }
  }

  @Test
  void whatIsNotAnsweredInTimeIsATemporaryFailureOfItsItemOnly() {
    Bench bench = new Bench(device(20, Duration.ofSeconds(3)));
    Bench.Client client = associate(bench, 16, 20);
    assertEquals(
        "C403C102" + "0102" + "001109",
        client.exchange("C003C102" + SLOW + "0200" + QUICK + "0200"));
    assertTrue(owed.get(0).isCancelled());
    // Later it meets nobody: not the next request of that invoke-id either.
    answer(0, 7);
    ask(bench, client, "C1");
    client.received.clear();
    answer(1, 8);
    bench.run();
    assertEquals("C401C1001108", client.answer());
  }

  @Test
  void anAssociationThatEndsCancelsWhatItWasOwed() {
    Bench bench = new Bench(device(20, Duration.ofHours(1)));
    Bench.Client client = associate(bench, 16, 20);
    client.send(get("C1", SLOW));
    assertFalse(owed.get(0).isDone());
    client.disconnect();
    assertTrue(owed.get(0).isCancelled());
  }

  @Test
  void aClientThatAsksOnAndOnIsOwedNoMoreThanItMayHaveOutstanding() {
    Bench bench = new Bench(device(20, Duration.ofHours(1)));
    Bench.Client client = associate(bench, 16, 20);
    for (int i = 0; i < 100; i++) {
      ask(bench, client, "C1");
    }
    int most =
        ServerAssociationConfig.builder()
            .lowestLevelSecurity()
            .conformance(SERVICES)
            .build()
            .maxOutstandingRequests();
    assertEquals(100, owed.size());
    assertEquals(most, owed.stream().filter(each -> !each.isDone()).count());
    client.received.clear();
    answer(99, 5);
    bench.run();
    assertEquals("C401C1001105", client.answer());
  }

  @Test
  void aTimeThatMakesNoSenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> device(20, Duration.ofMillis(-1)));
    assertThrows(IllegalArgumentException.class, () -> device(20, Duration.ofDays(366)));
  }
}
