package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.iec21.Iec21ServerConfig;
import io.dlms4j.line.PseudoTerminals;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.transport.HeaderDecoder;
import io.dlms4j.transport.HexLog;
import io.dlms4j.transport.Recording;
import io.dlms4j.transport.SerialSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client and a meter at the two ends of a serial line, a pair of pseudo-terminals. */
class SerialMeterTest {
  private static final int ROWS = 24;

  @TempDir private Path directory = Path.of("");

  private static OmnipowerMeter meter() {
    Catalogue catalogue = Catalogue.of(MeterVariant.THREE_PHASE);
    TestMeter backend = new TestMeter(MeterIdentity.builder().serialNumber(12_345_679).build());
    TestLogger profile =
        new TestLogger(catalogue.captured(catalogue.entry("Load Profile logger"), "A+"), 900);
    long now = backend.clock().normalTime();
    for (int i = 0; i < ROWS; i++) {
      profile.row(
          now - 900L * (ROWS - i),
          List.of(
              CosemData.longUnsigned(0),
              CosemData.doubleLongUnsigned(0),
              CosemData.unsigned(5),
              CosemData.doubleLongUnsigned(i)));
    }
    return OmnipowerMeter.of(backend.logger("Load Profile logger", profile)).build();
  }

  private static void read(DlmsClientBuilder builder) {
    try (BlockingDlmsClient client =
        builder
            .hdlc(HdlcAddress.server(16, 32), OmnipowerAssociation.OPTICAL.clientSap())
            .lowLevelSecurity(OmnipowerMeter.DEFAULT_PASSWORD)
            .connect()
            .blocking()) {
      assertEquals(12_345_679, client.get(AttributeRef.of(1, "1.1.0.0.1.255", 2)).integralValue());
      assertEquals(ROWS, client.profile("1.1.99.1.0.255").forEach(row -> {}));
    }
  }

  @Test
  void aMeterIsReadWithHdlcAtOnceAndTheLineIsRecorded() throws IOException, InterruptedException {
    OmnipowerMeter meter = meter();
    StringWriter log = new StringWriter();
    Recording recording = Recording.with(new HexLog(log, HeaderDecoder.hdlc())::line);
    try (PseudoTerminals line = PseudoTerminals.start(directory);
        DlmsServer server =
            DlmsServer.builder()
                .serial(SerialSettings.of(line.left()), meter.link())
                .device(meter.device())
                .start()) {
      assertTrue(server.addresses().isEmpty());
      read(DlmsClient.serial(SerialSettings.of(line.right())).recording(recording));
      read(DlmsClient.serial(SerialSettings.of(line.right())));
    }
    String recorded = log.toString();
    assertTrue(recorded.contains("SNRM") && recorded.contains("DISC"), recorded);
  }

  @Test
  void aMeterIsReadAfterTheOpeningOfModeE() throws IOException, InterruptedException {
    OmnipowerMeter meter = meter();
    try (PseudoTerminals line = PseudoTerminals.start(directory);
        DlmsServer server =
            DlmsServer.builder()
                .serialModeE(
                    SerialSettings.of(line.left()),
                    Iec21ServerConfig.builder("KAM", "OMNIPOWER").build(),
                    meter.link())
                .device(meter.device())
                .start()) {
      assertTrue(server.addresses().isEmpty());
      read(DlmsClient.serialModeE(SerialSettings.of(line.right())));
    }
  }
}
