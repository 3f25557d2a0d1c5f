package io.dlms4j.omnipower.measurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.measurement.InvalidMeasurementException.Quantity;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingFrontEndTest {
  private static final int RATE = 8_000;
  private static final double SQRT_2 = Math.sqrt(2);

  /** A harmonic: RMS of voltage and current, and by how many degrees the current lags. */
  private record Harmonic(int order, double volts, double amperes, double lag) {}

  /** A network: the waveform of a phase, at a frequency, in a sequence. */
  private record Network(double hertz, int rate, int direction, List<Harmonic> harmonics) {
    double voltage(double time, int phase) {
      double sum = 0;
      for (Harmonic each : harmonics) {
        sum += each.volts * SQRT_2 * Math.cos(each.order * turn(time, phase));
      }
      return sum;
    }

    double current(double time, int phase) {
      double sum = 0;
      for (Harmonic each : harmonics) {
        double lag = Math.toRadians(each.lag);
        sum += each.amperes * SQRT_2 * Math.cos(each.order * turn(time, phase) - lag);
      }
      return sum;
    }

    private double turn(double time, int phase) {
      return 2 * Math.PI * (hertz * time - direction * phase / 3.0) + 0.7;
    }

    List<Measurement> measure(int seconds) {
      SamplingFrontEnd frontEnd = new SamplingFrontEnd(rate);
      List<Measurement> measured = new ArrayList<>();
      for (int n = 0; n < seconds * rate; n++) {
        double t = (double) n / rate;
        frontEnd
            .sample(
                voltage(t, 0),
                current(t, 0),
                voltage(t, 1),
                current(t, 1),
                voltage(t, 2),
                current(t, 2))
            .ifPresent(measured::add);
      }
      return measured;
    }
  }

  private static Network sine(double hertz, int rate, double lag) {
    return new Network(hertz, rate, 1, List.of(new Harmonic(1, 230, 10, lag)));
  }

  private static void near(double expected, double measured, double relative) {
    assertEquals(expected, measured, Math.abs(expected) * relative + 1);
  }

  @ParameterizedTest
  @CsvSource({"0", "60", "90", "120", "180", "240", "300", "359"})
  void aSineAt50HertzIsMeasuredToTheLastDigitOfItsIntegers(double lag) {
    List<Measurement> measured = sine(50, RATE, lag).measure(3);
    assertEquals(3, measured.size());
    for (Measurement second : measured) {
      for (int number = 1; number <= 3; number++) {
        Phase phase = second.phase(number);
        assertEquals(230_000, phase.voltage());
        assertEquals(10_000, phase.current());
        assertEquals((int) (lag * 100), phase.angle());
        assertEquals(2.3e9 * Math.cos(Math.toRadians(lag)), (double) phase.active(), 1);
        assertEquals(2.3e9 * Math.sin(Math.toRadians(lag)), (double) phase.reactive(), 1);
        assertEquals(0, phase.voltageDistortion());
        assertEquals(0, phase.currentDistortion());
      }
      assertEquals(50_000, second.frequency());
      assertEquals(PhaseSequence.L1_L2_L3, second.sequence());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "42.5, 8000",
    "47.3, 8000",
    "49.987, 8000",
    "50.1, 8000",
    "51.7, 6400",
    "57.5, 8000",
    "60, 8000",
    "62.5, 5000",
    "50, 12345",
    "50.2, 44100"
  })
  void aSineOfAnyFrequencyIsMeasuredFarWithinClassB(double hertz, int rate) {
    for (double lag : new double[] {0, 60, 90, 150, 260}) {
      List<Measurement> measured = sine(hertz, rate, lag).measure(4);
      for (Measurement second : measured.subList(1, 4)) {
        Phase phase = second.l2();
        near(230_000, phase.voltage(), 0.0002);
        near(10_000, phase.current(), 0.0002);
        assertEquals(
            2.3e9 * Math.cos(Math.toRadians(lag)), (double) phase.active(), 2.3e9 * 0.0004);
        assertEquals(
            2.3e9 * Math.sin(Math.toRadians(lag)), (double) phase.reactive(), 2.3e9 * 0.0004);
        assertEquals(lag * 100, phase.angle() % 35_999, 2);
        assertEquals(hertz * 1_000, second.frequency(), 1);
        assertTrue(phase.voltageDistortion() < 15, () -> "THD " + phase.voltageDistortion());
      }
    }
  }

  @Test
  void pq13KnownHarmonicsGiveTheirDistortionAndPowers() {
    List<Harmonic> harmonics =
        List.of(
            new Harmonic(1, 230, 10, 25),
            new Harmonic(3, 11.5, 3, 200),
            new Harmonic(5, 13.8, 2, 40),
            new Harmonic(7, 6.9, 1.5, 310),
            new Harmonic(11, 0, 0.8, 0),
            new Harmonic(40, 2.3, 0.5, 90));
    double volts = 0;
    double amperes = 0;
    double watts = 0;
    for (Harmonic each : harmonics) {
      volts += each.volts * each.volts;
      amperes += each.amperes * each.amperes;
      watts += each.volts * each.amperes * Math.cos(Math.toRadians(each.lag));
    }
    double voltageDistortion = 10_000 * Math.sqrt(volts / (230 * 230) - 1);
    double currentDistortion = 10_000 * Math.sqrt(amperes / (10 * 10) - 1);
    double vars = 2_300 * Math.sin(Math.toRadians(25));
    for (double hertz : new double[] {50, 49.93}) {
      double allowed = hertz == 50 ? 1e-6 : 3e-4;
      Network network = new Network(hertz, RATE, 1, harmonics);
      for (Measurement second : network.measure(3).subList(1, 3)) {
        for (int number = 1; number <= 3; number++) {
          Phase phase = second.phase(number);
          near(1_000 * Math.sqrt(volts), phase.voltage(), allowed);
          near(1_000 * Math.sqrt(amperes), phase.current(), allowed);
          near(1e6 * watts, (double) phase.active(), allowed);
          near(1e6 * vars, (double) phase.reactive(), allowed);
          near(voltageDistortion, phase.voltageDistortion(), 10 * allowed);
          near(currentDistortion, phase.currentDistortion(), 10 * allowed);
          assertEquals(2_500, phase.angle(), 2);
        }
        assertEquals(hertz * 1_000, second.frequency(), 1);
      }
    }
  }

  @Test
  void pq13TheHarmonicAfterThe40thIsNotDistortion() {
    Network network =
        new Network(50, RATE, 1, List.of(new Harmonic(1, 230, 10, 0), new Harmonic(41, 23, 1, 0)));
    Phase phase = network.measure(2).get(1).l1();
    assertEquals(0, phase.voltageDistortion());
    near(1_000 * Math.hypot(230, 23), phase.voltage(), 1e-6);
  }

  @Test
  void aLoadThatChangesEachSecondAtAnUnsteadyFrequencyIsMeasuredFarWithinClassB() {
    // Whole periods of all seconds follow each other without a gap, so errors do not add up; but a
    // second of 49 periods weighs as much as one of 51.
    SamplingFrontEnd frontEnd = new SamplingFrontEnd(RATE);
    double turn = 0;
    double given = 0;
    double measured = 0;
    int seconds = 120;
    for (int n = 0; n < seconds * RATE; n++) {
      double t = (double) n / RATE;
      turn += 2 * Math.PI * (50 + 0.3 * Math.sin(t / 7)) / RATE;
      double volts = 230 * SQRT_2 * Math.cos(turn);
      double amperes = (n / RATE % 2 == 0 ? 12 : 3) * SQRT_2 * Math.cos(turn - 0.5);
      given += volts * amperes / RATE;
      Optional<Measurement> second = frontEnd.sample(volts, amperes, 0, 0, 0, 0);
      measured += second.map(each -> each.l1().active() / 1e6).orElse(0.0);
    }
    assertEquals(1, measured / given, 0.002);
  }

  @Test
  void theSequenceOfPhasesIsRecognised() {
    List<Harmonic> sine = List.of(new Harmonic(1, 230, 5, 0));
    assertEquals(
        PhaseSequence.L1_L3_L2, new Network(50, RATE, -1, sine).measure(1).get(0).sequence());
    assertEquals(
        PhaseSequence.UNKNOWN, new Network(50, RATE, 0, sine).measure(1).get(0).sequence());
  }

  @Test
  void withoutVoltageThereIsNoFrequencyAndThePhaseIsNotRecognised() {
    SamplingFrontEnd frontEnd = new SamplingFrontEnd(RATE);
    Optional<Measurement> measured = Optional.empty();
    for (int n = 0; n < RATE; n++) {
      measured = frontEnd.sample(0, 0, 0, 0, 0, 0);
    }
    Measurement second = measured.orElseThrow();
    assertEquals(
        new Measurement(Phase.NONE, Phase.NONE, Phase.NONE, 0, PhaseSequence.UNKNOWN), second);
  }

  @Test
  void theOtherPhasesAreMeasuredWhenL1IsMissing() {
    SamplingFrontEnd frontEnd = new SamplingFrontEnd(RATE);
    Network network = sine(50, RATE, 60);
    List<Measurement> measured = new ArrayList<>();
    for (int n = 0; n < 2 * RATE; n++) {
      double t = (double) n / RATE;
      frontEnd
          .sample(0, 0, network.voltage(t, 1), network.current(t, 1), 0, 0)
          .ifPresent(measured::add);
    }
    assertEquals(Phase.NONE, measured.get(1).l1());
    assertEquals(1.15e9, (double) measured.get(1).l2().active(), 1);
    assertEquals(50_000, measured.get(1).frequency());
    assertEquals(PhaseSequence.UNKNOWN, measured.get(1).sequence());
  }

  @Test
  void aVoltageThatComesAndGoesWithinASecondGivesAMeasurementEachSecond() {
    SamplingFrontEnd frontEnd = new SamplingFrontEnd(RATE);
    Network network = sine(50, RATE, 0);
    int measurements = 0;
    double squares = 0;
    double given = 0;
    int seconds = 30;
    for (int n = 0; n < seconds * RATE; n++) {
      double t = (double) n / RATE;
      double volts = n / 2_900 % 2 == 0 ? network.voltage(t, 0) : 0;
      given += volts * volts / RATE;
      Optional<Measurement> second = frontEnd.sample(volts, 0, 0, 0, 0, 0);
      if (second.isPresent()) {
        measurements++;
        double rms = second.get().l1().voltage() / 1_000.0;
        squares += rms * rms;
      }
    }
    assertEquals(seconds, measurements);
    assertEquals(1, squares / given, 0.05);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 5_001})
  void anAbsurdSampleIsRefusedAndTheSecondGoesOn(double absurd) {
    SamplingFrontEnd frontEnd = new SamplingFrontEnd(RATE);
    Network network = sine(50, RATE, 60);
    Optional<Measurement> measured = Optional.empty();
    for (int n = 0; n < RATE; n++) {
      double t = (double) n / RATE;
      if (n % 1_000 == 7) {
        InvalidMeasurementException refused =
            assertThrows(
                InvalidMeasurementException.class, () -> frontEnd.sample(absurd, 0, 0, 0, 0, 0));
        assertEquals(Quantity.VOLTAGE, refused.quantity());
        assertThrows(
            InvalidMeasurementException.class, () -> frontEnd.sample(0, 0, 0, 0, 0, absurd));
      }
      measured = frontEnd.sample(network.voltage(t, 0), network.current(t, 0), 0, 0, 0, 0);
    }
    assertEquals(1.15e9, (double) measured.orElseThrow().l1().active(), 1);
  }

  @Test
  void aSecondWhoseVoltageIsNotBelievedIsDroppedAndTheNextIsMeasured() {
    SamplingFrontEnd frontEnd = new SamplingFrontEnd(RATE);
    Network network = sine(50, RATE, 60);
    List<Measurement> measured = new ArrayList<>();
    int refused = 0;
    for (int n = 0; n < 4 * RATE; n++) {
      double t = (double) n / RATE;
      double factor = n < RATE ? 3 : 1;
      try {
        frontEnd
            .sample(factor * network.voltage(t, 0), network.current(t, 0), 0, 0, 0, 0)
            .ifPresent(measured::add);
      } catch (InvalidMeasurementException e) {
        refused++;
      }
    }
    assertEquals(1, refused);
    assertEquals(3, measured.size());
    assertEquals(1.15e9, (double) measured.get(2).l1().active(), 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 4_999, 200_001})
  void aRateThatCannotShowThe40thHarmonicIsRefused(int rate) {
    assertThrows(IllegalArgumentException.class, () -> new SamplingFrontEnd(rate));
  }

  @Test
  void pq01TheVoltageOfEachPhaseIsMeasuredEverySecond() {
    SamplingFrontEnd frontEnd = new SamplingFrontEnd(RATE);
    Network network = sine(50, RATE, 0);
    int seconds = 0;
    for (int n = 0; n < 5 * RATE; n++) {
      double t = (double) n / RATE;
      double step = 1 + n / RATE;
      Optional<Measurement> measured =
          frontEnd.sample(
              network.voltage(t, 0),
              0,
              network.voltage(t, 1) * (1 - 0.01 * step),
              0,
              network.voltage(t, 2) * (1 + 0.01 * step),
              0);
      if (measured.isPresent()) {
        seconds++;
        near(230_000, measured.get().l1().voltage(), 1e-6);
        near(230_000 * (1 - 0.01 * seconds), measured.get().l2().voltage(), 0.001);
        near(230_000 * (1 + 0.01 * seconds), measured.get().l3().voltage(), 0.001);
      }
    }
    assertEquals(5, seconds);
  }

  @Property(tries = 10)
  void anySamplesAreMeasuredOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    SamplingFrontEnd frontEnd = new SamplingFrontEnd(SamplingFrontEnd.LOWEST_RATE);
    int measured = 0;
    int refused = 0;
    int taken = 0;
    double scale = Math.pow(10, random.nextInt(6));
    for (int n = 0; n < 4 * SamplingFrontEnd.LOWEST_RATE; n++) {
      double volts =
          scale
              * (Math.cos(2 * Math.PI * 50 * n / SamplingFrontEnd.LOWEST_RATE)
                  + 0.01 * random.nextGaussian());
      double amperes = random.nextInt(2_000) == 0 ? Double.NaN : random.nextGaussian();
      try {
        taken++;
        measured += frontEnd.sample(volts, amperes, 0, 0, volts, -amperes).isPresent() ? 1 : 0;
      } catch (InvalidMeasurementException e) {
        refused++;
      }
    }
    // Up to 100 V all but some ten samples are believed, so three seconds are full.
    assertTrue(scale > 100 || measured == 3);
    assertTrue(refused > 0 || measured == 4);
    assertTrue(measured * SamplingFrontEnd.LOWEST_RATE <= taken);
  }
}
