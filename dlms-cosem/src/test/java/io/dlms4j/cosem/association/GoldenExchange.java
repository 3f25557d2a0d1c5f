package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The APDUs of an exchange as annotated octets: each begins with C if the client sends it, or with
 * S if the server does; a number sign and what the octets mean ends a line.
 */
final class GoldenExchange {
  /** An APDU and who sends it. */
  record Apdu(boolean ofClient, Octets octets) {}

  private GoldenExchange() {}

  static List<Apdu> load(String name) {
    try (InputStream in =
        Objects.requireNonNull(GoldenExchange.class.getResourceAsStream(name), name)) {
      List<Apdu> exchange = new ArrayList<>();
      String octets = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("#.*", "");
      // Neither letter is followed by a blank within an octet.
      for (String apdu : octets.strip().split("\\R(?=[CS] )", -1)) {
        exchange.add(new Apdu(apdu.startsWith("C"), Octets.ofHex(apdu.substring(1))));
      }
      return exchange;
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
