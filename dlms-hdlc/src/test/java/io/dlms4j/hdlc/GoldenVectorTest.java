package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.link.Payload;
import io.dlms4j.vectors.GoldenVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenVectorTest {
  private static final HdlcAddress PUBLIC = HdlcAddress.client(16);
  private static final HdlcAddress PRIMARY_MODULE = HdlcAddress.client(18);
  private static final HdlcAddress MANAGEMENT = HdlcAddress.logical(1);
  private static final HdlcAddress METER = HdlcAddress.logical(16);
  private static final Payload OFFER = new HdlcParameters(512, 512, 1, 1).encode();
  private static final Payload ANSWER = new HdlcParameters(512, 128, 1, 1).encode();

  private static final Map<String, HdlcFrame> FRAMES =
      Map.ofEntries(
          Map.entry("V01", new HdlcFrame.Snrm(MANAGEMENT, PUBLIC, true, OFFER)),
          Map.entry("V02", new HdlcFrame.Ua(PUBLIC, MANAGEMENT, true, ANSWER)),
          Map.entry("V03", command("V03", MANAGEMENT, PUBLIC, 0, 0)),
          Map.entry("V04", response("V04", PUBLIC, MANAGEMENT, 0, 1)),
          Map.entry("V05", command("V05", MANAGEMENT, PUBLIC, 1, 1)),
          Map.entry("V06", response("V06", PUBLIC, MANAGEMENT, 1, 2)),
          Map.entry("V07", new HdlcFrame.Disc(MANAGEMENT, PUBLIC, true, Payload.EMPTY)),
          Map.entry("V08", new HdlcFrame.Ua(PUBLIC, MANAGEMENT, true, Payload.EMPTY)),
          Map.entry("V09", new HdlcFrame.Snrm(METER, PRIMARY_MODULE, true, OFFER)),
          Map.entry("V10", new HdlcFrame.Ua(PRIMARY_MODULE, METER, true, ANSWER)),
          Map.entry("V11", command("V11", METER, PRIMARY_MODULE, 0, 0)),
          Map.entry("V12", response("V12", PRIMARY_MODULE, METER, 0, 1)),
          Map.entry("V13", command("V13", METER, PRIMARY_MODULE, 1, 1)),
          Map.entry("V14", response("V14", PRIMARY_MODULE, METER, 1, 2)),
          Map.entry("V15", command("V15", METER, PRIMARY_MODULE, 2, 2)),
          Map.entry("V16", response("V16", PRIMARY_MODULE, METER, 2, 3)),
          Map.entry("V17", command("V17", METER, PRIMARY_MODULE, 7, 7)),
          Map.entry("V18", response("V18", PRIMARY_MODULE, METER, 7, 0)),
          Map.entry("V19", new HdlcFrame.Disc(METER, PRIMARY_MODULE, true, Payload.EMPTY)),
          Map.entry("V20", new HdlcFrame.Ua(PRIMARY_MODULE, METER, true, Payload.EMPTY)));

  private static HdlcFrame command(
      String vector, HdlcAddress server, HdlcAddress client, int ns, int nr) {
    return information(vector, LlcHeader.COMMAND, server, client, ns, nr);
  }

  private static HdlcFrame response(
      String vector, HdlcAddress client, HdlcAddress server, int ns, int nr) {
    return information(vector, LlcHeader.RESPONSE, client, server, ns, nr);
  }

  private static HdlcFrame information(
      String vector, LlcHeader llc, HdlcAddress to, HdlcAddress from, int ns, int nr) {
    Payload information = Octets.join(llc.octets(), Payload.of(GoldenVector.load(vector).apdu()));
    return new HdlcFrame.I(to, from, true, false, ns, nr, information);
  }

  static List<String> names() {
    return GoldenVector.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyVectorDecodesToItsValues(String name) {
    assertEquals(FRAMES.get(name), HdlcFrame.decode(Payload.of(GoldenVector.load(name).frame())));
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyVectorIsEncodedFromItsValues(String name) {
    HdlcFrame frame = Objects.requireNonNull(FRAMES.get(name));
    assertArrayEquals(GoldenVector.load(name).frame(), frame.encode().toByteArray());
    assertArrayEquals(GoldenVector.load(name).octets(), frame.encodeWithFlags().toByteArray());
  }

  @Test
  void parametersOfTheVectorsReadAsTheyAreMeant() {
    assertEquals(
        new HdlcParameters(512, 512),
        HdlcParameters.decode(HdlcFrame.decode(frame("V01")).information()));
    assertEquals(
        new HdlcParameters(512, 128),
        HdlcParameters.decode(HdlcFrame.decode(frame("V02")).information()));
  }

  @Test
  void theFrameOneOctetShortIsRefusedByItsLength() {
    HdlcException refused =
        assertThrows(HdlcException.class, () -> HdlcFrame.decode(frame("V14-as-printed")));
    assertEquals(0, refused.octetOffset());
  }

  @Test
  void theFrameWithAWrongOctetIsRefusedByItsFcs() {
    // As printed, but with the missing octet in place: length and HCS are good, the FCS is not.
    byte[] octets = GoldenVector.load("V14").frame();
    int minuteOfRow5 = 218;
    assertEquals(0x00, octets[minuteOfRow5]);
    octets[minuteOfRow5] = 0x0F;
    HdlcException refused =
        assertThrows(HdlcException.class, () -> HdlcFrame.decode(Payload.of(octets)));
    assertEquals(octets.length - 2, refused.octetOffset());
  }

  @Test
  void theFrameAfterTheMisprintedOneIsFound() {
    List<Payload> found = new ArrayList<>();
    FrameDelimiter delimiter =
        new FrameDelimiter(
            1_000,
            2047,
            (octets, offset, length, now) ->
                found.add(Payload.of(Payload.of(octets, offset, length).toByteArray())));
    for (String name : List.of("V12", "V14-as-printed", "V16", "V18")) {
      byte[] octets = GoldenVector.load(name).octets();
      delimiter.receive(octets, 0, octets.length, 0);
    }
    assertEquals(List.of(frame("V12"), frame("V16"), frame("V18")), found);
  }

  private static Payload frame(String name) {
    return Payload.of(GoldenVector.load(name).frame());
  }
}
