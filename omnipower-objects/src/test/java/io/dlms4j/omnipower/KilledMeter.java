package io.dlms4j.omnipower;

import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import io.dlms4j.omnipower.store.FileMemory;
import io.dlms4j.omnipower.store.SyncPolicy;
import io.dlms4j.server.DlmsServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A process that is a meter, as fast as it can, with a port. Each second it counts 1 Wh, and says
 * so when it has been committed. It is to be killed.
 */
final class KilledMeter {
  /** Three phases with 240 V and 5 A are 3600 W. */
  private static final Measurement WATT_HOUR_A_SECOND =
      Measurement.balanced(new Phase(240_000, 5_000, 0), 50_000);

  static final MeterSettings SETTINGS = MeterSettings.of(MeterVariant.THREE_PHASE).build();

  private KilledMeter() {}

  /** The meter in a directory, when power comes back. */
  static EngineBackend open(FileMemory memory, long now) {
    return new EngineBackend(
        new MeteringEngine(SETTINGS, memory, now),
        MeterIdentity.builder().serialNumber(17_882_969).build());
  }

  /** Meters in the directory of the first argument, from the time of the second one on. */
  public static void main(String[] args) throws IOException {
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        FileMemory memory = FileMemory.open(Path.of(args[0]), SyncPolicy.NEVER)) {
      EngineBackend backend = open(memory, Long.parseLong(args[1]));
      OmnipowerMeter meter = OmnipowerMeter.of(backend).build();
      CatalogueEntry total = meter.catalogue().entry("A14");
      try (DlmsServer server =
          DlmsServer.builder().tcpOnLoopback(0, meter.link()).device(meter.device()).start()) {
        ByteBuffer said = ByteBuffer.allocate(Long.BYTES);
        // A port is said as a negative number.
        out.write(said.putLong(0, -server.addresses().get(0).getPort()).array());
        while (!server.addresses().isEmpty()) {
          backend.step(WATT_HOUR_A_SECOND);
          long counted = backend.read(total).orElseThrow().integralValue();
          out.write(said.putLong(0, counted).array());
        }
      }
    }
  }
}
