package io.dlms4j.examples.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.client.Backoff;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.client.RequestSettings;
import io.dlms4j.client.RetryPolicy;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.ReadResult;
import io.dlms4j.server.Wrapper;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientMetricsTest {
  private static final AttributeRef NUMBER = AttributeRef.of(1, "0.0.96.1.0.255", 2);
  private static final AttributeRef BUSY = AttributeRef.of(1, "0.0.96.1.1.255", 2);

  private static PhysicalDevice device() {
    LogicalDevice logical =
        LogicalDevice.builder(1, Octets.ofAscii("KAM00000001"))
            .association(
                16,
                ServerAssociationConfig.builder().lowestLevelSecurity().build(),
                AccessPolicy.readOnly())
            .object(CosemObject.data(ObisCode.of("0.0.96.1.0.255"), () -> CosemData.unsigned(42)))
            .object(
                CosemObject.builder(1, 0, ObisCode.of("0.0.96.1.1.255"))
                    .attribute(
                        2,
                        List.of(),
                        request -> ReadResult.refused(DataAccessResult.TEMPORARY_FAILURE))
                    .build())
            .build();
    return PhysicalDevice.of(17, logical);
  }

  @Test
  void whatAClientDoesIsCountedAndTimed() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (DlmsServer server =
        DlmsServer.builder().tcpOnLoopback(0, Wrapper.defaults()).device(device()).start()) {
      InetSocketAddress at = server.addresses().get(0);
      try (BlockingDlmsClient client =
          DlmsClient.tcp(at.getHostString(), at.getPort())
              .wrapper(1, 16)
              .listener(new ClientMetrics(registry, Tag.of("fleet", "north")))
              .requests(
                  RequestSettings.DEFAULT.withRetry(
                      RetryPolicy.of(3, Backoff.constant(Duration.ofMillis(1)))))
              .connect()
              .blocking()) {
        assertEquals(42, client.get(NUMBER).integralValue());
        assertEquals(42, client.get(NUMBER).integralValue());
        assertThrows(DataAccessException.class, () -> client.get(BUSY));
      }
    }
    assertEquals(1, registry.get("dlms.client.associations.opened").counter().count());
    assertEquals(
        2,
        registry
            .get("dlms.client.requests")
            .tags("service", "Get", "result", "done", "fleet", "north")
            .timer()
            .count());
    assertEquals(3, registry.get("dlms.client.requests").tags("result", "failed").timer().count());
    assertEquals(2, registry.get("dlms.client.requests.retried").counter().count());
    assertEquals(0, registry.get("dlms.client.requests.active").gauge().value());
    // GET.request normal without selection has 13 octets, the value of an unsigned 6, a refusal 5.
    assertEquals(
        5 * 13, registry.get("dlms.client.octets").tags("direction", "sent").counter().count());
    assertEquals(
        2 * 6 + 3 * 5,
        registry.get("dlms.client.octets").tags("direction", "received").counter().count());
    assertEquals(
        1,
        registry
            .get("dlms.client.connections.ended")
            .tags("cause", "LinkException")
            .counter()
            .count());
    assertEquals(0, registry.get("dlms.client.reconnects").counter().count());
  }
}
