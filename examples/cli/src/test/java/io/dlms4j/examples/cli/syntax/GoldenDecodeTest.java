package io.dlms4j.examples.cli.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.vectors.GoldenVector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Golden octets as trees and as JSON, and back. */
class GoldenDecodeTest {
  /** The vendor's frame whose raw data have a length in three octets where one would do. */
  private static final String LONG_LENGTH = "V18";

  private static Map<String, Octets> all() {
    Map<String, Octets> all = new LinkedHashMap<>(Golden.apdus());
    GoldenVector.names().forEach(name -> all.put(name, Golden.frame(name)));
    return all;
  }

  private static Stream<DynamicTest> each(Consumer<Octets> check) {
    return all().entrySet().stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(golden.getKey(), () -> check.accept(golden.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> goldenOctetsAreWholeAndWrittenBackAsTheyWere() {
    return each(
        octets -> {
          List<Part> parts = Frames.decode(octets);
          assertEquals(1, parts.size());
          assertEquals(List.of(), parts.get(0).faults());
          Octets written = Frames.encode(parts.get(0).toPlain()).get(0);
          if (octets.equals(Golden.frame(LONG_LENGTH))) {
            assertEquals(octets.length() - 2, written.length());
            assertEquals(parts.get(0).toPlain(), Frames.decode(written).get(0).toPlain());
          } else {
            assertEquals(octets, written);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> everyOctetBelongsToExactlyOneField() {
    return each(
        octets -> {
          Node tree = Frames.decode(octets).get(0).tree();
          int flags = tree.name().equals("hdlc") ? 2 : 0;
          assertEquals(octets.length() - flags, tree.length());
          assertContiguous(tree);
        });
  }

  private static void assertContiguous(Node node) {
    if (node.children().isEmpty()) {
      return;
    }
    int at = node.children().get(0).offset();
    assertTrue(at >= node.offset(), node.name());
    for (Node child : node.children()) {
      assertEquals(at, child.offset(), child.name());
      assertContiguous(child);
      at += child.length();
    }
    assertEquals(node.offset() + node.length(), at, node.name());
  }

  @Test
  void allKindsOfApdusAreAmongTheGoldenOnes() {
    assertTrue(Golden.apdus().size() >= 85, "" + Golden.apdus().size());
  }

  private static List<String> lines(Octets octets) {
    return Frames.decode(octets).stream()
        .flatMap(part -> TreeText.of(part, octets).stream())
        .toList();
  }

  private static void assertLines(Octets octets, String expected) {
    assertEquals(
        expected.strip(), String.join("\n", lines(octets)).replaceAll("(?m)^ {2}", "").strip());
  }

  @Test
  void aFrameIsShownDownToTheValue() {
    assertLines(
        Golden.frame("V06"),
"""
  1                           hdlc: HDLC frame
  1  A0 15                      frame-format: type 3, length 21
  3  21                         destination-address: 16
  4  03                         source-address: 1
  5  52                         control: I, N(S)=1, N(R)=2, P/F=1
  6  5D 8A                      HCS: right
  8  E6 E7 00                   llc: from the server
 11  C4                         get-response
 12  01                           get-response-normal
 13  81                             invoke-id-and-priority: invoke-id 1, service-class unconfirmed, priority high
 14  00 06 00 BC 61 4F              result / data: double-long-unsigned 12345679
 20  E4 36                      FCS: right
""");
  }

  @Test
  void linkParametersAreShownByTheirNames() {
    List<String> lines = lines(Golden.frame("V01"));
    assertTrue(lines.get(4).endsWith("control: SNRM, P/F=1"), lines.get(4));
    lines = lines(Golden.frame("V02"));
    assertTrue(lines.get(4).endsWith("control: UA, P/F=1"), lines.get(4));
    assertTrue(
        lines.get(6).contains("information: max-information-field-length-transmit "), lines.get(6));
  }

  @Test
  void anAssociationIsShownDownToTheConformance() {
    assertLines(
        Golden.apdu("aare-hls"),
"""
  0  61 42                    AARE
  2  A1 09 06 07 60 85 74 …     application-context-name: 2.16.756.5.8.1.1, Logical_Name_Referencing_No_Ciphering
 13  A2 03 02 01 00             result: accepted (0)
 18  A3 05                      result-source-diagnostic
 20  A1 03 02 01 0E               acse-service-user: authentication-required (14)
 25  88 02 07 80                responder-acse-requirements: 1, authentication
 29  89 07 60 85 74 05 08 …     mechanism-name: 2.16.756.5.8.2.5, high level security using GMAC
 38  AA 0A                      responding-authentication-value
 40  80 08 50 36 77 52 4A …       charstring: 50 36 77 52 4A 32 31 46 "P6wRJ21F"
 50  BE 10 04 0E                user-information: 14 octets, xDLMS-APDU
 54  08                           initiateResponse
 55  00                             negotiated-quality-of-service: absent
 56  06                             negotiated-dlms-version-number: 6
 57  5F 1F 04 00 00 50 1F           negotiated-conformance: priority-mgmt-supported, block-transfer-with-get-or-read, get, set, selective-access, event-notification, action
 64  01 F4                          server-max-receive-pdu-size: 500
 66  00 07                          vaa-name: 7, in hexadecimal 0007
""");
  }

  @Test
  void referencesAndSelectionsAreShownByTheNamesOfTheBlueBook() {
    assertLines(
        Octets.ofHex(
            "C00181000701006301 00FF02 01 01 0204 0204 1200 08 0906 0000010000FF 0F02 120000"
                + "090C07DD0A19050F0000FF800000 090C07DD0A19050F0F00FF800000 0100"),
"""
  0  C0                       get-request
  1  01                         get-request-normal
  2  81                           invoke-id-and-priority: invoke-id 1, service-class unconfirmed, priority high
  3                               cosem-attribute-descriptor
  3  00 07                          class-id: 7, Profile generic
  5  01 00 63 01 00 FF              instance-id: 1.0.99.1.0.255
 11  02                             attribute-id: 2, buffer
 12  01                           access-selection
 13  01                             access-selector: 1, range_descriptor
 14  02 04                          access-parameters: structure of 4
 16  02 04                            [0]: structure of 4
 18  12 00 08                           [0]: long-unsigned 8
 21  09 06 00 00 01 00 00 FF            [1]: octet-string 00 00 01 00 00 FF, reads as 0.0.1.0.0.255
 29  0F 02                              [2]: integer 2
 31  12 00 00                           [3]: long-unsigned 0
 34  09 0C 07 DD 0A 19 05 …           [1]: octet-string 07 DD 0A 19 05 0F 00 00 FF 80 00 00, reads as 2013-10-25 Fri 15:00:00 status 00
 48  09 0C 07 DD 0A 19 05 …           [2]: octet-string 07 DD 0A 19 05 0F 0F 00 FF 80 00 00, reads as 2013-10-25 Fri 15:15:00 status 00
 62  01 00                            [3]: array of 0
""");
  }

  @Test
  void protectedOctetsAreShownWithTheirTagAndReadIfTheyAreNotEncrypted() {
    List<String> lines = lines(Golden.apdu("glo-get-request-authenticated"));
    assertTrue(lines.get(1).endsWith("security-suite 0, authenticated, key-set unicast"));
    assertTrue(lines.stream().anyMatch(line -> line.endsWith("class-id: 8, Clock")));
    assertTrue(lines.get(lines.size() - 1).contains("authentication-tag: "));
    lines = lines(Golden.apdu("glo-get-request-authenticated-and-encrypted"));
    assertTrue(lines.get(lines.size() - 2).contains("ciphertext: 41 13 12"));
  }

  @Test
  void listsOfResultsAreShownItemByItem() {
    assertLines(
        Golden.apdu("access-response"),
"""
  0  DA                       access-response
  1  C0 00 00 2A                long-invoke-id-and-priority: long-invoke-id 42, processing-option continue-on-error, service-class confirmed, priority high
  5  00                         date-time: empty
  6                             access-response-body
  6  00                           access-request-specification: absent
  7  04                           access-response-list-of-data: list of 4
  8  06 00 02 E3 0D                 [0]: double-long-unsigned 189197
 13  00                             [1]: null-data
 14  00                             [2]: null-data
 15  00                             [3]: null-data
 16  04                           access-response-specification: list of 4
 17  01                             [0] / access-response-get
 18  00                               result: success (0)
 19  02                             [1] / access-response-set
 20  03                               result: read-write-denied (3)
 21  03                             [2] / access-response-action
 22  04                               result: object-undefined (4)
 23  01                             [3] / access-response-get
 24  FA                               result: other-reason (250)
""");
  }

  @Test
  void jsonNamesEveryFieldAndKeepsTypes() {
    assertEquals(
        "{apdu={get-response={get-response-with-list={invoke-id-and-priority={invoke-id=1,"
            + " service-class=confirmed, priority=high}, result=["
            + "{data={double-long-unsigned=12345}}, {data-access-result=read-write-denied},"
            + " {data-access-result=object-undefined}, {data={visible-string=000}}]}}}}",
        plain(Golden.apdu("get-response-with-list")).toString());
  }

  @Test
  void jsonOfAnEnvelopeStandsBesideThatOfTheApdu() {
    Map<String, ?> frame = plain(Golden.frame("V06"));
    assertEquals(List.of("hdlc", "apdu"), List.copyOf(frame.keySet()));
    assertEquals(
        "{frame-format={segmented=false}, destination-address={length=1, upper=16},"
            + " source-address={length=1, upper=1}, control={frame=I, send-sequence-number=1,"
            + " receive-sequence-number=2, poll-final=true}, llc=E6E700}",
        String.valueOf(frame.get("hdlc")));
    assertEquals(
        "{wrapper={source-wport=1, destination-wport=16},"
            + " apdu={get-response={get-response-normal={invoke-id-and-priority={invoke-id=1,"
            + " service-class=confirmed, priority=high},"
            + " result={data={octet-string=ABCDEF}}}}}}",
        plain(Octets.ofHex("0001 0001 0010 0009 C401C100 0903ABCDEF")).toString());
  }

  private static Map<String, ?> plain(Octets octets) {
    return Frames.decode(octets).get(0).toPlain();
  }
}
