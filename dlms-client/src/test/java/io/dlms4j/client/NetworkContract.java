package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.cosem.Quantity;
import io.dlms4j.cosem.association.ClientSecurity;
import io.dlms4j.cosem.classes.Register;
import io.dlms4j.transport.TransportLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What clients and a server do together where each client has a line of its own, on a loop. */
abstract class NetworkContract extends SecurityContract {
  @Test
  void twentyClientsReadAtOnce() {
    try (TransportLoop loop = TransportLoop.create(2)) {
      List<DlmsClient> clients = new ArrayList<>();
      List<CompletionStage<Long>> profiles = new ArrayList<>();
      List<CompletionStage<Quantity>> energies = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        DlmsClient client = reader().loop(loop).connect();
        clients.add(client);
        energies.add(client.read(Register.at(TestMeter.ENERGY)));
        profiles.add(client.profile(TestMeter.PROFILE).forEach(row -> {}));
      }
      profiles.forEach(rows -> assertEquals(TestMeter.ROWS, await(rows)));
      energies.forEach(energy -> assertEquals("18919.7 Wh", await(energy).toString()));
      clients.forEach(DlmsClient::close);
    }
  }

  @Test
  void aSharedLoopThatIsClosedFirstCutsItsClients() {
    TransportLoop loop = TransportLoop.create(1);
    DlmsClient client = reader().loop(loop).connect();
    assertEquals("meter", await(client.get(TestMeter.NAME)).text());
    loop.close();
    assertSays("the line was cut", failure(LinkException.class, client.get(TestMeter.NAME)));
    client.close();
  }

  @Test
  void connectionsWithOneKeyShareItsCounter() {
    ClientSecurity security = meter.client(counters).build();
    try (BlockingDlmsClient one =
            secured(SecuredMeter.MANAGEMENT).security(security).connect().blocking();
        BlockingDlmsClient other =
            secured(SecuredMeter.SLOW_KEYS)
                .security(security)
                .association(c -> give())
                .connect()
                .blocking()) {
      for (int i = 0; i < 3; i++) {
        assertEquals(42, one.get(SecuredMeter.NUMBER).integralValue());
        assertEquals(42, other.get(SecuredMeter.NUMBER).integralValue());
      }
    }
  }

  private void give() {
    new Thread(() -> keysAsked().complete(meter.keys)).start();
  }
}
