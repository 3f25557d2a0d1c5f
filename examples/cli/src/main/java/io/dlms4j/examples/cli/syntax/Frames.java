package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
    return decode(octets, null);
  }

  /**
   * The same, with what is known of the parties: protected APDUs are shown in clear as far as their
   * keys are known, and what a part tells counts for those behind it.
   *
   * @param octets one or more of them
   * @param session what is known of the parties, or null; it learns
   * @return the parts, at least one
   */
  public static List<Part> decode(Octets octets, @Nullable Session session) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < octets.length()) {
      int from = at;
      if (octets.at(at) == FLAG) {
        at++;
      } else if (HdlcEnvelope.beginsAt(octets, at)) {
        parts.add(judged(session, known -> HdlcEnvelope.read(octets, from, known)));
        at = HdlcEnvelope.end(octets, at);
      } else if (WrapperEnvelope.beginsAt(octets, at)) {
        parts.add(judged(session, known -> WrapperEnvelope.read(octets, from, known)));
        at = WrapperEnvelope.end(octets, at);
      } else if (at == 0) {
        return List.of(judged(session, known -> Apdus.read(octets, known)));
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

  /** A part, with what the session says of its protection. */
  private static Part judged(@Nullable Session session, Function<@Nullable Session, Part> reading) {
    if (session == null) {
      return reading.apply(null);
    }
    Session.Known before = session.known();
    Part part = reading.apply(session);
    List<Part.Fault> faults = new ArrayList<>(part.faults());
    if (!faults.isEmpty()) {
      session.goBackTo(before);
    }
    faults.addAll(session.takeFaults());
    return new Part(part.tree(), faults);
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
   * Lengths and check sequences are computed. What is said of protected APDUs in clear is passed
   * over, for without keys it cannot be protected again; {@link #tellsOfProtected} knows whether
   * there is any.
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

  /**
   * Whether something in JSON is in clear what is protected beside it, and has no say in what is
   * encoded.
   *
   * @param plain terms of JSON
   * @return whether there is a member of that name, however deep
   */
  public static boolean tellsOfProtected(@Nullable Object plain) {
    if (plain instanceof Map<?, ?> map) {
      return map.containsKey(Protected.UNPROTECTED)
          || map.values().stream().anyMatch(Frames::tellsOfProtected);
    }
    return plain instanceof List<?> list && list.stream().anyMatch(Frames::tellsOfProtected);
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
