package io.dlms4j.transport;

import io.dlms4j.link.Payload;
import io.dlms4j.transport.HeaderDecoder.Decoded;
import org.jspecify.annotations.Nullable;

/**
 * Describes frames of HDLC, the damaged ones too: a log is read when something is wrong, so this
 * does not share the judgement of the stations that refuse such frames.
 */
final class HdlcHeaders {
  private static final int FLAG = 0x7E;

  /** Format field, two addresses of one octet, control field, FCS. */
  private static final int MIN_LENGTH = 7;

  private static final int CHECK_LENGTH = 2;

  private HdlcHeaders() {}

  static @Nullable Decoded decode(Payload octets) {
    int there = octets.length();
    if (octets.at(0) != FLAG) {
      return noise(octets);
    }
    if (there < 2) {
      return null;
    }
    if (octets.at(1) == FLAG) {
      return new Decoded(1, "");
    }
    if ((octets.at(1) & 0xF0) != 0xA0) {
      return noise(octets);
    }
    if (there < 3) {
      return null;
    }
    int length = (octets.at(1) & 0x07) << 8 | octets.at(2);
    if (length < MIN_LENGTH) {
      return noise(octets);
    }
    if (there < length + 2) {
      return null;
    }
    if (octets.at(length + 1) != FLAG) {
      return noise(octets);
    }
    // The closing flag is left, for it may open the next frame.
    return new Decoded(length + 1, describe(octets.slice(1, length)));
  }

  private static Decoded noise(Payload octets) {
    int count = 1;
    while (count < octets.length() && octets.at(count) != FLAG) {
      count++;
    }
    return new Decoded(count, "no HDLC frame: " + count + " octets");
  }

  private static String describe(Payload frame) {
    int end = frame.length() - CHECK_LENGTH;
    StringBuilder text = new StringBuilder("HDLC ");
    int source = behindAddress(frame, 2, end);
    int control = behindAddress(frame, source, end);
    if (control < end) {
      text.append(name(frame.at(control)));
      if ((frame.at(0) & 0x08) != 0) {
        text.append(" segmented");
      }
      text.append(", ").append(address(frame, source, control));
      text.append(" -> ").append(address(frame, 2, source));
      int information = end - control - 1;
      if (information > 0) {
        text.append(", information ").append(Math.max(0, information - CHECK_LENGTH));
        text.append(", HCS ").append(verdict(frame, Math.min(control + 1, end)));
      }
    } else {
      text.append("frame without control field");
    }
    return text.append(", FCS ").append(verdict(frame, end)).toString();
  }

  /** The control field in the words of Green Book 8.4.3. */
  private static String name(int control) {
    String pollFinal = (control & 0x10) != 0 ? " P/F" : "";
    String received = " N(R)=" + (control >>> 5);
    if ((control & 1) == 0) {
      return "I N(S)=" + (control >>> 1 & 7) + received + pollFinal;
    }
    String supervisory =
        switch (control & 0x0F) {
          case 0x01 -> "RR";
          case 0x05 -> "RNR";
          case 0x09 -> "REJ";
          default -> "";
        };
    if (!supervisory.isEmpty()) {
      return supervisory + received + pollFinal;
    }
    String unnumbered =
        switch (control & 0xEF) {
          case 0x03 -> "UI";
          case 0x0F -> "DM";
          case 0x43 -> "DISC";
          case 0x63 -> "UA";
          case 0x83 -> "SNRM";
          case 0x87 -> "FRMR";
          default -> "control " + control;
        };
    return unnumbered + pollFinal;
  }

  private static int behindAddress(Payload frame, int from, int end) {
    int at = from;
    while (at < end && (frame.at(at) & 1) == 0) {
      at++;
    }
    return Math.min(at + 1, end);
  }

  private static String address(Payload frame, int from, int end) {
    return switch (end - from) {
      case 1 -> Integer.toString(frame.at(from) >>> 1);
      case 2 -> (frame.at(from) >>> 1) + "/" + (frame.at(from + 1) >>> 1);
      case 4 -> fourteenBits(frame, from) + "/" + fourteenBits(frame, from + 2);
      default -> "address of " + (end - from) + " octets";
    };
  }

  private static int fourteenBits(Payload frame, int from) {
    return frame.at(from) >>> 1 << 7 | frame.at(from + 1) >>> 1;
  }

  /** Compares the check sequence behind {@code checked} octets, low octet first. */
  private static String verdict(Payload frame, int checked) {
    if (checked + CHECK_LENGTH > frame.length()) {
      return "missing";
    }
    int check = 0xFFFF;
    for (int i = 0; i < checked; i++) {
      check ^= frame.at(i);
      for (int bit = 0; bit < 8; bit++) {
        check = (check & 1) != 0 ? check >>> 1 ^ 0x8408 : check >>> 1;
      }
    }
    check ^= 0xFFFF;
    int sent = frame.at(checked) | frame.at(checked + 1) << 8;
    return sent == check ? "ok" : "wrong";
  }
}
