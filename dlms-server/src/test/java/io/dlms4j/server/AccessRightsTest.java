package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.MethodAccessMode;
import io.dlms4j.hdlc.HdlcAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * One object that may be read only, written only, neither, or only by who authenticates its
 * messages, asked in every form that there is, by clients that authenticate none.
 *
 * <pre>
 * attribute 2  read only          method 1  may be invoked
 * attribute 3  write only         method 2  may not
 * attribute 4  no access          method 3  authenticated only
 * attribute 5  authenticated read and write
 * </pre>
 */
class AccessRightsTest {
  private static final ObisCode NAME = ObisCode.of("0.0.96.1.0.255");
  private static final String REFERENCE = "0001" + "0000600100FF";
  private static final int BASE_NAME = 0x1000;

  private static final Set<Conformance> LOGICAL_NAMES =
      Set.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACTION,
          Conformance.ACCESS,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE);

  private static final Set<Conformance> SHORT_NAMES =
      Set.of(
          Conformance.READ,
          Conformance.WRITE,
          Conformance.UNCONFIRMED_WRITE,
          Conformance.PARAMETERIZED_ACCESS,
          Conformance.MULTIPLE_REFERENCES);

  private static final AccessPolicy POLICY =
      new AccessPolicy() {
        @Override
        public AttributeAccessMode mode(CosemObject object, int attributeIndex) {
          return switch (attributeIndex) {
            case 2 -> AttributeAccessMode.READ_ONLY;
            case 3 -> AttributeAccessMode.WRITE_ONLY;
            case 5 -> AttributeAccessMode.AUTHENTICATED_READ_AND_WRITE;
            default -> AttributeAccessMode.NO_ACCESS;
          };
        }

        @Override
        public MethodAccessMode methodMode(CosemObject object, int methodIndex) {
          return switch (methodIndex) {
            case 1 -> MethodAccessMode.ACCESS;
            case 3 -> MethodAccessMode.AUTHENTICATED_ACCESS;
            default -> MethodAccessMode.NO_ACCESS;
          };
        }
      };

  /** What reached the object. */
  private final List<String> log = new ArrayList<>();

  private CosemObject object() {
    CosemObjectBuilder object = CosemObject.builder(1, 0, NAME);
    for (int i = 2; i <= 5; i++) {
      int index = i;
      object.attribute(
          i,
          () -> {
            log.add("read " + index);
            return CosemData.unsigned(index);
          },
          value -> log.add("write " + index));
    }
    for (int i = 1; i <= 3; i++) {
      int index = i;
      object.method(
          i,
          request -> {
            log.add("invoke " + index);
            return InvokeResult.of(CosemData.unsigned(index));
          });
    }
    return object.build();
  }

  private Bench.Client client(boolean shortNames) {
    ServerAssociationConfig.Builder config =
        ServerAssociationConfig.builder().lowestLevelSecurity();
    ClientAssociationConfig.Builder wish = ClientAssociationConfig.builder();
    if (shortNames) {
      config.shortNames().conformance(SHORT_NAMES);
      wish.shortNames().conformance(SHORT_NAMES);
    } else {
      config.conformance(LOGICAL_NAMES);
      wish.conformance(LOGICAL_NAMES);
    }
    LogicalDevice device =
        LogicalDevice.builder(16, Octets.ofAscii("DLM0000001"))
            .association(16, config.build(), POLICY)
            .object(object(), BASE_NAME)
            .build();
    return new Bench(PhysicalDevice.of(17, device))
        .associate(16, HdlcAddress.logical(16), wish.build());
  }

  private static String attribute(int index) {
    return REFERENCE + String.format("%02X00", index);
  }

  @Test
  void whatMayBeReadIsReadByGetAndNothingElse() {
    Bench.Client client = client(false);
    assertEquals("C401C100" + "1102", client.exchange("C001C1" + attribute(2)));
    for (int denied : new int[] {3, 4, 5}) {
      assertEquals("C401C10103", client.exchange("C001C1" + attribute(denied)));
    }
    assertEquals(
        "C403C104" + "001102" + "0103" + "0103" + "0103",
        client.exchange("C003C104" + attribute(2) + attribute(3) + attribute(4) + attribute(5)));
    assertEquals(List.of("read 2", "read 2"), log);
  }

  @Test
  void whatMayBeWrittenIsWrittenBySetInEveryFormAndNothingElse() {
    Bench.Client client = client(false);
    assertEquals("C501C100", client.exchange("C101C1" + attribute(3) + "1107"));
    for (int denied : new int[] {2, 4, 5}) {
      assertEquals("C501C103", client.exchange("C101C1" + attribute(denied) + "1107"));
    }
    assertEquals(
        "C505C104" + "03" + "00" + "03" + "03",
        client.exchange(
            "C104C104"
                + (attribute(2) + attribute(3) + attribute(4) + attribute(5))
                + ("04" + "1107".repeat(4))));
    // In one block that is the last.
    String block = "01" + "00000001";
    assertEquals(
        "C503C1" + "00" + "00000001", client.exchange("C102C1" + attribute(3) + block + "021107"));
    assertEquals(
        "C503C1" + "03" + "00000001", client.exchange("C102C1" + attribute(4) + block + "021107"));
    assertEquals(
        "C504C1" + "02" + "0300" + "00000001",
        client.exchange(
            "C105C1" + "02" + attribute(2) + attribute(3) + block + "05" + "02" + "11071107"));
    assertWritten(3, 4);
  }

  /** Also that the object was asked for what was written only: the setter asks for the type. */
  private void assertWritten(int index, int times) {
    assertEquals(
        times, log.stream().filter(each -> each.equals("write " + index)).count(), log::toString);
    assertEquals(2 * times, log.size(), log::toString);
  }

  @Test
  void whatMayBeInvokedIsInvokedByActionAndNothingElse() {
    Bench.Client client = client(false);
    assertEquals("C701C1" + "00" + "01001101", client.exchange("C301C1" + REFERENCE + "0100"));
    for (String denied : List.of("02", "03")) {
      assertEquals("C701C1" + "0300", client.exchange("C301C1" + REFERENCE + denied + "00"));
    }
    assertEquals(
        "C703C103" + "0001001101" + "0300" + "0300",
        client.exchange(
            "C303C103"
                + (REFERENCE + "01" + REFERENCE + "02" + REFERENCE + "03")
                + ("03" + "000000")));
    assertEquals(List.of("invoke 1", "invoke 1"), log);
  }

  @Test
  void anAccessTellsOfEachItemWhatGetSetAndActionTell() {
    StringBuilder specifications = new StringBuilder();
    StringBuilder data = new StringBuilder();
    for (String kind : List.of("01", "02")) {
      for (int index = 2; index <= 5; index++) {
        specifications.append(kind).append(REFERENCE).append(String.format("%02X", index));
        data.append(kind.equals("01") ? "00" : "1107");
      }
    }
    for (int index = 1; index <= 3; index++) {
      specifications.append("03").append(REFERENCE).append(String.format("%02X", index));
      data.append("00");
    }
    assertEquals(
        "DA40000001"
            + ("00" + "00")
            + ("0B" + "1102" + "000000" + "00000000" + "1101" + "0000")
            + ("0B" + "0100" + "010301030103")
            + ("0203" + "0200" + "02030203")
            + ("0300" + "03030303"),
        client(false).exchange("D940000001" + "00" + "0B" + specifications + "0B" + data));
    assertEquals(List.of("read 2", "read 3", "write 3", "invoke 1"), log);
  }

  private static String name(int offset) {
    return String.format("02%04X", BASE_NAME + offset);
  }

  @Test
  void shortNamesHaveTheSameRights() {
    Bench.Client client = client(true);
    assertEquals(
        "0C04" + "001102" + "0103" + "0103" + "0103",
        client.exchange("0504" + name(0x08) + name(0x10) + name(0x18) + name(0x20)));
    assertEquals(
        "0D04" + "0103" + "00" + "0103" + "0103",
        client.exchange(
            "0604"
                + (name(0x08) + name(0x10) + name(0x18) + name(0x20))
                + ("04" + "1107".repeat(4))));
    // The methods come behind the attributes: written without, read with what they return.
    assertEquals(
        "0D03" + "00" + "0103" + "0103",
        client.exchange("0603" + name(0x28) + name(0x30) + name(0x38) + "03" + "000000"));
    assertEquals(
        "0C02" + "001101" + "0103",
        client.exchange("0502" + "041028" + "0000" + "041030" + "0000"));
    assertEquals(List.of("read 2", "read 3", "write 3", "invoke 1", "invoke 1"), log);
  }

  @Test
  void anUnconfirmedWriteWithoutRightDoesNothing() {
    Bench.Client client = client(true);
    client.received.clear();
    client.send("1603" + name(0x08) + name(0x10) + name(0x18) + "03" + "110711071107");
    // What follows is answered: the write before was not.
    assertEquals("0C01" + "001102", client.exchange("0501" + name(0x08)));
    assertEquals(List.of("read 3", "write 3", "read 2"), log);
  }
}
