package io.dlms4j.examples.cli;

import io.dlms4j.client.DlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.iec21.LineSettings;
import io.dlms4j.transport.SerialSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.TreeMap;

/** Where a meter is, and how it is spoken to there. */
record MeterUri(Scheme scheme, URI uri) {
  static final String EXAMPLES =
      "hdlc+tcp://192.0.2.7:1025, wrapper+tcp://192.0.2.7:4059, wrapper+udp://192.0.2.7:4059,"
          + " hdlc+serial:///dev/ttyUSB0?baud=9600 or iec21+serial:///dev/ttyUSB0";

  private static final int USUAL_BAUD_RATE = 9600;

  /** How a meter is spoken to. */
  enum Scheme {
    HDLC_TCP("hdlc+tcp"),
    WRAPPER_TCP("wrapper+tcp"),
    WRAPPER_UDP("wrapper+udp"),
    HDLC_SERIAL("hdlc+serial"),
    IEC21_SERIAL("iec21+serial");

    private final String text;

    Scheme(String text) {
      this.text = text;
    }

    boolean isWrapper() {
      return this == WRAPPER_TCP || this == WRAPPER_UDP;
    }

    boolean isSerial() {
      return this == HDLC_SERIAL || this == IEC21_SERIAL;
    }
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static MeterUri parse(String text) {
    try {
      URI uri = new URI(text);
      for (Scheme scheme : Scheme.values()) {
        if (scheme.text.equals(uri.getScheme())) {
          boolean complete =
              scheme.isSerial()
                  ? uri.getHost() == null && uri.getPath() != null && uri.getPath().length() > 1
                  : uri.getHost() != null && uri.getPort() > 0;
          if (complete) {
            return new MeterUri(scheme, uri);
          }
        }
      }
    } catch (URISyntaxException e) {
      // Told below: what is wrong with it matters less than what it should be.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no address of a meter such as " + EXAMPLES);
  }

  /**
   * Begins a client.
   *
   * @throws IllegalArgumentException if a part of the address is out of its range
   */
  DlmsClientBuilder client() {
    return switch (scheme) {
      case HDLC_TCP, WRAPPER_TCP -> DlmsClient.tcp(uri.getHost(), uri.getPort());
      case WRAPPER_UDP -> DlmsClient.udp(uri.getHost(), uri.getPort());
      case HDLC_SERIAL -> DlmsClient.serial(serial());
      case IEC21_SERIAL -> DlmsClient.serialModeE(serial());
    };
  }

  private SerialSettings serial() {
    Map<String, String> options = new TreeMap<>();
    if (uri.getQuery() != null) {
      for (String option : uri.getQuery().split("&", -1)) {
        int equals = option.indexOf('=');
        options.put(
            equals < 0 ? option : option.substring(0, equals),
            equals < 0 ? "" : option.substring(equals + 1));
      }
    }
    String baud = options.remove("baud");
    String echo = options.remove("echo");
    if (!options.isEmpty()) {
      throw new IllegalArgumentException(
          "a serial line has the options baud and echo, not " + options.keySet());
    }
    return SerialSettings.of(uri.getPath())
        .withLine(LineSettings.eightNoneOne(baud == null ? USUAL_BAUD_RATE : number(baud)))
        .withEcho(Boolean.parseBoolean(echo));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no baud rate", e);
    }
  }
}
