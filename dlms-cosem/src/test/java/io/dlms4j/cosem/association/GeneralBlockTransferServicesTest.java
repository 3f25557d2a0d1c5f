package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.cosem.acse.Conformance;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Every service of two associations, by general block transfer. */
class GeneralBlockTransferServicesTest {
  private static final Set<Conformance> WITHOUT_OWN_BLOCKS =
      Services.without(
          Services.LOGICAL_NAMES,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
          Conformance.BLOCK_TRANSFER_WITH_ACTION);

  private static GeneralBlockTransferSession session(
      long seed,
      boolean ownBlocks,
      boolean prefers,
      int clientWindow,
      int serverWindow,
      int maxPduSize,
      int loss,
      int duplication) {
    Set<Conformance> services =
        EnumSet.copyOf(ownBlocks ? Services.LOGICAL_NAMES : WITHOUT_OWN_BLOCKS);
    services.add(Conformance.GENERAL_BLOCK_TRANSFER);
    return new GeneralBlockTransferSession(
        new Random(seed),
        ClientAssociationConfig.builder()
            .conformance(services)
            .maxReceivePduSize(maxPduSize)
            .maxOutstandingRequests(4)
            .responseTimeout(Duration.ofSeconds(20))
            .blockTransferWindow(clientWindow)
            .blockTransferTimeout(Duration.ofMillis(500))
            .preferGeneralBlockTransfer(prefers)
            .build(),
        ServerAssociationConfig.builder()
            .lowestLevelSecurity()
            .conformance(services)
            .maxReceivePduSize(maxPduSize)
            .maxSendPduSize(maxPduSize)
            .blockTransferWindow(serverWindow)
            .blockTransferTimeout(Duration.ofMillis(500))
            .build(),
        2000,
        loss,
        duplication);
  }

  @Property(tries = 200)
  void onAGoodLineEveryRequestIsAnsweredAndEveryNotificationArrives(
      @ForAll long seed,
      @ForAll boolean ownBlocks,
      @ForAll boolean prefers,
      @ForAll @IntRange(min = 1, max = 63) int clientWindow,
      @ForAll @IntRange(min = 1, max = 63) int serverWindow,
      @ForAll @IntRange(min = 100, max = 400) int maxPduSize) {
    GeneralBlockTransferSession session =
        session(seed, ownBlocks, prefers, clientWindow, serverWindow, maxPduSize, 0, 0);
    int notifications = 0;
    Random random = new Random(seed + 1);
    for (int i = 0; i < 20; i++) {
      session.ask();
      if (random.nextInt(4) == 0) {
        notifications++;
        session.notifyClient();
      }
      for (int steps = random.nextInt(30); steps > 0; steps--) {
        session.step();
      }
    }
    session.run();
    assertEquals(Map.of(), session.failures);
    assertEquals(List.of(), session.serverFailures);
    assertEquals(20, session.ended());
    assertEquals(20, session.indicated.size());
    assertEquals(notifications, session.notified.size());
  }

  /**
   * Notifications are short here: where a line loses blocks, nothing tells those of a notification
   * that the server has given up from those of the answer that it sends next.
   */
  @Property(tries = 200)
  void onALineWithFaultsEveryRequestHasItsOwnAnswerOrItsOwnError(
      @ForAll long seed,
      @ForAll boolean ownBlocks,
      @ForAll boolean prefers,
      @ForAll @IntRange(min = 1, max = 63) int clientWindow,
      @ForAll @IntRange(min = 1, max = 63) int serverWindow,
      @ForAll @IntRange(min = 100, max = 400) int maxPduSize,
      @ForAll @IntRange(max = 20) int loss,
      @ForAll @IntRange(max = 20) int duplication) {
    GeneralBlockTransferSession session =
        session(
            seed, ownBlocks, prefers, clientWindow, serverWindow, maxPduSize, loss, duplication);
    Random random = new Random(seed + 1);
    for (int i = 0; i < 20; i++) {
      session.ask();
      if (random.nextInt(4) == 0) {
        session.notifyClientShortly();
      }
      for (int steps = random.nextInt(60); steps > 0; steps--) {
        session.step();
      }
    }
    session.run();
    assertEquals(20, session.ended());
    if (prefers && loss <= 3 && duplication == 0) {
      // Only what is not confirmed goes without blocks, and is never missed.
      assertTrue(session.failures.size() <= 2, () -> session.failures.toString());
    }
  }
}
