package io.dlms4j.cosem.association;

import static io.dlms4j.cosem.association.GeneralBlockTransferBench.apdu;
import static io.dlms4j.cosem.association.GeneralBlockTransferBench.config;
import static io.dlms4j.cosem.association.GeneralBlockTransferBench.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import io.dlms4j.cosem.association.GeneralBlockTransferExchange.Purpose;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sequences of Green Book 9.4.6.13. PDUs of 12 octets have room for 5 octets of an APDU. */
class GeneralBlockTransferMachineTest {
  private static final Octets SHORT = apdu(9, 1);

  private static void assertTranscript(GeneralBlockTransferBench bench, String... lines) {
    assertEquals(List.of(lines), bench.transcript);
  }

  private static void assertDone(GeneralBlockTransferBench bench, Octets request, Octets answer) {
    assertEquals(List.of(request), bench.server.received);
    assertEquals(List.of(answer), bench.client.received);
    assertEquals(List.of(), bench.client.failures);
    assertEquals(List.of(), bench.server.failures);
  }

  private static GeneralBlockTransferBench get(int window, int length, Integer... lost) {
    GeneralBlockTransferBench bench = new GeneralBlockTransferBench(window, 5, 12);
    bench.answer = apdu(length, 7);
    bench.lost.addAll(List.of(lost));
    bench.request(SHORT);
    bench.run();
    return bench;
  }

  @Test
  void aLongAnswerToAPlainRequestBeginsWithOneBlockAndStreamsOnceTheWindowIsKnown() {
    GeneralBlockTransferBench bench = get(3, 27);
    assertTranscript(
        bench,
        "C plain",
        "S -- W=5 BN=1 BNA=0 +5",
        "C L- W=3 BN=1 BNA=1 +0",
        "S -S W=5 BN=2 BNA=1 +5",
        "S -S W=5 BN=3 BNA=1 +5",
        "S -- W=5 BN=4 BNA=1 +5",
        "C L- W=3 BN=2 BNA=4 +0",
        "S -S W=5 BN=5 BNA=2 +5",
        "S L- W=5 BN=6 BNA=2 +2");
    assertDone(bench, SHORT, apdu(27, 7));
  }

  @Test
  void theBlocksOfAGetAreTheStandardsOctets() {
    GeneralBlockTransferMachine server =
        new GeneralBlockTransferMachine(config(5, 3), ApduCodec.STANDARD, false);
    server.reset(12);
    Octets response = Octets.ofHex("C4 01 C1 00 09 07 01 02 03 04 05 06 07");
    assertTrue(server.send(stream(response), Purpose.RESPONSE, 1));
    // block-control: window 5; block-number 1; block-number-ack 0; five octets
    assertEquals(Octets.ofHex("E0 05 0001 0000 05 C401C10009"), server.pollTransmit(1));
    assertNull(server.pollTransmit(1));
    // block-control: last-block, window 2; the first block of its side acknowledges block 1
    server.receive(decode("E0 82 0001 0001 00"), 2);
    // block-control: streaming, window 5
    assertEquals(Octets.ofHex("E0 45 0002 0001 05 0701020304"), server.pollTransmit(2));
    // block-control: last-block, window 5
    assertEquals(Octets.ofHex("E0 85 0003 0001 03 050607"), server.pollTransmit(2));
    assertNull(server.pollTransmit(2));
  }

  private static GeneralBlockTransfer decode(String hex) {
    return (GeneralBlockTransfer) ApduCodec.STANDARD.decode(Octets.ofHex(hex));
  }

  @Test
  void aBlockLostInTheMiddleOfAWindowIsSentAgainAlone() {
    GeneralBlockTransferBench bench = get(4, 40, 4);
    assertTranscript(
        bench,
        "C plain",
        "S -- W=5 BN=1 BNA=0 +5",
        "C L- W=4 BN=1 BNA=1 +0",
        "S -S W=5 BN=2 BNA=1 +5",
        "S -S W=5 BN=3 BNA=1 +5 lost",
        "S -S W=5 BN=4 BNA=1 +5",
        "S -- W=5 BN=5 BNA=1 +5",
        // one block is missing, and no more than one is asked for
        "C L- W=1 BN=2 BNA=2 +0",
        "S -- W=5 BN=3 BNA=2 +5",
        "C L- W=4 BN=3 BNA=5 +0",
        "S -S W=5 BN=6 BNA=3 +5",
        "S -S W=5 BN=7 BNA=3 +5",
        "S L- W=5 BN=8 BNA=3 +5");
    assertDone(bench, SHORT, apdu(40, 7));
  }

  @Test
  void theLastBlockLostIsAskedForWhenTheServerIsSilent() {
    GeneralBlockTransferBench bench = get(4, 14, 4);
    assertTranscript(
        bench,
        "C plain",
        "S -- W=5 BN=1 BNA=0 +5",
        "C L- W=4 BN=1 BNA=1 +0",
        "S -S W=5 BN=2 BNA=1 +5",
        "S L- W=5 BN=3 BNA=1 +4 lost",
        "C L- W=4 BN=2 BNA=2 +0",
        "S L- W=5 BN=3 BNA=2 +4");
    assertDone(bench, SHORT, apdu(14, 7));
  }

  @Test
  void theFirstBlockOfAnAnswerIsSentAgainToAClientThatDoesNotKnowYetThatThereAreBlocks() {
    GeneralBlockTransferBench bench = get(4, 14, 1);
    assertTranscript(
        bench,
        "C plain",
        "S -- W=5 BN=1 BNA=0 +5 lost",
        "S -- W=5 BN=1 BNA=0 +5",
        "C L- W=4 BN=1 BNA=1 +0",
        "S -S W=5 BN=2 BNA=1 +5",
        "S L- W=5 BN=3 BNA=1 +4");
    assertDone(bench, SHORT, apdu(14, 7));
  }

  @Test
  void anAcknowledgementLostIsRepeatedUnderANewNumber() {
    GeneralBlockTransferBench bench = get(2, 24, 5);
    assertTranscript(
        bench,
        "C plain",
        "S -- W=5 BN=1 BNA=0 +5",
        "C L- W=2 BN=1 BNA=1 +0",
        "S -S W=5 BN=2 BNA=1 +5",
        "S -- W=5 BN=3 BNA=1 +5",
        "C L- W=2 BN=2 BNA=3 +0 lost",
        "C L- W=2 BN=3 BNA=3 +0",
        // no data was due from the client: that its block 2 is missing is nothing to it
        "S -S W=5 BN=4 BNA=3 +5",
        "S L- W=5 BN=5 BNA=3 +4");
    assertDone(bench, SHORT, apdu(24, 7));
  }

  @Test
  void aLongRequestAndALongAnswerAcknowledgeEachOther() {
    GeneralBlockTransferBench bench = new GeneralBlockTransferBench(3, 2, 12);
    bench.answer = apdu(13, 7);
    bench.request(apdu(22, 3));
    bench.run();
    assertTranscript(
        bench,
        "C -- W=3 BN=1 BNA=0 +5",
        "S -- W=2 BN=1 BNA=1 +0",
        "C -S W=3 BN=2 BNA=1 +5",
        "C -- W=3 BN=3 BNA=1 +5",
        "S -- W=2 BN=2 BNA=3 +0",
        "C -S W=3 BN=4 BNA=2 +5",
        "C L- W=3 BN=5 BNA=2 +2",
        // the answer's first blocks acknowledge the request's last
        "S -S W=2 BN=3 BNA=5 +5",
        "S -S W=2 BN=4 BNA=5 +5",
        "S L- W=2 BN=5 BNA=5 +3");
    assertDone(bench, apdu(22, 3), apdu(13, 7));
  }

  @Test
  void aBlockOfARequestToAServerThatDoesNotStreamIsSentAgainWhenItIsLost() {
    GeneralBlockTransferBench bench = new GeneralBlockTransferBench(1, 1, 12);
    bench.answer = SHORT;
    bench.lost.add(2);
    bench.request(apdu(14, 3));
    bench.run();
    assertTranscript(
        bench,
        "C -- W=1 BN=1 BNA=0 +5",
        "S -- W=1 BN=1 BNA=1 +0",
        "C -- W=1 BN=2 BNA=1 +5 lost",
        "C -- W=1 BN=2 BNA=1 +5",
        "S -- W=1 BN=2 BNA=2 +0",
        "C L- W=1 BN=3 BNA=2 +4",
        // the answer would fit as it is, but the exchange goes on in blocks once it has begun so
        "S -- W=1 BN=3 BNA=3 +5",
        "C L- W=1 BN=4 BNA=3 +0",
        "S L- W=1 BN=4 BNA=4 +4");
    assertDone(bench, apdu(14, 3), SHORT);
  }

  @Test
  void aServerThatThinksAcknowledgesTheRequestFirstAndSaysThatItIsThere() {
    GeneralBlockTransferBench bench = new GeneralBlockTransferBench(1, 1, 12);
    bench.answer = apdu(5, 1);
    bench.thinks = 2 * GeneralBlockTransferBench.TIMEOUT.toNanos();
    bench.request(apdu(13, 3));
    bench.run();
    assertTranscript(
        bench,
        "C -- W=1 BN=1 BNA=0 +5",
        "S -- W=1 BN=1 BNA=1 +0",
        "C -- W=1 BN=2 BNA=1 +5",
        "S -- W=1 BN=2 BNA=2 +0",
        "C L- W=1 BN=3 BNA=2 +3",
        "S -- W=1 BN=3 BNA=3 +0",
        "C L- W=1 BN=4 BNA=3 +0",
        "S -- W=1 BN=4 BNA=4 +0",
        "S L- W=1 BN=5 BNA=4 +5");
    assertDone(bench, apdu(13, 3), apdu(5, 1));
  }

  @Test
  void aNotificationIsOverWhenItIsAcknowledged() {
    GeneralBlockTransferBench bench = new GeneralBlockTransferBench(5, 5, 12);
    bench.lost.add(4);
    assertTrue(bench.server.machine.send(stream(apdu(14, 3)), Purpose.NOTIFICATION, bench.now));
    assertFalse(bench.server.machine.canSend(Purpose.NOTIFICATION, bench.now));
    bench.run();
    assertTranscript(
        bench,
        "S -- W=5 BN=1 BNA=0 +5",
        "C L- W=5 BN=1 BNA=1 +0",
        "S -S W=5 BN=2 BNA=1 +5",
        "S L- W=5 BN=3 BNA=1 +4",
        "C L- W=5 BN=2 BNA=3 +0 lost",
        "S -S W=5 BN=2 BNA=1 +5",
        "S L- W=5 BN=3 BNA=1 +4",
        "C L- W=5 BN=3 BNA=3 +0");
    assertEquals(List.of(apdu(14, 3)), bench.client.received);
    assertTrue(bench.server.machine.canSend(Purpose.NOTIFICATION, bench.now));
  }

  @Test
  void aNotificationAfterAPlainAnswerIsNotTakenForOne() {
    GeneralBlockTransferBench bench = new GeneralBlockTransferBench(5, 5, 12);
    bench.answer = SHORT;
    bench.request(SHORT);
    bench.run();
    assertTrue(bench.server.machine.send(stream(apdu(6, 3)), Purpose.NOTIFICATION, bench.now));
    assertTrue(bench.server.machine.send(stream(apdu(13, 3)), Purpose.NOTIFICATION, bench.now));
    bench.run();
    assertTranscript(
        bench,
        "C plain",
        "S plain",
        "S plain",
        "S -- W=5 BN=1 BNA=0 +5",
        "C L- W=5 BN=1 BNA=1 +0",
        "S -S W=5 BN=2 BNA=1 +5",
        "S L- W=5 BN=3 BNA=1 +3",
        "C L- W=5 BN=2 BNA=3 +0");
    assertEquals(List.of(SHORT, apdu(6, 3), apdu(13, 3)), bench.client.received);
    assertTrue(bench.server.machine.canSend(Purpose.NOTIFICATION, bench.now));
  }

  @Test
  void anUnconfirmedRequestIsAcknowledgedAsTheLastThingThatTheServerSays() {
    GeneralBlockTransferBench bench = new GeneralBlockTransferBench(5, 5, 12);
    assertTrue(bench.client.machine.send(stream(apdu(14, 3)), Purpose.NOTIFICATION, bench.now));
    while (bench.server.received.isEmpty()) {
      assertTrue(bench.step());
    }
    bench.server.machine.noAnswer(bench.now);
    bench.run();
    assertTranscript(
        bench,
        "C -- W=5 BN=1 BNA=0 +5",
        "S -- W=5 BN=1 BNA=1 +0",
        "C -S W=5 BN=2 BNA=1 +5",
        "C L- W=5 BN=3 BNA=1 +4",
        "S L- W=5 BN=2 BNA=3 +0");
    assertTrue(bench.client.machine.canSend(Purpose.REQUEST, bench.now));
    assertTrue(bench.server.machine.canSend(Purpose.NOTIFICATION, bench.now));
  }

  @Test
  void aRequestAfterANotificationWhoseAcknowledgementsWereLostIsTaken() {
    GeneralBlockTransferBench bench = new GeneralBlockTransferBench(5, 5, 12);
    bench.lost.add(1);
    assertTrue(bench.server.machine.send(stream(apdu(14, 3)), Purpose.NOTIFICATION, bench.now));
    while (!bench.server.machine.canSend(Purpose.NOTIFICATION, bench.now)) {
      assertTrue(bench.step());
    }
    while (!bench.client.machine.canSend(Purpose.REQUEST, bench.now)) {
      assertTrue(bench.step());
    }
    bench.answer = SHORT;
    bench.request(apdu(14, 5));
    bench.run();
    assertEquals(List.of(apdu(14, 5)), bench.server.received);
    assertEquals(List.of(apdu(14, 3), SHORT), bench.client.received);
    assertEquals(List.of(), bench.client.failures);
  }

  @Test
  void aClientWhoseServerIsGoneAsksABoundedNumberOfTimesAndSaysSo() {
    GeneralBlockTransferBench bench = new GeneralBlockTransferBench(5, 5, 12);
    for (int i = 2; i < 100; i++) {
      bench.lost.add(i);
    }
    bench.request(apdu(30, 3));
    bench.run();
    // the first stream after the acknowledgement has five blocks, and goes four times
    assertEquals(2 + 4 * 5, bench.transcript.size());
    assertEquals(1, bench.client.failures.size());
    assertInstanceOf(RequestTimeoutException.class, bench.client.failures.get(0));
    // the server has begun to receive, and misses the rest
    assertEquals(1, bench.server.failures.size());
    assertTrue(bench.client.machine.canSend(Purpose.REQUEST, bench.now));
  }

  @Test
  void aClientThatGivesUpAndAsksAnewIsNotTakenForTheOneBefore() {
    GeneralBlockTransferBench bench = new GeneralBlockTransferBench(2, 2, 12);
    bench.answer = SHORT;
    bench.request(apdu(30, 3));
    for (int i = 0; i < 8; i++) {
      bench.step();
    }
    bench.client.machine.abandon(bench.now);
    while (!bench.client.machine.canSend(Purpose.REQUEST, bench.now)) {
      assertTrue(bench.step());
    }
    bench.request(apdu(31, 4));
    bench.run();
    assertDone(bench, apdu(31, 4), SHORT);
  }

  private static GeneralBlockTransferMachine waitingClient(int maxOctets) {
    GeneralBlockTransferMachine client =
        new GeneralBlockTransferMachine(
            new GeneralBlockTransferConfig(63, Duration.ofSeconds(1), 3, maxOctets, false),
            ApduCodec.STANDARD,
            true);
    client.reset(100);
    assertTrue(client.send(stream(SHORT), Purpose.REQUEST, 1));
    assertEquals(SHORT, client.pollTransmit(1));
    return client;
  }

  private static GeneralBlockTransfer block(boolean last, int number, int ack, Octets data) {
    return new GeneralBlockTransfer(last, false, 5, number, ack, data);
  }

  private static DlmsException failure(GeneralBlockTransferMachine machine) {
    GeneralBlockTransferEvent event = machine.pollEvent();
    assertNotNull(event);
    return assertInstanceOf(GeneralBlockTransferEvent.Failed.class, event).cause();
  }

  @Test
  void aPeerThatAnswersAndNeverAcknowledgesIsNotServedForEver() {
    GeneralBlockTransferMachine client =
        new GeneralBlockTransferMachine(config(5, 3), ApduCodec.STANDARD, true);
    client.reset(12);
    assertTrue(client.send(stream(apdu(40, 1)), Purpose.REQUEST, 1));
    assertEquals(1, decode(client.pollTransmit(1)).blockNumber());
    for (int number = 1; number <= 3; number++) {
      client.receive(new GeneralBlockTransfer(false, false, 1, number, 0, Octets.EMPTY), 2);
      assertEquals(1, decode(client.pollTransmit(2)).blockNumber());
    }
    client.receive(new GeneralBlockTransfer(false, false, 1, 4, 0, Octets.EMPTY), 2);
    assertNull(client.pollTransmit(2));
    assertInstanceOf(ProtocolException.class, failure(client));
  }

  @Test
  void anApduThatIsTooLongIsAbortedBeforeItIsKept() {
    GeneralBlockTransferMachine client = waitingClient(100);
    client.receive(block(false, 1, 0, apdu(60, 1)), 2);
    // 40 octets are left, whether or not they come in order
    client.receive(block(false, 3, 0, apdu(41, 1)), 2);
    assertInstanceOf(ProtocolException.class, failure(client));
    assertEquals(Octets.ofHex("E0 80 0000 0000 00"), client.pollTransmit(2));
    assertNull(client.pollTransmit(2));
    assertFalse(client.canSend(Purpose.REQUEST, 2));
    assertTrue(client.canSend(Purpose.REQUEST, 2 + Duration.ofSeconds(1).toNanos()));
  }

  @Test
  void anEmptyLastBlockWithAllNumbersZeroAborts() {
    GeneralBlockTransferMachine client = waitingClient(100);
    client.receive(block(false, 1, 0, apdu(60, 1)), 2);
    client.receive(decode("E0 80 0000 0000 00"), 3);
    assertInstanceOf(ProtocolException.class, failure(client));
    assertNull(client.pollTransmit(3));
  }

  @Test
  void blocksOfTwoApdusAreNotPutTogether() {
    GeneralBlockTransferMachine client = waitingClient(1000);
    client.receive(block(false, 1, 0, apdu(10, 1)), 2);
    assertNotNull(client.pollTransmit(2));
    client.receive(new GeneralBlockTransfer(false, true, 5, 3, 1, apdu(10, 2)), 3);
    client.receive(new GeneralBlockTransfer(false, true, 5, 3, 1, apdu(10, 3)), 4);
    assertInstanceOf(ProtocolException.class, failure(client));
  }

  @Test
  void afterABlockThatCameTwiceTheNextRequestWaitsUntilNoneOfItIsOnItsWay() {
    GeneralBlockTransferMachine client = waitingClient(1000);
    client.receive(block(false, 1, 0, apdu(10, 1)), 2);
    assertNotNull(client.pollTransmit(2));
    client.receive(block(false, 1, 0, apdu(10, 1)), 3);
    client.receive(block(true, 2, 1, apdu(10, 2)), 4);
    long settled = 4 + Duration.ofSeconds(1).toNanos();
    assertFalse(client.canSend(Purpose.REQUEST, settled - 1));
    assertEquals(settled, client.nextDeadline());
    assertTrue(client.canSend(Purpose.REQUEST, settled));
  }

  @Test
  void anAnswerThatBeginsAgainWithOtherOctetsIsTakenForTheOneThatWasAskedFor() {
    GeneralBlockTransferMachine client = waitingClient(1000);
    // what is left of the request before
    client.receive(block(false, 1, 0, apdu(10, 1)), 2);
    client.receive(block(false, 1, 0, apdu(10, 2)), 3);
    assertNotNull(client.pollTransmit(3));
    client.receive(block(true, 2, 1, apdu(10, 3)), 4);
    GeneralBlockTransferEvent.Received received =
        assertInstanceOf(GeneralBlockTransferEvent.Received.class, client.pollEvent());
    assertEquals(apdu(10, 2), received.apdu().slice(0, 10));
  }

  @Test
  void aBlockThatDoesNotAcknowledgeTheRequestInBlocksIsNoPartOfItsAnswer() {
    GeneralBlockTransferMachine client = askedInBlocks();
    // a notification began at the same time
    client.receive(block(true, 1, 0, apdu(10, 1)), 2);
    assertNull(client.pollEvent());
    // the answer acknowledges block 1, the request
    client.receive(block(true, 1, 1, apdu(10, 2)), 3);
    assertEquals(new GeneralBlockTransferEvent.Received(apdu(10, 2)), client.pollEvent());
  }

  @Test
  void anAnswerBeginsWithItsFirstBlock() {
    GeneralBlockTransferMachine client = askedInBlocks();
    // of the answer before, and an acknowledgement of the request before
    client.receive(new GeneralBlockTransfer(false, true, 5, 2, 1, apdu(10, 1)), 2);
    client.receive(new GeneralBlockTransfer(false, false, 5, 3, 1, Octets.EMPTY), 2);
    client.receive(new GeneralBlockTransfer(false, true, 5, 1, 1, apdu(10, 2)), 3);
    client.receive(new GeneralBlockTransfer(false, true, 5, 2, 1, apdu(10, 3)), 3);
    client.receive(block(true, 3, 1, apdu(10, 4)), 3);
    GeneralBlockTransferEvent.Received received =
        assertInstanceOf(GeneralBlockTransferEvent.Received.class, client.pollEvent());
    assertEquals(apdu(10, 3), received.apdu().slice(10, 10));
    assertEquals(30, received.apdu().length());
  }

  private static GeneralBlockTransferMachine askedInBlocks() {
    GeneralBlockTransferMachine client =
        new GeneralBlockTransferMachine(
            new GeneralBlockTransferConfig(5, Duration.ofSeconds(1), 3, 1000, true),
            ApduCodec.STANDARD,
            true);
    client.reset(100);
    assertTrue(client.send(stream(SHORT), Purpose.REQUEST, 1));
    assertEquals(1, decode(client.pollTransmit(1)).blockNumber());
    return client;
  }

  @Test
  void aServerWhoseNotificationFailedWaitsUntilTheClientHasGivenUpToo() {
    GeneralBlockTransferMachine server =
        new GeneralBlockTransferMachine(config(5, 3), ApduCodec.STANDARD, false);
    server.reset(12);
    long now = 1;
    assertTrue(server.send(stream(apdu(14, 3)), Purpose.NOTIFICATION, now));
    while (server.pollEvent() == null) {
      while (server.pollTransmit(now) != null) {
        // Nobody hears it.
      }
      now = server.nextDeadline();
      server.onDeadline(now);
    }
    long patience = 4 * GeneralBlockTransferBench.TIMEOUT.toNanos();
    assertEquals(1 + patience, now);
    assertFalse(server.canSend(Purpose.NOTIFICATION, now + patience - 1));
    assertTrue(server.canSend(Purpose.NOTIFICATION, now + patience));
  }

  @Test
  void blocksOutOfEveryWindowMakeNothingGrow() {
    GeneralBlockTransferMachine client = waitingClient(1000);
    client.receive(block(false, 1, 0, apdu(10, 1)), 2);
    for (int number = 66; number < 60_000; number++) {
      client.receive(new GeneralBlockTransfer(false, true, 5, number, 0, apdu(500, number)), 3);
    }
    // they were not even counted: the block that is due still is taken, and there is room for it
    client.receive(block(true, 2, 0, apdu(990, 1)), 4);
    assertInstanceOf(GeneralBlockTransferEvent.Received.class, client.pollEvent());
  }

  @Test
  void doublesAreAnsweredOnce() {
    GeneralBlockTransferMachine client = waitingClient(1000);
    client.receive(block(false, 1, 0, apdu(10, 1)), 2);
    assertNotNull(client.pollTransmit(2));
    for (int i = 0; i < 5; i++) {
      client.receive(block(false, 1, 0, apdu(10, 1)), 3);
      assertNull(client.pollTransmit(3));
    }
    // but one that is sent again later is, for the acknowledgement may be lost
    long later = Duration.ofMillis(300).toNanos();
    client.receive(block(false, 1, 0, apdu(10, 1)), later);
    assertEquals(decode("E0 BF 0002 0001 00"), decode(client.pollTransmit(later)));
  }

  private static GeneralBlockTransfer decode(@Nullable Octets octets) {
    assertNotNull(octets);
    return (GeneralBlockTransfer) ApduCodec.STANDARD.decode(octets);
  }

  @Test
  void aPeerWhoseWindowIsZeroIsSentNoBlocks() {
    GeneralBlockTransferMachine server =
        new GeneralBlockTransferMachine(config(5, 3), ApduCodec.STANDARD, false);
    server.reset(12);
    assertTrue(server.send(stream(apdu(40, 1)), Purpose.RESPONSE, 1));
    assertNotNull(server.pollTransmit(1));
    server.receive(decode("E0 80 0001 0001 00"), 2);
    assertNull(server.pollTransmit(2));
    assertInstanceOf(ProtocolException.class, failure(server));
  }

  @Test
  void aSenderWhoseWindowIsZeroIsNotAcknowledged() {
    GeneralBlockTransferMachine client =
        new GeneralBlockTransferMachine(config(5, 3), ApduCodec.STANDARD, true);
    client.reset(100);
    client.receive(decode("E0 40 0001 0000 02 0F01"), 1);
    client.receive(decode("E0 00 0002 0000 02 0203"), 2);
    assertNull(client.pollTransmit(2));
    client.receive(decode("E0 80 0003 0000 01 04"), 3);
    GeneralBlockTransferEvent event = client.pollEvent();
    assertNotNull(event);
    assertEquals(new GeneralBlockTransferEvent.Received(Octets.ofHex("0F01020304")), event);
    client.onDeadline(client.nextDeadline());
    assertNull(client.pollTransmit(Duration.ofSeconds(2).toNanos()));
  }

  @Test
  void aSourceThatThrowsEndsItsExchangeAndTellsThePeer() {
    GeneralBlockTransferMachine server =
        new GeneralBlockTransferMachine(config(5, 3), ApduCodec.STANDARD, false);
    server.reset(12);
    int[] pieces = {0};
    DataStream faulty =
        writer -> {
          if (pieces[0]++ == 3) {
            throw new IllegalStateException("no more rows");
          }
          writer.writeOctets(apdu(7, 1));
          return true;
        };
    assertTrue(server.send(faulty, Purpose.RESPONSE, 1));
    assertNotNull(server.pollTransmit(1));
    server.receive(decode("E0 8A 0001 0001 00"), 2);
    // blocks 2 and 3, and with the piece that was begun block 4
    assertEquals(2, decode(server.pollTransmit(2)).blockNumber());
    assertEquals(3, decode(server.pollTransmit(2)).blockNumber());
    assertEquals(4, decode(server.pollTransmit(2)).blockNumber());
    assertEquals(Octets.ofHex("E0 80 0000 0000 00"), server.pollTransmit(2));
    assertNull(server.pollTransmit(2));

    DlmsException cause = failure(server);
    assertEquals(DlmsException.Origin.LOCAL, cause.origin());
    assertTrue(server.canSend(Purpose.RESPONSE, 2));
  }

  @Test
  void anAcknowledgementOfBlocksThatWereNeverSentIsDropped() {
    GeneralBlockTransferMachine server =
        new GeneralBlockTransferMachine(config(5, 3), ApduCodec.STANDARD, false);
    server.reset(12);
    assertTrue(server.send(stream(apdu(40, 1)), Purpose.RESPONSE, 1));
    assertNotNull(server.pollTransmit(1));
    server.receive(decode("E0 8A 0001 0009 00"), 2);
    assertNull(server.pollTransmit(2));
    server.receive(decode("E0 8A 0001 0001 00"), 2);
    assertEquals(2, decode(server.pollTransmit(2)).blockNumber());
  }

  @Test
  void anApduOfMoreBlocksThanThereAreNumbersIsALocalError() {
    GeneralBlockTransferBench bench = new GeneralBlockTransferBench(63, 63, 8);
    bench.answer = apdu(65_536, 1);
    bench.request(apdu(3, 1));
    bench.run();
    assertEquals(DlmsException.Origin.LOCAL, bench.server.failures.get(0).origin());
    assertEquals(1, bench.client.failures.size());
    assertEquals(List.of(), bench.client.received);
  }
}
