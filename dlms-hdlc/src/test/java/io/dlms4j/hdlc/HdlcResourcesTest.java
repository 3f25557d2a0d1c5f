package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.Payload;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bad input may cost a link in memory and time, and what good input does. */
class HdlcResourcesTest {
  private static final HdlcAddress CLIENT = HdlcAddress.client(16);
  private static final HdlcAddress SERVER = HdlcAddress.server(1, 32);
  private static final LinkAddress CONNECTION = new LinkAddress(16, 1, 32);
  private static final int MEGABYTE = 1 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static HdlcSecondary secondary() {
    return new HdlcSecondary(HdlcSecondaryConfig.builder().device(32, Set.of(1)).build());
  }

  private static HdlcPrimary primary() {
    return new HdlcPrimary(HdlcPrimaryConfig.builder(16, SERVER).build());
  }

  private static Payload snrm() {
    return new HdlcFrame.Snrm(SERVER, CLIENT, true, Payload.EMPTY).encodeWithFlags();
  }

  private static long allocatedBy(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** Octets of which no frame can be made. */
  enum Nonsense {
    FLAGS {
      @Override
      void fill(byte[] octets, Random random) {
        Arrays.fill(octets, (byte) HdlcFrame.FLAG);
      }
    },
    ENDLESS_FRAME {
      @Override
      void fill(byte[] octets, Random random) {
        Arrays.fill(octets, (byte) 0x55);
        octets[0] = HdlcFrame.FLAG;
        octets[1] = (byte) 0xA7;
        octets[2] = (byte) 0xFF;
      }
    },
    BEGINNINGS {
      @Override
      void fill(byte[] octets, Random random) {
        for (int i = 0; i + 2 < octets.length; i += 3) {
          octets[i] = HdlcFrame.FLAG;
          octets[i + 1] = (byte) 0xA7;
          octets[i + 2] = (byte) 0xFF;
        }
      }
    },
    LYING_LENGTHS {
      @Override
      void fill(byte[] octets, Random random) {
        byte[] frame = snrm().toByteArray();
        for (int i = 0; i + frame.length <= octets.length; i += frame.length) {
          frame[1] = (byte) (0xA0 | random.nextInt(8));
          frame[2] = (byte) (random.nextInt(128) * 2 + 1);
          System.arraycopy(frame, 0, octets, i, frame.length);
        }
      }
    },
    NOISE {
      @Override
      void fill(byte[] octets, Random random) {
        random.nextBytes(octets);
      }
    };

    abstract void fill(byte[] octets, Random random);
  }

  private static final int CHUNK = 1500;

  private static void flood(Link link, byte[] octets, long now) {
    for (int at = 0; at < octets.length; at += CHUNK) {
      link.receive(octets, at, Math.min(CHUNK, octets.length - at), now);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFloodOfNonsenseCostsNoMemoryAndLeavesTheServerUsable(Nonsense nonsense) {
    byte[] octets = new byte[MEGABYTE];
    nonsense.fill(octets, new Random(3));
    HdlcSecondary server = secondary();
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          long allocated = allocatedBy(() -> flood(server, octets, 0));
          assertTrue(allocated < MEGABYTE / 16, allocated + " octets of memory");
        });
    assertEquals(null, server.pollTransmit(0));
    long later = server.nextDeadline() == Link.NEVER ? 0 : server.nextDeadline();
    server.onDeadline(later);
    Payload snrm = snrm();
    server.receive(snrm.array(), snrm.offset(), snrm.length(), later + Bench.SECOND);
    assertEquals(new LinkEvent.Up(CONNECTION), server.pollEvent());
    assertNotNull(server.pollTransmit(later + Bench.SECOND));
  }

  @ParameterizedTest
  @EnumSource
  void aFloodOfNonsenseCostsNoMemoryAndLeavesTheClientUsable(Nonsense nonsense) {
    byte[] octets = new byte[MEGABYTE];
    nonsense.fill(octets, new Random(4));
    HdlcPrimary client = primary();
    client.open(0);
    assertNotNull(client.pollTransmit(0));
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          long allocated = allocatedBy(() -> flood(client, octets, 0));
          assertTrue(allocated < MEGABYTE / 16, allocated + " octets of memory");
        });
    Payload ua = new HdlcFrame.Ua(CLIENT, SERVER, true, Payload.EMPTY).encodeWithFlags();
    client.receive(ua.array(), ua.offset(), ua.length(), Bench.SECOND);
    assertEquals(new LinkEvent.Up(CONNECTION), client.pollEvent());
  }

  @Test
  void aSenderOfOneOctetAMinuteHoldsNothingUp() {
    HdlcSecondary server = secondary();
    Payload octets = snrm();
    long now = 0;
    for (int round = 0; round < 100; round++) {
      server.receive(octets.array(), octets.offset() + round % octets.length(), 1, now);
      assertTrue(server.nextDeadline() == Link.NEVER || server.nextDeadline() > now);
      now += 60 * Bench.SECOND;
      server.onDeadline(now);
      assertEquals(Link.NEVER, server.nextDeadline(), "given up");
    }
    assertEquals(null, server.pollEvent());
    server.receive(octets.array(), octets.offset(), octets.length(), now);
    assertEquals(new LinkEvent.Up(CONNECTION), server.pollEvent());
  }

  @Test
  void anOctetJustBeforeEveryTimeOutEndsWithTheLongestFrame() {
    HdlcSecondary server = secondary();
    byte[] endless = new byte[5000];
    Nonsense.ENDLESS_FRAME.fill(endless, new Random(5));
    long now = 0;
    for (int i = 0; i < endless.length; i++) {
      server.receive(endless, i, 1, now);
      now += 499 * Bench.MILLISECOND;
    }
    assertEquals(Link.NEVER, server.nextDeadline(), "nothing is kept of it");
  }

  @Test
  void segmentsWithoutEndAreRejectedAtTheLongestPayload() {
    HdlcSecondary server =
        new HdlcSecondary(
            HdlcSecondaryConfig.builder().device(32, Set.of(1)).maxPayloadLength(10_000).build());
    Payload snrm = snrm();
    server.receive(snrm.array(), snrm.offset(), snrm.length(), 0);
    List<Payload> segments = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      segments.add(
          new HdlcFrame.I(SERVER, CLIENT, true, true, number, 0, Payload.of(new byte[128]))
              .encodeWithFlags());
    }
    long allocated =
        allocatedBy(
            () -> {
              for (int i = 0; i < 100_000; i++) {
                Payload segment = segments.get(i & 7);
                server.receive(segment.array(), segment.offset(), segment.length(), 0);
              }
            });
    assertTrue(allocated < 100_000, allocated + " octets of memory");
    assertEquals(new LinkEvent.Up(CONNECTION), server.pollEvent());
    assertEquals(
        new LinkEvent.Down(CONNECTION, LinkEvent.DownReason.PROTOCOL_ERROR), server.pollEvent());
    assertEquals(null, server.pollEvent());
  }

  /** What is handed up for a payload: the octets, their view, and the event. */
  private static LinkEvent handedUp(int informationLength) {
    byte[] octets = new byte[informationLength];
    return new LinkEvent.Received(
        CONNECTION, Payload.of(octets, LlcHeader.LENGTH, informationLength - LlcHeader.LENGTH));
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 128})
  void anInformationFrameCostsNoMemoryButThePayloadHandedUp(int informationLength) {
    HdlcSecondary server = secondary();
    Payload snrm = snrm();
    server.receive(snrm.array(), snrm.offset(), snrm.length(), 0);
    server.pollTransmit(0);
    server.pollEvent();
    byte[] information = new byte[informationLength];
    System.arraycopy(LlcHeader.COMMAND.octets().array(), 0, information, 0, LlcHeader.LENGTH);
    List<Payload> frames = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      frames.add(
          new HdlcFrame.I(SERVER, CLIENT, true, false, number, 0, Payload.of(information))
              .encodeWithFlags());
    }
    int count = 8000;
    List<LinkEvent> kept = new ArrayList<>(Arrays.asList(new LinkEvent[count]));
    Runnable receiving =
        () -> {
          for (int i = 0; i < count; i++) {
            Payload frame = frames.get(i & 7);
            server.receive(frame.array(), frame.offset(), frame.length(), 0);
            LinkEvent event = server.pollEvent();
            assertNotNull(event);
            kept.set(i, event);
          }
        };
    Runnable floor =
        () -> {
          for (int i = 0; i < count; i++) {
            kept.set(i, handedUp(informationLength));
          }
        };
    allocatedBy(receiving);
    allocatedBy(floor);
    assertEquals(allocatedBy(floor) / count, allocatedBy(receiving) / count);
    assertTrue(kept.get(0) instanceof LinkEvent.Received);
  }
}
