package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.client.LinkException;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcFrame;
import io.dlms4j.hdlc.HdlcParameters;
import io.dlms4j.link.Link;
import io.dlms4j.omnipower.backend.LinkSettings;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.server.DeviceSet;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Hdlc;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What clients write to the HDLC setup object, and what it does to links. */
class HdlcSetupTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  private final TestMeter backend = new TestMeter();

  private MeterOnLines lines(MeterVariant variant) {
    return new MeterOnLines(OmnipowerMeter.of(backend).variant(variant).build());
  }

  private static AttributeRef setup(int attribute) {
    return AttributeRef.of(23, "0.0.22.0.0.255", attribute);
  }

  private static void assertRefused(DataAccessResult due, Executable access) {
    assertEquals(due, assertThrows(DataAccessException.class, access).result());
  }

  @Test
  void windowsAndLengthsAreFixedOfOmnipowerAndTheRestIsWritten() {
    try (MeterOnLines lines = lines(MeterVariant.CT);
        BlockingDlmsClient client = lines.connect(OmnipowerAssociation.OPTICAL)) {
      for (int attribute : new int[] {1, 2, 3, 4, 5, 6}) {
        assertRefused(
            DataAccessResult.READ_WRITE_DENIED,
            () -> client.set(setup(attribute), client.get(setup(attribute))));
      }
      client.set(setup(7), CosemData.longUnsigned(1_000));
      client.set(setup(8), CosemData.longUnsigned(60));
      assertEquals(1_000, client.get(setup(7)).integralValue());
      assertEquals(60, client.get(setup(8)).integralValue());
    }
  }

  @Test
  void whatIsWrittenIsWhatTheNextLinkHas() {
    OmnipowerMeter meter = OmnipowerMeter.of(backend).variant(MeterVariant.K382M).build();
    try (MeterOnLines lines = new MeterOnLines(meter);
        BlockingDlmsClient client = lines.connect(OmnipowerAssociation.OPTICAL)) {
      client.set(setup(3), CosemData.unsigned(7));
      client.set(setup(4), CosemData.unsigned(3));
      client.set(setup(5), CosemData.longUnsigned(1_024));
      client.set(setup(6), CosemData.longUnsigned(256));
      client.set(setup(7), CosemData.longUnsigned(250));
      client.set(setup(8), CosemData.longUnsigned(0));
      assertEquals(new Hdlc(1_024, 256, 7, 3, Duration.ZERO, Duration.ofMillis(250)), meter.hdlc());
    }
  }

  @Test
  void aLinkThatComesUpAgreesToWhatWasWrittenBeforeAndEndsInTheNewTimeOut() throws Exception {
    OmnipowerMeter meter = OmnipowerMeter.of(backend).variant(MeterVariant.K351C).build();
    DeviceSet devices = DeviceSet.of(meter.device());
    Link before = meter.link().newLink(devices);
    try (MeterOnLines lines = new MeterOnLines(meter);
        BlockingDlmsClient client = lines.connect(OmnipowerAssociation.OPTICAL)) {
      client.set(setup(6), CosemData.longUnsigned(256));
      client.set(setup(8), CosemData.longUnsigned(5));
    }
    assertAgrees(before, 128, Duration.ofSeconds(20));
    assertAgrees(meter.link().newLink(devices), 256, Duration.ofSeconds(5));
  }

  private static void assertAgrees(Link link, int receive, Duration inactivity) throws Exception {
    byte[] snrm = ChapterFour.octets("V01");
    link.receive(snrm, 0, snrm.length, 0);
    byte[] ua = Objects.requireNonNull(link.pollTransmit(0)).toByteArray();
    HdlcFrame frame = HdlcFrame.decode(ua, 1, ua.length - 2);
    assertEquals(
        new HdlcParameters(512, receive),
        HdlcParameters.decode(((HdlcFrame.Ua) frame).information()));
    assertEquals(inactivity.toNanos(), link.nextDeadline());
  }

  @Test
  void link02AClientFindsTheMeterAtItsNewAddressAndTheOneWhoWroteItGoesOn() {
    try (MeterOnLines lines = lines(MeterVariant.THREE_PHASE);
        BlockingDlmsClient client =
            lines
                .hdlc(HdlcAddress.server(16, 32), OmnipowerAssociation.OPTICAL.clientSap())
                .lowLevelSecurity(OmnipowerMeter.DEFAULT_PASSWORD)
                .connect()
                .blocking()) {
      client.set(setup(9), CosemData.longUnsigned(45));
      assertEquals(45, client.get(setup(9)).integralValue());
      lines.hdlc(HdlcAddress.server(1, 45), 16).connect().blocking().close();
      DlmsClientBuilder old =
          lines.hdlc(HdlcAddress.server(1, 32), 16).linkResponseTimeout(SHORT, 0);
      assertThrows(LinkException.class, () -> old.connect().blocking());
    }
  }

  @Test
  void link02TheMeterAnswersToItsPhysicalAddressAndToNoOther() {
    try (MeterOnLines lines = lines(MeterVariant.THREE_PHASE)) {
      lines.hdlc(HdlcAddress.server(1, 32), 16).connect().blocking().close();
      DlmsClientBuilder wrong =
          lines.hdlc(HdlcAddress.server(1, 33), 16).linkResponseTimeout(SHORT, 0);
      assertThrows(LinkException.class, () -> wrong.connect().blocking());
    }
  }

  @Test
  void whatIsOutOfRangeOrNotKeptChangesNothing() {
    try (MeterOnLines lines = lines(MeterVariant.K351C);
        BlockingDlmsClient client = lines.connect(OmnipowerAssociation.PRIMARY_MODULE)) {
      Map<Integer, CosemData> outOfRange =
          Map.of(
              3, CosemData.unsigned(8),
              4, CosemData.unsigned(0),
              5, CosemData.longUnsigned(2_031),
              6, CosemData.longUnsigned(31),
              7, CosemData.longUnsigned(19),
              9, CosemData.longUnsigned(127));
      outOfRange.forEach(
          (attribute, value) ->
              assertRefused(
                  DataAccessResult.OTHER_REASON, () -> client.set(setup(attribute), value)));
      assertRefused(
          DataAccessResult.TYPE_UNMATCHED, () -> client.set(setup(8), CosemData.unsigned(5)));
      backend.stopKeeping();
      assertRefused(
          DataAccessResult.HARDWARE_FAULT, () -> client.set(setup(9), CosemData.longUnsigned(45)));
      assertEquals(32, client.get(setup(9)).integralValue());
      assertEquals(20, client.get(setup(8)).integralValue());
      lines.hdlc(HdlcAddress.server(1, 32), 16).connect().blocking().close();
    }
  }

  @Test
  void anAddressThatAnotherMeterHasIsRefused() {
    OmnipowerMeter one = OmnipowerMeter.of(backend).build();
    OmnipowerMeter other = OmnipowerMeter.of(new TestMeter()).physicalAddress(33).build();
    try (MeterOnLines lines = new MeterOnLines(one);
        DlmsServer both =
            DlmsServer.builder()
                .tcpOnLoopback(0, one.link())
                .device(one.device())
                .device(other.device())
                .start();
        BlockingDlmsClient client = lines.connect(OmnipowerAssociation.OPTICAL)) {
      assertRefused(
          DataAccessResult.OTHER_REASON, () -> client.set(setup(9), CosemData.longUnsigned(33)));
      assertEquals(32, one.device().physicalAddress());
      client.set(setup(9), CosemData.longUnsigned(34));
      assertEquals(34, one.device().physicalAddress());
      assertEquals(2, both.devices().size());
    }
  }

  @Test
  void whatWasWrittenSurvivesARestartWithABackendThatKeepsIt() {
    try (MeterOnLines lines = lines(MeterVariant.THREE_PHASE);
        BlockingDlmsClient client = lines.connect(OmnipowerAssociation.OPTICAL)) {
      client.set(setup(9), CosemData.longUnsigned(45));
      client.set(setup(8), CosemData.longUnsigned(30));
    }
    assertEquals(
        new LinkSettings(1, 1, 1010, 1010, 500, 30, 45), backend.linkSettings().orElseThrow());
    try (MeterOnLines lines = lines(MeterVariant.THREE_PHASE)) {
      lines.hdlc(HdlcAddress.server(1, 45), 16).connect().blocking().close();
    }
  }
}
