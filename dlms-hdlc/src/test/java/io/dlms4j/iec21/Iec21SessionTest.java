package io.dlms4j.iec21;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.iec21.Iec21ClientConfig.Purpose;
import io.dlms4j.iec21.Iec21Event.DataRead;
import io.dlms4j.iec21.Iec21Event.EndReason;
import io.dlms4j.iec21.Iec21Event.Ended;
import io.dlms4j.iec21.Iec21Event.HandOver;
import io.dlms4j.iec21.Iec21Event.Identified;
import io.dlms4j.iec21.Iec21Event.SetLine;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client and device against each other, on a virtual clock. */
class Iec21SessionTest {
  private static final String BLOCK =
      "0.0.0(17882969)\r\n1-0:1.8.0*255(000123.4*kWh)\r\n1.6.1(1.2*kW)(2611200815)\r\n!\r\n";
  private static final long LIMIT = 600 * Iec21Bench.SECOND;

  private static Iec21Client client(Purpose purpose, LineOptions options) {
    return new Iec21Client(Iec21ClientConfig.builder(purpose).build(), options);
  }

  private static Iec21ServerConfig.Builder device(int baudRate) {
    return Iec21ServerConfig.builder("KAM", "OMNIPOWER").baudRate(baudRate).readout(BLOCK);
  }

  private static Iec21Server server(int baudRate, LineOptions options) {
    return new Iec21Server(device(baudRate).build(), options);
  }

  private static LineOptions options(boolean softwareParity, boolean echo) {
    return new LineOptions(softwareParity, echo, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 600, 1200, 2400, 4800, 9600, 19_200})
  void modeEHandsTheLineOverAtTheSpeedOfTheDevice(int baudRate) {
    Iec21Bench bench =
        new Iec21Bench(
            client(Purpose.HDLC, LineOptions.PLAIN),
            server(baudRate, LineOptions.PLAIN),
            false,
            Iec21Bench.GOOD);
    bench.run(LIMIT);
    LineSettings agreed = LineSettings.eightNoneOne(baudRate);
    char z = BaudCharacter.ofModeC(baudRate);
    assertEquals(
        List.of(
            new SetLine(LineSettings.sevenEvenOne(300)),
            new Identified(new Identification("KAM", z, "2", "OMNIPOWER")),
            new SetLine(agreed),
            new HandOver(agreed)),
        bench.client().events());
    assertEquals(
        List.of(
            new SetLine(LineSettings.sevenEvenOne(300)), new SetLine(agreed), new HandOver(agreed)),
        bench.server().events());
    assertEquals(List.of("/?!\r\n", "\u00062" + z + "2\r\n"), bench.client().sent());
    assertEquals(Set.of(), bench.mismatches());
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 600, 1200, 2400, 4800, 9600, 19_200})
  void modeCReadsOutAtTheSpeedOfTheDevice(int baudRate) {
    Iec21Bench bench =
        new Iec21Bench(
            client(Purpose.READOUT, LineOptions.PLAIN),
            server(baudRate, LineOptions.PLAIN),
            false,
            Iec21Bench.GOOD);
    bench.run(LIMIT);
    assertEquals(new DataRead(BLOCK, true), bench.client().only(DataRead.class));
    assertEquals(new Ended(EndReason.FINISHED, ""), bench.client().only(Ended.class));
    bench.runFor(Iec21Bench.SECOND);
    assertEquals(new Ended(EndReason.FINISHED, ""), bench.server().only(Ended.class));
    assertEquals(
        List.of("/?!\r\n", "\u00060" + BaudCharacter.ofModeC(baudRate) + "0\r\n", "\u0006"),
        bench.client().sent());
    assertEquals(Set.of(), bench.mismatches());
  }

  @Test
  void aFastDeviceIsAnsweredFastAndTheLineIsChangedInTime() {
    Iec21ServerConfig fast =
        Iec21ServerConfig.builder("KAm", "").baudRate(19_200).readout(BLOCK).build();
    Iec21Bench bench =
        new Iec21Bench(
            client(Purpose.READOUT, LineOptions.PLAIN),
            new Iec21Server(fast, LineOptions.PLAIN),
            false,
            Iec21Bench.GOOD);
    bench.run(LIMIT);
    assertEquals(new DataRead(BLOCK, true), bench.client().only(DataRead.class));
    assertEquals(Set.of(), bench.mismatches());
  }

  @Test
  void aClientThatMayNotGoFasterKeepsTheDeviceAt300Baud() {
    Iec21Bench bench =
        new Iec21Bench(
            new Iec21Client(
                Iec21ClientConfig.builder(Purpose.READOUT).maxBaudRate(4800).build(),
                LineOptions.PLAIN),
            server(9600, LineOptions.PLAIN),
            false,
            Iec21Bench.GOOD);
    bench.run(LIMIT);
    assertEquals(new DataRead(BLOCK, true), bench.client().only(DataRead.class));
    assertTrue(bench.client().sent().contains("\u0006000\r\n"));
  }

  @Test
  void aDeviceWithAnotherAddressIsSilentAndTheClientGivesUpAfterItsRepetitions() {
    Iec21Bench bench =
        new Iec21Bench(
            new Iec21Client(
                Iec21ClientConfig.builder(Purpose.HDLC).deviceAddress("1").repetitions(2).build(),
                LineOptions.PLAIN),
            new Iec21Server(device(9600).deviceAddress("2").build(), LineOptions.PLAIN),
            false,
            Iec21Bench.GOOD);
    long began = bench.now();
    bench.run(LIMIT);
    assertEquals(EndReason.NO_ANSWER, bench.client().only(Ended.class).reason());
    assertEquals(List.of("/?1!\r\n", "/?1!\r\n", "/?1!\r\n"), bench.client().sent());
    assertEquals(List.of(), bench.server().sent());
    // Three times: a request of 6 characters at 300 baud, half a reaction, and 2200 ms.
    long each = (200 + 100 + 2200) * Iec21Bench.MILLISECOND;
    assertEquals(3 * each, bench.now() - began);
  }

  @Test
  void aDeviceWithoutHdlcIsNotOpenedForIt() {
    Iec21Bench bench =
        new Iec21Bench(
            client(Purpose.HDLC, LineOptions.PLAIN),
            new Iec21Server(device(9600).hdlc(false).build(), LineOptions.PLAIN),
            false,
            Iec21Bench.GOOD);
    bench.run(LIMIT);
    assertEquals(EndReason.REFUSED, bench.client().only(Ended.class).reason());
  }

  @Test
  void aDeviceOpensAnewForTheNextClient() {
    Iec21Server server = server(9600, LineOptions.PLAIN);
    for (int i = 0; i < 3; i++) {
      Iec21Bench bench =
          new Iec21Bench(client(Purpose.HDLC, LineOptions.PLAIN), server, false, Iec21Bench.GOOD);
      bench.run(LIMIT);
      bench.client().only(HandOver.class);
    }
  }

  @Test
  void parityOfTheMachinesGoesOverALineThatKnowsNone() {
    Iec21Bench bench =
        new Iec21Bench(
            client(Purpose.HDLC, options(true, false)),
            server(9600, options(true, false)),
            false,
            Iec21Bench.GOOD);
    bench.run(LIMIT);
    bench.client().only(HandOver.class);
    assertEquals(new SetLine(LineSettings.eightNoneOne(300)), bench.client().events().get(0));
    assertEquals(Set.of(), bench.mismatches());
  }

  @Test
  void onesOwnEchoIsNotTakenForAnAnswer() {
    for (Purpose purpose : List.of(Purpose.HDLC, Purpose.READOUT)) {
      Iec21Bench bench =
          new Iec21Bench(
              client(purpose, options(true, true)),
              server(9600, options(true, true)),
              true,
              Iec21Bench.GOOD);
      bench.run(LIMIT);
      if (purpose == Purpose.HDLC) {
        bench.client().only(HandOver.class);
      } else {
        assertEquals(new DataRead(BLOCK, true), bench.client().only(DataRead.class));
      }
    }
  }

  @Test
  void whoExpectsAnEchoWhereThereIsNoneLosesNothing() {
    Iec21Bench bench =
        new Iec21Bench(
            client(Purpose.READOUT, options(false, true)),
            server(9600, options(false, true)),
            false,
            Iec21Bench.GOOD);
    bench.run(LIMIT);
    assertEquals(new DataRead(BLOCK, true), bench.client().only(DataRead.class));
  }

  @Property(tries = 300)
  void onABadLineAReadoutArrivesWholeOrIsToldToHaveFailed(@ForAll long seed) {
    Random random = new Random(seed);
    int[] speeds = {300, 600, 1200, 2400, 4800, 9600, 19_200};
    boolean echo = random.nextBoolean();
    Iec21Bench bench =
        new Iec21Bench(
            client(Purpose.READOUT, options(true, echo)),
            server(speeds[random.nextInt(speeds.length)], options(true, echo)),
            echo,
            Iec21Bench.bad(random, 3));
    bench.run(LIMIT);
    EndReason reason = bench.client().only(Ended.class).reason();
    if (reason == EndReason.FINISHED) {
      assertEquals(new DataRead(BLOCK, true), bench.client().only(DataRead.class));
    } else {
      assertTrue(bench.client().events().stream().noneMatch(DataRead.class::isInstance));
    }
    // Whatever happened, the device is there for the next one.
    Iec21Bench next =
        new Iec21Bench(
            client(Purpose.READOUT, options(true, false)),
            bench.server().machine(),
            false,
            Iec21Bench.GOOD);
    next.run(LIMIT);
    assertEquals(new DataRead(BLOCK, true), next.client().only(DataRead.class));
  }

  @Property(tries = 300)
  void onABadLineBothSidesHandOverAlikeOrTheClientFails(@ForAll long seed) {
    Random random = new Random(seed);
    Iec21Bench bench =
        new Iec21Bench(
            new Iec21Client(
                Iec21ClientConfig.builder(Purpose.HDLC).confirmationRequired(true).build(),
                options(true, false)),
            server(9600, options(true, false)),
            false,
            Iec21Bench.bad(random, 3));
    bench.run(LIMIT);
    boolean opened = bench.client().events().stream().anyMatch(HandOver.class::isInstance);
    if (opened) {
      assertEquals(bench.client().only(HandOver.class), bench.server().only(HandOver.class));
    } else {
      assertFalse(bench.client().only(Ended.class).detail().isEmpty());
    }
  }

  @Test
  void theSameSeedGivesTheSameSession() {
    for (int seed = 0; seed < 20; seed++) {
      assertEquals(trace(seed), trace(seed));
    }
  }

  private static List<String> trace(long seed) {
    Iec21Bench bench =
        new Iec21Bench(
            client(Purpose.READOUT, options(true, false)),
            server(9600, options(true, false)),
            false,
            Iec21Bench.bad(new Random(seed), 2));
    bench.run(LIMIT);
    return List.of(
        "" + bench.now(),
        "" + bench.client().events(),
        "" + bench.client().sent(),
        "" + bench.server().sent());
  }
}
