package io.dlms4j.cosem.association;

import static io.dlms4j.cosem.association.GeneralBlockTransferBench.apdu;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GeneralBlockTransferPropertiesTest {
  @Property(tries = 1000)
  void overALineWithFaultsAnApduArrivesOnceAndWholeOrFails(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 63) int clientWindow,
      @ForAll @IntRange(min = 1, max = 63) int serverWindow,
      @ForAll @IntRange(min = 8, max = 300) int maxPduSize,
      @ForAll @IntRange(min = 1, max = 2000) int requestLength,
      @ForAll @IntRange(min = 1, max = 2000) int answerLength,
      @ForAll @IntRange(max = 30) int loss,
      @ForAll @IntRange(max = 30) int duplication,
      @ForAll @IntRange(max = 30) int reordering) {
    GeneralBlockTransferBench bench =
        new GeneralBlockTransferBench(clientWindow, serverWindow, maxPduSize, 8);
    bench.random = new Random(seed);
    bench.loss = loss;
    bench.duplication = duplication;
    bench.reordering = reordering;
    int requests = 0;
    int answers = 0;
    int serverFailures = 0;

    for (int i = 0; i < 3; i++) {
      int length = Math.max(1, requestLength >> i);
      Octets request = apdu(length, 3 + i);
      Octets answer = apdu(Math.max(1, answerLength >> (2 * i)), 7 + i);
      bench.answer = answer;
      bench.thinks = (seed & 3) * 400 * GeneralBlockTransferBench.MILLISECOND;
      bench.request(request);
      bench.run();
      boolean arrived = bench.server.received.size() > requests;
      boolean answered = bench.client.received.size() > answers;
      assertTrue(bench.server.received.size() <= requests + 1, "the request came twice");
      assertTrue(bench.client.received.size() <= answers + 1, "the answer came twice");
      if (arrived) {
        assertEquals(request, bench.server.received.get(requests++));
      }
      if (answered) {
        assertTrue(arrived);
        assertEquals(answer, bench.client.received.get(answers++));
      }
      if (length <= maxPduSize && !answered && bench.client.failures.size() < i + 1 - answers) {
        // No block of the answer has come through: the client waits for a plain answer still, and
        // its association for its own deadline. The server knows.
        assertTrue(bench.server.failures.size() > serverFailures);
        bench.client.failures.add(new RequestTimeoutException("by the association"));
      }
      serverFailures = bench.server.failures.size();
      assertEquals(
          i + 1,
          answers + bench.client.failures.size(),
          () -> "neither an answer nor a failure\n" + String.join("\n", bench.transcript));

      if (loss <= 5) {
        assertTrue(answered, () -> String.join("\n", bench.transcript));
      }
    }
  }

  @Property(tries = 300)
  void overAGoodLineEachBlockGoesOnce(
      @ForAll @IntRange(min = 1, max = 63) int clientWindow,
      @ForAll @IntRange(min = 1, max = 63) int serverWindow,
      @ForAll @IntRange(min = 8, max = 300) int maxPduSize,
      @ForAll @IntRange(min = 1, max = 3000) int requestLength,
      @ForAll @IntRange(min = 1, max = 3000) int answerLength) {
    GeneralBlockTransferBench bench =
        new GeneralBlockTransferBench(clientWindow, serverWindow, maxPduSize);
    bench.answer = apdu(answerLength, 7);
    bench.request(apdu(requestLength, 3));
    bench.run();
    assertEquals(List.of(apdu(requestLength, 3)), bench.server.received);
    assertEquals(List.of(apdu(answerLength, 7)), bench.client.received);
    long data = bench.transcript.stream().filter(line -> !line.endsWith("+0")).count();
    assertEquals(data, bench.transcript.stream().filter(l -> !l.endsWith("+0")).distinct().count());
    int room = GeneralBlockTransfer.blockDataRoom(maxPduSize);
    boolean inBlocks = requestLength > maxPduSize;
    int expected = inBlocks ? ceil(requestLength, room) : 1;
    expected += inBlocks || answerLength > maxPduSize ? ceil(answerLength, room) : 1;
    assertEquals(expected, data);
  }

  private static int ceil(int octets, int room) {
    return (octets + room - 1) / room;
  }

  @Property(tries = 1000)
  void noBlocksOfAPeerMakeAMachineThrowOrHoldMoreThanItsLimit(
      @ForAll long seed, @ForAll boolean client) {
    Random random = new Random(seed);
    GeneralBlockTransferMachine machine =
        new GeneralBlockTransferMachine(
            new GeneralBlockTransferConfig(
                1 + random.nextInt(63), Duration.ofSeconds(1), 3, 200, false),
            ApduCodec.STANDARD,
            client);
    machine.reset(20);
    long now = 1;
    long transmitted = 0;
    int received = 0;
    for (int i = 0; i < 300; i++) {
      now += random.nextInt(3) == 0 ? random.nextInt(1_000_000_000) : 0;
      GeneralBlockTransferExchange.Purpose[] purposes =
          GeneralBlockTransferExchange.Purpose.values();
      switch (random.nextInt(12)) {
        case 0 ->
            machine.send(
                GeneralBlockTransferBench.stream(apdu(1 + random.nextInt(200), i)),
                purposes[random.nextInt(purposes.length)],
                now);
        case 1 -> machine.onDeadline(now);
        case 2 -> machine.noAnswer(now);
        case 3 -> {
          if (random.nextInt(5) == 0) {
            machine.abandon(now);
          }
        }
        default -> {
          int near = random.nextInt(10) == 0 ? 0x10000 : 8;
          machine.receive(
              new GeneralBlockTransfer(
                  random.nextInt(4) == 0,
                  random.nextBoolean(),
                  random.nextInt(64),
                  random.nextInt(near),
                  random.nextInt(random.nextBoolean() ? 1 : near),
                  random.nextBoolean() ? Octets.EMPTY : apdu(1 + random.nextInt(120), i)),
              now);
          received++;
        }
      }
      while (machine.pollTransmit(now) != null) {
        transmitted++;
      }
      for (GeneralBlockTransferEvent event = machine.pollEvent();
          event != null;
          event = machine.pollEvent()) {
        if (event instanceof GeneralBlockTransferEvent.Received whole) {
          assertTrue(whole.apdu().length() <= 200);
        }
      }
    }
    // Nothing that comes brings forth more than a window.
    assertTrue(transmitted <= (received + 300L) * 64);
  }
}
