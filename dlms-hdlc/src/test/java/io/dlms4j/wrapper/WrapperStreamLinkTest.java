package io.dlms4j.wrapper;

import static io.dlms4j.wrapper.Links.events;
import static io.dlms4j.wrapper.Links.payload;
import static io.dlms4j.wrapper.Links.receive;
import static io.dlms4j.wrapper.Links.unit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.Down;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.LinkEvent.Received;
import io.dlms4j.link.LinkEvent.Up;
import io.dlms4j.link.Payload;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WrapperStreamLinkTest extends WrapperLinkContract {
  private static final int LIMIT = 1000;

  @Override
  Link client(WrapperClientConfig config) {
    return new WrapperStreamLink(config);
  }

  @Override
  Link server(WrapperServerConfig config) {
    return new WrapperStreamLink(config);
  }

  private static WrapperStreamLink limited() {
    WrapperStreamLink link = new WrapperStreamLink(serverConfig().maxPayloadLength(LIMIT).build());
    link.open(0);
    return link;
  }

  @Test
  void aHeaderOfAnotherVersionEndsEveryConnectionAndTheUseOfTheLine() {
    WrapperStreamLink link = limited();
    receive(link, unit(16, 1, 1), 0);
    receive(link, unit(17, 1, 1), 0);
    events(link);
    receive(link, payload(0, 2, 0, 16, 0, 1, 0), 0);
    assertFalse(link.isFinished());
    receive(link, payload(1), 0);
    assertTrue(link.isFinished());
    assertEquals(
        List.of(
            new Down(PUBLIC, DownReason.PROTOCOL_ERROR),
            new Down(new io.dlms4j.link.LinkAddress(17, 1), DownReason.PROTOCOL_ERROR)),
        events(link));
    receive(link, unit(16, 1, 1), 0);
    assertEquals(List.of(), events(link));
    assertEquals(Link.NEVER, link.nextDeadline());
  }

  @Test
  void aLengthAboveTheLimitEndsTheLineBeforeAnyDataAreKept() {
    WrapperStreamLink link = limited();
    receive(link, payload(0, 1, 0, 16, 0, 1, 0x03, 0xE9), 0);
    assertTrue(link.isFinished());
    assertEquals(0, link.room());
    WrapperStreamLink atLimit = limited();
    receive(atLimit, payload(0, 1, 0, 16, 0, 1, 0x03, 0xE8), 0);
    assertFalse(atLimit.isFinished());
  }

  @Test
  void whatIsKeptOfAUnitGrowsWithWhatHasCome() {
    WrapperStreamLink link = new WrapperStreamLink(serverConfig().build());
    link.open(0);
    receive(link, payload(0, 1, 0, 16, 0, 1, 0xFF, 0xFF), 0);
    assertEquals(0, link.room());
    for (int i = 1; i < 0xFFFF; i++) {
      receive(link, payload(i), 0);
      assertTrue(link.room() <= Math.max(256, 2 * i));
    }
    assertEquals(List.of(), events(link));
    receive(link, payload(1), 0);
    assertEquals(2, events(link).size());
    assertEquals(0, link.room());
  }

  @Test
  void aUnitThatDripsInIsNoActivity() {
    WrapperStreamLink link = limited();
    receive(link, payload(0, 1, 0, 16, 0, 1, 0, 100), 0);
    for (int second = 1; second < 10; second++) {
      receive(link, payload(1), second * SECOND);
    }
    assertEquals(10 * SECOND, link.nextDeadline());
    link.onDeadline(10 * SECOND);
    assertTrue(link.isFinished());
  }

  @Test
  void aFloodOfUnitsThatNobodyTakesEndsTheLine() {
    WrapperStreamLink link = limited();
    Payload unit = unit(16, 1, 1);
    int sent = 0;
    while (!link.isFinished()) {
      receive(link, unit, 0);
      sent++;
      assertTrue(sent < 100_000);
    }
    List<LinkEvent> events = events(link);
    assertEquals(new Down(PUBLIC, DownReason.PROTOCOL_ERROR), events.get(events.size() - 1));
  }

  @Test
  void anOpenedLinkBeginsAtTheBeginningOfAUnit() {
    WrapperStreamLink link = limited();
    receive(link, payload(0, 1, 0), 0);
    link.lineLost(0);
    link.open(0);
    receive(link, unit(16, 1, 7), 0);
    assertEquals(List.of(new Up(PUBLIC), new Received(PUBLIC, payload(7))), events(link));
  }

  /** Units good and bad, in order, as one stream. */
  private static byte[] stream(long seed, int units) {
    Random random = new Random(seed);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < units; i++) {
      byte[] data = new byte[random.nextInt(random.nextBoolean() ? 4 : LIMIT)];
      random.nextBytes(data);
      int source = random.nextInt(4);
      int destination = random.nextBoolean() ? 1 : random.nextInt(301);
      stream.writeBytes(new Wpdu(source, destination, Payload.of(data)).encode().toByteArray());
    }
    if (random.nextInt(3) == 0) {
      stream.writeBytes(new byte[] {0, 3, 0, 0, 0, 0, 0, 0, 1, 2, 3});
    }
    return stream.toByteArray();
  }

  private static List<LinkEvent> inPieces(byte[] octets, Random random, int longest) {
    WrapperStreamLink link = limited();
    List<LinkEvent> events = new ArrayList<>();
    int at = 0;
    while (at < octets.length) {
      int count = Math.min(octets.length - at, 1 + random.nextInt(longest));
      byte[] piece = new byte[count + 2];
      System.arraycopy(octets, at, piece, 1, count);
      link.receive(piece, 1, count, 0);
      // The array is ours again.
      java.util.Arrays.fill(piece, (byte) 0x55);
      assertTrue(link.room() <= LIMIT);
      at += count;
      events.addAll(events(link));
    }
    return events;
  }

  @Property(tries = 100)
  void anyChunkingGivesTheSameEvents(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int units,
      @ForAll @IntRange(min = 1, max = 700) int longest) {
    byte[] octets = stream(seed, units);
    List<LinkEvent> whole = inPieces(octets, new Random(seed), octets.length + 1);
    assertEquals(whole, inPieces(octets, new Random(seed), longest));
    assertEquals(whole, inPieces(octets, new Random(seed), 1));
  }

  @Property(tries = 100)
  void whatIsSentArrivesWholeAndInOrderAndSoDoItsEchoes(
      @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 2000) Integer> lengths,
      @ForAll long seed) {
    Random random = new Random(seed);
    WrapperStreamLink client = new WrapperStreamLink(clientConfig().build());
    WrapperStreamLink server = new WrapperStreamLink(serverConfig().build());
    client.open(0);
    server.open(0);
    List<LinkEvent> sent = new ArrayList<>(List.of(new Up(PUBLIC)));
    for (int length : lengths) {
      byte[] data = new byte[length];
      random.nextBytes(data);
      assertTrue(client.send(PUBLIC, Payload.of(data), 0));
      sent.add(new Received(PUBLIC, Payload.of(data)));
    }
    carry(client, server, random);
    List<LinkEvent> arrived = events(server);
    assertEquals(sent, arrived);
    for (LinkEvent event : arrived) {
      if (event instanceof Received received) {
        assertTrue(server.send(received.address(), received.payload(), 0));
      }
    }
    carry(server, client, random);
    assertEquals(sent, events(client));
  }

  private static void carry(Link from, Link to, Random random) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    Links.output(from).forEach(unit -> stream.writeBytes(unit.toByteArray()));
    byte[] octets = stream.toByteArray();
    int at = 0;
    while (at < octets.length) {
      int count = Math.min(octets.length - at, 1 + random.nextInt(3000));
      to.receive(octets, at, count, 0);
      at += count;
    }
  }

  @Property(tries = 500)
  void arbitraryOctetsNeverThrowNorTakeMoreThanTheLimit(
      @ForAll @Size(max = 200) byte[] octets, @ForAll boolean version, @ForAll boolean length) {
    if (version && octets.length > 1) {
      octets[0] = 0;
      octets[1] = 1;
    }
    if (length && octets.length > 6) {
      octets[6] = 0;
    }
    inPieces(octets, new Random(octets.length), 50);
  }
}
