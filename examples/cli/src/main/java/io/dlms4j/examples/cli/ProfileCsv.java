package io.dlms4j.examples.cli;

import io.dlms4j.client.ProfileColumn;
import io.dlms4j.client.ProfileRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The rows of a profile as CSV. */
final class ProfileCsv implements ProfileFile {
  private final Path path;
  private final CSVPrinter printer;
  private long rows;

  ProfileCsv(Path path, List<ProfileColumn> columns) throws IOException {
    this.path = path;
    String[] header = new Profiles().header(columns).toArray(String[]::new);
    printer =
        new CSVPrinter(
            Files.newBufferedWriter(path, StandardCharsets.UTF_8),
            CSVFormat.RFC4180.builder().setHeader(header).get());
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public void add(ProfileRow row) throws IOException {
    printer.printRecord(Profiles.cells(row));
    rows++;
  }

  @Override
  public String finish() throws IOException {
    printer.close();
    return rows + " rows written to " + path;
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}
