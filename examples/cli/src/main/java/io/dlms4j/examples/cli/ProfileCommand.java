package io.dlms4j.examples.cli;

import io.dlms4j.client.BlockingProfileReader;
import io.dlms4j.client.ProfileColumn;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.EntryNumbering;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/** Reads the rows of a profile. */
@Command(name = "profile", description = "Reads the rows of a profile, such as the load profile.")
final class ProfileCommand implements Callable<Integer> {
  private static final LocalDateTime FIRST = LocalDate.of(1970, 1, 1).atStartOfDay();
  private static final LocalDateTime LAST = LocalDate.of(2099, 12, 31).atStartOfDay();
  private static final long MOST_ROWS = 0xFFFF_FFFFL;

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
      names = "--last",
      paramLabel = "N",
      description = "Only the newest rows, so many; not together with --from and --to.")
  private @Nullable Long newest;

  @Option(
      names = "--numbering",
      paramLabel = "HOW",
      description =
          "How the meter numbers its rows, for --last: ${COMPLETION-CANDIDATES}; by default as the"
              + " Blue Book has it, OLDEST_IS_ONE, but NEWEST_IS_ZERO for a profile of OMNIPOWER"
              + " meters.")
  private @Nullable EntryNumbering numbering;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Writes the rows to a file as CSV instead of printing them as a table.")
  private @Nullable Path csv;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes columns and rows to a file as JSON instead of printing them.")
  private @Nullable Path json;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draws a chart of the rows into a file, a PNG, instead of printing them.")
  private @Nullable Path plot;

  @Override
  public Integer call() {
    if (ObisCode.parse(logicalName).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "'" + logicalName + "' is no OBIS code such as 1.1.99.1.0.255");
    }
    UnaryOperator<BlockingProfileReader> selection = selection();
    PrintWriter out = spec.commandLine().getOut();
    meter.connect(
        client -> {
          BlockingProfileReader selected = selection.apply(client.profile(logicalName));
          if (csv == null && json == null && plot == null) {
            print(selected, out);
          } else {
            write(selected, out);
          }
        });
    return 0;
  }

  private UnaryOperator<BlockingProfileReader> selection() {
    LocalDateTime first = time(from, "--from", FIRST);
    LocalDateTime last = time(to, "--to", LAST);
    boolean ofTime = from != null || to != null;
    Long rows = newest;
    if (rows == null) {
      return ofTime ? profile -> profile.between(first, last) : UnaryOperator.identity();
    }
    if (ofTime) {
      throw new ParameterException(
          spec.commandLine(), "--last does not go together with --from and --to");
    }
    if (rows < 1 || rows > MOST_ROWS) {
      throw new ParameterException(spec.commandLine(), "--last is not within 1.." + MOST_ROWS);
    }
    return numbering() == EntryNumbering.NEWEST_IS_ZERO
        ? profile -> profile.entries(rows - 1, 0)
        : profile -> profile.newest(rows);
  }

  private EntryNumbering numbering() {
    EntryNumbering given = numbering;
    if (given != null) {
      return given;
    }
    return VendorNames.find(ObisCode.of(logicalName)).isPresent()
        ? EntryNumbering.NEWEST_IS_ZERO
        : EntryNumbering.OLDEST_IS_ONE;
  }

  private static void print(BlockingProfileReader profile, PrintWriter out) {
    Table table = new Table(new Profiles().header(profile.columns()));
    long rows = profile.forEach(row -> table.add(Profiles.cells(row)));
    table.print(out, "");
    out.println(rows + " rows");
  }

  private void write(BlockingProfileReader profile, PrintWriter out) {
    // The columns first: a meter that refuses them leaves no empty file behind.
    List<ProfileColumn> columns = profile.columns();
    List<ProfileFile> files = new ArrayList<>();
    try {
      open(csv, files, path -> new ProfileCsv(path, columns));
      open(json, files, path -> new ProfileJson(path, logicalName, columns));
      open(plot, files, path -> new ProfilePlot(path, logicalName, columns));
      profile.forEach(row -> files.forEach(file -> attempt(file.path(), () -> file.add(row))));
      for (ProfileFile file : files) {
        attempt(file.path(), () -> out.println(file.finish()));
      }
    } finally {
      files.forEach(file -> attempt(file.path(), file::close));
    }
  }

  private static void open(@Nullable Path path, List<ProfileFile> files, Opening opening) {
    if (path != null) {
      attempt(path, () -> files.add(opening.open(path)));
    }
  }

  private static void attempt(Path path, Writing writing) {
    try {
      writing.run();
    } catch (IOException | JacksonException e) {
      throw new CommandException("cannot write " + path + ": " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Opening {
    ProfileFile open(Path path) throws IOException;
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
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
