package io.dlms4j.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fazecast.jSerialComm.SerialPort;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcPrimary;
import io.dlms4j.hdlc.HdlcPrimaryConfig;
import io.dlms4j.hdlc.HdlcSecondary;
import io.dlms4j.hdlc.HdlcSecondaryConfig;
import io.dlms4j.iec21.Iec21ClientConfig;
import io.dlms4j.iec21.Iec21ServerConfig;
import io.dlms4j.iec21.LineSettings;
import io.dlms4j.line.PseudoTerminals;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Serial lines on a pair of pseudo-terminals. */
class SerialTest {
  private static final LinkAddress CONNECTION = new LinkAddress(16, 1, 32);
  private static final Payload HELLO = Payload.of(new byte[] {1, 2, 3, (byte) 0xFF});
  private static final Duration UNCONNECTED = Duration.ofMillis(300);

  @TempDir private Path directory;
  private PseudoTerminals pair;

  @BeforeEach
  void startPair() throws Exception {
    pair = PseudoTerminals.start(directory);
  }

  @AfterEach
  void stopPair() {
    // There is none where the test is skipped.
    if (pair != null) {
      pair.close();
    }
  }

  /** A user that shows its events to the test's thread. */
  private static final class User implements LinkUser {
    private final LinkedBlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
    private final ArrayDeque<Outgoing> outgoing = new ArrayDeque<>();
    private final Function<LinkEvent, @Nullable Payload> answer;

    User(Function<LinkEvent, @Nullable Payload> answer) {
      this.answer = answer;
    }

    static User greeting() {
      return new User(event -> event instanceof LinkEvent.Up ? HELLO : null);
    }

    static User silent() {
      return new User(event -> null);
    }

    static User echoing() {
      return new User(
          event -> event instanceof LinkEvent.Received received ? received.payload() : null);
    }

    LinkEvent next() throws InterruptedException {
      LinkEvent event = events.poll(20, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no event came");
      }
      return event;
    }

    @Override
    public void onLinkEvent(LinkEvent event, long now) {
      Payload payload = answer.apply(event);
      if (payload != null) {
        outgoing.add(new Outgoing(event.address(), payload));
      }
      events.add(event);
    }

    @Override
    public @Nullable Outgoing pollOutgoing(long now) {
      return outgoing.poll();
    }

    @Override
    public long nextDeadline() {
      return Link.NEVER;
    }

    @Override
    public void onDeadline(long now) {}
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return Objects.requireNonNull(stage.toCompletableFuture().get(20, TimeUnit.SECONDS));
  }

  private static void awaitEnd(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static String failure(CompletionStage<?> stage) {
    ExecutionException thrown =
        assertThrows(
            ExecutionException.class, () -> stage.toCompletableFuture().get(20, TimeUnit.SECONDS));
    return String.valueOf(assertInstanceOf(LineException.class, thrown.getCause()).getMessage());
  }

  private static Link primary() {
    return new HdlcPrimary(HdlcPrimaryConfig.builder(16, HdlcAddress.server(1, 32)).build());
  }

  private static Link secondary() {
    return new HdlcSecondary(HdlcSecondaryConfig.builder().device(32, Set.of(1)).build());
  }

  private SerialSettings left() {
    return SerialSettings.of(pair.left());
  }

  private SerialSettings right() {
    return SerialSettings.of(pair.right());
  }

  private CompletionStage<LineDriver> serve(User meter) {
    return SerialServer.open(right(), line -> new Attachment(secondary(), meter));
  }

  private static Iec21ClientConfig opening() {
    return Iec21ClientConfig.builder(Iec21ClientConfig.Purpose.HDLC).repetitions(0).build();
  }

  private static CompletionStage<LineDriver> serveModeE(SerialSettings settings, User meter) {
    return SerialServer.openModeE(
        settings,
        Iec21ServerConfig.builder("KAm", "OMNIPOWER").build(),
        UNCONNECTED,
        line -> new Attachment(secondary(), meter));
  }

  @Test
  void payloadsGoBothWaysAndTheClientsLineEndsWithTheConnection() throws Exception {
    User meter = User.echoing();
    LineDriver server = await(serve(meter));
    User user = User.greeting();
    LineDriver line = await(SerialClient.open(left(), primary(), user));
    assertEquals(new SerialAddress(pair.left()), line.remoteAddress());
    assertEquals(new LinkEvent.Up(CONNECTION), user.next());
    assertEquals(new LinkEvent.Received(CONNECTION, HELLO), user.next());
    line.close();
    awaitEnd(line.closed());
    assertEquals(new LinkEvent.Down(CONNECTION, DownReason.CLOSED), user.next());
    assertEquals(new LinkEvent.Up(CONNECTION), meter.next());
    assertEquals(new LinkEvent.Received(CONNECTION, HELLO), meter.next());
    assertEquals(new LinkEvent.Down(CONNECTION, DownReason.CLOSED_BY_PEER), meter.next());
    // The server's line stays, and the port of the client can be opened again.
    User second = User.greeting();
    LineDriver again = await(SerialClient.open(left(), primary(), second));
    assertEquals(new LinkEvent.Up(CONNECTION), second.next());
    assertEquals(new LinkEvent.Received(CONNECTION, HELLO), second.next());
    again.close();
    awaitEnd(again.closed());
    server.close();
    awaitEnd(server.closed());
  }

  @Test
  void aLargePayloadWithAllOctetsGoesWholeBothWays() throws Exception {
    LineDriver server = await(serve(User.echoing()));
    User user = User.silent();
    LineDriver line = await(SerialClient.open(left(), primary(), user));
    assertEquals(new LinkEvent.Up(CONNECTION), user.next());
    byte[] octets = new byte[60_000];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) i;
    }
    line.execute(() -> user.outgoing.add(new LinkUser.Outgoing(CONNECTION, Payload.of(octets))));
    assertEquals(new LinkEvent.Received(CONNECTION, Payload.of(octets)), user.next());
    line.close();
    awaitEnd(line.closed());
    server.close();
    awaitEnd(server.closed());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void modeEOpensHdlcAndOpensItAgain(boolean softwareParity) throws Exception {
    User meter = User.echoing();
    LineDriver server = await(serveModeE(right().withSoftwareParity(softwareParity), meter));
    for (int i = 0; i < 2; i++) {
      User user = User.greeting();
      LineDriver line =
          await(
              SerialClient.openModeE(
                  left().withSoftwareParity(softwareParity),
                  Iec21ClientConfig.builder(Iec21ClientConfig.Purpose.HDLC).build(),
                  primary(),
                  user));
      assertEquals(new LinkEvent.Up(CONNECTION), user.next());
      assertEquals(new LinkEvent.Received(CONNECTION, HELLO), user.next());
      line.close();
      awaitEnd(line.closed());
      assertEquals(new LinkEvent.Up(CONNECTION), meter.next());
      assertEquals(new LinkEvent.Received(CONNECTION, HELLO), meter.next());
      assertEquals(new LinkEvent.Down(CONNECTION, DownReason.CLOSED_BY_PEER), meter.next());
    }
    server.close();
    awaitEnd(server.closed());
  }

  @Test
  void whereNobodyAnswersTheOpeningTheExceptionNamesThePort() {
    String message = failure(SerialClient.openModeE(left(), opening(), primary(), User.silent()));
    assertEquals(
        "cannot open mode E on serial port " + pair.left() + ": nobody has answered the request",
        message);
  }

  @Test
  void aPortThatIsOpenAlreadyIsBusy() throws Exception {
    LineDriver server = await(serve(User.silent()));
    String message = failure(SerialClient.open(right(), primary(), User.silent()));
    assertEquals("cannot open serial port " + pair.right() + ": it is busy", message);
    server.close();
    awaitEnd(server.closed());
  }

  @Test
  void aPortThatDoesNotExistIsNamed() {
    String nowhere = directory.resolve("nowhere").toString();
    String expected = "cannot open serial port " + nowhere + ": there is no such port";
    SerialSettings settings = SerialSettings.of(nowhere);
    assertEquals(expected, failure(SerialClient.open(settings, primary(), User.silent())));
    assertEquals(
        expected,
        failure(SerialServer.open(settings, line -> new Attachment(secondary(), User.silent()))));
  }

  @Test
  void aFileThatIsNoPortIsNamed() {
    assertEquals(
        "cannot open serial port " + directory + ": it is no serial port",
        failure(
            SerialClient.open(SerialSettings.of(directory.toString()), primary(), User.silent())));
  }

  @Test
  void aPortThatGoesInTheMiddleIsLostToBothSides() throws Exception {
    User meter = User.silent();
    LineDriver server = await(serve(meter));
    User user = User.silent();
    LineDriver line = await(SerialClient.open(left(), primary(), user));
    assertEquals(new LinkEvent.Up(CONNECTION), user.next());
    assertEquals(new LinkEvent.Up(CONNECTION), meter.next());
    pair.close();
    awaitEnd(line.closed());
    awaitEnd(server.closed());
    assertEquals(new LinkEvent.Down(CONNECTION, DownReason.LINE_LOST), user.next());
    assertEquals(new LinkEvent.Down(CONNECTION, DownReason.LINE_LOST), meter.next());
    CompletableFuture<Boolean> late = new CompletableFuture<>();
    line.execute(() -> late.complete(true));
    assertTrue(await(late));
    line.close();
  }

  @Test
  void aPortThatGoesWhileItIsOpenedIsToldOf() throws Exception {
    CompletionStage<LineDriver> line =
        SerialClient.openModeE(left(), opening(), primary(), User.silent());
    User meter = User.silent();
    await(serve(meter));
    pair.close();
    String message = failure(line);
    assertTrue(message.contains(pair.left()), message);
  }

  @Test
  void aUserThatThrowsLosesItsLine() throws Exception {
    LineDriver server = await(serve(User.silent()));
    IllegalStateException mine = new IllegalStateException("mine");
    User bad =
        new User(
            event -> {
              throw mine;
            });
    LineDriver line = await(SerialClient.open(left(), primary(), bad));
    ExecutionException thrown =
        assertThrows(ExecutionException.class, () -> awaitEnd(line.closed()));
    assertEquals(mine, Objects.requireNonNull(thrown.getCause()).getCause());
    server.close();
    awaitEnd(server.closed());
  }

  @Test
  void aPseudoTerminalTakesEverySpeedAndCarriesOctetsWhateverTheParity() throws Exception {
    SerialDevice device = SerialPortDevice.open(pair.left(), LineSettings.eightNoneOne(9600));
    try {
      assertTrue(device.isInstant());
      for (int baudRate : new int[] {300, 600, 1200, 2400, 4800, 9600, 19_200, 115_200}) {
        for (int i = 0; i < 3; i++) {
          device.configure(LineSettings.sevenEvenOne(baudRate));
          device.configure(LineSettings.eightNoneOne(baudRate));
        }
      }
      SerialPort other = SerialPort.getCommPort(pair.right());
      other.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 2000, 0);
      assertTrue(other.openPort(0));
      device.configure(LineSettings.sevenEvenOne(300));
      device.write(Payload.of(new byte[] {'/', (byte) 0xB1}));
      byte[] octets = new byte[2];
      int count = 0;
      while (count < 2) {
        int more = other.readBytes(octets, 2 - count, count);
        assertTrue(more > 0);
        count += more;
      }
      assertEquals(Payload.of(new byte[] {'/', (byte) 0xB1}), Payload.of(octets));
      other.closePort();
    } finally {
      device.close();
    }
  }
}
