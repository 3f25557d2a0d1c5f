package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.GoldenApdus;
import io.dlms4j.cosem.security.Password;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The APPL_OPEN cases of the conformance plan that a server without ciphering can be put to: AARQ
 * in, AARE out, octet for octet. The verdicts are the standard's.
 */
class OpenCasesTest {
  private static final String LN = "A1 09 06 07 60 85 74 05 08 01 01";
  private static final String SN = "A1 09 06 07 60 85 74 05 08 01 02";
  private static final String INITIATE = "BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 60 FE 9F FF FF";

  /** Of all that is proposed, the server has GET with blocks, PDUs of 1007 octets. */
  private static final String ACCEPTED =
      "61 29"
          + LN
          + "A2 03 02 01 00 A3 05 A1 03 02 01 00"
          + "BE 10 04 0E 08 00 06 5F 1F 04 00 00 10 10 03 EF 00 07";

  private static final String REJECTED_LN = LN + "A2 03 02 01 01 A3 05";
  private static final String REJECTED_SN = SN + "A2 03 02 01 01 A3 05";

  private static final ServerAssociationConfig PLAIN =
      ServerAssociationConfig.builder().lowestLevelSecurity().build();

  private static final ServerAssociationConfig LLS =
      ServerAssociationConfig.builder().lowLevelSecurity(Password.ofText("12345678")).build();

  private static final ServerAssociationConfig SHORT_NAMES =
      ServerAssociationConfig.builder()
          .lowestLevelSecurity()
          .shortNames()
          .conformance(
              EnumSet.of(
                  Conformance.READ,
                  Conformance.WRITE,
                  Conformance.UNCONFIRMED_WRITE,
                  Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
                  Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
                  Conformance.MULTIPLE_REFERENCES,
                  Conformance.INFORMATION_REPORT,
                  Conformance.PARAMETERIZED_ACCESS))
          .build();

  private static final ServerAssociationConfig USERS =
      ServerAssociationConfig.builder().lowestLevelSecurity().users(Set.of(1, 17, 255)).build();

  // APPL_OPEN_1.

  @Test
  void anAssociationIsOpenedWithDeclaredParameters() {
    assertAnswer(PLAIN, aarq(LN + INITIATE), ACCEPTED);
    assertAnswer(LLS, GoldenApdus.load("aarq-lls.txt"), ACCEPTED);
  }

  // APPL_OPEN_2.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A9 03 02 01 01",
        "A9 03 02 01 11",
        "A9 04 02 02 00 FF",
        "A7 02 04 00 A9 03 02 01 11"
      })
  void aUserOfTheUserListIsAccepted(String user) {
    assertAnswer(USERS, aarq(LN + user + INITIATE), ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nobody
        "A9 03 02 01 02", // nobody of the list
        "A9 03 02 01 FF", // -1
        "A9 04 02 02 01 11", // 17, and 256
        "A9 07 02 05 01 00 00 00 11", // 17, and 2^32
        "A8 03 02 01 11" // 17 as calling-AP-invocation-id
      })
  void aUserWhoIsNotInTheUserListIsRefused(String user) {
    assertAnswer(USERS, aarq(LN + user + INITIATE), "61 17" + REJECTED_LN + "A1 03 02 01 06");
  }

  // APPL_OPEN_4.

  @ParameterizedTest
  @CsvSource({
    "80 02 07 80, ''", // version1
    "80 02 06 C0, ''", // version1 and another
    "80 02 07 00, A2 03 02 01 02", // none
    "80 02 06 40, A2 03 02 01 02", // another
    "80 01 00, A2 03 02 01 02" // no bit at all
  })
  void aProtocolVersionOtherThanTheFirstIsRefusedByTheProvider(String version, String diagnostic) {
    assertAnswer(
        PLAIN,
        aarq(version + LN + INITIATE),
        diagnostic.isEmpty() ? ACCEPTED : "61 17" + REJECTED_LN + diagnostic);
  }

  // APPL_OPEN_5.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "601DA10906075F857504070203BE10040E01000000065F1F04007C1BA0FFFF", // the plan's
        "601DA109060760857405080102BE10040E01000000065F1F0400181C20FFFF", // short names
        "601DA109060760857405080103BE10040E01000000065F1F040060FE9FFFFF", // with ciphering
        "601DA109060760857405080104BE10040E01000000065F1F0400181C20FFFF" // both
      })
  void anotherApplicationContextIsRefused(String aarq) {
    assertAnswer(PLAIN, Octets.ofHex(aarq), "61 17" + REJECTED_LN + "A1 03 02 01 02");
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "03", "04", "05"})
  void aServerWithShortNamesRefusesEveryOtherContext(String context) {
    String name = "A1 09 06 07 60 85 74 05 08 01" + context;
    assertAnswer(SHORT_NAMES, aarq(name + INITIATE), "61 17" + REJECTED_SN + "A1 03 02 01 02");
  }

  @Test
  void anAarqWithoutContextIsRefusedByTheProvider() {
    assertAnswer(PLAIN, aarq(INITIATE), "61 17" + REJECTED_LN + "A2 03 02 01 01");
  }

  // APPL_OPEN_6.

  @Test
  void fieldsWithoutUseMayHoldAnything() {
    assertAnswer(PLAIN, GoldenApdus.load("aarq-dummies.txt"), ACCEPTED);
    assertAnswer(
        PLAIN, aarq(LN + "A7 04 04 02 AB CD A8 03 02 01 FF 9D 03 64 6C 6D" + INITIATE), ACCEPTED);
  }

  @ParameterizedTest
  @CsvSource({
    "A6 0A 04 08 4D 4D 4D 00 00 BC 61 4E, ''", // a system title
    "A6 09 04 07 4D 4D 4D 00 00 BC 61, A1 03 02 01 03", // subtest 2: too short
    "A6 0B 04 09 4D 4D 4D 00 00 BC 61 4E 00, A1 03 02 01 03", // subtest 3: too long
    "A6 02 04 00, A1 03 02 01 03" // nothing in it
  })
  void aCallingApTitleThatIsNoSystemTitleIsRefused(String title, String diagnostic) {
    assertAnswer(
        PLAIN,
        aarq(LN + title + INITIATE),
        diagnostic.isEmpty() ? ACCEPTED : "61 17" + REJECTED_LN + diagnostic);
  }

  @Test
  void aUserWhomTheServerDoesNotAskForIsAccepted() {
    // Subtest 4. With an empty user_list, every user may associate (Blue Book, user_list).
    assertAnswer(PLAIN, aarq(LN + "A9 03 02 01 11" + INITIATE), ACCEPTED);
  }

  // APPL_OPEN_7.

  @ParameterizedTest
  @CsvSource({
    // diagnostic, authentication fields of the AARQ, where low level security is asked for
    "0E, ''",
    "0E, 8B 07 60 85 74 05 08 02 01 AC 0A 80 08 31 32 33 34 35 36 37 38", // no functional unit
    "0E, 8A 02 07 00 8B 07 60 85 74 05 08 02 01 AC 0A 80 08 31 32 33 34 35 36 37 38", // not it
    "0C, 8A 02 07 80 AC 0A 80 08 31 32 33 34 35 36 37 38", // no mechanism-name
    "0C, 8A 02 07 80", // the functional unit alone
    "0B, 8A 02 07 80 8B 07 60 85 74 05 08 02 00 AC 0A 80 08 31 32 33 34 35 36 37 38", // lowest
    "0B, 8A 02 07 80 8B 07 60 85 74 05 08 02 05 AC 0A 80 08 31 32 33 34 35 36 37 38", // high level
    "0B, 8A 02 07 80 8B 07 60 85 74 05 08 02 63 AC 0A 80 08 31 32 33 34 35 36 37 38", // 99
    "0B, 8A 02 07 80 8B 07 60 85 74 05 08 01 01 AC 0A 80 08 31 32 33 34 35 36 37 38", // a context
    "0D, 8A 02 07 80 8B 07 60 85 74 05 08 02 01", // no value
    "0D, 8A 02 07 80 8B 07 60 85 74 05 08 02 01 AC 02 80 00", // an empty value
    "0D, 8A 02 07 80 8B 07 60 85 74 05 08 02 01 AC 0A 80 08 31 32 33 34 35 36 37 39", // wrong
    "0D, 8A 02 07 80 8B 07 60 85 74 05 08 02 01 AC 0B 81 09 00 31 32 33 34 35 36 37 38" // bits
  })
  void aClientThatFailsToAuthenticateItselfIsToldHow(String diagnostic, String fields) {
    assertAnswer(
        LLS, aarq(LN + fields + INITIATE), "61 17" + REJECTED_LN + "A1 03 02 01" + diagnostic);
  }

  @ParameterizedTest
  @CsvSource({
    // diagnostic, superfluous authentication fields of the AARQ, where none is asked for
    "0B, 8A 02 07 80 8B 07 60 85 74 05 08 02 01 AC 0A 80 08 31 32 33 34 35 36 37 38",
    "0B, 8B 07 60 85 74 05 08 02 01",
    "0C, 8A 02 07 80 AC 0A 80 08 31 32 33 34 35 36 37 38",
    "0C, 8A 02 07 80",
    "0D, 8A 02 07 80 8B 07 60 85 74 05 08 02 00 AC 0A 80 08 31 32 33 34 35 36 37 38",
    "0D, AC 0A 80 08 31 32 33 34 35 36 37 38",
    "0D, AC 03 81 01 00"
  })
  void aClientThatAuthenticatesItselfWhereNobodyAsksIsRefused(String diagnostic, String fields) {
    assertAnswer(
        PLAIN, aarq(LN + fields + INITIATE), "61 17" + REJECTED_LN + "A1 03 02 01" + diagnostic);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8A 02 07 80 8B 07 60 85 74 05 08 02 00",
        "8A 02 07 80 8B 07 60 85 74 05 08 02 00 AC 02 80 00",
        "8A 02 07 00"
      })
  void aClientMaySayThatItDoesNotAuthenticateItself(String fields) {
    assertAnswer(PLAIN, aarq(LN + fields + INITIATE), ACCEPTED);
  }

  // APPL_OPEN_9.

  @Test
  void aDedicatedKeyWithoutCipheringIsRefused() {
    assertInitiateError(
        "04",
        "BE 21 04 1F 01 01 10 00 11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF"
            + "00 00 06 5F 1F 04 00 60 FE 9F FF FF");
  }

  // APPL_OPEN_11.

  @ParameterizedTest
  @ValueSource(strings = {"00", "07", "80", "FF"})
  void aQualityOfServiceIsAnsweredWithTheSame(String quality) {
    assertAnswer(
        PLAIN,
        aarq(LN + "BE 11 04 0F 01 00 00 01" + quality + "06 5F 1F 04 00 60 FE 9F FF FF"),
        "61 2A"
            + LN
            + "A2 03 02 01 00 A3 05 A1 03 02 01 00 BE 11 04 0F 08 01"
            + quality
            + "06 5F 1F 04 00 00 10 10 03 EF 00 07");
  }

  // APPL_OPEN_12.

  @ParameterizedTest
  @ValueSource(strings = {"00", "05"})
  void anEarlierVersionOfDlmsIsTooLow(String version) {
    assertInitiateError("01", "BE 10 04 0E 01 00 00 00" + version + "5F 1F 04 00 60 FE 9F FF FF");
  }

  @ParameterizedTest
  @ValueSource(strings = {"06", "07", "FF"})
  void aLaterVersionOfDlmsIsAnsweredWithTheSixth(String version) {
    assertAnswer(
        PLAIN,
        aarq(LN + "BE 10 04 0E 01 00 00 00" + version + "5F 1F 04 00 60 FE 9F FF FF"),
        ACCEPTED);
  }

  // APPL_OPEN_13.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 00 00", // nothing at all
        "80 01 00", // reserved bits, and InformationReport
        "1C 03 20", // what belongs to short names
        "00 00 0B" // SET, EventNotification, ACTION
      })
  void aClientThatHasNothingInCommonIsRefused(String conformance) {
    assertInitiateError("02", "BE 10 04 0E 01 00 00 00 06 5F 1F 04 00" + conformance + "FF FF");
  }

  // APPL_OPEN_14.

  @ParameterizedTest
  @ValueSource(strings = {"00 01", "00 0B"})
  void aPduSizeOfLessThanTwelveIsTooShort(String size) {
    assertInitiateError("03", "BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 60 FE 9F" + size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00 0C", "FF FF", "00 00"})
  void aPduSizeOfTwelveOrNoLimitIsTaken(String size) {
    assertAnswer(
        PLAIN, aarq(LN + "BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 60 FE 9F" + size), ACCEPTED);
  }

  // Several faults at once: ACSE's own come first, then who it is, then what it wants.

  @ParameterizedTest
  @CsvSource({
    "80 02 06 40, 02, A6 02 04 00, 05, A2 03 02 01 02",
    "80 02 07 80, 02, A6 02 04 00, 05, A1 03 02 01 02",
    "80 02 07 80, 01, A6 02 04 00, 05, A1 03 02 01 03",
    "80 02 07 80, 01, A9 03 02 01 01, 05, A1 03 02 01 0E"
  })
  void ofSeveralFaultsTheFirstIsTold(
      String protocolVersion, String context, String calling, String version, String diagnostic) {
    assertAnswer(
        LLS,
        aarq(
            protocolVersion
                + "A1 09 06 07 60 85 74 05 08 01"
                + context
                + calling
                + "BE 10 04 0E 01 00 00 00"
                + version
                + "5F 1F 04 00 00 00 00 00 01"),
        "61 17" + REJECTED_LN + diagnostic);
  }

  // Short names.

  @Test
  void withShortNamesTheVaaNameIsTheBaseNameOfTheAssociation() {
    assertAnswer(
        SHORT_NAMES,
        aarq(SN + "BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 1C 1B 20 FF FF"),
        "61 29"
            + SN
            + "A2 03 02 01 00 A3 05 A1 03 02 01 00"
            + "BE 10 04 0E 08 00 06 5F 1F 04 00 1C 1B 20 03 EF FA 00");
  }

  @Test
  void withShortNamesTheServicesOfLogicalNamesAreNotGranted() {
    assertAnswer(
        SHORT_NAMES,
        aarq(SN + "BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 FF FF FF FF FF"),
        "61 29"
            + SN
            + "A2 03 02 01 00 A3 05 A1 03 02 01 00"
            + "BE 10 04 0E 08 00 06 5F 1F 04 00 1C 1B 20 03 EF FA 00");
  }

  // What was agreed on.

  @Test
  void theServerKnowsWhoItsClientIs() {
    ServerAssociation server = up(PLAIN);
    server.receive(aarq(LN + "A6 0A 04 08 4D 4D 4D 00 00 BC 61 4E A9 03 02 01 11" + INITIATE), 0);
    NegotiatedContext context = server.context();
    assertNotNull(context);
    assertEquals(
        ApplicationEntity.UNNAMED
            .withApTitle(Octets.ofHex("4D4D4D0000BC614E"))
            .withAeInvocationId(17),
        context.client());
  }

  private static ServerAssociation up(ServerAssociationConfig config) {
    ServerAssociation server = new ServerAssociation(config);
    server.linkUp();
    return server;
  }

  private static void assertInitiateError(String error, String userInformation) {
    assertAnswer(
        PLAIN,
        aarq(LN + userInformation),
        "61 1F" + REJECTED_LN + "A1 03 02 01 01 BE 06 04 04 0E 01 06" + error);
  }

  private static void assertAnswer(ServerAssociationConfig config, Octets aarq, String aare) {
    ServerAssociation server = up(config);
    server.receive(aarq, 0);
    assertEquals(Octets.ofHex(aare), server.pollTransmit(0));
    assertNull(server.pollTransmit(0));
    boolean accepted = Octets.ofHex(aare).toHex().contains("A203020100");
    assertEquals(accepted, server.isAssociated());
    assertFalse(accepted && server.context() == null);
  }

  private static Octets aarq(String fields) {
    Octets contents = Octets.ofHex(fields);
    return Octets.ofHex("60 %02X".formatted(contents.length()) + contents.toHex());
  }
}
