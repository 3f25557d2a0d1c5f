package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import io.dlms4j.link.Payload;
import io.dlms4j.wrapper.Wpdu;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The header of a WPDU (Green Book 7.3.3.2). */
final class WrapperEnvelope {
  static final String NAME = "wrapper";

  private static final String SOURCE = "source-wport";
  private static final String DESTINATION = "destination-wport";
  private static final int LENGTH_OFFSET = 6;

  private WrapperEnvelope() {}

  /** Whether octets begin with the version of the wrapper; no APDU begins with 00. */
  static boolean beginsAt(Octets octets, int at) {
    return at + 1 < octets.length() && octets.at(at) == 0 && octets.at(at + 1) == Wpdu.VERSION;
  }

  /** Where the unit ends by its own word, or all octets do. */
  static int end(Octets octets, int at) {
    if (at + Wpdu.HEADER_LENGTH > octets.length()) {
      return octets.length();
    }
    int length = octets.at(at + LENGTH_OFFSET) << 8 | octets.at(at + LENGTH_OFFSET + 1);
    return Math.min(octets.length(), at + Wpdu.HEADER_LENGTH + length);
  }

  static Part read(Octets octets, int at, @Nullable Session session) {
    Header header = new Header();
    Walk.Result result = Walk.read(octets, at, end(octets, at), NAME, header, session);
    List<Part.Fault> faults = new ArrayList<>(header.faults);
    SyntaxException fault = result.fault();
    if (fault != null) {
      faults.add(new Part.Fault(fault.offset(), fault.what()));
    }
    return new Part(result.node(), faults);
  }

  private static final class Header implements Reading {
    private final List<Part.Fault> faults = new ArrayList<>();

    @Override
    public void read(Walk in) {
      in.form(Node.Form.FIELDS).meaning("WPDU");
      in.open("version");
      in.meaning(Long.toString(in.unsigned(2))).close();
      in.field(SOURCE, Numbers.UNSIGNED16);
      in.field(DESTINATION, Numbers.UNSIGNED16);
      in.open("length");
      long length = in.unsigned(2);
      in.meaning(Long.toString(length)).close();
      if (length > in.remaining()) {
        faults.add(
            new Part.Fault(
                in.position() - 2,
                "the length is " + length + ", there are " + in.remaining() + " octets"));
      }
      faults.addAll(in.apdu(in.remaining()));
    }
  }

  static Octets write(Json wrapper, Octets apdu) {
    Map<String, Json> fields = wrapper.map(Set.of(SOURCE, DESTINATION));
    long source = wrapper.required(fields, SOURCE).number(0, 0xFFFF);
    long destination = wrapper.required(fields, DESTINATION).number(0, 0xFFFF);
    if (apdu.length() > Wpdu.MAX_DATA_LENGTH) {
      throw wrapper.fault("an APDU of " + apdu.length() + " octets does not fit a WPDU");
    }
    Payload unit =
        new Wpdu(
                (int) source,
                (int) destination,
                Payload.of(apdu.array(), apdu.offset(), apdu.length()))
            .encode();
    return Octets.view(unit.array(), unit.offset(), unit.length());
  }
}
