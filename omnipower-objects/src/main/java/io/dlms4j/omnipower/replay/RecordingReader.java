package io.dlms4j.omnipower.replay;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads a {@link Recording}, line by line. */
final class RecordingReader {
  private static final String TIME = "time";

  /** Longer numbers are no readings, and would be costly to look at. */
  private static final int MOST_DIGITS = 30;

  /** A meter's clock knows no others, and a load profile has room for these. */
  private static final int FIRST_YEAR = 1970;

  private static final int LAST_YEAR = 2099;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String name;
  private final Catalogue catalogue;
  private final EnergyResolution resolution;
  private final List<CatalogueEntry> header = new ArrayList<>();
  private final List<NavigableMap<Long, CosemData>> values = new ArrayList<>();
  private final Map<String, NavigableMap<Long, CosemData>> columns = new LinkedHashMap<>();
  private int line;

  RecordingReader(String name, Catalogue catalogue, EnergyResolution resolution) {
    this.name = name;
    this.catalogue = catalogue;
    this.resolution = resolution;
  }

  Recording read(BufferedReader reader) throws IOException {
    boolean hasHeader = false;
    boolean hasRows = false;
    long begin = 0;
    long end = 0;
    for (String text = reader.readLine(); text != null; text = reader.readLine()) {
      line++;
      if (line == 1 && text.startsWith(BYTE_ORDER_MARK)) {
        text = text.substring(BYTE_ORDER_MARK.length());
      }
      if (text.isBlank() || text.startsWith("#")) {
        continue;
      }
      List<String> fields = fields(text);
      if (!hasHeader) {
        readHeader(fields);
        hasHeader = true;
        continue;
      }
      long time = time(fields.get(0));
      if (hasRows && time <= end) {
        throw fault("the time " + fields.get(0) + " does not come after the one before");
      }
      readRow(time, fields);
      begin = hasRows ? begin : time;
      end = time;
      hasRows = true;
    }
    if (!hasRows) {
      throw fault(hasHeader ? "there is no row" : "there is no header");
    }
    return new Recording(columns, begin, end, resolution);
  }

  private RecordingException fault(String reason) {
    return new RecordingException(name, Math.max(line, 1), reason);
  }

  private List<String> fields(String text) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (doubled) {
          field.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    if (quoted) {
      throw fault("a quotation mark is not closed");
    }
    fields.add(field.toString().strip());
    return fields;
  }

  private void readHeader(List<String> fields) {
    if (!fields.get(0).equals(TIME)) {
      throw fault("the first column is " + fields.get(0) + ", and not " + TIME);
    }
    for (String column : fields.subList(1, fields.size())) {
      CatalogueEntry entry =
          catalogue
              .lookUp(column)
              .orElseThrow(() -> fault(catalogue.variant() + " has no object " + column));
      if (entry.type() == null || entry.access() == CatalogueEntry.Access.CAPTURED_ONLY) {
        throw fault(column + " is no object with a value");
      }
      NavigableMap<Long, CosemData> made = new TreeMap<>();
      if (columns.putIfAbsent(entry.name(), made) != null) {
        throw fault("there are two columns of " + entry.name());
      }
      header.add(entry);
      values.add(made);
    }
    if (header.isEmpty()) {
      throw fault("there is no column but " + TIME);
    }
  }

  private long time(String field) {
    LocalDateTime time;
    try {
      time = LocalDateTime.parse(field.replace(' ', 'T'));
    } catch (DateTimeParseException e) {
      throw fault(field + " is no time like 2013-10-25T00:15:00");
    }
    if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
      throw fault(field + " is not within the years " + FIRST_YEAR + " to " + LAST_YEAR);
    }
    return time.toEpochSecond(ZoneOffset.UTC);
  }

  private void readRow(long time, List<String> fields) {
    if (fields.size() != header.size() + 1) {
      throw fault(
          "there are " + fields.size() + " fields, where the header has " + (header.size() + 1));
    }
    for (int i = 0; i < header.size(); i++) {
      String field = fields.get(i + 1);
      CatalogueEntry entry = header.get(i);
      if (!field.isEmpty()) {
        put(values.get(i), time, value(entry, field));
      }
    }
  }

  /** Keeps a value only where it changes: whoever looks for it takes the last one. */
  private static void put(NavigableMap<Long, CosemData> values, long time, CosemData value) {
    Map.Entry<Long, CosemData> last = values.lastEntry();
    if (last == null || !last.getValue().equals(value)) {
      values.put(time, value);
    }
  }

  private CosemData value(CatalogueEntry entry, String field) {
    if (entry.type() == DataTag.VISIBLE_STRING) {
      if (field.chars().anyMatch(c -> c < ' ' || c > '~')) {
        throw fault(entry.name() + " is not printable ASCII");
      }
      return CosemData.visibleString(field);
    }
    try {
      return entry.type() == DataTag.OCTET_STRING
          ? CosemData.octetString(Octets.ofHex(field))
          : entry.number(steps(entry, field));
    } catch (NumberFormatException e) {
      String what = entry.holdsNumber() ? "no decimal" : "no octets in hexadecimal";
      throw fault(entry.name() + " is " + field + ", which is " + what);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw fault(entry.name() + " cannot be " + field);
    }
  }

  private long steps(CatalogueEntry entry, String field) {
    if (field.length() > MOST_DIGITS || field.chars().anyMatch(c -> c == 'e' || c == 'E')) {
      throw new NumberFormatException();
    }
    return new BigDecimal(field)
        .scaleByPowerOfTen(-entry.scalerUnit(resolution).scaler())
        .setScale(0, RoundingMode.DOWN)
        .longValueExact();
  }
}
