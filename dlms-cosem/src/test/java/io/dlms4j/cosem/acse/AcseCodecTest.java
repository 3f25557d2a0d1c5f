package io.dlms4j.cosem.acse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ConfirmedServiceError;
import io.dlms4j.cosem.apdu.ConfirmedServiceError.InitiateError;
import io.dlms4j.cosem.apdu.GoldenApdus;
import io.dlms4j.cosem.apdu.InitiateRequest;
import io.dlms4j.cosem.apdu.InitiateResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcseCodecTest {
  private static final String CONTEXT = "A1 09 06 07 60 85 74 05 08 01 01";

  @SuppressWarnings("UnusedVariable") // named in @FieldSource
  private static final List<String> ACSE = GoldenApdus.ACSE;

  @ParameterizedTest
  @FieldSource("ACSE")
  void everyGoldenApduIsWrittenAgainOctetForOctet(String name) {
    Octets octets = GoldenApdus.load(name);
    assertEquals(octets, AcseCodec.encode(AcseCodec.decode(octets)));
  }

  @Test
  void anAarqWithoutSecurityHasItsInitiateRequest() {
    AARQ aarq = assertInstanceOf(AARQ.class, decode(GoldenApdus.AARQ_PUBLIC));
    assertEquals(ApplicationContextName.LOGICAL_NAME_REFERENCING, aarq.applicationContextName());
    assertNull(aarq.protocolVersion());
    assertTrue(aarq.offersVersion1());
    assertNull(aarq.authentication());
    Set<Conformance> proposed =
        EnumSet.of(
            Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
            Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
            Conformance.GET,
            Conformance.SET,
            Conformance.SELECTIVE_ACCESS,
            Conformance.ACTION);
    assertUserInformation(new InitiateRequest(proposed, 0xFFFF), aarq.userInformation());
  }

  @Test
  void anAarqWithLowLevelSecurityHasItsPassword() {
    AARQ aarq = assertInstanceOf(AARQ.class, decode(GoldenApdus.AARQ_LLS));
    AARQ.Authentication authentication = aarq.authentication();
    assertNotNull(authentication);
    assertTrue(authentication.functionalUnit());
    assertEquals(MechanismName.LOW_LEVEL_SECURITY, authentication.mechanismName());
    assertEquals(Octets.ofAscii("12345"), authentication.callingAuthenticationValue());
    assertFalse(aarq.toString().contains("31 32 33"), aarq::toString);
    Set<Conformance> proposed = EnumSet.noneOf(Conformance.class);
    for (Conformance conformance : Conformance.values()) {
      int bit = conformance.bit();
      if ((bit >= 8 && bit <= 14) || (bit >= 19 && bit <= 23)) {
        proposed.add(conformance);
      }
    }
    assertUserInformation(new InitiateRequest(proposed, 0xFFFF), aarq.userInformation());
  }

  @Test
  void anAareThatAcceptsHasItsInitiateResponse() {
    assertAccepted(
        GoldenApdus.AARE_PUBLIC,
        EnumSet.of(Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ, Conformance.GET));
    assertAccepted(
        GoldenApdus.AARE_LLS,
        EnumSet.of(
            Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
            Conformance.GET,
            Conformance.SET,
            Conformance.SELECTIVE_ACCESS));
  }

  private static void assertAccepted(String name, Set<Conformance> granted) {
    AARE aare = assertInstanceOf(AARE.class, decode(name));
    assertEquals(ApplicationContextName.LOGICAL_NAME_REFERENCING, aare.applicationContextName());
    assertEquals(AssociationResult.ACCEPTED, aare.result());
    assertEquals(ResultSourceDiagnostic.NULL, aare.diagnostic());
    assertUserInformation(
        new InitiateResponse(null, 6, granted, 125, InitiateResponse.VAA_NAME_LN),
        aare.userInformation());
  }

  @Test
  void anAareThatRefusesHasItsDiagnostic() {
    assertRefusal(
        GoldenApdus.AARE_AUTHENTICATION_FAILURE,
        ResultSourceDiagnostic.AUTHENTICATION_FAILURE,
        null);
    assertRefusal(
        GoldenApdus.AARE_NO_COMMON_ACSE_VERSION,
        ResultSourceDiagnostic.NO_COMMON_ACSE_VERSION,
        null);
    assertRefusal(
        GoldenApdus.AARE_DLMS_VERSION_TOO_LOW,
        ResultSourceDiagnostic.NO_REASON_GIVEN,
        ApduCodec.STANDARD.encode(
            ConfirmedServiceError.ofInitiate(InitiateError.DLMS_VERSION_TOO_LOW)));
  }

  private static void assertRefusal(
      String name, ResultSourceDiagnostic diagnostic, @Nullable Octets userInformation) {
    assertEquals(
        new AARE(
            ApplicationContextName.LOGICAL_NAME_REFERENCING,
            AssociationResult.REJECTED_PERMANENT,
            diagnostic,
            userInformation),
        decode(name));
  }

  @Test
  void fieldsThatAreNotUsedArePassedOver() {
    // The plan's stimulus of APPL_OPEN_6: titles, qualifiers and invocation ids.
    AARQ aarq =
        assertInstanceOf(
            AARQ.class,
            AcseCodec.decode(
                Octets.ofHex(
                    "60 36"
                        + CONTEXT
                        + "A2 03 04 01 44 A3 03 04 01 44 A4 03 02 01 00 A5 03 02 01 00"
                        + "A8 03 02 01 00"
                        + "BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 60 FE 9F FF FF")));
    assertNull(aarq.authentication());
    assertNotNull(aarq.userInformation());
  }

  @Test
  void authenticationFieldsWithoutTheirFunctionalUnitAreKeptApart() {
    AARQ aarq =
        assertInstanceOf(
            AARQ.class,
            AcseCodec.decode(
                Octets.ofHex(
                    "60 1D" + CONTEXT + "8B 07 60 85 74 05 08 02 01 AC 07 80 05 31 32 33 34 35")));
    AARQ.Authentication authentication = aarq.authentication();
    assertNotNull(authentication);
    assertFalse(authentication.functionalUnit());
  }

  @Test
  void aProtocolVersionOtherThanTheFirstIsNotOffered() {
    assertTrue(withProtocolVersion("80 02 07 80").offersVersion1());
    assertTrue(withProtocolVersion("80 02 06 C0").offersVersion1());
    assertFalse(withProtocolVersion("80 02 06 40").offersVersion1());
    assertFalse(withProtocolVersion("80 01 00").offersVersion1());
  }

  private static AARQ withProtocolVersion(String hex) {
    Octets fields = Octets.ofHex(hex + CONTEXT);
    return assertInstanceOf(
        AARQ.class,
        AcseCodec.decode(Octets.ofHex("60 %02X".formatted(fields.length()) + fields.toHex())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "60", // no length
        "60 00", // no application-context-name
        "64 00", // another APDU
        "60 0C" + CONTEXT, // too short for its length
        "60 0B" + CONTEXT + "00", // something after its end
        "60 16" + CONTEXT + CONTEXT, // a field twice
        "60 0F 8A 02 07 80" + CONTEXT, // fields out of order
        "60 0E" + CONTEXT + "5F 1F 00", // a tag of another kind
        "60 0F A1 0B 06 07 60 85 74 05 08 01 01 05 00 80", // octets after the name
        "60 0F" + CONTEXT + "BE 02 05 00", // user-information that is no OCTET STRING
        "60 11" + CONTEXT + "AC 04 84 02 07 80", // an authentication value of no choice
        "61 0B" + CONTEXT, // an AARE without result
        "61 17" + CONTEXT + "A2 03 02 01 03 A3 05 A1 03 02 01 00", // no such result
        "61 17" + CONTEXT + "A2 03 02 01 00 A3 05 A3 03 02 01 00", // no such source
        "61 18" + CONTEXT + "A2 03 02 01 00 A3 06 A1 04 02 02 01 00" // no such diagnostic
      })
  void whatIsNoAcseApduIsRefusedWithTheClause(String hex) {
    BerException refusal =
        assertThrows(BerException.class, () -> AcseCodec.decode(Octets.ofHex(hex)));
    assertFalse(refusal.clause().isEmpty());
  }

  private static void assertUserInformation(Apdu expected, @Nullable Octets octets) {
    assertNotNull(octets);
    assertEquals(expected, ApduCodec.STANDARD.decode(octets));
    assertEquals(octets, ApduCodec.STANDARD.encode(expected));
  }

  private static AcseApdu decode(String name) {
    return AcseCodec.decode(GoldenApdus.load(name));
  }
}
