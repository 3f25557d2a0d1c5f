package io.dlms4j.examples.cli;

import io.dlms4j.omnipower.configuration.MeasuringSystems;
import io.dlms4j.omnipower.measurement.ConstantSource;
import io.dlms4j.omnipower.measurement.CsvSource;
import io.dlms4j.omnipower.measurement.HouseholdSource;
import io.dlms4j.omnipower.measurement.InvalidMeasurementException;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import io.dlms4j.omnipower.measurement.MeasurementFormatException;
import io.dlms4j.omnipower.measurement.MeasurementSource;
import io.dlms4j.omnipower.measurement.RandomSource;
import io.dlms4j.omnipower.measurement.ScriptedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What an emulated meter measures, as a command line says it: {@code household}, {@code
 * constant:U,I,ANGLE}, {@code random:SEED}, {@code csv:FILE} or {@code script:FILE}.
 */
final class SourceText {
  private static final String HOUSEHOLD = "household";
  private static final String CONSTANT = "constant:";
  private static final String RANDOM = "random:";
  private static final String CSV = "csv:";
  private static final String SCRIPT = "script:";
  private static final int NOMINAL_FREQUENCY = 50_000;

  private SourceText() {}

  /** Makes the sources of several meters, which differ where something is by chance. */
  @FunctionalInterface
  interface Sources {
    /**
     * The source of one meter.
     *
     * @param index 0 for the first meter
     * @param systems what the meter measures with
     */
    MeasurementSource of(int index, MeasuringSystems systems);
  }

  /**
   * Reads what a command line says.
   *
   * @param text the source
   * @param seed which household
   * @throws IllegalArgumentException if it is none of them, or out of range
   * @throws CommandException if its file cannot be read or understood
   */
  static Sources parse(String text, long seed) {
    if (text.equals(HOUSEHOLD)) {
      return (index, systems) -> wired(new HouseholdSource(seed + index), systems);
    }
    if (text.startsWith(RANDOM)) {
      long first = seed(text.substring(RANDOM.length()));
      return (index, systems) -> wired(new RandomSource(first + index), systems);
    }
    if (text.startsWith(CONSTANT)) {
      MeasurementSource constant = constant(text.substring(CONSTANT.length()));
      return (index, systems) -> wired(constant, systems);
    }
    // What is in a file is what the meter measures, in whatever network it is.
    if (text.startsWith(CSV)) {
      MeasurementSource recording = read(text.substring(CSV.length()), CsvSource::of);
      return (index, systems) -> recording;
    }
    if (text.startsWith(SCRIPT)) {
      MeasurementSource script = read(text.substring(SCRIPT.length()), ScriptedSource::of);
      return (index, systems) -> script;
    }
    throw new IllegalArgumentException(
        "\""
            + text
            + "\" is no source: household, constant:U,I,ANGLE, random:SEED, csv:FILE or"
            + " script:FILE");
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no seed, which is a number", e);
    }
  }

  private static MeasurementSource constant(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not volts, amperes and degrees, such as 230,10,60");
    }
    try {
      Phase phase =
          Phase.of(
              Double.parseDouble(parts[0]),
              Double.parseDouble(parts[1]),
              Double.parseDouble(parts[2]));
      return new ConstantSource(Measurement.balanced(phase, NOMINAL_FREQUENCY));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not volts, amperes and degrees, such as 230,10,60", e);
    } catch (InvalidMeasurementException e) {
      throw new IllegalArgumentException("nobody measures " + text + ": " + e.getMessage(), e);
    }
  }

  private static MeasurementSource read(String file, Function<String, MeasurementSource> format) {
    try {
      return format.apply(Files.readString(Path.of(file)));
    } catch (IOException | InvalidPathException e) {
      throw new CommandException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (MeasurementFormatException e) {
      throw new CommandException(file + ": " + e.getMessage(), e);
    }
  }

  /** A network of three phases and neutral, as a meter is connected to it. */
  private static MeasurementSource wired(MeasurementSource network, MeasuringSystems systems) {
    return switch (systems) {
      case ONE ->
          second -> {
            Measurement all = network.at(second);
            return Measurement.singlePhase(all.l1(), all.frequency());
          };
      case ARON -> second -> Aron.of(network.at(second));
      case THREE -> network;
    };
  }
}
