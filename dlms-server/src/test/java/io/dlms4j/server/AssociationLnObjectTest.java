package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.AssociationView;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.hdlc.HdlcAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The attributes of Association LN, most of them in version 0, to the octet (Blue Book 4.4.4). */
class AssociationLnObjectTest {
  private static final int CLIENT = 18;

  private static final ServerAssociationConfig CONFIG =
      ServerAssociationConfig.builder()
          .lowLevelSecurity(Password.ofText("12345"))
          .conformance(
              Set.of(
                  Conformance.GET,
                  Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
                  Conformance.SELECTIVE_ACCESS))
          .maxReceivePduSize(125)
          .maxSendPduSize(500)
          .build();

  /** Bits 19, 11, 21 of 24. */
  private static final String CONFORMANCE = "001014";

  private static Bench.Client client() {
    return client(null, Set.of(Conformance.GET));
  }

  private static Bench.Client client(
      @Nullable Integer associationVersion, Set<Conformance> proposed) {
    CosemObject profile =
        CosemObject.builder(7, 1, ObisCode.of("1.0.99.1.0.255"))
            .attribute(2, List.of(1, 2), request -> ReadResult.of(writer -> false))
            .build();
    AccessPolicy policy =
        (object, index) -> {
          if (object.classId() == 15) {
            return AttributeAccessMode.READ_ONLY;
          }
          return object.classId() == 7 && index == 2
              ? AttributeAccessMode.READ_AND_WRITE
              : AttributeAccessMode.NO_ACCESS;
        };
    LogicalDevice.Builder device =
        LogicalDevice.builder(0x0123, Octets.ofAscii("KAM00000001"))
            .association(CLIENT, CONFIG, policy)
            .object(profile);
    if (associationVersion != null) {
      device.associationVersion(associationVersion);
    }
    Bench.Client client =
        new Bench(PhysicalDevice.of(17, device.build()))
            .associate(
                CLIENT,
                HdlcAddress.server(0x0123, 17),
                ClientAssociationConfig.builder()
                    .lowLevelSecurity(Password.ofText("12345"))
                    .maxReceivePduSize(0x0190)
                    .conformance(proposed)
                    .build());
    assertTrue(client.isAssociated());
    return client;
  }

  private static String read(int attribute) {
    String answer = client().exchange(String.format("C001C1000F0000280000FF%02X00", attribute));
    assertEquals("C401C100", answer.substring(0, 8), answer);
    return answer.substring(8);
  }

  @Test
  void logicalNameIsThatOfTheCurrentAssociation() {
    assertEquals("0906" + "0000280000FF", read(1));
  }

  @Test
  void objectListTellsClassVersionNameAndRightsOfWhatTheAssociationSees() {
    StringBuilder rights = new StringBuilder();
    for (int attribute : new int[] {1, 2, 3, 4, 5, 6, 8}) {
      // attribute_id, access_mode, access_selectors: of object_list four, of the others none
      String selectors = attribute == 2 ? "01040F010F020F030F04" : "00";
      rights.append(String.format("0203" + "0F%02X" + "1601", attribute)).append(selectors);
    }
    assertEquals(
        "0102" // array of two object_list_element
            + "0204" // class_id, version, logical_name, access_rights
            + "12000F"
            + "1100"
            + "09060000280000FF"
            + "0202" // attribute_access, method_access
            + "0107"
            + rights
            + "0100"
            + "0204"
            + "120007"
            + "1101"
            + "09060100630100FF"
            + "0202"
            + "0102"
            + "0203"
            + "0F01"
            + "1600"
            + "00"
            + "0203"
            + "0F02"
            + "1603"
            + "0102"
            + "0F01"
            + "0F02"
            + "0100",
        read(2));
  }

  @Test
  void associatedPartnersAreAnIntegerAndALongUnsigned() {
    assertEquals("0202" + "0F12" + "120123", read(3));
  }

  @Test
  void applicationContextNameIsAnObjectIdentifierInAnOctetString() {
    // joint-iso-ccitt(2) country(16) 756 identified-organization(5) DLMS-UA(8) context(1) LN(1)
    assertEquals("0907" + "60857405080101", read(4));
  }

  @Test
  void contextInfoTellsWhatTheServerSupportsAndWhatEachSideMaySend() {
    assertEquals(
        "0206"
            + "0418"
            + CONFORMANCE // supported, although the client proposed GET alone
            + "12007D" // max_receive_pdu_size: server-max-receive-pdu-size
            + "120190" // max_send_pdu_size: client-max-receive-pdu-size
            + "1106" // dlms_version_number
            + "0F00" // quality_of_service
            + "0900", // cyphering_info
        read(5));
  }

  @Test
  void authenticationMechanismIsLowLevelSecurity() {
    assertEquals("0907" + "60857405080201", read(6));
  }

  @Test
  void associationStatusIsAssociated() {
    assertEquals("1602", read(8));
  }

  private static String select(int selector, String parameters) {
    Bench.Client client = client(null, Set.of(Conformance.GET, Conformance.SELECTIVE_ACCESS));
    String answer =
        client.exchange(String.format("C001C1000F0000280000FF0201%02X", selector) + parameters);
    assertEquals("C401C1", answer.substring(0, 6), answer);
    return answer.substring(6);
  }

  private static final String PROFILE = "120007" + "1101" + "09060100630100FF";

  private static final String ASSOCIATION = "12000F" + "1100" + "09060000280000FF";

  @Test
  void selectorOneLeavesTheRightsOut() {
    assertEquals("00" + "0102" + "0203" + ASSOCIATION + "0203" + PROFILE, select(1, "00"));
    // type-unmatched
    assertEquals("01" + "0C", select(1, "1100"));
  }

  @Test
  void selectorTwoListsTheObjectsOfSomeClasses() {
    assertEquals("00" + "0101" + "0203" + PROFILE, select(2, "0102" + "120007" + "120008"));
    assertEquals("00" + "0100", select(2, "0100"));
    assertEquals("01" + "0C", select(2, "0101" + "1107"));
  }

  @Test
  void selectorThreeListsSomeObjectsWithTheirRights() {
    String id = "0202" + "120007" + "09060100630100FF";
    String whole = select(3, "0101" + id);
    assertEquals("00" + "0101" + "0204" + PROFILE + "0202", whole.substring(0, 40));
    // An object of another class has not been asked for.
    assertEquals("00" + "0100", select(3, "0101" + "0202" + "120003" + "09060100630100FF"));
    assertEquals("01" + "0C", select(3, "0101" + "0202" + "120003" + "09050100630100"));
  }

  @Test
  void selectorFourIsOneObject() {
    String object = select(4, "0202" + "120007" + "09060100630100FF");
    assertEquals("00" + "0204" + PROFILE + "0202", object.substring(0, 36));
    // object-undefined
    assertEquals("01" + "04", select(4, "0202" + "120007" + "09060100630200FF"));
    // scope-of-access-violated
    assertEquals("01" + "0D", select(5, "00"));
  }

  @Test
  void theVersionDecidesHowRightsAreShown() {
    for (int version = 0; version <= 3; version++) {
      String answer =
          client(version, Set.of(Conformance.GET)).exchange("C001C1000F0000280000FF0200");
      assertTrue(
          answer.contains(String.format("12000F" + "11%02X", version)), version + ": " + answer);
      AssociationView view =
          AssociationView.decode(CosemData.decode(Octets.ofHex(answer.substring(8))));
      assertEquals(version, view.objects().get(0).version());
      int last = version == 0 ? 8 : version == 1 ? 9 : 11;
      assertEquals(
          AttributeAccessMode.READ_ONLY, view.objects().get(0).attributeMode(last), answer);
      assertEquals(
          AttributeAccessMode.NO_ACCESS, view.objects().get(0).attributeMode(last + 1), answer);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> LogicalDevice.builder(1, Octets.ofAscii("KAM00000001")).associationVersion(4));
  }

  @Test
  void withoutUsersTheListOfUsersIsEmpty() {
    Bench.Client client = client(2, Set.of(Conformance.GET));
    assertEquals("C401C100" + "0100", client.exchange("C001C1000F0000280000FF0A00"));
    assertEquals(
        "C401C100" + "0202" + "1100" + "0A00", client.exchange("C001C1000F0000280000FF0B00"));
  }
}
