package io.dlms4j.server.profile;

import io.dlms4j.axdr.EncodedData;
import java.util.List;

/**
 * A row as it was captured.
 *
 * @param values one for each column; null-data for what could not be read
 */
public record CapturedRow(List<EncodedData> values) {
  /** Keeps a copy of the list. */
  public CapturedRow {
    values = List.copyOf(values);
  }
}
