package io.dlms4j.examples.quickstart;

import io.dlms4j.omnipower.OmnipowerMeter;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.omnipower.measurement.HouseholdSource;
import io.dlms4j.omnipower.store.PermanentMemory;
import io.dlms4j.server.DlmsServer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Is a meter that has metered a household for a day. */
public final class BeMeter {
  private BeMeter() {}

  /**
   * Starts a meter.
   *
   * @param start when it began to meter, normal time
   * @param port where it listens
   * @return the running server
   */
  public static DlmsServer start(LocalDateTime start, int port) {
    // README server
    MeterSettings settings = MeterSettings.of(MeterVariant.THREE_PHASE).build();
    MeteringEngine engine =
        new MeteringEngine(settings, new PermanentMemory(), start.toEpochSecond(ZoneOffset.UTC));
    EngineBackend backend =
        new EngineBackend(engine, MeterIdentity.builder().serialNumber(17882969).build());
    backend.run(new HouseholdSource(1), Duration.ofDays(1).toSeconds()); // second by second
    OmnipowerMeter meter = OmnipowerMeter.of(backend).build();
    DlmsServer server =
        DlmsServer.builder().tcpOnLoopback(port, meter.hdlc()).device(meter.device()).start();
    // README end
    return server;
  }
}
