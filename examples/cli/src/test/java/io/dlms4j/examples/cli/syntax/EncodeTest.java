package io.dlms4j.examples.cli.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Changed values make changed octets; what cannot be written is refused by its place. */
class EncodeTest {
  /** A copy of JSON in which the value at some path is another; without a value it is removed. */
  private static @Nullable Object changed(
      @Nullable Object plain, List<String> path, @Nullable Object value) {
    if (path.isEmpty()) {
      return value;
    }
    List<String> rest = path.subList(1, path.size());
    if (plain instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list);
      int index = Integer.parseInt(path.get(0));
      copy.set(index, changed(list.get(index), rest, value));
      return copy;
    }
    Map<Object, @Nullable Object> copy = new LinkedHashMap<>((Map<?, ?>) plain);
    if (rest.isEmpty() && value == null) {
      copy.remove(path.get(0));
    } else {
      copy.put(path.get(0), changed(copy.get(path.get(0)), rest, value));
    }
    return copy;
  }

  private static Octets encode(Octets octets, String path, @Nullable Object value) {
    Object plain = Frames.decode(octets).get(0).toPlain();
    return Frames.encode(changed(plain, Arrays.asList(path.split("/", -1)), value)).get(0);
  }

  private static void assertRefused(
      Octets octets, String path, @Nullable Object value, String... words) {
    JsonException e = assertThrows(JsonException.class, () -> encode(octets, path, value));
    for (String word : words) {
      assertTrue(String.valueOf(e.getMessage()).contains(word), e.getMessage());
    }
  }

  private static final Octets GET = Octets.ofHex("C001C1000301010108 00FF0200");
  private static final String NORMAL = "apdu/get-request/get-request-normal/";

  @Test
  void aChangedReferenceIsWritten() {
    assertEquals(
        Octets.ofHex("C001C1000301000108 00FF0200"),
        encode(GET, NORMAL + "cosem-attribute-descriptor/instance-id", "1.0.1.8.0.255"));
    assertEquals(
        Octets.ofHex("C00181000301010108 00FF0200"),
        encode(GET, NORMAL + "invoke-id-and-priority/service-class", "unconfirmed"));
  }

  @Test
  void anOptionalFieldMayBeAddedAndRemoved() {
    Octets selected =
        encode(
            GET,
            NORMAL + "access-selection",
            Map.of("access-selector", 2, "access-parameters", Map.of("unsigned", 5)));
    assertEquals(Octets.ofHex("C001C1000301010108 00FF02 01 02 1105"), selected);
    assertEquals(GET, encode(selected, NORMAL + "access-selection", null));
  }

  @Test
  void lengthsAndCheckSequencesAreComputed() {
    Octets frame =
        encode(
            Golden.frame("V06"),
            "apdu/get-response/get-response-normal/result/data",
            Map.of("octet-string", "0102030405060708"));
    Part part = Frames.decode(frame).get(0);
    assertEquals(List.of(), part.faults());
    assertEquals(26 + 2, frame.length());
    Octets aare =
        encode(
            Golden.apdu("aare-hls"),
            "apdu/AARE/responding-authentication-value/charstring",
            "a longer challenge");
    assertEquals(Golden.apdu("aare-hls").length() + 10, aare.length());
    assertEquals(List.of(), Frames.decode(aare).get(0).faults());
  }

  @Test
  void aValueWithinAnAssociationsUserInformationIsWritten() {
    Octets aarq =
        encode(
            Golden.apdu("aarq-lls"),
            "apdu/AARQ/user-information/initiateRequest/response-allowed",
            false);
    // The default is left out; what is not the default takes a flag and an octet.
    assertEquals(Golden.apdu("aarq-lls").length() + 1, aarq.length());
    assertEquals(List.of(), Frames.decode(aarq).get(0).faults());
  }

  @Test
  void aBlockThatIsAWholeValueIsThatValueInJson() {
    Octets block = Octets.ofHex("C402C1 01 00000001 00 05 0600000001");
    Octets changed =
        encode(
            block,
            "apdu/get-response/get-response-with-datablock/result/result/raw-data",
            Map.of("unsigned", 7));
    assertEquals(Octets.ofHex("C402C1 01 00000001 00 02 1107"), changed);
    // Of a block that others follow, nobody can tell what it is.
    Octets first = Octets.ofHex("C402C1 00 00000001 00 05 0600000001");
    assertTrue(Frames.decode(first).get(0).toPlain().toString().contains("raw-data=0600000001"));
  }

  @Test
  void namesMayBeNumbers() {
    Octets refused = Octets.ofHex("C401C1 01 03");
    String result = "apdu/get-response/get-response-normal/result/data-access-result";
    assertEquals(Octets.ofHex("C401C1 01 0D"), encode(refused, result, "scope-of-access-violated"));
    assertEquals(Octets.ofHex("C401C1 01 63"), encode(refused, result, 99));
  }

  @Test
  void whatCannotBeWrittenIsRefusedByItsPath() {
    String descriptor = NORMAL + "cosem-attribute-descriptor";
    String path = "apdu.get-request.get-request-normal.cosem-attribute-descriptor";
    assertRefused(GET, descriptor + "/class-id", 70_000, path + ".class-id", "0..65535");
    assertRefused(GET, descriptor + "/class-id", "three", path + ".class-id", "\"three\"");
    assertRefused(GET, descriptor + "/class-id", 1.5, path + ".class-id");
    assertRefused(GET, descriptor + "/instance-id", "1.2", path + ".instance-id", "OBIS");
    assertRefused(GET, descriptor + "/class-id", null, path, "class-id is missing");
    assertRefused(GET, descriptor + "/version", 1, path + ".version", "no such field");
    assertRefused(GET, descriptor, List.of(), path, "a map");
    assertRefused(GET, "apdu", Map.of("get-requests", 1), "apdu.get-requests", "no such choice");
    assertRefused(GET, "apdu", Map.of(), "apdu", "one choice");
    assertRefused(GET, "apdu", null, "apdu is missing");
    assertRefused(GET, "extra", 1, "extra", "no such field");
    assertRefused(
        GET, NORMAL + "invoke-id-and-priority/priority", "urgent", "priority", "[normal, high]");
    assertRefused(GET, NORMAL + "invoke-id-and-priority/invoke-id", 16, "invoke-id", "0..15");
    Octets data = Octets.ofHex("C401C100 0202 1105 1200FF");
    assertRefused(
        data,
        "apdu/get-response/get-response-normal/result/data/structure/1/long-unsigned",
        65_536,
        "apdu.get-response.get-response-normal.result.data.structure[1].long-unsigned");
    Octets aarq = Golden.apdu("aarq-lls");
    assertRefused(aarq, "apdu/AARQ/mechanism-name", "2.16.x", "apdu.AARQ.mechanism-name");
    assertRefused(
        aarq, "apdu/AARQ/user-information/initiateRequest/proposed-conformance/0", "gets", "[0]");
  }

  @Test
  void envelopesThatCannotBeAreRefused() {
    Octets frame = Golden.frame("V06");
    assertRefused(frame, "hdlc/control/frame", "J", "hdlc.control", "\"J\"");
    assertRefused(frame, "hdlc/control/frame", "RR", "hdlc.control", "no information");
    assertRefused(frame, "hdlc/destination-address/length", 3, "hdlc.destination-address", "3");
    assertRefused(frame, "hdlc/llc", null, "llc is missing");
    assertRefused(frame, "wrapper", Map.of(), "not in both");
    assertRefused(frame, "hdlc/information", "00", "hdlc.information");
    Octets wpdu = Octets.ofHex("0001 0001 0010 0009 C401C100 0903ABCDEF");
    assertRefused(wpdu, "wrapper/source-wport", -1, "wrapper.source-wport");
    assertThrows(JsonException.class, () -> Frames.encode("7E"));
    assertThrows(JsonException.class, () -> Frames.encode(null));
    assertThrows(JsonException.class, () -> Frames.encode(Collections.singletonList(null)));
  }
}
