package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.hdlc.HdlcAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The attributes of Association LN, version 0, to the octet (Blue Book 4.4.4). */
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
    LogicalDevice device =
        LogicalDevice.builder(0x0123, Octets.ofAscii("KAM00000001"))
            .association(CLIENT, CONFIG, policy)
            .object(profile)
            .build();
    Bench.Client client =
        new Bench(PhysicalDevice.of(17, device))
            .associate(
                CLIENT,
                HdlcAddress.server(0x0123, 17),
                ClientAssociationConfig.builder()
                    .lowLevelSecurity(Password.ofText("12345"))
                    .maxReceivePduSize(0x0190)
                    .conformance(Set.of(Conformance.GET))
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
      // attribute_id, access_mode, no access_selectors
      rights.append(String.format("0203" + "0F%02X" + "1601" + "00", attribute));
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
}
