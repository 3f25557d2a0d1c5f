package io.dlms4j.cosem.apdu;

import java.util.List;

/**
 * ReadResponse: a server answers a {@link ReadRequest} (Green Book 9.3.14, 9.5).
 *
 * @param results one for each variable asked for, in their order
 */
public record ReadResponse(List<ReadResult> results) implements ShortNameApdu {
  /** Keeps a copy of the list. */
  public ReadResponse {
    results = List.copyOf(results);
  }
}
