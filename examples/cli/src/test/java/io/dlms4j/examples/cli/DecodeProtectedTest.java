package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.dlms;
import static io.dlms4j.examples.cli.Sides.REQUEST;
import static io.dlms4j.examples.cli.Sides.RESPONSE;
import static io.dlms4j.examples.cli.Sides.hex;
import static io.dlms4j.examples.cli.Sides.wpdu;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.acse.RLRE;
import io.dlms4j.cosem.acse.RLRQ;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.CipheredService;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import io.dlms4j.cosem.apdu.InitiateRequest;
import io.dlms4j.cosem.apdu.InitiateResponse;
import io.dlms4j.cosem.apdu.ServiceSpecificCiphering;
import io.dlms4j.cosem.security.GeneralHeader;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.hdlc.Fcs16;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protected APDUs as a person decodes them who has the keys. */
class DecodeProtectedTest {
  private static final Set<Protection> BOTH =
      EnumSet.of(Protection.AUTHENTICATED, Protection.ENCRYPTED);
  private static final String FROM_CLIENT =
      "unprotected: tag right, from the client " + Sides.CLIENT + ", ";
  private static final String FROM_SERVER =
      "unprotected: tag right, from the server " + Sides.SERVER + ", ";
  private static final String IN_REQUEST = "class-id: 3, Register";
  private static final String IN_RESPONSE = "result / data: double-long-unsigned 12345679";
  private static final Octets DEDICATED = Octets.ofHex("00112233445566778899AABBCCDDEEFF");

  @TempDir private Path directory;

  private final Sides sides = new Sides(SecuritySuite.SUITE_0);
  private String keys = "";

  @BeforeEach
  void keep() throws IOException {
    keys = sides.text(directory).toString();
  }

  private Run decode(String... octets) {
    List<String> args = new ArrayList<>(List.of("decode", "--keys", keys));
    args.addAll(List.of(octets));
    return dlms(args.toArray(String[]::new));
  }

  private Run decodeWithTitles(String... octets) {
    List<String> args = new ArrayList<>(List.of(octets));
    args.addAll(List.of("--client-title", Sides.CLIENT.toString()));
    args.addAll(List.of("--server-title", Sides.SERVER.toString()));
    return decode(args.toArray(String[]::new));
  }

  /** Says these words, each once and in this order, and nothing on stderr. */
  private static void assertTells(Run run, String... words) {
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    assertOrder(run, words);
  }

  private static void assertOrder(Run run, String... words) {
    List<String> lines = Sides.meanings(run);
    int from = 0;
    for (String word : words) {
      int at = from;
      while (at < lines.size() && !lines.get(at).strip().startsWith(word)) {
        at++;
      }
      assertTrue(at < lines.size(), word + " in " + String.join("\n", lines));
      from = at + 1;
    }
  }

  private static long count(Run run, String word) {
    return run.out().stream().filter(line -> line.contains(word)).count();
  }

  @Test
  void theBooksExamplesAreShownInClear() {
    String[] title = {"--client-title", "4D4D4D0000BC614E"};
    for (String[] golden :
        new String[][] {
          {
            "C81E3001234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6B",
            "unprotected: tag right, from the client 4D4D4D0000BC614E, global-unicast key"
          },
          {
            "C81E1001234567C0010000080000010000FF020006725D910F9221D263877516",
            "unprotected: tag right, from the client 4D4D4D0000BC614E, global-unicast key"
          },
          {
            "C8122001234567411312FF935A47566827C467BC",
            "unprotected: no tag, so nothing proves it; as from the client 4D4D4D0000BC614E"
          },
        }) {
      Run run = decode(golden[0], title[0], title[1]);
      assertTells(run, "glo-get-request", golden[1]);
      assertEquals(1, count(run, "class-id: 8, Clock"), "once, where it is in clear");
    }
    Run general =
        decode(
            "DB084D4D4D0000BC614E1E3001234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6B");
    assertTells(general, "unprotected: tag right, from 4D4D4D0000BC614E", "get-request");
    assertEquals(1, count(general, "class-id: 8, Clock"));
  }

  @Test
  void theExampleInTheReadmeWorksAsWritten() throws IOException {
    List<String> readme = Files.readAllLines(Path.of("../../README.md"));
    String lines = between(readme, "printf '", "'").replace("\\n", "\n");
    keys = Sides.file(directory.resolve("keys.properties"), lines).toString();
    String[] args = between(readme, "dlms decode --keys keys.properties ", null).split(" ", -1);
    Run run = decode(args);
    assertEquals(0, run.exitCode(), run.err());
    for (String line : run.out().subList(4, 9)) {
      assertTrue(readme.contains(line), line);
    }
  }

  private static String between(List<String> lines, String before, @Nullable String after) {
    String line = lines.stream().filter(each -> each.contains(before)).findFirst().orElseThrow();
    String rest = line.substring(line.indexOf(before) + before.length());
    return after == null ? rest : rest.substring(0, rest.indexOf(after));
  }

  @Test
  void offsetsInClearHaveASign() {
    Run run =
        decode(
            "C81E3001234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6B",
            "--client-title=4D4D4D0000BC614E");
    int at =
        run.out()
            .indexOf(
                "   32                             unprotected: tag right, from the client"
                    + " 4D4D4D0000BC614E, global-unicast key");
    assertEquals("   +0  C0                           get-request", run.out().get(at + 1));
    assertEquals(
        "  +11  02                                 attribute-id: 2, time", run.out().get(at + 7));
  }

  @Test
  void theServiceTellsWhoseTitleIsInTheNonce() {
    assertTells(
        decodeWithTitles(
            hex(sides.client.protectServiceSpecific(REQUEST, KeyKind.GLOBAL_UNICAST, BOTH))),
        FROM_CLIENT + "global-unicast key",
        IN_REQUEST);
    assertTells(
        decodeWithTitles(
            hex(sides.server.protectServiceSpecific(RESPONSE, KeyKind.GLOBAL_BROADCAST, BOTH))),
        FROM_SERVER + "global-broadcast key",
        IN_RESPONSE);
    Set<Protection> encrypted = EnumSet.of(Protection.ENCRYPTED);
    assertTells(
        decodeWithTitles(
            hex(sides.server.protectServiceSpecific(RESPONSE, KeyKind.GLOBAL_UNICAST, encrypted))),
        "unprotected: no tag, so nothing proves it; as from the server " + Sides.SERVER,
        IN_RESPONSE);
  }

  @Test
  void aTagTellsThatSomebodyElseSentIt() {
    assertTells(
        decodeWithTitles(
            hex(sides.server.protectServiceSpecific(REQUEST, KeyKind.GLOBAL_UNICAST, BOTH))),
        FROM_SERVER + "global-unicast key",
        IN_REQUEST);
  }

  private Octets aarq(Octets userInformation) {
    return AcseCodec.encode(
        new AARQ(
                ApplicationContextName.LOGICAL_NAME_REFERENCING_WITH_CIPHERING,
                null,
                userInformation)
            .withCalling(ApplicationEntity.UNNAMED.withApTitle(Sides.CLIENT.octets())));
  }

  private Octets aare(Octets userInformation) {
    return AcseCodec.encode(
        new AARE(
                ApplicationContextName.LOGICAL_NAME_REFERENCING_WITH_CIPHERING,
                AssociationResult.ACCEPTED,
                ResultSourceDiagnostic.NULL,
                userInformation)
            .withResponding(ApplicationEntity.UNNAMED.withApTitle(Sides.SERVER.octets())));
  }

  private static Octets protectedBy(ServiceSpecificCiphering apdu) {
    return ApduCodec.STANDARD.encode(apdu);
  }

  /** A session that says all that is needed to read it, but the global keys. */
  private List<Octets> session() {
    KeyMaterial dedicated = KeyMaterial.of(DEDICATED);
    sides.client.useDedicatedKey(dedicated);
    sides.server.useDedicatedKey(dedicated);
    Octets request =
        ApduCodec.STANDARD.encode(
            new InitiateRequest(DEDICATED, true, null, 6, Set.of(Conformance.GET), 1200));
    Octets response =
        ApduCodec.STANDARD.encode(
            new InitiateResponse(
                null, 6, Set.of(Conformance.GET), 500, InitiateResponse.VAA_NAME_LN));
    Octets protectedRequest =
        protectedBy(sides.client.protectServiceSpecific(request, KeyKind.GLOBAL_UNICAST, BOTH));
    Octets protectedResponse =
        protectedBy(sides.server.protectServiceSpecific(response, KeyKind.GLOBAL_UNICAST, BOTH));
    return List.of(
        aarq(protectedRequest),
        aare(protectedResponse),
        protectedBy(sides.client.protectServiceSpecific(REQUEST, KeyKind.DEDICATED, BOTH)),
        protectedBy(sides.server.protectServiceSpecific(RESPONSE, KeyKind.DEDICATED, BOTH)),
        AcseCodec.encode(new RLRQ(RLRQ.Reason.NORMAL, protectedRequest)),
        AcseCodec.encode(new RLRE(RLRE.Reason.NORMAL, protectedResponse)));
  }

  private static final String[] SESSION = {
    "AARQ",
    FROM_CLIENT + "global-unicast key",
    "initiateRequest",
    "AARE",
    FROM_SERVER + "global-unicast key",
    "initiateResponse",
    "ded-get-request",
    FROM_CLIENT + "dedicated key",
    IN_REQUEST,
    "ded-get-response",
    FROM_SERVER + "dedicated key",
    IN_RESPONSE,
    "RLRQ",
    FROM_CLIENT + "global-unicast key",
    "RLRE",
    FROM_SERVER + "global-unicast key",
    "initiateResponse"
  };

  @Test
  void aSessionOfWpdusTellsTitlesAndTheDedicatedKeyItself() {
    assertTells(decode(session().stream().map(Sides::wpdu).toArray(String[]::new)), SESSION);
  }

  @Test
  void aSessionOfFramesTellsTitlesAndTheDedicatedKeyItself() {
    assertTells(decode(session().stream().map(this::frame).toArray(String[]::new)), SESSION);
  }

  /** An I frame; the LLC header says nothing of who sent it that the APDU would not say better. */
  private String frame(Octets apdu) {
    Octets header = Octets.ofHex("A%03X0321 10".formatted(12 + apdu.length()));
    Octets information = Octets.ofHex("E6E600" + apdu.toHex());
    String checkedHeader = header.toHex() + check(header);
    Octets all = Octets.ofHex(checkedHeader + information.toHex());
    return "7E" + all.toHex() + check(all) + "7E";
  }

  private static String check(Octets octets) {
    int fcs = Fcs16.of(octets.toByteArray(), 0, octets.length());
    return "%02X%02X".formatted(fcs & 0xFF, fcs >>> 8);
  }

  @Test
  void whatIsTooEarlyIsNotShown() {
    List<Octets> session = session();
    Run run = decode(wpdu(session.get(2)), wpdu(session.get(1)), wpdu(session.get(0)));
    assertEquals(0, run.exitCode(), run.err());
    assertOrder(run, "ded-get-request", "unprotected: the dedicated key is not known: ");
    assertOrder(
        decode(wpdu(session.get(4)), wpdu(session.get(0))),
        "unprotected: the client's system title is not known: --client-title or an AARQ may tell it",
        "AARQ",
        FROM_CLIENT);
    assertOrder(
        decode(wpdu(session.get(5))), "unprotected: the server's system title is not known");
  }

  @Test
  void aFrameWithAWrongCheckSequenceTeachesNothing() {
    String aarq = frame(session().get(0));
    String broken = aarq.substring(0, aarq.length() - 6) + "0000" + "7E";
    Run run = decode(broken, frame(session().get(4)));
    assertEquals(1, run.exitCode());
    assertOrder(run, "AARQ", FROM_CLIENT, "RLRQ", "unprotected: the client's system title is not");
  }

  @Test
  void aReplayIsShownAsOftenAsItComes() {
    String apdu =
        wpdu(
            protectedBy(
                sides.client.protectServiceSpecific(REQUEST, KeyKind.GLOBAL_UNICAST, BOTH)));
    Run run = decodeWithTitles(apdu, apdu);
    assertTells(run, FROM_CLIENT, IN_REQUEST, FROM_CLIENT, IN_REQUEST);
  }

  @Test
  void aWrongTagIsToldInOneLineAndNothingIsShown() {
    Octets apdu =
        protectedBy(sides.client.protectServiceSpecific(REQUEST, KeyKind.GLOBAL_UNICAST, BOTH));
    byte[] changed = apdu.toByteArray();
    changed[8] ^= 1;
    Run run = decodeWithTitles(Octets.view(changed).toHex());
    assertEquals(1, run.exitCode());
    String words = "the tag does not fit: other keys or system titles, or changed octets";
    assertEquals("dlms: octet 0: " + words + System.lineSeparator(), run.err());
    assertOrder(run, "unprotected: " + words, "ERROR: " + words);
    assertEquals(0, count(run, "+0"));
    assertEquals(0, count(run, IN_REQUEST));
    assertTrue(decode(wpdu(apdu), "--client-title", Sides.SERVER.toString()).err().contains(words));
  }

  @Test
  void aMissingAuthenticationKeyIsNamedWhereTheTagDoesNotFit() throws IOException {
    Path file = directory.resolve("short.properties");
    keys = Sides.file(file, "suite = 0\nguek = " + Sides.GUEK).toString();
    Run run =
        decodeWithTitles(
            hex(sides.client.protectServiceSpecific(REQUEST, KeyKind.GLOBAL_UNICAST, BOTH)));
    assertTrue(run.err().contains("there is no authentication key here"), run.err());
  }

  @Test
  void withoutATagOnlyWhatMakesSenseIsShown() {
    Set<Protection> encrypted = EnumSet.of(Protection.ENCRYPTED);
    String apdu =
        hex(sides.client.protectServiceSpecific(REQUEST, KeyKind.GLOBAL_UNICAST, encrypted));
    Run run = decode(apdu, "--client-title", "4D4D4D0000000002");
    assertEquals(1, run.exitCode());
    assertOrder(run, "unprotected: there is no tag, and in clear this is no such APDU");
    assertEquals(0, count(run, "+0"));
    // Such a title would do, but nothing says that it is the sender's.
    run = decode(apdu, "--server-title", Sides.CLIENT.toString());
    assertOrder(run, "unprotected: the client's system title is not known");
    String general =
        hex(
            sides.client.protectGeneralGlo(
                Octets.ofHex("FFFF"), KeyKind.GLOBAL_UNICAST, encrypted));
    run = decode(general);
    assertOrder(run, "unprotected: there is no tag, and in clear this is no such APDU");
  }

  @Test
  void whatMakesNoSenseTeachesNothing() {
    Set<Protection> encrypted = EnumSet.of(Protection.ENCRYPTED);
    // An AARQ with a title that breaks off behind it.
    Octets broken = Octets.ofHex("601DA109060760857405080103A60A04084D4D4D0000000001FFFFFFFFFFFF");
    String general =
        wpdu(
            ApduCodec.STANDARD.encode(
                sides.client.protectGeneralGlo(broken, KeyKind.GLOBAL_UNICAST, encrypted)));
    Run run = decode(general, wpdu(session().get(4)));
    assertEquals(1, run.exitCode());
    assertOrder(
        run,
        "unprotected: there is no tag, and in clear this is no such APDU",
        "RLRQ",
        "unprotected: the client's system title is not known");
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void anotherServiceInsideIsShownAndAFault() {
    ServiceSpecificCiphering response =
        sides.client.protectServiceSpecific(RESPONSE, KeyKind.GLOBAL_UNICAST, BOTH);
    Run run =
        decodeWithTitles(
            hex(
                new ServiceSpecificCiphering(
                    CipheredService.GET_REQUEST, false, response.content())));
    assertEquals(1, run.exitCode());
    assertOrder(
        run,
        FROM_CLIENT + "global-unicast key; but inside is another service",
        IN_RESPONSE,
        "ERROR");
  }

  @Test
  void whatIsBrokenInClearIsAFaultAtTheProtectedApdu() {
    Run run =
        decodeWithTitles(
            wpdu(
                protectedBy(
                    sides.client.protectServiceSpecific(
                        Octets.ofHex("C001C10003"), KeyKind.GLOBAL_UNICAST, BOTH))));
    assertEquals(1, run.exitCode());
    assertEquals(
        "dlms: octet 8: in clear, at its octet 5: 6 octets needed, 0 left" + System.lineSeparator(),
        run.err());
    assertOrder(run, FROM_CLIENT, "class-id: 3, Register");
  }

  @Test
  void generalCipheringIsShownWithIdentifiedAndWrappedKeys() {
    GeneralHeader header = GeneralHeader.ofTransaction(Octets.of(1, 2, 3));
    for (KeyKind kind :
        List.of(KeyKind.GLOBAL_UNICAST, KeyKind.GLOBAL_BROADCAST, KeyKind.WRAPPED)) {
      String key = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + " key";
      assertTells(
          decode(hex(sides.client.protectGeneral(REQUEST, kind, BOTH, header))),
          "general-ciphering",
          "unprotected: tag right, from " + Sides.CLIENT + ", " + key,
          IN_REQUEST);
      Set<Protection> authenticated = EnumSet.of(Protection.AUTHENTICATED);
      Run readable =
          decodeWithTitles(hex(sides.server.protectGeneral(RESPONSE, kind, authenticated, header)));
      assertTells(readable, IN_RESPONSE, FROM_SERVER + key);
      assertEquals(1, count(readable, IN_RESPONSE), "once, where it stands readable");
    }
  }

  @Test
  void aDedicatedKeyMayStandInTheKeyFile() throws IOException {
    keys = sides.text(directory, "dedicated=" + DEDICATED.toHex()).toString();
    sides.client.useDedicatedKey(KeyMaterial.of(DEDICATED));
    assertTells(
        decode(hex(sides.client.protectGeneralDed(REQUEST, BOTH))),
        "general-ded-ciphering",
        "unprotected: tag right, from " + Sides.CLIENT + ", dedicated key",
        IN_REQUEST);
  }

  @Test
  void aBlockThatHoldsAWholeApduIsLookedInto() {
    Octets apdu =
        protectedBy(sides.server.protectServiceSpecific(RESPONSE, KeyKind.GLOBAL_UNICAST, BOTH));
    assertTells(
        decodeWithTitles(
            wpdu(ApduCodec.STANDARD.encode(new GeneralBlockTransfer(true, false, 1, 1, 0, apdu)))),
        "general-block-transfer",
        "glo-get-response",
        FROM_SERVER,
        IN_RESPONSE);
  }

  @Test
  void layersAreRemovedOneByOne() {
    Octets inner =
        protectedBy(sides.client.protectServiceSpecific(REQUEST, KeyKind.GLOBAL_UNICAST, BOTH));
    Run run =
        decodeWithTitles(
            hex(sides.client.protectGeneral(inner, KeyKind.WRAPPED, BOTH, GeneralHeader.EMPTY)));
    assertTells(
        run,
        "general-ciphering",
        FROM_CLIENT + "wrapped key",
        "glo-get-request",
        FROM_CLIENT + "global-unicast key",
        IN_REQUEST);
    assertEquals(2, count(run, "   +0  "));
  }

  @Test
  void anotherSuiteThanThatOfTheKeysIsTold() {
    Sides suite1 = new Sides(SecuritySuite.SUITE_1);
    Run run =
        decodeWithTitles(
            hex(suite1.client.protectServiceSpecific(REQUEST, KeyKind.GLOBAL_UNICAST, BOTH)));
    assertEquals(0, run.exitCode(), run.err());
    assertOrder(
        run, "unprotected: the peer uses security suite 1, the keys here are for security suite 0");
  }

  @Test
  void jsonHasTheApduInClearBesideAndIsEncodedToTheSameOctets() throws IOException {
    List<String> frames = session().stream().map(this::frame).toList();
    List<String> args = new ArrayList<>(List.of("--json"));
    args.addAll(frames);
    Run json = decode(args.toArray(String[]::new));
    assertEquals(0, json.exitCode(), json.err());
    assertEquals(6, count(json, "\"unprotected\" : {"));
    assertEquals(6, count(json, "\"tag\" : \"right\""));
    assertEquals(1, count(json, "\"double-long-unsigned\" : 12345679"));
    Path file = directory.resolve("session.json");
    Files.write(file, json.out());
    Run encoded = dlms("encode", file.toString());
    assertEquals(0, encoded.exitCode(), encoded.err());
    assertEquals(frames, encoded.out().stream().map(line -> line.replace(" ", "")).toList());
    assertTrue(encoded.err().startsWith("dlms: note: what stands under \"unprotected\""));
    // What is changed there is not protected again, which the note says.
    String changed = String.join("\n", json.out()).replace("12345679", "12345678");
    Files.writeString(file, changed);
    assertEquals(encoded, dlms("encode", file.toString()));
  }

  @Test
  void jsonOfTextThatIsReadableAnywayHasItToo() {
    Set<Protection> authenticated = EnumSet.of(Protection.AUTHENTICATED);
    Run json =
        decodeWithTitles(
            "--json",
            hex(
                sides.server.protectServiceSpecific(
                    RESPONSE, KeyKind.GLOBAL_UNICAST, authenticated)));
    assertEquals(1, count(json, "\"double-long-unsigned\" : 12345679"), json.toString());
    Run refused =
        decode(
            "--json",
            hex(sides.server.protectServiceSpecific(RESPONSE, KeyKind.GLOBAL_UNICAST, BOTH)));
    assertEquals(1, count(refused, "\"refused\" : \"the server's system title is not known"));
  }

  @Test
  void withoutKeysNothingIsSaidOfThem() {
    String apdu = hex(sides.client.protectServiceSpecific(REQUEST, KeyKind.GLOBAL_UNICAST, BOTH));
    Run run = dlms("decode", apdu);
    assertEquals(0, run.exitCode());
    assertFalse(run.out().toString().contains("unprotected"));
    Run title = dlms("decode", "--client-title", Sides.CLIENT.toString(), apdu);
    assertEquals(2, title.exitCode());
    assertTrue(title.err().contains("without --keys"), title.err());
    Run bad = decode(apdu, "--server-title", "4D4D");
    assertEquals(2, bad.exitCode());
    assertTrue(bad.err().contains("--server-title is a system title, 16 hex"), bad.err());
  }
}
