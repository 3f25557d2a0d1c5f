package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The headers of ciphered and signed APDUs. */
class GoldenProtectionTest {
  private static final Octets GET_REQUEST = Octets.ofHex("C0010000080000010000FF0200");
  private static final Octets GET_REQUEST_TAG = Octets.ofHex("06725D910F9221D263877516");
  private static final Octets CIPHERED_GET_REQUEST = Octets.ofHex("411312FF935A47566827C467BC");
  private static final Octets CIPHERED_GET_REQUEST_TAG = Octets.ofHex("7D825C3BE4A77C3FCC056B6B");

  private static final Octets CLIENT = Octets.ofHex("4D4D4D0000BC614E");
  private static final Octets SERVER = Octets.ofHex("4D4D4D0000000001");
  private static final Octets TRANSACTION = Octets.of(1, 2, 3, 4, 5, 6, 7, 8);

  private static final Map<String, Apdu> EXPECTED =
      Map.ofEntries(
          Map.entry(
              "glo-get-request-authenticated.txt",
              new ServiceSpecificCiphering(
                  CipheredService.GET_REQUEST,
                  false,
                  content(SecurityControl.of(0, true, false), GET_REQUEST, GET_REQUEST_TAG))),
          Map.entry(
              "glo-get-request-encrypted.txt",
              new ServiceSpecificCiphering(
                  CipheredService.GET_REQUEST,
                  false,
                  content(SecurityControl.of(0, false, true), CIPHERED_GET_REQUEST, Octets.EMPTY))),
          Map.entry(
              "glo-get-request-authenticated-and-encrypted.txt",
              new ServiceSpecificCiphering(
                  CipheredService.GET_REQUEST,
                  false,
                  content(
                      SecurityControl.of(0, true, true),
                      CIPHERED_GET_REQUEST,
                      CIPHERED_GET_REQUEST_TAG))),
          Map.entry(
              "glo-initiate-request.txt",
              new ServiceSpecificCiphering(
                  CipheredService.INITIATE_REQUEST,
                  false,
                  content(
                      SecurityControl.of(0, true, true),
                      Octets.ofHex(
                          "801302FF8A7874133D414CED25B42534D28DB0047720606B175BD52211BE68"),
                      Octets.ofHex("41DB204D39EE6FDB8E356855")))),
          Map.entry(
              "glo-initiate-response.txt",
              new ServiceSpecificCiphering(
                  CipheredService.INITIATE_RESPONSE,
                  false,
                  content(
                      SecurityControl.of(0, true, true),
                      Octets.ofHex("891214A0845E475714383F65BC19"),
                      Octets.ofHex("745CA235906525E4F3E1C893")))),
          Map.entry(
              "ded-action-response.txt",
              new ServiceSpecificCiphering(
                  CipheredService.ACTION_RESPONSE,
                  true,
                  new ProtectedContent(
                      new SecurityControl(0xA1), 0xFFFF_FFFFL, Octets.of(0x12, 0x34, 0x56)))),
          Map.entry(
              "general-glo-ciphering.txt",
              new GeneralGloCiphering(
                  CLIENT,
                  content(
                      SecurityControl.of(0, true, true),
                      CIPHERED_GET_REQUEST,
                      CIPHERED_GET_REQUEST_TAG))),
          Map.entry(
              "general-ded-ciphering.txt",
              new GeneralDedCiphering(
                  Octets.EMPTY, new ProtectedContent(new SecurityControl(0x60), 1, Octets.EMPTY))),
          Map.entry(
              "general-ciphering-no-key-info.txt",
              generalCiphering(
                  Octets.ofHex("07EA01020503040500FFC400"), Octets.of(0xCA, 0xFE), null)),
          Map.entry(
              "general-ciphering-identified-key.txt",
              generalCiphering(
                  Octets.EMPTY,
                  Octets.EMPTY,
                  new KeyInfo.IdentifiedKey(
                      KeyInfo.IdentifiedKey.GLOBAL_BROADCAST_ENCRYPTION_KEY))),
          Map.entry(
              "general-ciphering-wrapped-key.txt",
              generalCiphering(
                  Octets.EMPTY,
                  Octets.EMPTY,
                  new KeyInfo.WrappedKey(
                      KeyInfo.WrappedKey.MASTER_KEY,
                      Octets.ofHex("1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5")))),
          Map.entry(
              "general-ciphering-agreed-key-static.txt",
              generalCiphering(
                  Octets.EMPTY, Octets.EMPTY, new KeyInfo.AgreedKey(Octets.of(2), Octets.EMPTY))),
          Map.entry(
              "general-ciphering-agreed-key-one-pass.txt",
              generalCiphering(
                  Octets.EMPTY,
                  Octets.EMPTY,
                  new KeyInfo.AgreedKey(
                      Octets.of(1),
                      Octets.ofHex(
                          """
                          C323C2BD45711DE4688637D919F92E9DB8FB2DFC213A88D21C9DC8DCBA917D81
                          70511DE1BADB360D50058F794B0960AE11FA28D392CFF907A62D13E3357B1DC0
                          000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F
                          202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F
                          """)))),
          Map.entry(
              "general-signing.txt",
              new GeneralSigning(
                  Octets.of(7),
                  CLIENT,
                  Octets.EMPTY,
                  Octets.EMPTY,
                  Octets.of(0xEE),
                  Octets.of(0xC0, 0x01, 0xC1),
                  Octets.of(0x11, 0x22, 0x33, 0x44))));

  /** Tags of glo- and ded- APDUs, as the CHOICE XDLMS-APDU of Green Book 9.5 lists them. */
  private static final Map<Integer, String> TAGS =
      Map.ofEntries(
          Map.entry(33, "INITIATE_REQUEST glo"),
          Map.entry(37, "READ_REQUEST glo"),
          Map.entry(38, "WRITE_REQUEST glo"),
          Map.entry(40, "INITIATE_RESPONSE glo"),
          Map.entry(44, "READ_RESPONSE glo"),
          Map.entry(45, "WRITE_RESPONSE glo"),
          Map.entry(46, "CONFIRMED_SERVICE_ERROR glo"),
          Map.entry(54, "UNCONFIRMED_WRITE_REQUEST glo"),
          Map.entry(56, "INFORMATION_REPORT_REQUEST glo"),
          Map.entry(65, "INITIATE_REQUEST ded"),
          Map.entry(69, "READ_REQUEST ded"),
          Map.entry(70, "WRITE_REQUEST ded"),
          Map.entry(72, "INITIATE_RESPONSE ded"),
          Map.entry(76, "READ_RESPONSE ded"),
          Map.entry(77, "WRITE_RESPONSE ded"),
          Map.entry(78, "CONFIRMED_SERVICE_ERROR ded"),
          Map.entry(86, "UNCONFIRMED_WRITE_REQUEST ded"),
          Map.entry(88, "INFORMATION_REPORT_REQUEST ded"),
          Map.entry(200, "GET_REQUEST glo"),
          Map.entry(201, "SET_REQUEST glo"),
          Map.entry(202, "EVENT_NOTIFICATION_REQUEST glo"),
          Map.entry(203, "ACTION_REQUEST glo"),
          Map.entry(204, "GET_RESPONSE glo"),
          Map.entry(205, "SET_RESPONSE glo"),
          Map.entry(207, "ACTION_RESPONSE glo"),
          Map.entry(208, "GET_REQUEST ded"),
          Map.entry(209, "SET_REQUEST ded"),
          Map.entry(210, "EVENT_NOTIFICATION_REQUEST ded"),
          Map.entry(211, "ACTION_REQUEST ded"),
          Map.entry(212, "GET_RESPONSE ded"),
          Map.entry(213, "SET_RESPONSE ded"),
          Map.entry(215, "ACTION_RESPONSE ded"));

  private static ProtectedContent content(SecurityControl control, Octets text, Octets tag) {
    return new ProtectedContent(control, 0x01234567, Octets.ofHex(text.toHex() + tag.toHex()));
  }

  private static GeneralCiphering generalCiphering(
      Octets dateTime, Octets otherInformation, @Nullable KeyInfo key) {
    return new GeneralCiphering(
        TRANSACTION,
        CLIENT,
        SERVER,
        dateTime,
        otherInformation,
        key,
        new ProtectedContent(SecurityControl.of(1, true, true), 0, Octets.of(0xAA, 0xBB)));
  }

  static Set<String> names() {
    return EXPECTED.keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyGoldenApduIsReadAndIsWrittenOctetForOctet(String name) {
    Octets octets = GoldenApdus.load(name);
    Apdu expected = Objects.requireNonNull(EXPECTED.get(name));
    assertEquals(expected, ApduCodec.STANDARD.decode(octets));
    assertEquals(octets, ApduCodec.STANDARD.encode(expected));
  }

  @Test
  void theTagsOfCipheredServicesAreThoseOfTheStandardAndNoOthers() {
    Map<Integer, String> found = new TreeMap<>();
    for (int tag = 0; tag < 256; tag++) {
      Octets apdu = Octets.of(tag, 6, 0x20, 0, 0, 0, 1, 0xAA);
      try {
        if (ApduCodec.STANDARD.decode(apdu) instanceof ServiceSpecificCiphering ciphering) {
          found.put(tag, ciphering.service().name() + (ciphering.dedicated() ? " ded" : " glo"));
          assertEquals(apdu, ApduCodec.STANDARD.encode(ciphering));
        }
      } catch (ApduException e) {
        assertFalse(TAGS.containsKey(tag), () -> String.valueOf(e.getMessage()));
      }
    }
    assertEquals(new TreeMap<>(TAGS), found);
  }

  @Test
  void aServiceIsFoundByTheTagOfItsPlainApdu() {
    assertEquals(Optional.of(CipheredService.GET_REQUEST), CipheredService.ofPlainTag(0xC0));
    assertEquals(Optional.of(CipheredService.ACTION_RESPONSE), CipheredService.ofPlainTag(0xC7));
    assertEquals(Optional.empty(), CipheredService.ofPlainTag(0x0F));
    assertEquals(Optional.empty(), CipheredService.ofPlainTag(0xD9));
    for (CipheredService service : CipheredService.values()) {
      assertEquals(Optional.of(service), CipheredService.ofPlainTag(service.plainTag()));
    }
  }

  @Test
  void theBitsOfASecurityControlOctetAreApart() {
    assertBits(0x00, 0, false, false, false, false);
    assertBits(0x1F, 15, true, false, false, false);
    assertBits(0x22, 2, false, true, false, false);
    assertBits(0x40, 0, false, false, true, false);
    assertBits(0x81, 1, false, false, false, true);
    assertEquals(new SecurityControl(0x31), SecurityControl.of(1, true, true));
    assertThrows(IllegalArgumentException.class, () -> SecurityControl.of(16, true, true));
    assertThrows(IllegalArgumentException.class, () -> new SecurityControl(256));
  }

  private static void assertBits(
      int octet,
      int suite,
      boolean authenticated,
      boolean encrypted,
      boolean broadcast,
      boolean compressed) {
    SecurityControl control = new SecurityControl(octet);
    assertEquals(suite, control.securitySuite());
    assertEquals(authenticated, control.isAuthenticated());
    assertEquals(encrypted, control.isEncrypted());
    assertEquals(broadcast, control.isBroadcast());
    assertEquals(compressed, control.isCompressed());
  }

  @Test
  void contentWithoutASecurityHeaderIsRefused() {
    for (String hex : new String[] {"C8 00", "C8 04 30 00 00 00", "DB 00 04 30 00 00 00"}) {
      ApduException refusal =
          assertThrows(
              ApduException.class, () -> ApduCodec.STANDARD.decode(Octets.ofHex(hex)), hex);
      assertEquals(ApduException.Reason.MALFORMED, refusal.reason());
      assertTrue(String.valueOf(refusal.getMessage()).contains("security control"));
    }
  }
}
