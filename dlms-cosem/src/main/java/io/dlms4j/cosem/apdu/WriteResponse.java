package io.dlms4j.cosem.apdu;

import java.util.List;

/**
 * WriteResponse: a server answers a {@link WriteRequest} (Green Book 9.3.15, 9.5).
 *
 * @param results one for each variable written, in their order
 */
public record WriteResponse(List<WriteResult> results) implements ShortNameApdu {
  /** Keeps a copy of the list. */
  public WriteResponse {
    results = List.copyOf(results);
  }
}
