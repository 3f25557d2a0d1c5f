package io.dlms4j.examples.cli;

import io.dlms4j.omnipower.OmnipowerMeter;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.HouseholdSource;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.server.DlmsServer;
import java.time.Duration;
import java.time.LocalDateTime;

/** An OMNIPOWER meter on a port of this machine, since 2013-01-10. */
record TestMeter(DlmsServer server, String uri) implements AutoCloseable {
  static final String PASSWORD = OmnipowerMeter.DEFAULT_PASSWORD;

  /** A meter that has measured a household for some days. */
  static TestMeter omnipower(int days) {
    EngineBackend backend =
        new EngineBackend(
            MeteringEngine.startingAt(new MeterTime(LocalDateTime.of(2013, 1, 10, 0, 0), false))
                .build(),
            MeterIdentity.builder().serialNumber(12_345_679).build());
    backend.run(new HouseholdSource(1), Duration.ofDays(days).toSeconds());
    OmnipowerMeter device = OmnipowerMeter.of(backend).build();
    DlmsServer server =
        DlmsServer.builder().tcpOnLoopback(0, device.hdlc()).device(device.device()).start();
    return new TestMeter(server, "hdlc+tcp://127.0.0.1:" + server.addresses().get(0).getPort());
  }

  @Override
  public void close() {
    server.close();
  }
}
