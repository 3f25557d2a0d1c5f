package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.Unit;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.server.description.DeviceDescription;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A meter of another vendor, out of meter.json, as its clients find it on the line. */
class DescribedDeviceTest {
  private static final Set<Conformance> SERVICES =
      EnumSet.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACTION,
          Conformance.SELECTIVE_ACCESS,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ);
  private static final String READ_WRITE_DENIED = "C401C10103";
  private static final String UNDEFINED = "C401C10104";
  private static final String WRITTEN = "C501C100";

  private Instant now = Instant.parse("2026-01-31T12:07:00Z");
  private final PhysicalDevice device = DeviceDescription.parse(text()).device(() -> now);
  private final Bench bench = new Bench(device);

  private static String text() {
    try (InputStream in = DescribedDeviceTest.class.getResourceAsStream("description/meter.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Bench.Client client(int sap, int logical, String password) {
    ClientAssociationConfig.Builder config =
        ClientAssociationConfig.builder().conformance(SERVICES);
    if (!password.isEmpty()) {
      config.lowLevelSecurity(Password.ofText(password));
    }
    return bench.associate(sap, HdlcAddress.server(logical, 17), config.build());
  }

  private Bench.Client manager() {
    Bench.Client client = client(1, 1, "s3cretWord");
    assertTrue(client.isAssociated());
    return client;
  }

  private static String hex(AttributeRef attribute) {
    return String.format(
        "%04X%s%02X",
        attribute.classId(),
        attribute.logicalName().toOctets().toHex(),
        attribute.attributeIndex() & 0xFF);
  }

  private static AttributeRef at(int classId, String obis, int index) {
    return new AttributeRef(classId, ObisCode.of(obis), index);
  }

  private static String answer(Bench.Client client, int classId, String obis, int index) {
    return client.exchange("C001C1" + hex(at(classId, obis, index)) + "00");
  }

  private static CosemData get(Bench.Client client, int classId, String obis, int index) {
    String answer = answer(client, classId, obis, index);
    assertTrue(answer.startsWith("C401C100"), answer);
    return CosemData.decode(Octets.ofHex(answer.substring(8)));
  }

  private static String set(
      Bench.Client client, int classId, String obis, int index, CosemData value) {
    return client.exchange(
        "C101C1" + hex(at(classId, obis, index)) + "00" + value.encode().toHex());
  }

  private static CosemData time(int hour, int minute) {
    return CosemData.octetString(
        CosemDateTime.of(LocalDateTime.of(2026, 1, 31, hour, minute), -60, 0).encode());
  }

  private static CosemData row(int hour, int minute, long energy, String place) {
    return CosemData.structure(
        time(hour, minute), CosemData.doubleLongUnsigned(energy), CosemData.visibleString(place));
  }

  @Test
  void constantsAreReadAsTheyAreWrittenOut() {
    Bench.Client client = manager();
    assertEquals(
        CosemData.octetString(Octets.ofAscii("17882969")), get(client, 1, "0.0.96.1.0.255", 2));
    assertEquals(
        CosemData.octetString(Octets.ofAscii("XYZ1234567890123")),
        get(client, 1, "0.0.42.0.0.255", 2));
    assertEquals(
        new CosemData.BitStringData(Octets.of(0x60), 4), get(client, 1, "0.0.97.97.0.255", 2));
    assertEquals(CosemData.octetString(Octets.of(0x56, 0x31)), get(client, 1, "1.0.0.2.0.255", 2));
    assertEquals(new CosemData.Float32Data(1.5f), get(client, 1, "0.0.96.6.0.255", 2));
    assertEquals(new CosemData.Float64Data(-0.25), get(client, 1, "0.0.96.6.1.255", 2));
    assertEquals(new CosemData.BcdData(99), get(client, 1, "0.0.96.6.2.255", 2));
    List<CosemData> rows = get(client, 1, "0.0.96.6.3.255", 2).elements();
    assertEquals(
        CosemData.structure(
            CosemData.integer(-5),
            new CosemData.Long64Data(-6),
            new CosemData.Long64UnsignedData(-1)),
        rows.get(0));
    assertEquals(CosemData.nullData(), rows.get(1).elements().get(0));
    assertEquals(CosemData.enumerated(3), rows.get(2).elements().get(2));
    assertEquals(new ScalerUnit(3, Unit.WATT_HOUR).encode(), get(client, 3, "1.0.2.8.0.255", 3));
    assertEquals(new ScalerUnit(-1, Unit.VOLT).encode(), get(client, 3, "1.0.32.7.0.255", 3));
    assertEquals(time(12, 30), get(client, 4, "1.0.1.6.0.255", 5));
    assertEquals(CosemData.bool(true), get(client, 70, "0.0.96.3.10.255", 2));
    assertEquals(
        CosemData.octetString(ObisCode.of("1.0.1.8.0.255").toOctets()),
        get(client, 8192, "0.0.128.0.0.255", 2));
    assertEquals(CosemData.unsigned(9), get(client, 8192, "0.0.128.0.0.255", -1));
  }

  @Test
  void computedValuesGoWithTime() {
    Bench.Client client = manager();
    assertEquals(time(13, 7), get(client, 8, "0.0.1.0.0.255", 2));
    // It began with the oldest row, an hour before the device did.
    assertEquals(CosemData.doubleLongUnsigned(5400), get(client, 3, "1.0.1.8.0.255", 2));
    long before = get(client, 3, "1.0.31.7.0.255", 2).integralValue();
    now = now.plusSeconds(3600);
    assertEquals(time(14, 7), get(client, 8, "0.0.1.0.0.255", 2));
    assertEquals(CosemData.doubleLongUnsigned(5800), get(client, 3, "1.0.1.8.0.255", 2));
    long after = get(client, 3, "1.0.31.7.0.255", 2).integralValue();
    assertTrue(Math.abs(before) <= 50 && Math.abs(after) <= 50 && before != after);
    now = Instant.parse("2026-07-01T10:15:00Z");
    assertEquals(
        CosemData.octetString(
            CosemDateTime.of(LocalDateTime.of(2026, 7, 1, 12, 15), -120, 0x80).encode()),
        get(client, 8, "0.0.1.0.0.255", 2));
    // A quarter of the period is the top, three quarters the bottom.
    assertEquals(CosemData.longUnsigned(2330), get(client, 3, "1.0.32.7.0.255", 2));
    now = now.plusSeconds(1800);
    assertEquals(CosemData.longUnsigned(2280), get(client, 3, "1.0.32.7.0.255", 2));
  }

  @Test
  void aClientHasTheRightsThatItsAssociationDescribes() {
    assertFalse(client(1, 1, "wrong").isAssociated());
    Bench.Client reader = client(16, 1, "");
    assertEquals(time(13, 7), get(reader, 8, "0.0.1.0.0.255", 2));
    assertEquals(UNDEFINED, answer(reader, 3, "1.0.1.8.0.255", 2));
    Bench.Client manager = manager();
    assertEquals(READ_WRITE_DENIED, answer(manager, 1, "0.0.96.1.11.255", 2));
    assertEquals(READ_WRITE_DENIED, answer(manager, 1, "0.0.96.1.12.255", 2));
    assertEquals("C501C103", set(manager, 3, "1.0.2.8.0.255", 2, CosemData.doubleLongUnsigned(1)));
    assertEquals(WRITTEN, set(manager, 1, "0.0.96.1.12.255", 2, CosemData.longUnsigned(8)));
    // The object_list, which every client may read, has what it sees.
    assertEquals(3, get(client(16, 2, ""), 15, "0.0.40.0.0.255", 2).elements().size());
  }

  @Test
  void whatWasWrittenStaysIfItIsOfTheSameType() {
    Bench.Client client = manager();
    CosemData place = CosemData.visibleString("Mill Lane 6");
    assertEquals(WRITTEN, set(client, 1, "0.0.96.1.10.255", 2, place));
    assertEquals(place, get(client, 1, "0.0.96.1.10.255", 2));
    assertEquals("C501C10C", set(client, 1, "0.0.96.1.10.255", 2, CosemData.unsigned(1)));
    assertEquals(place, get(client, 1, "0.0.96.1.10.255", 2));
    assertEquals(
        CosemData.visibleString("Mill Lane 5"),
        get(
            new Bench(DeviceDescription.parse(text()).device(() -> now))
                .associate(
                    1,
                    HdlcAddress.server(1, 17),
                    ClientAssociationConfig.builder()
                        .conformance(SERVICES)
                        .lowLevelSecurity(Password.ofText("s3cretWord"))
                        .build()),
            1,
            "0.0.96.1.10.255",
            2));
  }

  @Test
  void aProfileHasRowsOfThePastAndGoesOnAsIfItHadBeenWatched() {
    Bench.Client client = manager();
    assertEquals(
        CosemData.array(
            row(12, 15, 5053, "Mill Lane 5"),
            row(12, 30, 5153, "Mill Lane 5"),
            row(12, 45, 5253, "Mill Lane 5"),
            row(13, 0, 5353, "Mill Lane 5")),
        get(client, 7, "1.0.99.1.0.255", 2));
    now = now.plusSeconds(1800);
    assertEquals(
        WRITTEN, set(client, 1, "0.0.96.1.10.255", 2, CosemData.visibleString("Mill Lane 6")));
    now = now.plusSeconds(900);
    List<CosemData> rows = get(client, 7, "1.0.99.1.0.255", 2).elements();
    assertEquals(7, rows.size());
    assertEquals(row(13, 30, 5553, "Mill Lane 5"), rows.get(5));
    assertEquals(row(13, 45, 5653, "Mill Lane 6"), rows.get(6));
    // Years later there are as many as there is room for.
    now = Instant.parse("2030-01-01T00:00:00Z");
    rows = get(client, 7, "1.0.99.1.0.255", 2).elements();
    assertEquals(8, rows.size());
    assertEquals(
        CosemData.octetString(
            CosemDateTime.of(LocalDateTime.of(2030, 1, 1, 1, 0), -60, 0).encode()),
        rows.get(7).elements().get(0));
  }

  @Test
  void aProfileFollowsThePeriodThatAClientWrites() {
    Bench.Client client = manager();
    assertEquals(WRITTEN, set(client, 7, "1.0.99.1.0.255", 4, CosemData.doubleLongUnsigned(60)));
    now = now.plusSeconds(120);
    List<CosemData> rows = get(client, 7, "1.0.99.1.0.255", 2).elements();
    assertEquals(6, rows.size());
    assertEquals(time(13, 8), rows.get(4).elements().get(0));
    // A clock that is set back captures again from there on.
    now = now.minusSeconds(3600);
    assertEquals(6, get(client, 7, "1.0.99.1.0.255", 2).elements().size());
    now = now.plusSeconds(60);
    assertEquals(7, get(client, 7, "1.0.99.1.0.255", 2).elements().size());
    assertEquals(WRITTEN, set(client, 7, "1.0.99.1.0.255", 4, CosemData.doubleLongUnsigned(0)));
    now = now.plusSeconds(6000);
    assertEquals(7, get(client, 7, "1.0.99.1.0.255", 2).elements().size());
  }

  @Test
  void aClientThatMayCapturesARow() {
    Bench.Client client = manager();
    assertEquals("C701C10000", client.exchange("C301C100070100630200FF02010F00"));
    assertEquals(
        CosemData.array(CosemData.structure(CosemData.enumerated(30))),
        get(client, 7, "1.0.99.2.0.255", 2));
    assertEquals(CosemData.enumerated(2), get(client, 7, "1.0.99.2.0.255", 5));
  }

  @Test
  void aDescriptionIsOnAPortInOneCall() throws IOException {
    try (DlmsServer server =
            DeviceDescription.parse(text())
                .start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    Wrapper.defaults());
        WrapperSocket client = new WrapperSocket(server.addresses().get(0), 2)) {
      assertTrue(client.associate());
      assertEquals("C401C100090458595A32", client.exchange("C001C1000100002A0000FF0200"));
    }
  }
}
