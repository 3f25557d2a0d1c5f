package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.hdlc.HdlcAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When a session has nothing under way any more, which a server that stops waits for. */
class QuietTest {
  private static final Set<Conformance> SERVICES =
      Set.of(Conformance.GET, Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ);

  private static final int BLOCK = 100;

  private final Bench bench =
      new Bench(
          PhysicalDevice.of(
              17,
              LogicalDevice.builder(16, Octets.ofAscii("DLM0000001"))
                  .association(
                      16,
                      ServerAssociationConfig.builder()
                          .lowestLevelSecurity()
                          .conformance(SERVICES)
                          .build(),
                      AccessPolicy.full())
                  .object(
                      CosemObject.data(
                          ObisCode.of("0.0.96.1.0.255"),
                          () -> CosemData.octetString(Octets.copyOf(new byte[2 * BLOCK]))))
                  .build()));

  private final Bench.Client client =
      bench.associate(
          16,
          HdlcAddress.logical(16),
          ClientAssociationConfig.builder()
              .conformance(SERVICES)
              .maxReceivePduSize(BLOCK + 28)
              .build());

  private CompletableFuture<Void> quiet() {
    CompletableFuture<Void> quiet = bench.quiet();
    bench.run();
    return quiet;
  }

  @Test
  void aSessionThatIsAskedNothingIsQuietAtOnce() {
    assertTrue(client.isAssociated());
    assertTrue(quiet().isDone());
  }

  @Test
  void aSessionIsQuietWhenTheLastBlockOfAnAnswerHasGone() {
    assertEquals(
        "C402C100", client.exchange("C001C1" + "0001" + "0000600100FF" + "0200").substring(0, 8));
    CompletableFuture<Void> quiet = quiet();
    assertFalse(quiet.isDone());
    assertEquals("C402C101", client.exchange("C002C1" + "00000001").substring(0, 8));
    assertTrue(quiet.isDone());
  }

  @Test
  void aSessionIsQuietWhenItsClientGoesAndWhenItsLineIsLost() {
    client.exchange("C001C1" + "0001" + "0000600100FF" + "0200");
    CompletableFuture<Void> quiet = quiet();
    assertFalse(quiet.isDone());
    client.disconnect();
    assertTrue(quiet.isDone());
    assertTrue(quiet().isDone(), "there is nobody to wait for");
    bench.closeExecutor();
    assertTrue(bench.quiet().isDone());
  }
}
