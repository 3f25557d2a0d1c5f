package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.GetResponseWithDataBlock;
import io.dlms4j.cosem.apdu.GoldenApdus;
import io.dlms4j.cosem.apdu.Quirk;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.ServerAssociationEvent.Associated;
import io.dlms4j.cosem.association.ServerAssociationEvent.Ended;
import io.dlms4j.cosem.association.ServerAssociationEvent.Refused;
import io.dlms4j.cosem.association.ServerAssociationEvent.ServiceIndication;
import io.dlms4j.cosem.association.ServerAssociationEvent.StreamFailed;
import io.dlms4j.cosem.classes.RangeDescriptor;
import io.dlms4j.cosem.security.Password;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAssociationTest {
  private static final String CONTEXT = "A1 09 06 07 60 85 74 05 08 01 01";
  private static final String INITIATE = "BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 00 10 10 FF FF";
  private static final String REJECTED = CONTEXT + "A2 03 02 01 01 A3 05";
  private static final String GET = "C0 01 C1 00 01 00 00 2A 00 00 FF 02 00";

  private static final ServerAssociationConfig PUBLIC =
      ServerAssociationConfig.builder().lowestLevelSecurity().maxReceivePduSize(125).build();

  private static final ServerAssociationConfig LLS =
      ServerAssociationConfig.builder()
          .lowLevelSecurity(Password.ofText("12345"))
          .conformance(
              EnumSet.of(
                  Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
                  Conformance.GET,
                  Conformance.SET,
                  Conformance.SELECTIVE_ACCESS))
          .maxReceivePduSize(125)
          .maxSendPduSize(500)
          .quirks(Set.of(Quirk.LONG_RAW_DATA_LENGTH, Quirk.WHOLE_ELEMENTS_IN_BLOCKS))
          .build();

  private static final long NOW = 1_000;

  private ServerAssociation server = up(PUBLIC);

  private static ServerAssociation up(ServerAssociationConfig config) {
    ServerAssociation server = new ServerAssociation(config);
    server.linkUp();
    return server;
  }

  // Association.

  @Test
  void aClientWithoutSecurityIsAcceptedAsTheMeterDoes() {
    server.receive(GoldenApdus.load(GoldenApdus.AARQ_PUBLIC), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.AARE_PUBLIC));
    assertInstanceOf(Associated.class, server.pollEvent());
    assertTrue(server.isAssociated());
    NegotiatedContext context = server.context();
    assertNotNull(context);
    assertEquals(PUBLIC.conformance(), context.conformance());
    assertEquals(0xFFFF, context.clientMaxReceivePduSize());
    assertEquals(125, context.serverMaxReceivePduSize());
  }

  @Test
  void aClientWithThePasswordIsAcceptedAsTheMeterDoes() {
    server = up(LLS);
    server.receive(GoldenApdus.load(GoldenApdus.AARQ_LLS), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.AARE_LLS));
    assertTrue(server.isAssociated());
  }

  @ParameterizedTest
  @CsvSource({
    // diagnostic, authentication fields of the AARQ
    "0D, 8A 02 07 80 8B 07 60 85 74 05 08 02 01 AC 07 80 05 31 32 33 34 36", // wrong password
    "0D, 8A 02 07 80 8B 07 60 85 74 05 08 02 01 AC 06 80 04 31 32 33 34", // a part of it
    "0D, 8A 02 07 80 8B 07 60 85 74 05 08 02 01", // no value
    "0E, ''", // no authentication
    "0E, 8B 07 60 85 74 05 08 02 01 AC 07 80 05 31 32 33 34 35", // no functional unit
    "0E, 8A 02 07 00 8B 07 60 85 74 05 08 02 01 AC 07 80 05 31 32 33 34 35", // not selected
    "0C, 8A 02 07 80 AC 07 80 05 31 32 33 34 35", // no mechanism name
    "0B, 8A 02 07 80 8B 07 60 85 74 05 08 02 00 AC 07 80 05 31 32 33 34 35", // lowest level
    "0B, 8A 02 07 80 8B 07 60 85 74 05 08 02 05 AC 07 80 05 31 32 33 34 35" // high level
  })
  void aClientThatFailsToAuthenticateItselfIsToldHow(String diagnostic, String fields) {
    server = up(LLS);
    server.receive(aarq(CONTEXT + fields + INITIATE), NOW);
    assertRejected("61 17", "A1 03 02 01 " + diagnostic);
  }

  @Test
  void aClientWithoutSecurityMayNameNoOtherMechanism() {
    server.receive(aarq(CONTEXT + "8A 02 07 80 8B 07 60 85 74 05 08 02 01" + INITIATE), NOW);
    assertRejected("61 17", "A1 03 02 01 0B");
    server.receive(aarq(CONTEXT + "8A 02 07 80 8B 07 60 85 74 05 08 02 00" + INITIATE), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.AARE_PUBLIC));
  }

  @Test
  void anotherVersionOfAcseIsRefusedByTheProvider() {
    server.receive(aarq("80 02 06 40" + CONTEXT + INITIATE), NOW);
    assertRejected("61 17", "A2 03 02 01 02");
    server.receive(aarq("80 02 07 80" + CONTEXT + INITIATE), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.AARE_PUBLIC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // APPL_OPEN_5 of the plan, then short names, then with ciphering.
        "60 1D A1 09 06 07 5F 85 75 04 07 02 03 BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 7C 1B A0 FF FF",
        "60 1D A1 09 06 07 60 85 74 05 08 01 02 BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 00 10 10 FF FF",
        "60 1D A1 09 06 07 60 85 74 05 08 01 03 BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 00 10 10 FF FF"
      })
  void anotherApplicationContextIsRefused(String aarq) {
    server.receive(Octets.ofHex(aarq), NOW);
    assertRejected("61 17", "A1 03 02 01 02");
  }

  @ParameterizedTest
  @CsvSource({
    // initiateError, user-information
    "01, BE 10 04 0E 01 00 00 00 05 5F 1F 04 00 00 10 10 FF FF", // version 5
    "02, BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 1C 03 20 FF FF", // nothing in common
    "02, BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 00 00 00 FF FF", // nothing at all
    "03, BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 00 10 10 00 0B", // PDU size 11
    "04, BE 13 04 11 01 01 02 AA BB 00 00 06 5F 1F 04 00 00 10 10 FF FF", // dedicated key
    "00, BE 04 04 02 01 02", // no InitiateRequest
    "00, BE 02 04 00", // nothing in it
    "00, BE 05 04 03 D8 01 01", // another APDU
    "00, BE 11 04 0F 01 00 00 00 06 5F 1F 04 00 00 10 10 FF FF 00", // an octet too many
    "00, ''" // no user-information
  })
  void anInitiateRequestThatIsNotTakenIsAnsweredWithItsError(String error, String information) {
    server.receive(aarq(CONTEXT + information), NOW);
    assertRejected("61 1F", "A1 03 02 01 01 BE 06 04 04 0E 01 06 " + error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00 0C", "00 00", "FF FF"})
  void aPduSizeOfTwelveOrNoLimitIsTaken(String size) {
    server.receive(aarq(CONTEXT + "BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 00 10 10 " + size), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.AARE_PUBLIC));
  }

  @Test
  void aLaterVersionOfDlmsIsAnsweredWithOurs() {
    // APPL_OPEN_12 of the plan.
    server.receive(
        Octets.ofHex("601DA109060760857405080101BE10040E01000000075F1F040060FE9FFFFF"), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.AARE_PUBLIC));
  }

  @Test
  void aClientThatAllowsNoAnswerHasAnAssociationWithoutConfirmedServices() {
    server.receive(aarq(CONTEXT + "BE 11 04 0F 01 00 01 00 00 06 5F 1F 04 00 00 10 10 FF FF"), NOW);
    Associated associated = assertInstanceOf(Associated.class, server.pollEvent());
    assertFalse(associated.context().confirmed());
    assertTrue(server.isAssociated());
    server.receive(Octets.ofHex(GET), NOW);
    assertSilent();
  }

  @Test
  void aClientThatAllowsNoAnswerIsRefusedWithoutOne() {
    server = up(LLS);
    server.receive(aarq(CONTEXT + "BE 11 04 0F 01 00 01 00 00 06 5F 1F 04 00 00 10 10 FF FF"), NOW);
    Refused refused = assertInstanceOf(Refused.class, server.pollEvent());
    assertEquals("acse-service-user: authentication-required", refused.reason());
    assertFalse(server.isAssociated());
    assertSilent();
  }

  @Test
  void aQualityOfServiceIsTakenAndRepeated() {
    server.receive(aarq(CONTEXT + "BE 11 04 0F 01 00 00 01 07 06 5F 1F 04 00 00 10 10 FF FF"), NOW);
    assertSent(
        Octets.ofHex(
            "61 2A"
                + CONTEXT
                + "A2 03 02 01 00 A3 05 A1 03 02 01 00"
                + "BE 11 04 0F 08 01 07 06 5F 1F 04 00 00 10 10 00 7D 00 07"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"60", "60 00", "60 05 01 02 03", "60 FF FF", "60 0F 8A 02 07 80" + CONTEXT})
  void anAarqThatCannotBeReadIsRefusedAndChangesNothing(String aarq) {
    server.receive(Octets.ofHex(aarq), NOW);
    assertSent(Octets.ofHex("61 17" + REJECTED + "A2 03 02 01 01"));
    assertInstanceOf(Refused.class, server.pollEvent());
    associate(PUBLIC);
    server.receive(Octets.ofHex(aarq), NOW);
    assertSent(Octets.ofHex("61 17" + REJECTED + "A2 03 02 01 01"));
    assertTrue(server.isAssociated());
  }

  @Test
  void anAarqWithAHugeUserInformationIsRefused() {
    server =
        up(
            ServerAssociationConfig.builder()
                .lowestLevelSecurity()
                .limits(DecodeLimits.DEFAULT.withMaxOctets(50))
                .build());
    String filler = "00".repeat(100);
    server.receive(aarq(CONTEXT + "BE 66 04 64" + filler), NOW);
    assertRejected("61 1F", "A1 03 02 01 01 BE 06 04 04 0E 01 06 00");
  }

  @Test
  void aSecondAarqEndsTheFirstAssociationWhateverBecomesOfIt() {
    associate(LLS);
    server.receive(GoldenApdus.load(GoldenApdus.GET_REQUEST), NOW);
    ServiceIndication old = assertInstanceOf(ServiceIndication.class, server.pollEvent());
    server.receive(
        aarq(
            CONTEXT
                + "8A 02 07 80 8B 07 60 85 74 05 08 02 01 AC 07 80 05 39 39 39 39 39"
                + INITIATE),
        NOW);
    assertInstanceOf(Ended.class, server.pollEvent());
    assertRejected("61 17", "A1 03 02 01 0D");
    assertNull(server.context());
    respond(old.request(), DataStream.of(CosemData.unsigned(1)));
    server.refuse(old.request(), DataAccessResult.OTHER_REASON);
    assertSilent();
    server.receive(Octets.ofHex(GET), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.EXCEPTION_NOT_ALLOWED));
    server.receive(GoldenApdus.load(GoldenApdus.AARQ_LLS), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.AARE_LLS));
  }

  @Test
  void anAnswerThatWasNotTakenIsNotLeftForTheNextClient() {
    associate(LLS);
    respond(indication(GET), DataStream.of(CosemData.unsigned(1)));
    server.linkUp();
    assertEquals(new Ended(), server.pollEvent());
    assertSilent();
    associate(LLS);
    respond(indication(GET), DataStream.of(CosemData.unsigned(1)));
    server.receive(GoldenApdus.load(GoldenApdus.AARQ_LLS), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.AARE_LLS));
  }

  // Services.

  @Test
  void aServiceBeforeTheAssociationIsNotAllowed() {
    server.receive(Octets.ofHex(GET), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.EXCEPTION_NOT_ALLOWED));
    assertSilent();
  }

  @Test
  void nothingIsAnsweredWithoutALink() {
    ServerAssociation idle = new ServerAssociation(PUBLIC);
    idle.receive(GoldenApdus.load(GoldenApdus.AARQ_PUBLIC), NOW);
    assertNull(idle.pollTransmit(NOW));
    assertNull(idle.pollEvent());
  }

  @ParameterizedTest
  @CsvSource({
    "C1 06 C1 00 0F 00 00 28 00 00 FF 01 00 09 06 00 00 28 00 00 FF, D8 02 02", // a SET
    "62 01, D8 02 03", // half an RLRQ
    "00, D8 02 02", // no tag at all
    "D8 01 01, D8 02 02", // an answer
    "C4 01 C1 01 04, D8 02 02",
    "C0 04 C1 00 0F 00 00 28 00 00 FF 01 00, D8 02 02", // APPL_DATA_LN_N1, unknown choice
    "C0 03 C1 00, D8 01 02", // a list, which was not agreed on
    "C0 01 C1 00 02 80 00 10 00, D8 02 03", // APPL_DATA_LN_N1, elements missing
    "C0, D8 02 03",
    "C0 01 C1 00 01 00 00 2A 00 00 FF 02 00 00, D8 02 03", // an octet too many
    "C0 01 C1 00 01 00 00 2A 00 00 FF 02 02, D8 02 03" // neither with selection nor without
  })
  void whatIsNoGetIsAnsweredWithAnException(String apdu, String answer) {
    associate(PUBLIC);
    server.receive(Octets.ofHex(apdu), NOW);
    assertSent(Octets.ofHex(answer));
    assertSilent();
    assertTrue(server.isAssociated());
  }

  @Test
  void anApduLongerThanAgreedIsRefused() {
    associate(PUBLIC);
    byte[] apdu = new byte[126];
    Octets.ofHex(GET).copyTo(apdu, 0);
    server.receive(Octets.view(apdu), NOW);
    assertSent(Octets.ofHex("D8 01 04"));
  }

  @Test
  void aGetWithoutItsConformanceBitIsNotAllowed() {
    server =
        up(
            ServerAssociationConfig.builder()
                .lowestLevelSecurity()
                .conformance(EnumSet.of(Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ))
                .build());
    server.receive(GoldenApdus.load(GoldenApdus.AARQ_PUBLIC), NOW);
    assertTrue(server.isAssociated());
    assertNotNull(server.pollTransmit(NOW));
    server.receive(Octets.ofHex(GET), NOW);
    assertSent(Octets.ofHex("D8 01 02"));
  }

  @Test
  void aSelectionWithoutItsConformanceBitIsRefused() {
    associate(PUBLIC);
    server.receive(GoldenApdus.load(GoldenApdus.GET_REQUEST_PROFILE), NOW);
    assertSent(Octets.ofHex("C4 01 81 01 0D"));
    assertSilent();
  }

  @Test
  void aGetIsAnsweredAsTheMeterDoes() {
    associate(PUBLIC);
    server.receive(GoldenApdus.load(GoldenApdus.GET_REQUEST), NOW);
    ServiceIndication get = assertInstanceOf(ServiceIndication.class, server.pollEvent());
    assertEquals(
        new ServiceRequest.Get(AttributeRef.of(1, "1.1.0.0.1.255", 2), null), get.service());
    assertTrue(get.confirmed());
    assertSilent();
    respond(get.request(), DataStream.of(CosemData.doubleLongUnsigned(12_345_679)));
    assertSent(GoldenApdus.load(GoldenApdus.GET_RESPONSE));
    assertSilent();
  }

  @Test
  void aGetThatIsRefusedIsAnsweredWithTheResult() {
    associate(PUBLIC);
    server.refuse(indication(GET), DataAccessResult.OBJECT_UNDEFINED);
    assertSent(GoldenApdus.load(GoldenApdus.GET_RESPONSE_OBJECT_UNDEFINED));
    assertSilent();
  }

  @Test
  void aRequestIsAnsweredOnce() {
    associate(PUBLIC);
    long request = indication(GET);
    server.refuse(request, DataAccessResult.OBJECT_UNDEFINED);
    respond(request, DataStream.of(CosemData.unsigned(1)));
    server.refuse(request, DataAccessResult.OTHER_REASON);
    assertNotNull(server.pollTransmit(NOW));
    assertSilent();
  }

  @Test
  void anAnswerToARequestThatWasGivenUpIsDropped() {
    associate(PUBLIC);
    long first = indication(GET);
    long second = indication(GET);
    respond(first, DataStream.of(CosemData.unsigned(1)));
    assertSilent();
    respond(second, DataStream.of(CosemData.unsigned(2)));
    assertSent(Octets.ofHex("C4 01 C1 00 11 02"));
  }

  // Blocks.

  @Test
  void aValueThatFitsIsSentInOnePduAndOneOctetMoreInBlocks() {
    server = up(ServerAssociationConfig.builder().lowestLevelSecurity().maxSendPduSize(64).build());
    server.receive(GoldenApdus.load(GoldenApdus.AARQ_PUBLIC), NOW);
    assertNotNull(server.pollTransmit(NOW));
    assertInstanceOf(Associated.class, server.pollEvent());
    // 64 octets: 4 of header, 2 of tag and length, 58 of string.
    respond(indication(GET), string(58));
    Octets whole = server.pollTransmit(NOW);
    assertNotNull(whole);
    assertEquals(64, whole.length());
    assertEquals(Octets.ofHex("C4 01 C1 00 09 3A"), whole.slice(0, 6));
    assertSilent();
    respond(indication(GET), string(59));
    Octets first = server.pollTransmit(NOW);
    assertNotNull(first);
    assertEquals(64, first.length());
    assertEquals(Octets.ofHex("C4 02 C1 00 00 00 00 01 00 36 09 3B"), first.slice(0, 12));
    assertSilent();
    server.receive(Octets.ofHex("C0 02 C1 00 00 00 01"), NOW);
    assertSent(Octets.ofHex("C4 02 C1 01 00 00 00 02 00 07 00 00 00 00 00 00 00"));
    server.receive(Octets.ofHex("C0 02 C1 00 00 00 02"), NOW);
    assertSent(noLongGet("C1", 2));
  }

  @Test
  void theClientsPduSizeCountsIfItIsLess() {
    server.receive(aarq(CONTEXT + "BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 00 10 10 00 0C"), NOW);
    assertNotNull(server.pollTransmit(NOW));
    assertInstanceOf(Associated.class, server.pollEvent());
    respond(indication(GET), string(9));
    StringBuilder value = new StringBuilder();
    for (int block = 1; ; block++) {
      Octets apdu = server.pollTransmit(NOW);
      assertNotNull(apdu);
      assertTrue(apdu.length() <= 12);
      GetResponseWithDataBlock sent =
          assertInstanceOf(GetResponseWithDataBlock.class, ApduCodec.STANDARD.decode(apdu));
      assertEquals(block, sent.blockNumber());
      value.append(
          assertInstanceOf(GetResponseWithDataBlock.RawData.class, sent.result()).octets().toHex());
      if (sent.lastBlock()) {
        break;
      }
      server.receive(Octets.ofHex("C0 02 C1 %08X".formatted(block)), NOW);
    }
    assertEquals("0909" + "00".repeat(9), value.toString());
  }

  @Test
  void aLongValueIsNotSentWhereBlocksAreNotAgreedOn() {
    server =
        up(
            ServerAssociationConfig.builder()
                .lowestLevelSecurity()
                .conformance(EnumSet.of(Conformance.GET))
                .maxSendPduSize(64)
                .build());
    server.receive(GoldenApdus.load(GoldenApdus.AARQ_PUBLIC), NOW);
    assertNotNull(server.pollTransmit(NOW));
    assertInstanceOf(Associated.class, server.pollEvent());
    respond(indication(GET), string(59));
    assertSent(Octets.ofHex("C4 01 C1 01 FA"));
    server.receive(Octets.ofHex("C0 02 C1 00 00 00 01"), NOW);
    assertSent(noLongGet("C1", 1));
  }

  @Test
  void limitsForTheClientsOctetsAreNoneForTheServersValue() {
    server =
        up(
            ServerAssociationConfig.builder()
                .lowestLevelSecurity()
                .limits(new DecodeLimits(200, 2, 10))
                .maxReceivePduSize(200)
                .build());
    server.receive(GoldenApdus.load(GoldenApdus.AARQ_PUBLIC), NOW);
    assertNotNull(server.pollTransmit(NOW));
    assertInstanceOf(Associated.class, server.pollEvent());
    respond(indication(GET), string(300));
    Octets sent = server.pollTransmit(NOW);
    assertNotNull(sent);
    assertEquals(Octets.ofHex("C4 01 C1 00 09 82 01 2C"), sent.slice(0, 8));
  }

  @Test
  void aProfileIsSentInBlocksOfWholeRowsAsTheMeterDoes() {
    associate(LLS);
    server.receive(GoldenApdus.load(GoldenApdus.GET_REQUEST_PROFILE), NOW);
    ServiceIndication get = assertInstanceOf(ServiceIndication.class, server.pollEvent());
    SelectiveAccess selection =
        assertInstanceOf(ServiceRequest.Get.class, get.service())
            .attributes()
            .get(0)
            .selectiveAccess();
    assertNotNull(selection);
    RangeDescriptor range = RangeDescriptor.decode(selection.accessParameters().value());
    assertEquals(AttributeRef.of(8, "0.1.1.0.0.255", 2), range.restrictingObject().attribute());

    // The array's header and the rows that the document shows; for those that it leaves out, the
    // rows of block 2 four times more.
    Octets block1 = rawData(GoldenApdus.BLOCK_1);
    List<Octets> pieces = new ArrayList<>(List.of(block1.slice(0, 2)));
    addRows(pieces, block1.slice(2, 460));
    for (int block = 2; block <= 6; block++) {
      addRows(pieces, rawData(GoldenApdus.BLOCK_2));
    }
    addRows(pieces, rawData(GoldenApdus.BLOCK_7));
    respond(get.request(), stream(pieces));

    assertSent(GoldenApdus.load(GoldenApdus.BLOCK_1));
    assertSilent();
    server.receive(GoldenApdus.load(GoldenApdus.NEXT_1), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.BLOCK_2));
    for (int block = 2; block <= 5; block++) {
      server.receive(Octets.ofHex("C0 02 81 %08X".formatted(block)), NOW);
      Octets sent = server.pollTransmit(NOW);
      assertNotNull(sent);
      assertEquals(GoldenApdus.load(GoldenApdus.BLOCK_2).length(), sent.length());
    }
    server.receive(GoldenApdus.load(GoldenApdus.NEXT_6), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.BLOCK_7));
    assertSilent();
  }

  private static Octets rawData(String name) {
    GetResponseWithDataBlock block =
        assertInstanceOf(
            GetResponseWithDataBlock.class, ApduCodec.STANDARD.decode(GoldenApdus.load(name)));
    return assertInstanceOf(GetResponseWithDataBlock.RawData.class, block.result()).octets();
  }

  private static void addRows(List<Octets> pieces, Octets rows) {
    for (int at = 0; at < rows.length(); at += 46) {
      pieces.add(rows.slice(at, 46));
    }
  }

  private static DataStream stream(List<Octets> pieces) {
    return new DataStream() {
      private int next;

      @Override
      public boolean writeNext(AxdrWriter writer) {
        if (next == pieces.size()) {
          return false;
        }
        writer.writeOctets(pieces.get(next++));
        return true;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2, 0xFFFF_FFFFL})
  void aWrongBlockNumberEndsTheTransfer(long number) {
    beginTransfer();
    server.receive(Octets.ofHex("C0 02 C1 %08X".formatted(number)), NOW);
    assertSent(Octets.ofHex("C4 02 C1 01 %08X 01 13".formatted(number)));
    server.receive(Octets.ofHex("C0 02 C1 00 00 00 01"), NOW);
    assertSent(noLongGet("C1", 1));
  }

  @Test
  void aBlockOfNoTransferIsRefused() {
    associate(PUBLIC);
    server.receive(Octets.ofHex("C0 02 C1 00 00 00 03"), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.GET_RESPONSE_NO_LONG_GET));
  }

  @Test
  void aBlockOfAnotherTransferIsRefusedAndTheTransferGoesOn() {
    beginTransfer();
    server.receive(Octets.ofHex("C0 02 C2 00 00 00 01"), NOW);
    assertSent(noLongGet("C2", 1));
    server.receive(Octets.ofHex("C0 02 C1 00 00 00 01"), NOW);
    Octets second = server.pollTransmit(NOW);
    assertNotNull(second);
    assertEquals(Octets.ofHex("C4 02 C1 00 00 00 00 02 00"), second.slice(0, 9));
  }

  @Test
  void aNewGetEndsTheTransfer() {
    beginTransfer();
    respond(indication(GET), DataStream.of(CosemData.unsigned(7)));
    assertSent(Octets.ofHex("C4 01 C1 00 11 07"));
    server.receive(Octets.ofHex("C0 02 C1 00 00 00 01"), NOW);
    assertSent(noLongGet("C1", 1));
  }

  @Test
  void aStreamThatThrowsAtOnceFailsTheRequestAlone() {
    associate(PUBLIC);
    IllegalStateException cause = new IllegalStateException("no memory card");
    respond(
        indication(GET),
        writer -> {
          writer.writeUnsigned8(1);
          throw cause;
        });
    assertSent(Octets.ofHex("C4 01 C1 01 FA"));
    assertEquals(
        new StreamFailed(
            new ServiceRequest.Get(AttributeRef.of(1, "0.0.42.0.0.255", 2), null), 0, cause),
        server.pollEvent());
    assertSilent();
    respond(indication(GET), DataStream.of(CosemData.unsigned(7)));
    assertSent(Octets.ofHex("C4 01 C1 00 11 07"));
  }

  @Test
  void aStreamThatThrowsInTheMiddleAbortsTheTransferAlone() {
    associate(LLS);
    IllegalStateException cause = new IllegalStateException("no memory card");
    int[] pieces = {0};
    respond(
        indication(GET),
        writer -> {
          if (pieces[0]++ == 20) {
            throw cause;
          }
          writer.writeOctets(Octets.view(new byte[46]));
          return true;
        });
    assertNotNull(server.pollTransmit(NOW));
    server.receive(Octets.ofHex("C0 02 C1 00 00 00 01"), NOW);
    assertSent(Octets.ofHex("C4 02 C1 01 00 00 00 01 01 0F"));
    assertEquals(
        new StreamFailed(
            new ServiceRequest.Get(AttributeRef.of(1, "0.0.42.0.0.255", 2), null), 0, cause),
        server.pollEvent());
    server.receive(Octets.ofHex("C0 02 C1 00 00 00 01"), NOW);
    assertSent(noLongGet("C1", 1));
    respond(indication(GET), DataStream.of(CosemData.unsigned(7)));
    assertSent(Octets.ofHex("C4 01 C1 00 11 07"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "11", "11 01 11 02", "01 02 11 01", "63 00"})
  void aStreamThatIsNoDataIsNotSent(String octets) {
    associate(PUBLIC);
    respond(indication(GET), stream(List.of(Octets.ofHex(octets))));
    assertSent(Octets.ofHex("C4 01 C1 01 FA"));
    assertInstanceOf(StreamFailed.class, server.pollEvent());
  }

  @Test
  void aLinkThatGoesDownInTheMiddleEndsEverything() {
    beginTransfer();
    long request = indication(GET);
    server.linkDown();
    assertEquals(new Ended(), server.pollEvent());
    assertFalse(server.isAssociated());
    respond(request, DataStream.of(CosemData.unsigned(1)));
    server.receive(Octets.ofHex(GET), NOW);
    server.receive(GoldenApdus.load(GoldenApdus.AARQ_PUBLIC), NOW);
    assertSilent();
    server.linkDown();
    assertSilent();
    server.linkUp();
    server.receive(Octets.ofHex("C0 02 C1 00 00 00 01"), NOW);
    assertSent(GoldenApdus.load(GoldenApdus.EXCEPTION_NOT_ALLOWED));
  }

  @Test
  void aClientThatFloodsTheServerIsDroppedUntilItsAnswersAreTaken() {
    associate(PUBLIC);
    for (int i = 0; i < 1000; i++) {
      server.receive(Octets.ofHex("C7"), NOW);
    }
    int answers = 0;
    while (server.pollTransmit(NOW) != null) {
      answers++;
    }
    assertEquals(16, answers);
    for (int i = 0; i < 1000; i++) {
      server.receive(Octets.ofHex(GET), NOW);
    }
    int indications = 0;
    while (server.pollEvent() != null) {
      indications++;
    }
    assertEquals(16, indications);
    respond(indication(GET), DataStream.of(CosemData.unsigned(7)));
    assertSent(Octets.ofHex("C4 01 C1 00 11 07"));
  }

  private void respond(long request, DataStream value) {
    server.answer(request, 0, ItemResult.of(value));
  }

  private void beginTransfer() {
    associate(LLS);
    respond(indication(GET), string(2000));
    Octets first = server.pollTransmit(NOW);
    assertNotNull(first);
    assertEquals(Octets.ofHex("C4 02 C1 00 00 00 00 01 00"), first.slice(0, 9));
  }

  private static DataStream string(int octets) {
    return DataStream.of(CosemData.octetString(Octets.view(new byte[octets])));
  }

  private static Octets noLongGet(String invokeId, int block) {
    return Octets.ofHex("C4 02 " + invokeId + " 01 %08X 01 10".formatted(block));
  }

  private long indication(String get) {
    server.receive(Octets.ofHex(get), NOW);
    return assertInstanceOf(ServiceIndication.class, server.pollEvent()).request();
  }

  private void associate(ServerAssociationConfig config) {
    server = up(config);
    server.receive(
        GoldenApdus.load(
            config.password() == null ? GoldenApdus.AARQ_PUBLIC : GoldenApdus.AARQ_LLS),
        NOW);
    assertNotNull(server.pollTransmit(NOW));
    assertInstanceOf(Associated.class, server.pollEvent());
  }

  private void assertRejected(String header, String rest) {
    assertSent(Octets.ofHex(header + REJECTED + rest));
    assertInstanceOf(Refused.class, server.pollEvent());
    assertFalse(server.isAssociated());
    assertSilent();
  }

  private void assertSent(Octets apdu) {
    assertEquals(apdu, server.pollTransmit(NOW));
  }

  private void assertSilent() {
    assertNull(server.pollTransmit(NOW));
    assertNull(server.pollEvent());
  }

  private static Octets aarq(String fields) {
    Octets contents = Octets.ofHex(fields);
    int length = contents.length();
    return Octets.ofHex(
        (length < 0x80 ? "60 %02X" : "60 81 %02X").formatted(length) + contents.toHex());
  }
}
