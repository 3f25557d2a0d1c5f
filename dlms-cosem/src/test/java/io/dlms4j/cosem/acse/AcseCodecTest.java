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
import org.junit.jupiter.params.provider.CsvSource;
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
  @CsvSource({
    // octet at fault, octets
    "0, ''", // nothing
    "1, 60", // no length
    "2, 60 00", // no application-context-name
    "0, 64 00", // another APDU
    "1, 60 80" + CONTEXT + "00 00", // a length of indefinite form
    "1, 60 85 00 00 00 00 0B" + CONTEXT, // a length of more than four octets
    "1, 60 84 FF FF FF FF" + CONTEXT, // four thousand million octets
    "1, 60 0C" + CONTEXT, // too short for its length
    "13, 60 0B" + CONTEXT + "00", // something after its end
    "13, 60 16" + CONTEXT + CONTEXT, // a field twice
    "6, 60 0F 8A 02 07 80" + CONTEXT, // fields out of order
    "13, 60 0E" + CONTEXT + "5F 1F 00", // a tag of another kind
    "13, 60 0D" + CONTEXT + "04 00", // a tag of another kind, with a number that would fit
    "13, 60 0D" + CONTEXT + "8D 00", // a field that no AARQ has
    "13, 60 0D" + CONTEXT + "A0 00", // the first field in a form that it has not
    "13, 60 0D" + CONTEXT + "BD 00", // implementation-information in a form that it has not
    "13, 60 0D" + CONTEXT + "82 00", // called-AP-title in a form that it has not
    "15, 60 11" + CONTEXT + "A2 04 05 00 04 00", // called-AP-title that is no OCTET STRING
    "17, 60 11" + CONTEXT + "A6 04 04 00 04 00", // two titles
    "15, 60 10" + CONTEXT + "A9 03 04 01 00", // calling-AE-invocation-id that is no INTEGER
    "17, 60 0F" + CONTEXT + "A9 02 02 00", // ... that has no octet
    "17, 60 11" + CONTEXT + "A9 04 02 02 00 01", // ... that has one too many
    "17, 60 18" + CONTEXT + "A9 0B 02 09 01 02 03 04 05 06 07 08 09", // ... that is too large
    "15, 60 0E" + CONTEXT + "8A 01 08", // a bit string that leaves eight bits unused
    "15, 60 0D" + CONTEXT + "8B 00", // an object identifier of no arc
    "15, 60 0E" + CONTEXT + "8B 01 85", // an object identifier that does not end
    "13, 60 0D A1 0B 06 07 60 85 74 05 08 01 01 05 00", // octets after the name
    "15, 60 0F" + CONTEXT + "BE 02 05 00", // user-information that is no OCTET STRING
    "15, 60 0D" + CONTEXT + "AC 00", // an authentication value of no choice
    "15, 60 11" + CONTEXT + "AC 04 84 02 07 80", // an authentication value of no choice
    "17, 60 11" + CONTEXT + "AC 04 80 00 80 00", // two authentication values
    "18, 60 13" + CONTEXT + "AC 06 A2 04 04 03 00 00", // an EXTERNAL with half an element
    "17, 60 11" + CONTEXT + "AC 04 A3 02 04 00", // another value without its mechanism
    "20, 60 12" + CONTEXT + "AC 05 A3 03 06 01 2A", // another mechanism without its value
    "22, 60 16" + CONTEXT + "AC 09 A3 07 06 01 2A 05 00 05 00", // ... and with two
    "13, 61 0B" + CONTEXT, // an AARE without result
    "15, 61 17" + CONTEXT + "A2 03 02 01 03 A3 05 A1 03 02 01 00", // no such result
    "20, 61 17" + CONTEXT + "A2 03 02 01 00 A3 05 A3 03 02 01 00", // no such source
    "22, 61 18" + CONTEXT + "A2 03 02 01 00 A3 06 A1 04 02 02 01 00", // no such diagnostic
    "25, 61 19" + CONTEXT + "A2 03 02 01 00 A3 05 A1 03 02 01 00 8A 00", // a field of an AARQ
    "2, 62 03 80 01 02", // no such reason
    "2, 63 03 80 01 02", // no such reason
    "2, 62 03 A0 01 00", // a reason in a form that it has not
    "4, 62 02 80 00", // a reason without its octet
    "2, 62 04 A1 02 06 00" // a field of an AARQ
  })
  void whatIsNoAcseApduIsRefusedWithOffsetAndClause(int offset, String hex) {
    BerException refusal =
        assertThrows(BerException.class, () -> AcseCodec.decode(Octets.ofHex(hex)));
    assertEquals(offset, refusal.offset(), refusal::getMessage);
    assertFalse(refusal.clause().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80", "80 01", "85", "2A 80 01", "2A 85"})
  void aNameThatIsNoObjectIdentifierIsTheCallersError(String hex) {
    Octets contents = Octets.ofHex(hex);
    assertThrows(IllegalArgumentException.class, () -> new ApplicationContextName(contents));
    assertThrows(IllegalArgumentException.class, () -> new MechanismName(contents));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "08 00", "01"})
  void bitsThatAreNoBitStringAreTheCallersError(String hex) {
    Octets bits = Octets.ofHex(hex);
    ApplicationContextName context = ApplicationContextName.LOGICAL_NAME_REFERENCING;
    assertThrows(IllegalArgumentException.class, () -> new AARQ(bits, context, null, null));
    assertThrows(IllegalArgumentException.class, () -> new AARQ.Authentication(bits, null, null));
    assertThrows(IllegalArgumentException.class, () -> new AARE.Authentication(bits, null, null));
    assertThrows(IllegalArgumentException.class, () -> new AuthenticationValue.BitString(bits));
  }

  @Test
  void anAuthenticationInWhichNothingIsSaidIsTheCallersError() {
    assertThrows(IllegalArgumentException.class, () -> new AARQ.Authentication(false, null, null));
    assertThrows(
        IllegalArgumentException.class,
        () -> new AuthenticationValue.Other(MechanismName.LOWEST, Octets.ofHex("05 00 05 00")));
    assertThrows(
        IllegalArgumentException.class, () -> new AuthenticationValue.External(Octets.of(0x05)));
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
