package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.assertFails;
import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.Wrapper;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands set and action, with a device behind them that can be written and invoked. */
class SetAndActionTest {
  private final AtomicReference<CosemData> threshold =
      new AtomicReference<>(CosemData.longUnsigned(230));
  private DlmsServer server;
  private String meter;

  @BeforeEach
  void start() {
    CosemObject object =
        CosemObject.builder(1, 0, ObisCode.of("0.0.96.1.0.255"))
            .attribute(2, threshold::get, threshold::set)
            .method(
                1,
                request ->
                    request.parameters().value().tag() == DataTag.NULL_DATA
                        ? InvokeResult.refused(ActionResult.TYPE_UNMATCHED)
                        : InvokeResult.of(request.parameters().value()))
            .build();
    server =
        DlmsServer.builder()
            .tcpOnLoopback(0, Wrapper.defaults())
            .device(
                PhysicalDevice.of(
                    32,
                    LogicalDevice.builder(1, Octets.ofHex("444C4D31"))
                        .object(object)
                        .association(
                            16,
                            ServerAssociationConfig.builder()
                                .lowestLevelSecurity()
                                .conformance(
                                    EnumSet.of(
                                        Conformance.GET, Conformance.SET, Conformance.ACTION))
                                .build(),
                            AccessPolicy.full())
                        .build()))
            .start();
    meter = "wrapper+tcp://127.0.0.1:" + server.addresses().get(0).getPort();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void setWritesWhatGetReads() {
    Run set = dlms("set", meter, "1:0.0.96.1.0.255:2", "{\"long-unsigned\": 207}");
    assertEquals(0, set.exitCode(), set.err());
    assertEquals(CosemData.longUnsigned(207), threshold.get());
    assertEquals(List.of("207"), dlms("get", meter, "1:0.0.96.1.0.255:2").out());
  }

  @Test
  void actionPrintsWhatTheMethodReturns() {
    Run action =
        dlms("action", meter, "1:0.0.96.1.0.255:1", "{\"structure\": [{\"unsigned\": 1}, null]}");
    assertEquals(0, action.exitCode(), action.err());
    assertEquals("structure of 2", action.out().get(0));
  }

  @Test
  void whatTheMeterRefusesIsSaid() {
    Run set = dlms("set", meter, "1:0.0.96.1.0.255:2", "{\"unsigned\": 1}");
    assertEquals(1, set.exitCode());
    assertTrue(set.err().contains("type-unmatched"), set.err());
    Run action = dlms("action", meter, "1:0.0.96.1.0.255:1");
    assertEquals(1, action.exitCode());
    assertTrue(action.err().contains("type-unmatched"), action.err());
  }

  @Test
  void whatMakesNoSenseIsSaidBeforeAnythingIsSent() {
    assertEquals(2, dlms("set", meter, "0.0.96.1.0.255", "null").exitCode());
    assertEquals(2, dlms("action", meter, "1:0.0.96.1.0.255:1000").exitCode());
    Run value = dlms("set", meter, "1:0.0.96.1.0.255:2", "{\"long-unsigned\": 70000}");
    assertEquals(2, value.exitCode());
    assertTrue(value.err().contains("70000"), value.err());
    assertFails(dlms("set", meter, "1:0.0.96.1.0.255:2", "{"), "JSON");
    assertEquals(CosemData.longUnsigned(230), threshold.get());
  }
}
