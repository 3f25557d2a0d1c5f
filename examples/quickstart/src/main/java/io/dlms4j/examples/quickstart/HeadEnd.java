package io.dlms4j.examples.quickstart;

import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.client.Backoff;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.ClientPool;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.client.PoolLimits;
import io.dlms4j.client.ReconnectPolicy;
import io.dlms4j.client.RequestSettings;
import io.dlms4j.client.RetryPolicy;
import io.dlms4j.client.Values;
import io.dlms4j.client.push.PushListener;
import io.dlms4j.client.push.ReceivedNotification;
import io.dlms4j.cosem.Quantity;
import io.dlms4j.cosem.classes.AssociationView;
import io.dlms4j.cosem.classes.Clock;
import io.dlms4j.cosem.classes.ObjectListElement;
import io.dlms4j.cosem.classes.Register;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What a head-end builds on: typed objects, many meters, and meters that push. */
public final class HeadEnd {
  private HeadEnd() {}

  /**
   * Reads a meter by type.
   *
   * @param builder where it is
   * @param out takes what it said
   */
  public static void typed(DlmsClientBuilder builder, PrintStream out) {
    // README typed
    Clock clock = Clock.at("0.0.1.0.0.255");
    try (BlockingDlmsClient meter = builder.connect().blocking()) {
      AssociationView view = meter.associationView(); // what this association sees, and may do
      for (ObjectListElement object : view.objects()) {
        out.println(object.logicalName() + " class " + object.classId());
      }
      Values values = meter.readAll(clock.time(), Register.at("1.0.1.8.0.255").value());
      CosemDateTime time = values.get(clock.time()); // or an exception that says why not
      out.println(time);
      if (view.mode(clock.shiftTime().reference()).mayInvoke()) {
        meter.invoke(clock.shiftTime(), 30); // seconds
      }
    }
    // README end
  }

  /**
   * Reads many meters.
   *
   * @param hosts where they are
   * @param port their port
   * @return what each has counted, in order
   */
  public static List<Quantity> fleet(List<String> hosts, int port) {
    // README fleet
    RequestSettings settings =
        RequestSettings.DEFAULT
            .withDeadline(Duration.ofSeconds(30))
            .withRetry(
                RetryPolicy.of(
                    3, Backoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(10))));
    List<CompletableFuture<Quantity>> readings = new ArrayList<>();
    try (ClientPool pool = ClientPool.create(PoolLimits.DEFAULT.withTotal(200))) {
      for (String host : hosts) {
        DlmsClientBuilder meter =
            DlmsClient.tcp(host, port)
                .wrapper(1, 16)
                .requests(settings) // readings are asked again, changes are not
                .reconnect(ReconnectPolicy.of(5, Backoff.constant(Duration.ofSeconds(2))))
                .keepAlive(Duration.ofMinutes(1));
        readings.add(
            pool.run(meter, client -> client.read(Register.at("1.0.1.8.0.255")))
                .toCompletableFuture());
      }
      return readings.stream().map(CompletableFuture::join).toList();
    }
    // README end
  }

  /**
   * Listens to meters that push.
   *
   * @param port where, on this machine's loopback interface; 0 for any
   * @param to takes what they tell
   * @param out takes what was refused
   * @return the listener
   */
  public static PushListener listen(int port, Consumer<ReceivedNotification> to, PrintStream out) {
    // README push
    PushListener listener =
        PushListener.builder()
            .tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .udp(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .acceptPlain() // or security(title, keys, counters)
            .onNotification(to) // confirmed when this returns
            .onRefused(refusal -> out.println("refused: " + refusal))
            .start();
    // README end
    return listener;
  }
}
