package io.dlms4j.iec21;

import io.dlms4j.link.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes and reads the messages of IEC 62056-21, 6.3. */
final class MessageCodec {
  static final String CLAUSE = "IEC 62056-21 6.3.1";
  static final String BCC_CLAUSE = "IEC 62056-21 6.3.2, block check character";

  private MessageCodec() {}

  /** The exclusive or of characters (ISO 1155). */
  static int bcc(byte[] characters, int from, int to) {
    int bcc = 0;
    for (int i = from; i < to; i++) {
      bcc ^= characters[i];
    }
    return bcc & 0x7F;
  }

  static Payload encode(Iec21Message message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (message instanceof SignOnRequest request) {
      put(out, "/?" + request.deviceAddress() + "!\r\n");
    } else if (message instanceof Identification device) {
      put(out, "/" + device.manufacturer() + device.baudCharacter());
      device.enhanced().chars().forEach(each -> put(out, "\\" + (char) each));
      put(out, device.identification() + "\r\n");
    } else if (message instanceof OptionSelect select) {
      out.write(Ascii.ACK);
      out.write(select.protocolControl());
      out.write(select.baudCharacter());
      out.write(select.modeControl());
      put(out, "\r\n");
    } else if (message instanceof DataMessage data) {
      out.write(Ascii.STX);
      put(out, data.text());
      end(out, data.last());
    } else if (message instanceof Command command) {
      out.write(Ascii.SOH);
      put(out, command.type().name());
      if (!command.data().isEmpty()) {
        out.write(Ascii.STX);
        put(out, command.data());
      }
      end(out, command.last());
    } else {
      out.write(message == Handshake.ACK ? Ascii.ACK : Ascii.NAK);
    }
    return Payload.of(out.toByteArray());
  }

  private static void put(ByteArrayOutputStream out, String text) {
    byte[] characters = text.getBytes(StandardCharsets.US_ASCII);
    out.write(characters, 0, characters.length);
  }

  /** The block check character covers everything behind the first SOH or STX. */
  private static void end(ByteArrayOutputStream out, boolean last) {
    out.write(last ? Ascii.ETX : Ascii.EOT);
    out.write(bcc(out.toByteArray(), 1, out.size()));
  }

  static Iec21Message decode(Payload characters) {
    byte[] octets = characters.toByteArray();
    if (octets.length == 0) {
      throw new Iec21Exception("no characters at all", 0, CLAUSE);
    }
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] < 0) {
        throw new Iec21Exception(
            Ascii.show(octets[i]) + " is no character of 7 bits", i, "IEC 62056-21 5.4");
      }
    }
    return switch (octets[0]) {
      case '/' -> line(octets);
      case Ascii.ACK -> octets.length == 1 ? Handshake.ACK : optionSelect(octets);
      case Ascii.NAK -> nak(octets);
      case Ascii.STX -> dataMessage(octets);
      case Ascii.SOH -> command(octets);
      default ->
          throw new Iec21Exception("no message begins with " + Ascii.show(octets[0]), 0, CLAUSE);
    };
  }

  private static Iec21Message nak(byte[] octets) {
    if (octets.length != 1) {
      throw new Iec21Exception("something stands behind NAK", 1, CLAUSE);
    }
    return Handshake.NAK;
  }

  private static Iec21Message line(byte[] octets) {
    int end = lineEnd(octets);
    return end > 1 && octets[1] == '?' ? signOnRequest(octets, end) : identification(octets, end);
  }

  /** Where CR LF stands, which has to be the end. */
  private static int lineEnd(byte[] octets) {
    int end = octets.length - 2;
    if (end < 1 || octets[end] != Ascii.CR || octets[end + 1] != Ascii.LF) {
      throw new Iec21Exception("CR LF is missing", Math.max(end, 0), CLAUSE);
    }
    return end;
  }

  private static SignOnRequest signOnRequest(byte[] octets, int end) {
    int addressEnd = end - 1;
    if (addressEnd < 2 || octets[addressEnd] != '!') {
      throw new Iec21Exception("the exclamation mark is missing", addressEnd, CLAUSE);
    }
    if (addressEnd - 2 > SignOnRequest.MAX_ADDRESS_LENGTH) {
      throw new Iec21Exception(
          "the device address is too long", 2 + SignOnRequest.MAX_ADDRESS_LENGTH, CLAUSE);
    }
    for (int i = 2; i < addressEnd; i++) {
      if (!SignOnRequest.isAddressCharacter(octets[i])) {
        throw new Iec21Exception("no device address has " + Ascii.show(octets[i]), i, CLAUSE);
      }
    }
    return new SignOnRequest(text(octets, 2, addressEnd));
  }

  private static Identification identification(byte[] octets, int end) {
    for (int i = 1; i < 4; i++) {
      if (i >= end || !Ascii.isLetter(octets[i])) {
        throw new Iec21Exception("the manufacturer is not three letters", i, CLAUSE);
      }
    }
    if (end < 5 || !Identification.isPart(octets[4])) {
      throw new Iec21Exception("the baud rate character is missing", 4, CLAUSE);
    }
    int at = 5;
    StringBuilder enhanced = new StringBuilder();
    while (at < end && octets[at] == '\\') {
      if (at + 1 >= end || !Identification.isPart(octets[at + 1])) {
        throw new Iec21Exception("no mode stands behind the backslash", at + 1, CLAUSE);
      }
      if (enhanced.length() == Identification.MAX_ENHANCED) {
        throw new Iec21Exception("there are too many enhanced modes", at, CLAUSE);
      }
      enhanced.append((char) octets[at + 1]);
      at += 2;
    }
    if (end - at > Identification.MAX_IDENTIFICATION_LENGTH) {
      throw new Iec21Exception(
          "the identification is too long", at + Identification.MAX_IDENTIFICATION_LENGTH, CLAUSE);
    }
    for (int i = at; i < end; i++) {
      if (!Identification.isPart(octets[i])) {
        throw new Iec21Exception("no identification has " + Ascii.show(octets[i]), i, CLAUSE);
      }
    }
    return new Identification(
        text(octets, 1, 4), (char) octets[4], enhanced.toString(), text(octets, at, end));
  }

  private static OptionSelect optionSelect(byte[] octets) {
    int end = lineEnd(octets);
    if (end != 4) {
      throw new Iec21Exception("an option select has three control characters", end, CLAUSE);
    }
    for (int i = 1; i < end; i++) {
      if (!Ascii.isPrintable(octets[i])) {
        throw new Iec21Exception("a control character is not printable", i, CLAUSE);
      }
    }
    return new OptionSelect((char) octets[1], (char) octets[2], (char) octets[3]);
  }

  private static DataMessage dataMessage(byte[] octets) {
    int end = blockEnd(octets);
    return new DataMessage(blockText(octets, 1, end), octets[end] == Ascii.ETX);
  }

  private static Command command(byte[] octets) {
    int end = blockEnd(octets);
    CommandType type = end < 3 ? null : CommandType.of(octets[1], octets[2]);
    if (type == null) {
      throw new Iec21Exception("there is no such command", 1, CLAUSE);
    }
    if (end > 3 && octets[3] != Ascii.STX) {
      throw new Iec21Exception("STX is missing before the data", 3, CLAUSE);
    }
    return new Command(type, blockText(octets, Math.min(4, end), end), octets[end] == Ascii.ETX);
  }

  /** Where ETX or EOT stands, before a block check character that is right. */
  private static int blockEnd(byte[] octets) {
    int end = octets.length - 2;
    if (end < 1 || (octets[end] != Ascii.ETX && octets[end] != Ascii.EOT)) {
      throw new Iec21Exception("ETX or EOT is missing", Math.max(end, 0), CLAUSE);
    }
    int bcc = bcc(octets, 1, end + 1);
    if (octets[end + 1] != bcc) {
      throw new Iec21Exception(
          "block check character " + Ascii.show(octets[end + 1]) + " should be " + Ascii.show(bcc),
          end + 1,
          BCC_CLAUSE);
    }
    return end;
  }

  private static String blockText(byte[] octets, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Ascii.isText(octets[i])) {
        throw new Iec21Exception("no data has " + Ascii.show(octets[i]), i, CLAUSE);
      }
    }
    return text(octets, from, to);
  }

  private static String text(byte[] octets, int from, int to) {
    return new String(octets, from, to - from, StandardCharsets.US_ASCII);
  }
}
