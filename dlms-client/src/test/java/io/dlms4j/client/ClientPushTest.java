package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.client.push.PushSource;
import io.dlms4j.client.push.ReceivedNotification;
import io.dlms4j.cosem.apdu.EventNotification;
import io.dlms4j.cosem.classes.EntryNumbering;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Wrapper;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a server tells on the connection of a client, in the form in which a listener has it. */
class ClientPushTest {
  @Test
  void anEventOnTheClientsOwnConnectionSaysWhereItIsFromAndHowItCame() throws Exception {
    ServiceMeter meter = new ServiceMeter(Guard.PLAIN, EntryNumbering.OLDEST_IS_ONE);
    BlockingQueue<ReceivedNotification> heard = new LinkedBlockingQueue<>();
    EventNotification event =
        new EventNotification(null, ServiceMeter.NUMBER, EncodedData.of(CosemData.longUnsigned(9)));
    try (DlmsServer server =
        DlmsServer.builder().device(meter.device).tcpOnLoopback(0, Wrapper.defaults()).start()) {
      InetSocketAddress address = server.addresses().get(0);
      try (DlmsClient client =
          DlmsClient.tcp(address.getHostString(), address.getPort())
              .wrapper(ServiceMeter.SAP, ServiceMeter.ALL)
              .pushes(heard::add)
              .connect()) {
        client.opened().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertEquals(
            1,
            server.sendToAll(meter.device, event).toCompletableFuture().get(20, TimeUnit.SECONDS));
        ReceivedNotification told = heard.poll(20, TimeUnit.SECONDS);
        assertNotNull(told);
        assertEquals(event, told.notification());
        assertEquals(ServiceMeter.NUMBER, told.attribute().orElseThrow());
        assertEquals(
            new PushSource(
                PushSource.Path.CLIENT_CONNECTION, null, ServiceMeter.ALL, ServiceMeter.SAP, 0),
            told.source());
        assertNull(told.originator());
        assertEquals(Set.of(), told.protection());
      }
    }
  }
}
