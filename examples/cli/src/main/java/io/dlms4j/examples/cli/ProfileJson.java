package io.dlms4j.examples.cli;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.client.ProfileColumn;
import io.dlms4j.client.ProfileRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * The rows of a profile as JSON: an object with the columns, their names and units, and rows, each
 * an array with a value for each column. Quantities are exact numbers in the column's unit, times
 * are as in ISO 8601, with an offset where the meter tells one.
 */
final class ProfileJson implements ProfileFile {
  private final Path path;
  private final JsonGenerator json;
  private long rows;

  ProfileJson(Path path, String logicalName, List<ProfileColumn> columns) throws IOException {
    this.path = path;
    json = JsonText.generator(Files.newBufferedWriter(path, StandardCharsets.UTF_8));
    Profiles profiles = new Profiles();
    json.writeStartObject();
    json.writeStringProperty("profile", logicalName);
    json.writeArrayPropertyStart("columns");
    for (ProfileColumn column : columns) {
      json.writeStartObject();
      json.writeStringProperty("name", profiles.name(column.definition().attribute()));
      json.writeStringProperty("attribute", column.definition().attribute().toString());
      json.writeNumberProperty("dataIndex", column.definition().dataIndex());
      json.writeStringProperty("unit", column.scalerUnit().unit().symbol());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("rows");
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public void add(ProfileRow row) {
    json.writeStartArray();
    for (int i = 0; i < row.values().size(); i++) {
      write(row, i);
    }
    json.writeEndArray();
    rows++;
  }

  private void write(ProfileRow row, int column) {
    Optional<BigDecimal> quantity = Profiles.quantity(row, column);
    Optional<CosemDateTime> time = Profiles.dateTime(row, column);
    if (quantity.isPresent()) {
      json.writeNumber(quantity.get());
    } else if (time.isPresent()) {
      json.writeString(text(time.get()));
    } else {
      try {
        json.writeNumber(row.values().get(column).integralValue());
      } catch (AxdrException e) {
        json.writeString(row.text(column));
      }
    }
  }

  /** As in ISO 8601; a pattern, which that does not know, as it is. */
  private static String text(CosemDateTime time) {
    return time.toLocalDateTime()
        .map(
            local ->
                time.deviation() == CosemDateTime.NOT_SPECIFIED
                    ? local.toString()
                    : local.atOffset(ZoneOffset.ofTotalSeconds(-60 * time.deviation())).toString())
        .orElse(time.toString());
  }

  @Override
  public String finish() {
    json.writeEndArray();
    json.writeEndObject();
    json.close();
    return rows + " rows written to " + path;
  }

  @Override
  public void close() {
    json.close();
  }
}
