package io.dlms4j.examples.cli;

import io.dlms4j.client.BlockingProfileReader;
import io.dlms4j.cosem.ObisCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads the rows of a profile. */
@Command(name = "profile", description = "Reads the rows of a profile, such as the load profile.")
final class ProfileCommand implements Callable<Integer> {
  private static final LocalDateTime FIRST = LocalDate.of(1970, 1, 1).atStartOfDay();
  private static final LocalDateTime LAST = LocalDate.of(2099, 12, 31).atStartOfDay();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private MeterOptions meter = new MeterOptions();

  @Parameters(
      index = "1",
      paramLabel = "OBIS",
      description = "The profile, such as 1.1.99.1.0.255.")
  private String logicalName = "";

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "The earliest row: 2013-10-25 or 2013-10-25T12:00, the meter's local time.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "The latest row, inclusive.")
  private @Nullable String to;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Writes the rows to a file as CSV instead of printing them as a table.")
  private @Nullable Path csv;

  @Override
  public Integer call() {
    if (ObisCode.parse(logicalName).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "'" + logicalName + "' is no OBIS code such as 1.1.99.1.0.255");
    }
    LocalDateTime first = time(from, "--from", FIRST);
    LocalDateTime last = time(to, "--to", LAST);
    PrintWriter out = spec.commandLine().getOut();
    meter.connect(
        client -> {
          BlockingProfileReader profile = client.profile(logicalName);
          BlockingProfileReader selected =
              from == null && to == null ? profile : profile.between(first, last);
          Path file = csv;
          if (file == null) {
            print(selected, out);
          } else {
            long rows = write(selected, file);
            out.println(rows + " rows written to " + file);
          }
        });
    return 0;
  }

  private static void print(BlockingProfileReader profile, PrintWriter out) {
    Table table = new Table(new Profiles().header(profile.columns()));
    long rows = profile.forEach(row -> table.add(Profiles.cells(row)));
    table.print(out, "");
    out.println(rows + " rows");
  }

  private static long write(BlockingProfileReader profile, Path file) {
    // The columns first: a meter that refuses them leaves no empty file behind.
    String[] header = new Profiles().header(profile.columns()).toArray(String[]::new);
    try (CSVPrinter printer =
        new CSVPrinter(
            Files.newBufferedWriter(file, StandardCharsets.UTF_8),
            CSVFormat.RFC4180.builder().setHeader(header).get())) {
      return profile.forEach(
          row -> {
            try {
              printer.printRecord(Profiles.cells(row));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (IOException | UncheckedIOException e) {
      throw new CommandException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private LocalDateTime time(@Nullable String text, String option, LocalDateTime otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      return text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay();
    } catch (DateTimeParseException e) {
      throw new ParameterException(
          spec.commandLine(),
          "'" + text + "' of " + option + " is no time such as 2013-10-25 or 2013-10-25T12:00",
          e);
    }
  }
}
