package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.dlms;
import static io.dlms4j.examples.cli.Sides.REQUEST;
import static io.dlms4j.examples.cli.Sides.RESPONSE;
import static io.dlms4j.examples.cli.Sides.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.GeneralSigning;
import io.dlms4j.cosem.security.GeneralHeader;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecuritySuite;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Agreed keys and signatures, with the PKCS#12 file of either party. */
class DecodePublicKeysTest {
  private static final Set<Protection> BOTH =
      EnumSet.of(Protection.AUTHENTICATED, Protection.ENCRYPTED);
  private static final GeneralHeader HEADER = GeneralHeader.ofTransaction(Octets.of(1, 2, 3));
  private static final String RIGHT = "unprotected: tag right, from ";

  @TempDir private Path directory;

  private Run decode(Path keys, String apdu) throws Exception {
    if (keys.toString().endsWith(".properties")) {
      return dlms("decode", "--keys", keys.toString(), apdu);
    }
    Path password = Sides.file(directory.resolve("password"), Sides.PASSWORD + "\n");
    return dlms(
        "decode", "--keys", keys.toString(), "--keys-password-file", password.toString(), apdu);
  }

  private void assertTells(Path keys, String apdu, String... words) throws Exception {
    Run run = decode(keys, apdu);
    String printed = String.join("\n", run.out());
    assertEquals(0, run.exitCode(), run.err() + printed);
    for (String word : words) {
      assertTrue(printed.contains(word), word + " in " + printed);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUITE_1", "SUITE_2"})
  void aKeyAgreedByStaticKeysIsComputedOnEitherSide(SecuritySuite suite) throws Exception {
    Sides sides = new Sides(suite);
    String request = hex(sides.client.protectGeneral(REQUEST, KeyKind.AGREED_STATIC, BOTH, HEADER));
    String response =
        hex(sides.server.protectGeneral(RESPONSE, KeyKind.AGREED_STATIC, BOTH, HEADER));
    for (Path keys :
        new Path[] {sides.pkcs12OfClient(directory), sides.pkcs12OfServer(directory)}) {
      assertTells(keys, request, RIGHT + Sides.CLIENT + ", agreed-static key", "3, Register");
      assertTells(keys, response, RIGHT + Sides.SERVER + ", agreed-static key", "12345679");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUITE_1", "SUITE_2"})
  void aKeyAgreedInOnePassIsComputedByTheRecipientOnly(SecuritySuite suite) throws Exception {
    Sides sides = new Sides(suite);
    String request =
        hex(sides.client.protectGeneral(REQUEST, KeyKind.AGREED_ONE_PASS, BOTH, HEADER));
    assertTells(
        sides.pkcs12OfServer(directory),
        request,
        RIGHT + Sides.CLIENT + ", agreed-one-pass key",
        "3, Register");
    assertTells(
        sides.pkcs12OfClient(directory),
        request,
        "unprotected: the keys here do not do for a message from "
            + Sides.CLIENT
            + " to "
            + Sides.SERVER
            + ": the peer uses a AGREED_ONE_PASS key");
    assertTells(sides.text(directory), request, "the peer uses a AGREED_ONE_PASS key");
  }

  @ParameterizedTest
  @EnumSource(names = {"SUITE_1", "SUITE_2"})
  void aSignatureIsCheckedWithAnyCertificateThatIsThere(SecuritySuite suite) throws Exception {
    Sides sides = new Sides(suite);
    Octets inside =
        ApduCodec.STANDARD.encode(
            sides.client.protectGeneral(REQUEST, KeyKind.GLOBAL_UNICAST, BOTH, HEADER));
    GeneralSigning signed = sides.client.sign(inside, HEADER);
    GeneralSigning forged =
        new GeneralSigning(
            Octets.of(9),
            signed.originatorSystemTitle(),
            signed.recipientSystemTitle(),
            signed.dateTime(),
            signed.otherInformation(),
            signed.content(),
            signed.signature());
    for (Path keys :
        new Path[] {sides.pkcs12OfClient(directory), sides.pkcs12OfServer(directory)}) {
      assertTells(
          keys,
          hex(signed),
          "unprotected: signature right, of " + Sides.CLIENT,
          RIGHT + Sides.CLIENT + ", global-unicast key",
          "3, Register");
      Run run = decode(keys, hex(forged));
      assertEquals(1, run.exitCode());
      assertEquals(
          "dlms: octet 0: the signature does not fit: it is of another key, or of other octets"
              + System.lineSeparator(),
          run.err());
    }
  }

  @ParameterizedTest
  @EnumSource
  void symmetricKeysAreFoundInBothDirectionsInTheFileOfEitherParty(SecuritySuite suite)
      throws Exception {
    Sides sides = new Sides(suite);
    String request = hex(sides.client.protectGeneralGlo(REQUEST, KeyKind.GLOBAL_UNICAST, BOTH));
    String response =
        hex(sides.server.protectGeneral(RESPONSE, KeyKind.WRAPPED, BOTH, GeneralHeader.EMPTY));
    for (Path keys :
        new Path[] {sides.pkcs12OfClient(directory), sides.pkcs12OfServer(directory)}) {
      if (keys.endsWith("server.P12")) {
        assertTells(keys, request, RIGHT + Sides.CLIENT + ", global-unicast key", "3, Register");
      }
      assertTells(keys, response, RIGHT + Sides.SERVER + ", wrapped key", "12345679");
    }
    assertTells(
        sides.pkcs12OfClient(directory),
        request,
        "unprotected: the keys here do not do for a message from "
            + Sides.CLIENT
            + " to somebody who is not known: ");
  }
}
