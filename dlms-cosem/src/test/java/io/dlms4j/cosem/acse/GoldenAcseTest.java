package io.dlms4j.cosem.acse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.GoldenApdus;
import io.dlms4j.cosem.apdu.InitiateRequest;
import io.dlms4j.cosem.apdu.InitiateResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenAcseTest {
  private static final ApplicationContextName LN = ApplicationContextName.LOGICAL_NAME_REFERENCING;

  private static final Octets INITIATE_REQUEST =
      ApduCodec.STANDARD.encode(new InitiateRequest(Conformance.ofBits(0x007E1F), 1200));

  private static final Octets INITIATE_RESPONSE =
      ApduCodec.STANDARD.encode(
          new InitiateResponse(
              null, 6, Conformance.ofBits(0x00501F), 500, InitiateResponse.VAA_NAME_LN));

  private static final Octets GLO_INITIATE_REQUEST =
      Octets.ofHex(
          "21303001234567801302FF8A7874133D414CED25B42534D28DB0047720606B175BD52211BE6841DB204D39"
              + "EE6FDB8E356855");

  private static final Octets GLO_INITIATE_RESPONSE =
      Octets.ofHex("281F3001234567891214A0845E475714383F65BC19745CA235906525E4F3E1C893");

  static Stream<Arguments> golden() {
    return Stream.of(
        Arguments.of("aarq-no-security.txt", new AARQ(LN, null, INITIATE_REQUEST)),
        Arguments.of(
            "aarq-lls.txt",
            new AARQ(
                LN,
                new AARQ.Authentication(
                    MechanismName.LOW_LEVEL_SECURITY, Octets.ofAscii("12345678")),
                INITIATE_REQUEST)),
        Arguments.of(
            "aarq-hls-gmac.txt",
            new AARQ(
                LN,
                new AARQ.Authentication(
                    MechanismName.HIGH_LEVEL_SECURITY_USING_GMAC, Octets.ofAscii("K56iVagY")),
                INITIATE_REQUEST)),
        Arguments.of(
            "aarq-dummies.txt",
            new AARQ(
                    LN,
                    null,
                    ApduCodec.STANDARD.encode(
                        new InitiateRequest(Conformance.ofBits(0x60FE9F), 0xFFFF)))
                .withCalled(new ApplicationEntity(Octets.of(0x44), Octets.of(0x44), 0L, 0L))
                .withCalling(ApplicationEntity.UNNAMED.withApInvocationId(0))),
        Arguments.of(
            "aarq-every-field.txt",
            new AARQ(
                Octets.of(0x07, 0x80),
                ApplicationContextName.LOGICAL_NAME_REFERENCING_WITH_CIPHERING,
                new ApplicationEntity(Octets.ofAscii("M1"), Octets.of(0x44), 5L, 256L),
                new ApplicationEntity(
                    Octets.ofHex("4D4D4D0000BC614E"), Octets.of(0xAB, 0xCD), -1L, 17L),
                new AARQ.Authentication(
                    Octets.of(0x07, 0x80),
                    MechanismName.HIGH_LEVEL_SECURITY_USING_SHA_256,
                    new AuthenticationValue.BitString(Octets.of(0x04, 0xA5, 0xF0))),
                Octets.ofAscii("dlm"),
                GLO_INITIATE_REQUEST)),
        Arguments.of(
            "aarq-authentication-other.txt",
            new AARQ(
                null,
                ApplicationContextName.SHORT_NAME_REFERENCING,
                new AARQ.Authentication(
                    Octets.of(0x07, 0x80),
                    MechanismName.HIGH_LEVEL_SECURITY,
                    new AuthenticationValue.Other(
                        MechanismName.HIGH_LEVEL_SECURITY, Octets.of(0x04, 3, 1, 2, 3))),
                null)),
        Arguments.of(
            "aare-accepted.txt",
            new AARE(
                LN, AssociationResult.ACCEPTED, ResultSourceDiagnostic.NULL, INITIATE_RESPONSE)),
        Arguments.of(
            "aare-context-rejected.txt",
            new AARE(
                LN,
                AssociationResult.REJECTED_PERMANENT,
                ResultSourceDiagnostic.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED,
                INITIATE_RESPONSE)),
        Arguments.of(
            "aare-hls.txt",
            new AARE(
                    LN,
                    AssociationResult.ACCEPTED,
                    ResultSourceDiagnostic.AUTHENTICATION_REQUIRED,
                    INITIATE_RESPONSE)
                .withAuthentication(
                    new AARE.Authentication(
                        MechanismName.HIGH_LEVEL_SECURITY_USING_GMAC, Octets.ofAscii("P6wRJ21F")))),
        Arguments.of(
            "aare-every-field.txt",
            new AARE(
                    ApplicationContextName.SHORT_NAME_REFERENCING_WITH_CIPHERING,
                    AssociationResult.REJECTED_TRANSIENT,
                    ResultSourceDiagnostic.PROVIDER_NO_REASON_GIVEN,
                    GLO_INITIATE_RESPONSE)
                .withProtocolVersion(Octets.of(0x07, 0x80))
                .withResponding(
                    new ApplicationEntity(
                        Octets.ofHex("4D4D4D0000000001"), Octets.of(0xCA, 0xFE), 7L, -128L))
                .withAuthentication(
                    new AARE.Authentication(
                        Octets.of(0x07, 0x80),
                        MechanismName.HIGH_LEVEL_SECURITY_USING_ECDSA,
                        new AuthenticationValue.External(Octets.ofHex("06032A0304810300DEAD"))))
                .withImplementationInformation(Octets.ofAscii("v1"))),
        Arguments.of("rlrq-normal.txt", new RLRQ(RLRQ.Reason.NORMAL, null)),
        Arguments.of(
            "rlrq-protected.txt", new RLRQ(RLRQ.Reason.USER_DEFINED, GLO_INITIATE_REQUEST)),
        Arguments.of("rlre-normal.txt", new RLRE(RLRE.Reason.NORMAL, null)),
        Arguments.of(
            "rlre-protected.txt", new RLRE(RLRE.Reason.NOT_FINISHED, GLO_INITIATE_RESPONSE)));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void everyGoldenApduIsReadAndWrittenOctetForOctet(String name, AcseApdu apdu) {
    Octets octets = GoldenApdus.load(name);
    assertEquals(apdu, AcseCodec.decode(octets));
    assertEquals(octets, AcseCodec.encode(apdu));
  }

  @ParameterizedTest
  @CsvSource({
    // octets, reason
    "62 00,",
    "62 03 80 01 00, normal",
    "62 03 80 01 01, urgent",
    "62 03 80 01 1E, user-defined",
    "63 00,",
    "63 03 80 01 00, normal",
    "63 03 80 01 01, not-finished",
    "63 03 80 01 1E, user-defined"
  })
  void aReleaseHasOneOfItsReasonsOrNone(String hex, String reason) {
    AcseApdu apdu = AcseCodec.decode(Octets.ofHex(hex));
    Object found =
        apdu instanceof RLRQ rlrq ? rlrq.reason() : apdu instanceof RLRE rlre ? rlre.reason() : "";
    assertEquals(String.valueOf((Object) reason), String.valueOf(found));
    assertEquals(Octets.ofHex(hex), AcseCodec.encode(apdu));
  }

  @Test
  void noPasswordOrChallengeIsInTheTextOfAnApdu() {
    golden()
        .map(arguments -> arguments.get()[1].toString())
        .forEach(
            text -> {
              assertFalse(text.contains("31 32 33"), text);
              assertFalse(text.contains("4B 35 36"), text);
              assertFalse(text.contains("50 36 77"), text);
              assertFalse(text.contains("A5 F0"), text);
              assertFalse(text.contains("DE AD"), text);
              assertFalse(text.contains("04 03 01"), text);
            });
  }

  @ParameterizedTest
  @CsvSource({
    // last arc, name
    "1, Logical_Name_Referencing_No_Ciphering, false, false",
    "2, Short_Name_Referencing_No_Ciphering, true, false",
    "3, Logical_Name_Referencing_With_Ciphering, false, true",
    "4, Short_Name_Referencing_With_Ciphering, true, true"
  })
  void everyApplicationContextHasItsName(
      int id, String name, boolean shortNames, boolean ciphering) {
    ApplicationContextName context =
        new ApplicationContextName(Octets.of(0x60, 0x85, 0x74, 0x05, 0x08, 0x01, id));
    assertEquals(name, context.toString());
    assertEquals(shortNames, context.hasShortNames());
    assertEquals(!shortNames, context.hasLogicalNames());
    assertEquals(ciphering, context.hasCiphering());
  }

  @ParameterizedTest
  @CsvSource({
    // last arc, name
    "0, lowest level security",
    "1, low level security",
    "2, high level security",
    "3, high level security using MD5",
    "4, high level security using SHA-1",
    "5, high level security using GMAC",
    "6, high level security using SHA-256",
    "7, high level security using ECDSA",
    "8, authentication mechanism 8"
  })
  void everyMechanismHasItsName(int id, String name) {
    assertEquals(
        name, new MechanismName(Octets.of(0x60, 0x85, 0x74, 0x05, 0x08, 0x02, id)).toString());
  }

  @Test
  void everyDiagnosticHasItsNumber() {
    // Green Book 9.5, Associate-source-diagnostic.
    ResultSourceDiagnostic[] ofUser = {
      ResultSourceDiagnostic.NULL,
      ResultSourceDiagnostic.NO_REASON_GIVEN,
      ResultSourceDiagnostic.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED,
      ResultSourceDiagnostic.CALLING_AP_TITLE_NOT_RECOGNIZED,
      ResultSourceDiagnostic.CALLING_AP_INVOCATION_IDENTIFIER_NOT_RECOGNIZED,
      ResultSourceDiagnostic.CALLING_AE_QUALIFIER_NOT_RECOGNIZED,
      ResultSourceDiagnostic.CALLING_AE_INVOCATION_IDENTIFIER_NOT_RECOGNIZED,
      ResultSourceDiagnostic.CALLED_AP_TITLE_NOT_RECOGNIZED,
      ResultSourceDiagnostic.CALLED_AP_INVOCATION_IDENTIFIER_NOT_RECOGNIZED,
      ResultSourceDiagnostic.CALLED_AE_QUALIFIER_NOT_RECOGNIZED,
      ResultSourceDiagnostic.CALLED_AE_INVOCATION_IDENTIFIER_NOT_RECOGNIZED,
      ResultSourceDiagnostic.AUTHENTICATION_MECHANISM_NAME_NOT_RECOGNISED,
      ResultSourceDiagnostic.AUTHENTICATION_MECHANISM_NAME_REQUIRED,
      ResultSourceDiagnostic.AUTHENTICATION_FAILURE,
      ResultSourceDiagnostic.AUTHENTICATION_REQUIRED
    };
    for (int code = 0; code < ofUser.length; code++) {
      assertEquals(
          new ResultSourceDiagnostic(ResultSourceDiagnostic.Source.ACSE_SERVICE_USER, code),
          ofUser[code]);
    }
    ResultSourceDiagnostic[] ofProvider = {
      ResultSourceDiagnostic.PROVIDER_NULL,
      ResultSourceDiagnostic.PROVIDER_NO_REASON_GIVEN,
      ResultSourceDiagnostic.NO_COMMON_ACSE_VERSION
    };
    for (int code = 0; code < ofProvider.length; code++) {
      assertEquals(
          new ResultSourceDiagnostic(ResultSourceDiagnostic.Source.ACSE_SERVICE_PROVIDER, code),
          ofProvider[code]);
    }
  }
}
