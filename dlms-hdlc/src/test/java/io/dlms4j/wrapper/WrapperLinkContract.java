package io.dlms4j.wrapper;

import static io.dlms4j.wrapper.Links.events;
import static io.dlms4j.wrapper.Links.output;
import static io.dlms4j.wrapper.Links.payload;
import static io.dlms4j.wrapper.Links.receive;
import static io.dlms4j.wrapper.Links.unit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent.Down;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.LinkEvent.Received;
import io.dlms4j.link.LinkEvent.Up;
import io.dlms4j.link.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What stream and datagram have in common. */
abstract class WrapperLinkContract {
  static final LinkAddress PUBLIC = new LinkAddress(WPort.PUBLIC_CLIENT, 1);
  static final long SECOND = Duration.ofSeconds(1).toNanos();

  abstract Link client(WrapperClientConfig config);

  abstract Link server(WrapperServerConfig config);

  static WrapperClientConfig.Builder clientConfig() {
    return WrapperClientConfig.builder(WPort.PUBLIC_CLIENT, WPort.MANAGEMENT_LOGICAL_DEVICE);
  }

  static WrapperServerConfig.Builder serverConfig() {
    return WrapperServerConfig.builder(Set.of(1, 300)).inactivityTimeout(Duration.ofSeconds(10));
  }

  private Link openClient() {
    Link link = client(clientConfig().build());
    link.open(0);
    assertEquals(List.of(new Up(PUBLIC)), events(link));
    return link;
  }

  private Link openServer() {
    Link link = server(serverConfig().maxConnections(2).build());
    link.open(0);
    assertEquals(List.of(), events(link));
    return link;
  }

  @Test
  void aClientIsUpWhenItOpensAndOnlyOnce() {
    Link link = openClient();
    link.open(1);
    assertEquals(List.of(), events(link));
    assertEquals(List.of(), output(link));
  }

  @Test
  void aClientSendsFromItsWPortToTheServers() {
    Link link = openClient();
    assertTrue(link.send(PUBLIC, payload(0xC0, 0x01), 0));
    assertEquals(List.of(unit(16, 1, 0xC0, 0x01)), output(link));
  }

  @Test
  void aClientTakesOnlyWhatItsServerSendsToIt() {
    Link link = openClient();
    receive(link, unit(2, 16, 1), 0);
    receive(link, unit(1, 17, 2), 0);
    receive(link, unit(16, 1, 3), 0);
    receive(link, unit(1, 16, 4), 0);
    assertEquals(List.of(new Received(PUBLIC, payload(4))), events(link));
  }

  @Test
  void aServerSendsNothingBeforeAClientHasSpoken() {
    Link link = openServer();
    assertFalse(link.send(PUBLIC, payload(1), 0));
    assertEquals(List.of(), output(link));
  }

  @Test
  void eachPairOfWPortsIsAConnectionThatComesUpWithItsFirstUnit() {
    Link link = openServer();
    LinkAddress other = new LinkAddress(17, 300);
    receive(link, unit(16, 1, 1), 0);
    receive(link, unit(17, 300, 2), 0);
    receive(link, unit(16, 1, 3), 0);
    assertEquals(
        List.of(
            new Up(PUBLIC),
            new Received(PUBLIC, payload(1)),
            new Up(other),
            new Received(other, payload(2)),
            new Received(PUBLIC, payload(3))),
        events(link));
    assertTrue(link.send(other, payload(4), 0));
    assertTrue(link.send(PUBLIC, payload(5), 0));
    assertEquals(List.of(unit(300, 17, 4), unit(1, 16, 5)), output(link));
  }

  @Test
  void unknownAndReservedWPortsBringNothingUp() {
    Link link = openServer();
    receive(link, unit(16, 2, 1), 0);
    receive(link, unit(16, WPort.NO_STATION, 1), 0);
    receive(link, unit(16, WPort.ALL_STATION, 1), 0);
    receive(link, unit(WPort.NO_STATION, 1, 1), 0);
    assertEquals(List.of(), events(link));
    assertFalse(link.isFinished());
  }

  @Test
  void aUnitWithoutDataIsNoApdu() {
    Link link = openServer();
    receive(link, unit(16, 1), 0);
    assertEquals(List.of(), events(link));
    receive(link, unit(16, 1, 1), 0);
    assertEquals(2, events(link).size());
  }

  @Test
  void connectionsBeyondTheLimitAreDroppedUntilThereIsRoom() {
    Link link = openServer();
    receive(link, unit(16, 1, 1), 0);
    receive(link, unit(17, 1, 1), 5 * SECOND);
    assertEquals(4, events(link).size());
    receive(link, unit(18, 1, 1), 6 * SECOND);
    assertEquals(List.of(), events(link));
    link.onDeadline(10 * SECOND);
    assertEquals(List.of(new Down(PUBLIC, DownReason.INACTIVE)), events(link));
    receive(link, unit(18, 1, 1), 11 * SECOND);
    assertEquals(new Up(new LinkAddress(18, 1)), events(link).get(0));
  }

  @Test
  void whatATooLongPayloadOrATooLongQueueWouldTakeIsRefused() {
    Link link = client(clientConfig().maxPayloadLength(3).build());
    link.open(0);
    assertFalse(link.send(PUBLIC, payload(1, 2, 3, 4), 0));
    assertFalse(link.send(PUBLIC, Payload.EMPTY, 0));
    assertFalse(link.send(new LinkAddress(17, 1), payload(1), 0));
    assertTrue(link.send(PUBLIC, payload(1, 2, 3), 0));
    int taken = 1;
    while (link.send(PUBLIC, payload(1), 0)) {
      taken++;
      assertTrue(taken < 100_000);
    }
    assertEquals(taken, output(link).size());
    assertTrue(link.send(PUBLIC, payload(1), 0));
  }

  @Test
  void theOctetsThatWaitHaveALimitOfTheirOwn() {
    Link link = openClient();
    Payload large = Payload.of(new byte[60_000]);
    int taken = 0;
    while (link.send(PUBLIC, large, 0)) {
      taken++;
      assertTrue(taken < 1000);
    }
    assertEquals((1 << 24) / 60_000, taken);
    assertEquals(taken, output(link).size());
    assertTrue(link.send(PUBLIC, large, 0));
  }

  @Test
  void aConnectionIsInactiveWhenNothingHasComeForTheTimeOutEvenIfMuchWasSent() {
    Link link = openServer();
    receive(link, unit(16, 1, 1), 0);
    receive(link, unit(16, 1, 1), 4 * SECOND);
    events(link);
    assertEquals(14 * SECOND, link.nextDeadline());
    assertTrue(link.send(PUBLIC, payload(1), 13 * SECOND));
    link.onDeadline(14 * SECOND - 1);
    assertEquals(List.of(), events(link));
    assertFalse(link.isFinished());
    link.onDeadline(14 * SECOND);
    assertEquals(List.of(new Down(PUBLIC, DownReason.INACTIVE)), events(link));
    assertTrue(link.isFinished());
    assertEquals(Link.NEVER, link.nextDeadline());
  }

  @Test
  void theConnectionThatHasWaitedLongestGoesFirstAndTheLineWithTheLast() {
    Link link = openServer();
    receive(link, unit(16, 1, 1), 0);
    receive(link, unit(17, 1, 1), SECOND);
    receive(link, unit(16, 1, 1), 2 * SECOND);
    events(link);
    link.onDeadline(11 * SECOND);
    assertEquals(List.of(new Down(new LinkAddress(17, 1), DownReason.INACTIVE)), events(link));
    assertFalse(link.isFinished());
    assertEquals(12 * SECOND, link.nextDeadline());
  }

  @Test
  void aLineOnWhichNobodySpeaksIsOfNoUseAfterTheTimeOut() {
    Link link = openServer();
    assertEquals(10 * SECOND, link.nextDeadline());
    link.onDeadline(10 * SECOND);
    assertTrue(link.isFinished());
    assertEquals(List.of(), events(link));
  }

  @Test
  void withoutATimeOutNothingIsEverDue() {
    Link link = server(serverConfig().inactivityTimeout(Duration.ZERO).build());
    link.open(0);
    assertEquals(Link.NEVER, link.nextDeadline());
    receive(link, unit(16, 1, 1), 0);
    assertEquals(Link.NEVER, link.nextDeadline());
    link.onDeadline(Long.MAX_VALUE - 1);
    assertEquals(2, events(link).size());
    assertFalse(link.isFinished());
  }

  @Test
  void closingAndLosingTheLineEndEveryConnection() {
    for (DownReason reason : List.of(DownReason.CLOSED, DownReason.LINE_LOST)) {
      Link link = openServer();
      receive(link, unit(16, 1, 1), 0);
      receive(link, unit(17, 1, 1), 0);
      events(link);
      end(link, reason);
      assertEquals(
          List.of(new Down(PUBLIC, reason), new Down(new LinkAddress(17, 1), reason)),
          events(link));
      assertTrue(link.isFinished());
      assertFalse(link.send(PUBLIC, payload(1), 0));
      receive(link, unit(16, 1, 1), 0);
      assertEquals(List.of(), events(link));
      Link client = openClient();
      end(client, reason);
      end(client, reason);
      assertEquals(List.of(new Down(PUBLIC, reason)), events(client));
      client.open(0);
      assertEquals(List.of(new Up(PUBLIC)), events(client));
      assertFalse(client.isFinished());
    }
  }

  private static void end(Link link, DownReason reason) {
    if (reason == DownReason.CLOSED) {
      link.close(0);
    } else {
      link.lineLost(0);
    }
  }

  @Test
  void aConfigurationHasItsRanges() {
    assertThrows(
        IllegalArgumentException.class, () -> WrapperServerConfig.builder(Set.of()).build());
    for (int wPort : new int[] {-1, WPort.NO_STATION, WPort.ALL_STATION, 0x10000}) {
      assertThrows(
          IllegalArgumentException.class, () -> WrapperServerConfig.builder(Set.of(wPort)).build());
    }
    assertThrows(
        IllegalArgumentException.class, () -> serverConfig().maxPayloadLength(0x10000).build());
    assertThrows(IllegalArgumentException.class, () -> serverConfig().maxConnections(0).build());
    assertThrows(
        IllegalArgumentException.class,
        () -> clientConfig().inactivityTimeout(Duration.ofSeconds(-1)).build());
    assertThrows(IllegalArgumentException.class, () -> WrapperClientConfig.builder(0, 1).build());
  }
}
