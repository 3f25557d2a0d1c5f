package io.dlms4j.examples.cli;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.omnipower.OmnipowerMeter;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.omnipower.measurement.HouseholdSource;
import io.dlms4j.omnipower.store.PermanentMemory;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.Wrapper;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;

/** A meter on a port of this machine. */
record TestMeter(DlmsServer server, String uri) implements AutoCloseable {
  static final String PASSWORD = OmnipowerMeter.DEFAULT_PASSWORD;

  /** An OMNIPOWER meter that has measured a household for some days, since 2013-01-10. */
  static TestMeter omnipower(int days) {
    EngineBackend backend = backend(LocalDateTime.of(2013, 1, 10, 0, 0));
    backend.run(new HouseholdSource(1), Duration.ofDays(days).toSeconds());
    OmnipowerMeter device = OmnipowerMeter.of(backend).build();
    DlmsServer server =
        DlmsServer.builder().tcpOnLoopback(0, device.hdlc()).device(device.device()).start();
    return new TestMeter(server, "hdlc+tcp://127.0.0.1:" + server.addresses().get(0).getPort());
  }

  /** A three-phase meter that forgets, and has measured nothing. */
  static EngineBackend backend(LocalDateTime normalTime) {
    return new EngineBackend(
        new MeteringEngine(
            MeterSettings.of(MeterVariant.THREE_PHASE).build(),
            new PermanentMemory(),
            normalTime.toEpochSecond(ZoneOffset.UTC)),
        MeterIdentity.builder().serialNumber(12_345_679).build());
  }

  /** A meter of its own objects, open to everybody over the wrapper. */
  static TestMeter of(CosemObject... objects) {
    LogicalDevice.Builder device = LogicalDevice.builder(1, Octets.ofHex("444C4D31"));
    List.of(objects).forEach(device::object);
    DlmsServer server =
        DlmsServer.builder()
            .tcpOnLoopback(0, Wrapper.defaults())
            .device(
                PhysicalDevice.of(
                    32,
                    device
                        .association(
                            16,
                            ServerAssociationConfig.builder()
                                .lowestLevelSecurity()
                                .conformance(
                                    EnumSet.of(
                                        Conformance.GET,
                                        Conformance.SET,
                                        Conformance.ACTION,
                                        Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
                                        Conformance.MULTIPLE_REFERENCES))
                                .build(),
                            AccessPolicy.full())
                        .build()))
            .start();
    return new TestMeter(server, "wrapper+tcp://127.0.0.1:" + server.addresses().get(0).getPort());
  }

  @Override
  public void close() {
    server.close();
  }
}
