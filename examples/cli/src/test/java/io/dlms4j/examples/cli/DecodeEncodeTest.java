package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.assertFails;
import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Octets to a tree or JSON, and JSON to octets, as a person asks for it. */
class DecodeEncodeTest {
  private static final String V06 =
      "7E A0 15 21 03 52 5D 8A E6 E7 00 C4 01 81 00 06 00 BC 61 4F E4 36 7E";

  @Test
  void decodePrintsAFrameDownToItsValues() {
    // V06 of the vendor's chapter 4, with blanks as in the document and without.
    Run run = dlms("decode", V06);
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("", run.err());
    assertEquals(
        "    1  A0 15                      frame-format: type 3, length 21", run.out().get(1));
    assertEquals("   11  C4                         get-response", run.out().get(7));
    assertTrue(run.out().get(10).endsWith("result / data: double-long-unsigned 12345679"));
    List<String> meanings = run.out().stream().map(line -> line.substring(32)).toList();
    assertEquals(
        meanings,
        dlms("decode", "a0152103525d8ae6e700c401810006", "00bc614fe436").out().stream()
            .map(line -> line.substring(32))
            .toList());
  }

  @Test
  void decodePrintsAnApduAlone() {
    List<String> tree = dlms("decode", "C001C1000301010108", "00FF0200").out();
    assertEquals("    0  C0                       get-request", tree.get(0));
    assertTrue(tree.get(4).endsWith("class-id: 3, Register"), tree.get(4));
    assertTrue(tree.get(6).endsWith("attribute-id: 2, value"), tree.get(6));
  }

  @Test
  void decodePrintsAWpdu() {
    List<String> tree = dlms("decode", "0001 0001 0010 0009 C401C100 0903ABCDEF").out();
    assertTrue(tree.get(0).endsWith("wrapper: WPDU"), tree.get(0));
    assertTrue(tree.get(3).endsWith("destination-wport: 16"), tree.get(3));
    assertTrue(tree.get(8).endsWith("result / data: octet-string AB CD EF"), tree.get(8));
  }

  @Test
  void decodePrintsEveryFrameOfALine() {
    Run run = dlms("decode", V06 + " 7E A0 07 03 21 53 03 C7 7E A0 07 03 21 53 03 C7 7E");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(3, run.out().stream().filter(line -> line.endsWith("hdlc: HDLC frame")).count());
    assertEquals(
        2, run.out().stream().filter(line -> line.endsWith("control: DISC, P/F=1")).count());
  }

  @Test
  void decodePrintsWhatItCanAndThenWhatIsWrongAndWhere() {
    assertBreaks(dlms("decode", "0001 0010 0001 0005 C0"), "octet 6: the length is 5");
    assertBreaks(
        dlms("decode", V06.replace("4F E4", "4E E4")), "octet 20: the FCS is E436", "12345678");
    assertBreaks(dlms("decode", "C4 01 81 00 06 00"), "octet 5: 4 octets needed, 1 left");
    assertBreaks(dlms("decode", "C4 01 81 00 06 00 00 00 01 00"), "octet 9: 1 octets too many");
    assertBreaks(dlms("decode", "C4 09 81"), "octet 1: 9 (09) is no choice", "get-response");
    assertBreaks(dlms("decode", "FE"), "octet 0: 254 (FE) is no choice");
    assertBreaks(dlms("decode", "7E 7E"), "no frame");
    assertBreaks(dlms("decode", V06 + " 11 22"), "octet 23: here begins no frame", "12345679");
    // Good by the abstract syntax, but a date-time of three octets is not.
    assertBreaks(dlms("decode", "0F 00000001 03 010203 00"), "the library refuses this", "12");
    assertFails(dlms("decode", "7E A0 XX"), "hexadecimal");
    assertFails(dlms("decode", ""), "no octets");
    assertEquals(2, dlms("decode", "7E A0 XX").exitCode());
  }

  private static void assertBreaks(Run run, String words, String... alsoPrinted) {
    assertEquals(1, run.exitCode());
    assertTrue(run.err().startsWith("dlms: octet "), run.err());
    assertTrue(run.err().contains(words), run.err());
    String printed = String.join("\n", run.out());
    assertTrue(printed.contains("ERROR: "), printed);
    for (String part : alsoPrinted) {
      assertTrue((printed + run.err()).contains(part), printed);
    }
  }

  @Test
  void jsonGoesThroughAFileOrStdinBackToTheOctets(@TempDir Path directory) throws IOException {
    Run json = dlms("decode", "--json", V06);
    assertEquals(0, json.exitCode(), json.err());
    Path file = directory.resolve("v06.json");
    Files.write(file, json.out());
    assertEquals(List.of(V06), dlms("encode", file.toString()).out());
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(Files.readAllBytes(file)));
      assertEquals(List.of(V06), dlms("encode", "-").out());
      System.setIn(new ByteArrayInputStream(V06.getBytes(StandardCharsets.US_ASCII)));
      assertEquals(json.out(), dlms("decode", "--json", "-").out());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aChangedValueIsEncodedWithItsCheckSequences(@TempDir Path directory) throws IOException {
    String json = String.join("\n", dlms("decode", "--json", V06).out());
    Path file = directory.resolve("changed.json");
    Files.writeString(file, json.replace("12345679", "12345678"));
    Run encoded = dlms("encode", file.toString());
    assertEquals(0, encoded.exitCode(), encoded.err());
    Run again = dlms("decode", encoded.out().get(0));
    assertEquals(0, again.exitCode(), again.err());
    assertTrue(String.join("\n", again.out()).contains("double-long-unsigned 12345678"));
  }

  @Test
  void jsonOfSeveralFramesIsAListAndTellsFaults(@TempDir Path directory) throws IOException {
    String two = V06 + " 7E A0 07 03 21 53 03 C7 7E";
    Run json = dlms("decode", "--json", two);
    assertEquals("[ {", json.out().get(0));
    Path file = directory.resolve("two.json");
    Files.write(file, json.out());
    assertEquals(List.of(V06, "7E A0 07 03 21 53 03 C7 7E"), dlms("encode", file.toString()).out());
    Run broken = dlms("decode", "--json", "C4 01 81 00 06 00");
    assertEquals(1, broken.exitCode());
    String printed = String.join("\n", broken.out());
    assertTrue(printed.contains("\"errors\"") && printed.contains("\"octet\" : 5"), printed);
  }

  @Test
  void jsonThatCannotBeEncodedIsTold(@TempDir Path directory) throws IOException {
    assertFails(dlms("encode", directory.resolve("nowhere").toString()), "cannot read", "nowhere");
    Path file = directory.resolve("bad.json");
    Files.writeString(file, "{\"apdu\": ");
    assertFails(dlms("encode", file.toString()), "no JSON", "line 1");
    Files.writeString(file, "{\"apdu\": {}, \"apdu\": {}}");
    assertFails(dlms("encode", file.toString()), "no JSON", "uplicate");
    Files.writeString(file, "{\"apdu\": {}} more");
    assertFails(dlms("encode", file.toString()), "no JSON");
    Files.writeString(file, "");
    assertFails(dlms("encode", file.toString()));
    Files.writeString(file, "[".repeat(100_000));
    assertFails(dlms("encode", file.toString()), "no JSON");
    Files.writeString(file, "{\"apdu\": {\"get-request\": {\"get-request-next\": {}}}}");
    assertFails(
        dlms("encode", file.toString()),
        "cannot encode apdu.get-request.get-request-next: invoke-id-and-priority is missing");
  }
}
