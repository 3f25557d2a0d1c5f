package io.dlms4j.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcPrimary;
import io.dlms4j.hdlc.HdlcPrimaryConfig;
import io.dlms4j.hdlc.HdlcSecondary;
import io.dlms4j.hdlc.HdlcSecondaryConfig;
import io.dlms4j.iec21.Iec21ClientConfig;
import io.dlms4j.iec21.Iec21ClientConfig.Purpose;
import io.dlms4j.iec21.Iec21ServerConfig;
import io.dlms4j.iec21.LineSettings;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Serial lines on devices that are not there: what pseudo-terminals cannot show. */
class SerialLineTest {
  private static final LinkAddress CONNECTION = new LinkAddress(16, 1, 32);
  private static final Payload HELLO = Payload.of(new byte[] {1, 2, 3});
  private static final SerialSettings PORT = SerialSettings.of("PORT");

  /** One end of a line in memory, perhaps with echo, that can be made to fail. */
  private static final class End implements SerialDevice {
    private static final Payload GONE = Payload.of(new byte[0]);

    private final LinkedBlockingQueue<Payload> incoming = new LinkedBlockingQueue<>();
    private final List<LineSettings> settings = new CopyOnWriteArrayList<>();
    private final boolean echo;
    private @Nullable End other;
    private volatile boolean refusesSettings;
    private volatile boolean takesNoOctets;

    End(boolean echo) {
      this.echo = echo;
    }

    static End[] pair(boolean echo) {
      End[] ends = {new End(echo), new End(echo)};
      ends[0].other = ends[1];
      ends[1].other = ends[0];
      return ends;
    }

    SerialDevice.Opener opener() {
      return (port, line) -> this;
    }

    @Override
    public boolean isInstant() {
      return true;
    }

    @Override
    public void configure(LineSettings line) throws IOException {
      if (refusesSettings) {
        throw new IOException("PORT cannot do " + line);
      }
      settings.add(line);
    }

    @Override
    public int read(byte[] buffer) {
      try {
        Payload octets = incoming.take();
        if (octets.length() == 0) {
          incoming.add(GONE);
          return -1;
        }
        System.arraycopy(octets.array(), octets.offset(), buffer, 0, octets.length());
        return octets.length();
      } catch (InterruptedException e) {
        return -1;
      }
    }

    @Override
    public void write(Payload octets) throws IOException {
      if (takesNoOctets) {
        throw new IOException("PORT takes no more octets");
      }
      if (echo) {
        incoming.add(octets);
      }
      if (other != null) {
        other.incoming.add(octets);
      }
    }

    @Override
    public void close() {
      incoming.add(GONE);
    }
  }

  /** Says hello, or whatever it hears. */
  private static final class User implements LinkUser {
    private final LinkedBlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Outgoing> outgoing = new LinkedBlockingQueue<>();
    private final boolean greets;

    User(boolean greets) {
      this.greets = greets;
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
      if (greets && event instanceof LinkEvent.Up) {
        outgoing.add(new Outgoing(event.address(), HELLO));
      } else if (!greets && event instanceof LinkEvent.Received received) {
        outgoing.add(new Outgoing(event.address(), received.payload()));
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
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static String failure(CompletionStage<?> stage) {
    ExecutionException thrown = assertThrows(ExecutionException.class, () -> await(stage));
    return String.valueOf(assertInstanceOf(LineException.class, thrown.getCause()).getMessage());
  }

  private static Link primary() {
    return new HdlcPrimary(HdlcPrimaryConfig.builder(16, HdlcAddress.server(1, 32)).build());
  }

  private static Link secondary() {
    return new HdlcSecondary(HdlcSecondaryConfig.builder().device(32, Set.of(1)).build());
  }

  private static Iec21ClientConfig opening() {
    return Iec21ClientConfig.builder(Purpose.HDLC).repetitions(0).build();
  }

  private static CompletionStage<LineDriver> serve(End end, SerialSettings settings, User meter) {
    return SerialServer.openModeE(
        settings,
        end.opener(),
        Iec21ServerConfig.builder("KAm", "OMNIPOWER").baudRate(2400).build(),
        Duration.ofSeconds(5),
        line -> new Attachment(secondary(), meter));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLineIsSetAsTheOpeningAsksAndEchoesAreDroppedBeforeAndAfterIt(boolean echo)
      throws Exception {
    End[] ends = End.pair(echo);
    SerialSettings settings = PORT.withEcho(echo);
    LineDriver server = await(serve(ends[1], settings, new User(false)));
    User user = new User(true);
    LineDriver line =
        await(SerialClient.openModeE(settings, ends[0].opener(), opening(), primary(), user));
    assertEquals(new LinkEvent.Up(CONNECTION), user.next());
    assertEquals(new LinkEvent.Received(CONNECTION, HELLO), user.next());
    line.close();
    await(line.closed().thenApply(nothing -> true));
    assertEquals(new LinkEvent.Down(CONNECTION, DownReason.CLOSED), user.next());
    List<LineSettings> settled =
        List.of(LineSettings.sevenEvenOne(300), LineSettings.eightNoneOne(2400));
    assertEquals(settled, ends[0].settings);
    assertEquals(settled, ends[1].settings);
    server.close();
  }

  /** Sends hello as soon as it may, and shows what it is given. */
  private static final class BareLink implements Link {
    private final LinkedBlockingQueue<Payload> received = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Long> transmitted = new LinkedBlockingQueue<>();
    private @Nullable Payload out;

    @Override
    public void transmitted(long now) {
      transmitted.add(now);
    }

    @Override
    public void receive(byte[] octets, int offset, int length, long now) {
      if (length > 0) {
        received.add(Payload.of(Payload.of(octets, offset, length).toByteArray()));
      }
    }

    @Override
    public @Nullable LinkEvent pollEvent() {
      return null;
    }

    @Override
    public @Nullable Payload pollTransmit(long now) {
      Payload next = out;
      out = null;
      return next;
    }

    @Override
    public long nextDeadline() {
      return NEVER;
    }

    @Override
    public void onDeadline(long now) {}

    @Override
    public boolean send(LinkAddress address, Payload payload, long now) {
      return false;
    }

    @Override
    public void open(long now) {
      out = HELLO;
    }

    @Override
    public void close(long now) {}

    @Override
    public void lineLost(long now) {}
  }

  @Test
  void aLinkDoesNotSeeItsOwnOctetsOnALineWithEcho() throws Exception {
    End[] ends = End.pair(true);
    BareLink link = new BareLink();
    LineDriver line =
        await(SerialClient.open(PORT.withEcho(true), ends[0].opener(), link, new User(false)));
    assertEquals(HELLO, ends[1].incoming.poll(20, TimeUnit.SECONDS));
    assertNotNull(link.transmitted.poll(20, TimeUnit.SECONDS), "hello has left the port");
    Payload answer = Payload.of(new byte[] {9});
    ends[1].write(answer);
    assertEquals(answer, link.received.poll(20, TimeUnit.SECONDS));
    line.close();
    await(line.closed().thenApply(nothing -> true));
  }

  @Test
  void withSoftwareParityTheLineKeepsEightBits() throws Exception {
    End[] ends = End.pair(false);
    SerialSettings settings = PORT.withSoftwareParity(true);
    LineDriver server = await(serve(ends[1], settings, new User(false)));
    User user = new User(true);
    LineDriver line =
        await(SerialClient.openModeE(settings, ends[0].opener(), opening(), primary(), user));
    assertEquals(new LinkEvent.Up(CONNECTION), user.next());
    assertEquals(
        List.of(LineSettings.eightNoneOne(300), LineSettings.eightNoneOne(2400)), ends[0].settings);
    line.close();
    server.close();
  }

  @Test
  void aPortThatRefusesTheSettingsIsToldOf() {
    End end = new End(false);
    end.refusesSettings = true;
    assertEquals(
        "serial port PORT failed while it was opened: PORT cannot do 300 7E1",
        failure(SerialClient.openModeE(PORT, end.opener(), opening(), primary(), new User(false))));
  }

  @Test
  void aPortThatTakesNoMoreOctetsIsALostLine() throws Exception {
    End[] ends = End.pair(false);
    await(
        SerialServer.open(
            PORT, ends[1].opener(), line -> new Attachment(secondary(), new User(false))));
    User user = new User(false);
    LineDriver line = await(SerialClient.open(PORT, ends[0].opener(), primary(), user));
    assertEquals(new LinkEvent.Up(CONNECTION), user.next());
    ends[0].takesNoOctets = true;
    line.execute(() -> user.outgoing.add(new LinkUser.Outgoing(CONNECTION, HELLO)));
    assertEquals(new LinkEvent.Down(CONNECTION, DownReason.LINE_LOST), user.next());
    await(line.closed().thenApply(nothing -> true));
    ends[1].close();
  }

  @Test
  void whatKeepsThePortFromBeingOpenedIsToldWhateverItIs() {
    SerialDevice.Opener broken =
        (port, line) -> {
          throw new NoClassDefFoundError("com/fazecast/jSerialComm/SerialPort");
        };
    String message = failure(SerialClient.open(PORT, broken, primary(), new User(false)));
    assertEquals(
        "cannot open serial port PORT: java.lang.NoClassDefFoundError:"
            + " com/fazecast/jSerialComm/SerialPort",
        message);
  }

  @Test
  void anOpeningForAnotherPurposeIsRefusedAtOnce() {
    Iec21ClientConfig readout = Iec21ClientConfig.builder(Purpose.READOUT).build();
    assertThrows(
        IllegalArgumentException.class,
        () -> SerialClient.openModeE(PORT, readout, primary(), new User(false)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            SerialServer.openModeE(
                PORT,
                Iec21ServerConfig.builder("KAM", "").build(),
                Duration.ZERO,
                line -> new Attachment(secondary(), new User(false))));
  }
}
