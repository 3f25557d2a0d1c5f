package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import io.dlms4j.hdlc.FrameReject;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcException;
import io.dlms4j.hdlc.HdlcFrame;
import io.dlms4j.hdlc.HdlcParameters;
import io.dlms4j.link.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a frame, and frames from the JSON of them. */
final class HdlcFields {
  static final Reading ADDRESS = new Address();
  static final Reading CONTROL = new Control();

  private static final String UPPER = "upper";
  private static final String LOWER = "lower";
  private static final String LENGTH = "length";
  private static final String FRAME = "frame";
  private static final String POLL_FINAL = "poll-final";
  private static final String SEND = "send-sequence-number";
  private static final String RECEIVE = "receive-sequence-number";
  private static final String UNDEFINED = "undefined";
  private static final int P_F = 0x10;
  private static final int SNRM = 0x83;
  private static final int UA = 0x63;
  private static final int FRMR = 0x87;

  /** The parameters of SNRM and UA, in the order in which they are written. */
  private static final String[] PARAMETERS = {
    "max-information-field-length-transmit",
    "max-information-field-length-receive",
    "window-size-transmit",
    "window-size-receive"
  };

  private HdlcFields() {}

  private record Address() implements Reading {
    @Override
    public void read(Walk in) {
      int start = in.position();
      while ((in.octet() & 1) == 0) {
        if (in.position() - start == 4) {
          throw in.error("an address of more than 4 octets");
        }
      }
      Octets octets = in.since(start);
      int length = octets.length();
      if (length == 3) {
        throw in.error("an address of 3 octets");
      }
      int half = (length + 1) / 2;
      int upper = part(octets.slice(0, half));
      Map<String, Object> value = new LinkedHashMap<>();
      value.put(LENGTH, length);
      value.put(UPPER, upper);
      int lower = length == 1 ? 0 : part(octets.slice(half, half));
      if (length > 1) {
        value.put(LOWER, lower);
      }
      in.value(value).meaning(new HdlcAddress(upper, lower, length).toString());
    }

    private static int part(Octets octets) {
      int value = 0;
      for (int i = 0; i < octets.length(); i++) {
        value = value << 7 | octets.at(i) >>> 1;
      }
      return value;
    }
  }

  private static HdlcAddress address(Json from) {
    Map<String, Json> fields = from.map(Set.of(LENGTH, UPPER, LOWER));
    Json lower = fields.get(LOWER);
    try {
      return new HdlcAddress(
          (int) from.required(fields, UPPER).number(0, 0xFFFF),
          lower == null ? 0 : (int) lower.number(0, 0xFFFF),
          (int) from.required(fields, LENGTH).number(1, 4));
    } catch (IllegalArgumentException e) {
      throw from.fault(String.valueOf(e.getMessage()));
    }
  }

  private record Control() implements Reading {
    @Override
    public void read(Walk in) {
      int octet = in.octet();
      String name = name(octet);
      Map<String, Object> value = new LinkedHashMap<>();
      value.put(FRAME, name);
      if (name.equals(UNDEFINED)) {
        value.put("octet", octet);
        in.value(value).meaning("%02X, of no frame that this profile knows".formatted(octet));
        return;
      }
      StringBuilder words = new StringBuilder(name);
      if (name.equals("I")) {
        value.put(SEND, octet >>> 1 & 7);
        words.append(", N(S)=").append(octet >>> 1 & 7);
      }
      if (name.equals("I") || name.equals("RR") || name.equals("RNR")) {
        value.put(RECEIVE, octet >>> 5);
        words.append(", N(R)=").append(octet >>> 5);
      }
      boolean pollFinal = (octet & P_F) != 0;
      value.put(POLL_FINAL, pollFinal);
      in.value(value).meaning(words + (pollFinal ? ", P/F=1" : ", P/F=0"));
    }

    private static String name(int octet) {
      if ((octet & 1) == 0) {
        return "I";
      }
      return switch (octet & 0x0F) {
        case 0x01 -> "RR";
        case 0x05 -> "RNR";
        default ->
            switch (octet & ~P_F) {
              case 0x03 -> "UI";
              case 0x0F -> "DM";
              case 0x43 -> "DISC";
              case UA -> "UA";
              case SNRM -> "SNRM";
              case FRMR -> "FRMR";
              default -> UNDEFINED;
            };
      };
    }
  }

  /** An information field without an APDU. */
  static Reading information(int control) {
    return in -> readInformation(control & ~P_F, in);
  }

  private static void readInformation(int control, Walk in) {
    Octets octets = in.octets(in.remaining());
    Payload payload = HdlcEnvelope.payload(octets);
    in.value(octets.toHex()).meaning(octets.toString());
    try {
      if (control == SNRM || control == UA) {
        HdlcParameters parameters = HdlcParameters.decode(payload);
        Map<String, Object> value = new LinkedHashMap<>();
        value.put(PARAMETERS[0], parameters.maxInformationFieldLengthTransmit());
        value.put(PARAMETERS[1], parameters.maxInformationFieldLengthReceive());
        value.put(PARAMETERS[2], parameters.windowSizeTransmit());
        value.put(PARAMETERS[3], parameters.windowSizeReceive());
        if (parameters.encode().equals(payload)) {
          in.value(value);
        }
        in.meaning(value.toString().replaceAll("[{}]", "").replace('=', ' '));
      } else if (control == FRMR) {
        in.meaning(FrameReject.decode(payload).toString());
      }
    } catch (HdlcException e) {
      in.meaning(octets + ", not understood: " + e.getMessage());
    }
  }

  static Octets informationOctets(@Nullable Json information) {
    if (information == null) {
      return Octets.EMPTY;
    }
    if (information.isText()) {
      return information.octets();
    }
    Map<String, Json> fields = information.map(Set.of(PARAMETERS));
    int[] values = new int[PARAMETERS.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) information.required(fields, PARAMETERS[i]).number(1, Integer.MAX_VALUE);
    }
    try {
      return HdlcEnvelope.octets(
          new HdlcParameters(values[0], values[1], values[2], values[3]).encode());
    } catch (IllegalArgumentException e) {
      throw information.fault(String.valueOf(e.getMessage()));
    }
  }

  static HdlcFrame frame(Json hdlc, Map<String, Json> fields, Payload information) {
    HdlcAddress destination = address(hdlc.required(fields, HdlcEnvelope.DESTINATION));
    HdlcAddress source = address(hdlc.required(fields, HdlcEnvelope.SOURCE));
    Json control = hdlc.required(fields, HdlcEnvelope.CONTROL);
    Map<String, Json> parts = control.map(Set.of(FRAME, POLL_FINAL, SEND, RECEIVE, "octet"));
    String name = control.required(parts, FRAME).text();
    if (name.equals(UNDEFINED)) {
      return undefined(destination, source, control.required(parts, "octet"), information);
    }
    boolean pollFinal = control.required(parts, POLL_FINAL).truth();
    boolean bare = name.equals("RR") || name.equals("RNR");
    if (bare && information.length() > 0) {
      throw control.fault(name + " carries no information");
    }
    Json format = fields.get(HdlcEnvelope.FORMAT);
    boolean more = format != null && isSegmented(format);
    if (more && !name.equals("I")) {
      throw control.fault("only I frames are segmented, not " + name);
    }
    int receive =
        bare || name.equals("I") ? (int) control.required(parts, RECEIVE).number(0, 7) : 0;
    return switch (name) {
      case "I" ->
          new HdlcFrame.I(
              destination,
              source,
              pollFinal,
              more,
              (int) control.required(parts, SEND).number(0, 7),
              receive,
              information);
      case "RR" -> new HdlcFrame.Rr(destination, source, pollFinal, receive);
      case "RNR" -> new HdlcFrame.Rnr(destination, source, pollFinal, receive);
      case "UI" -> new HdlcFrame.Ui(destination, source, pollFinal, information);
      case "DM" -> new HdlcFrame.Dm(destination, source, pollFinal, information);
      case "DISC" -> new HdlcFrame.Disc(destination, source, pollFinal, information);
      case "UA" -> new HdlcFrame.Ua(destination, source, pollFinal, information);
      case "SNRM" -> new HdlcFrame.Snrm(destination, source, pollFinal, information);
      case "FRMR" -> new HdlcFrame.Frmr(destination, source, pollFinal, information);
      default -> throw control.fault("there is no frame \"" + name + "\"");
    };
  }

  private static boolean isSegmented(Json format) {
    Json segmented = format.map(Set.of(HdlcEnvelope.SEGMENTED)).get(HdlcEnvelope.SEGMENTED);
    return segmented != null && segmented.truth();
  }

  private static HdlcFrame undefined(
      HdlcAddress destination, HdlcAddress source, Json octet, Payload information) {
    try {
      return new HdlcFrame.Undefined(destination, source, (int) octet.number(0, 0xFF), information);
    } catch (IllegalArgumentException e) {
      throw octet.fault(String.valueOf(e.getMessage()));
    }
  }
}
