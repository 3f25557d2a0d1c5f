package io.dlms4j.omnipower.replay;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Readings of a meter at some times, in rows of comma-separated values:
 *
 * <pre>
 * # a household in October
 * time,A14,1.1.32.7.0.255,"P14 - peak,akk T1"
 * 2013-10-25T00:00:00,189197,231.4,4200
 * 2013-10-25T00:15:00,189310.5,,
 * </pre>
 *
 * <p>The header names objects of the vendor's list by their names or OBIS codes: Data objects,
 * registers and extended registers. Times are normal time, without daylight saving, and rise from
 * row to row. Values are decimals in the unit of the object, Wh and not kWh for instance; what is
 * beyond the scaler of the object is dropped. An empty field leaves the value as it was. Fields
 * with a comma in them stand in quotation marks; a quotation mark in them is doubled. Lines that
 * begin with {@code #} and empty ones are passed over.
 *
 * <p>Immutable.
 */
public final class Recording {
  private final Map<String, NavigableMap<Long, CosemData>> columns;
  private final long begin;
  private final long end;
  private final EnergyResolution resolution;

  Recording(
      Map<String, NavigableMap<Long, CosemData>> columns,
      long begin,
      long end,
      EnergyResolution resolution) {
    this.columns = columns;
    this.begin = begin;
    this.end = end;
    this.resolution = resolution;
  }

  /**
   * Reads a recording from a file in UTF-8.
   *
   * @param file the file
   * @param catalogue the objects that there may be
   * @param resolution of the energy registers
   * @return the recording
   * @throws IOException if the file cannot be read, or is not UTF-8
   * @throws RecordingException if it holds none
   */
  public static Recording read(Path file, Catalogue catalogue, EnergyResolution resolution)
      throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(reader, file.toString(), catalogue, resolution);
    }
  }

  /**
   * Reads a recording.
   *
   * @param reader its text, which is not closed
   * @param name what to call it if there is a fault in it
   * @param catalogue the objects that there may be
   * @param resolution of the energy registers
   * @return the recording
   * @throws IOException if the text cannot be read
   * @throws RecordingException if it holds none
   */
  public static Recording read(
      Reader reader, String name, Catalogue catalogue, EnergyResolution resolution)
      throws IOException {
    return new RecordingReader(name, catalogue, resolution).read(new BufferedReader(reader));
  }

  /**
   * The value of an object that is in force.
   *
   * @param entry which object
   * @param normalTime when
   * @return that of the last row up to then that has one; nothing before it, or if the object is
   *     not recorded
   */
  public Optional<CosemData> value(CatalogueEntry entry, long normalTime) {
    return inForce(entry, normalTime).map(Map.Entry::getValue);
  }

  /**
   * Since when the value of an object is in force.
   *
   * @param entry which object
   * @param normalTime when
   * @return the time of the first row with the value that is in force at that time
   */
  public OptionalLong since(CatalogueEntry entry, long normalTime) {
    return inForce(entry, normalTime)
        .map(each -> OptionalLong.of(each.getKey()))
        .orElseGet(OptionalLong::empty);
  }

  private Optional<Map.Entry<Long, CosemData>> inForce(CatalogueEntry entry, long normalTime) {
    return Optional.ofNullable(columns.get(entry.name()))
        .flatMap(column -> Optional.ofNullable(column.floorEntry(normalTime)));
  }

  /**
   * Whether an object is recorded.
   *
   * @param entry which object
   * @return whether there is a column of it
   */
  public boolean has(CatalogueEntry entry) {
    return columns.containsKey(entry.name());
  }

  /**
   * The names of what is recorded.
   *
   * @return in the order of the header
   */
  public List<String> names() {
    return new ArrayList<>(columns.keySet());
  }

  /**
   * The time of the first row.
   *
   * @return seconds of normal time
   */
  public long begin() {
    return begin;
  }

  /**
   * The time of the last row.
   *
   * @return seconds of normal time
   */
  public long end() {
    return end;
  }

  /**
   * The digits of the energy registers.
   *
   * @return as it was read with
   */
  public EnergyResolution resolution() {
    return resolution;
  }
}
