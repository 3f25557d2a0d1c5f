package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Octets of a line, of whatever kind, to parts and back. */
public final class Frames {
  static final int FLAG = 0x7E;

  private Frames() {}

  /**
   * Finds what is among octets: HDLC frames with or without their flags, WPDUs, or one APDU alone.
   *
   * @param octets one or more of them
   * @return the parts, at least one
   */
  public static List<Part> decode(Octets octets) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < octets.length()) {
      if (octets.at(at) == FLAG) {
        at++;
      } else if (HdlcEnvelope.beginsAt(octets, at)) {
        parts.add(HdlcEnvelope.read(octets, at));
        at = HdlcEnvelope.end(octets, at);
      } else if (WrapperEnvelope.beginsAt(octets, at)) {
        parts.add(WrapperEnvelope.read(octets, at));
        at = WrapperEnvelope.end(octets, at);
      } else if (at == 0) {
        return List.of(Apdus.read(octets));
      } else {
        int end = at;
        while (end < octets.length() && octets.at(end) != FLAG) {
          end++;
        }
        parts.add(unknown(octets, at, end, "here begins no frame of format type 3, and no WPDU"));
        at = end;
      }
    }
    return parts.isEmpty() ? List.of(unknown(octets, 0, at, "flags, and no frame")) : parts;
  }

  private static Part unknown(Octets octets, int from, int to, String why) {
    Octets all = octets.slice(from, to - from);
    Node node =
        new Node(
            from, to - from, "octets", all.toString(), List.of(), Node.Form.VALUE, all.toHex());
    return new Part(node, List.of(new Part.Fault(from, why)));
  }

  /**
   * Writes parts that {@link Part#toPlain} has given, or somebody has changed or made in that form.
   * Lengths and check sequences are computed.
   *
   * @param plain a map, or a list of maps
   * @return the octets of each part; those of a frame with its flags
   * @throws JsonException if it is no such form
   */
  public static List<Octets> encode(@Nullable Object plain) {
    Json document = new Json(plain, "");
    List<Octets> parts = new ArrayList<>();
    for (Json each : plain instanceof List ? document.list() : List.of(document)) {
      parts.add(encode(each));
    }
    return parts;
  }

  private static Octets encode(Json part) {
    Map<String, Json> fields =
        part.map(Set.of(HdlcEnvelope.NAME, WrapperEnvelope.NAME, Part.APDU, Part.ERRORS));
    Json apdu = fields.get(Part.APDU);
    Json hdlc = fields.get(HdlcEnvelope.NAME);
    Json wrapper = fields.get(WrapperEnvelope.NAME);
    if (hdlc != null && wrapper != null) {
      throw part.fault("an APDU goes in a frame or in a WPDU, not in both");
    }
    Octets contents = apdu == null ? null : Apdus.write(apdu);
    if (hdlc != null) {
      return HdlcEnvelope.write(hdlc, contents);
    }
    if (contents == null) {
      throw part.fault("apdu is missing");
    }
    return wrapper == null ? contents : WrapperEnvelope.write(wrapper, contents);
  }
}
