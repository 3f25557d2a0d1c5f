package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import io.dlms4j.hdlc.Fcs16;
import io.dlms4j.hdlc.HdlcException;
import io.dlms4j.hdlc.HdlcFrame;
import io.dlms4j.hdlc.LlcHeader;
import io.dlms4j.link.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A frame of format type 3 around an APDU (Green Book 8.4). */
final class HdlcEnvelope {
  static final String NAME = "hdlc";

  static final String FORMAT = "frame-format";
  static final String SEGMENTED = "segmented";
  static final String DESTINATION = "destination-address";
  static final String SOURCE = "source-address";
  static final String CONTROL = "control";
  static final String LLC = "llc";
  static final String INFORMATION = "information";

  private static final int CHECK_LENGTH = 2;

  private HdlcEnvelope() {}

  static boolean beginsAt(Octets octets, int at) {
    return (octets.at(at) & 0xF0) == 0xA0;
  }

  /** Where the frame ends by its own word, or all octets do. */
  static int end(Octets octets, int at) {
    if (at + 1 >= octets.length()) {
      return octets.length();
    }
    int length = (octets.at(at) & 0x07) << 8 | octets.at(at + 1);
    return Math.min(octets.length(), at + Math.max(2, length));
  }

  static Payload payload(Octets octets) {
    return Payload.of(octets.array(), octets.offset(), octets.length());
  }

  static Octets octets(Payload payload) {
    return Octets.view(payload.array(), payload.offset(), payload.length());
  }

  static Part read(Octets octets, int at, @Nullable Session session) {
    int end = end(octets, at);
    Fields fields = new Fields();
    Walk.Result result = Walk.read(octets, at, end, NAME, fields, session);
    List<Part.Fault> faults = new ArrayList<>(fields.faults);
    SyntaxException fault = result.fault();
    if (fault != null) {
      faults.add(new Part.Fault(fault.offset(), fault.what()));
    } else if (faults.isEmpty()) {
      try {
        HdlcFrame.decode(payload(octets.slice(at, end - at)));
      } catch (HdlcException e) {
        faults.add(
            new Part.Fault(at + e.octetOffset(), "the library refuses this: " + e.getMessage()));
      }
    }
    return new Part(result.node(), faults);
  }

  /** What stands between the flags. */
  private static final class Fields implements Reading {
    private final List<Part.Fault> faults = new ArrayList<>();
    private boolean segmented;

    @Override
    public void read(Walk in) {
      int start = in.position();
      in.form(Node.Form.FIELDS).meaning("HDLC frame");
      in.field(FORMAT, new FormatField());
      in.field(DESTINATION, HdlcFields.ADDRESS);
      in.field(SOURCE, HdlcFields.ADDRESS);
      in.field(CONTROL, HdlcFields.CONTROL);
      int control = in.since(in.position() - 1).at(0);
      if (in.remaining() > CHECK_LENGTH) {
        check(in, "HCS", start);
        information(in, control, in.remaining() - CHECK_LENGTH);
      }
      check(in, "FCS", start);
    }

    private void information(Walk in, int control, int length) {
      if (length <= 0) {
        return;
      }
      Payload information = payload(in.rest().slice(0, length));
      if (LlcHeader.COMMAND.begins(information) || LlcHeader.RESPONSE.begins(information)) {
        boolean command = LlcHeader.COMMAND.begins(information);
        in.open(LLC);
        Octets llc = in.octets(LlcHeader.LENGTH);
        in.remember(Session.TO_SERVER, command ? 1 : 0);
        in.value(llc.toHex()).meaning(command ? "to the server" : "from the server").close();
        int rest = length - LlcHeader.LENGTH;
        if (segmented) {
          in.open(INFORMATION);
          in.within(rest, Strings.OCTETS);
          in.close();
        } else {
          faults.addAll(in.apdu(rest));
        }
      } else {
        in.open(INFORMATION);
        in.within(length, HdlcFields.information(control));
        in.close();
      }
    }

    /** A check sequence over all octets since the start. */
    private void check(Walk in, String name, int start) {
      Octets checked = in.since(start);
      int right = Fcs16.of(checked.array(), checked.offset(), checked.length());
      in.open(name);
      int at = in.position();
      int found = (int) in.unsigned(CHECK_LENGTH);
      // The low octet goes first.
      int expected = (right & 0xFF) << 8 | right >>> 8;
      in.meaning(found == expected ? "right" : "wrong, %04X would be right".formatted(expected));
      in.close();
      if (found != expected) {
        faults.add(
            new Part.Fault(
                at, "the %s is %04X, of these octets it is %04X".formatted(name, found, expected)));
      }
    }

    private final class FormatField implements Reading {
      @Override
      public void read(Walk in) {
        int at = in.position();
        int there = in.remaining();
        long format = in.unsigned(2);
        segmented = (format & 0x800) != 0;
        long length = format & 0x7FF;
        Map<String, Object> value = new LinkedHashMap<>();
        value.put(SEGMENTED, segmented);
        in.value(value)
            .meaning("type 3, length " + length + (segmented ? ", segmented: more follow" : ""));
        if (length != there) {
          faults.add(
              new Part.Fault(
                  at, "the length field says " + length + " octets, there are " + there));
        }
      }
    }
  }

  static Octets write(Json hdlc, @Nullable Octets apdu) {
    Map<String, Json> fields =
        hdlc.map(Set.of(FORMAT, DESTINATION, SOURCE, CONTROL, LLC, INFORMATION));
    Json llc = fields.get(LLC);
    Json information = fields.get(INFORMATION);
    if (apdu != null && information != null) {
      throw information.fault("a frame has an APDU or other information, not both");
    }
    if (apdu != null && llc == null) {
      throw hdlc.fault("llc is missing: E6E600 to the server, E6E700 from it");
    }
    Octets header = llc == null ? Octets.EMPTY : llc.octets();
    Octets rest = apdu != null ? apdu : HdlcFields.informationOctets(information);
    byte[] all = new byte[header.length() + rest.length()];
    header.copyTo(all, 0);
    rest.copyTo(all, header.length());
    HdlcFrame frame = HdlcFields.frame(hdlc, fields, Payload.of(all));
    try {
      return octets(frame.encodeWithFlags());
    } catch (IllegalArgumentException e) {
      throw hdlc.fault(String.valueOf(e.getMessage()));
    }
  }
}
