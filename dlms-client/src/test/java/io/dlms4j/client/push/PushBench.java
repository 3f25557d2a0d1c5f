package io.dlms4j.client.push;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.RepetitionDelay;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.hdlc.HdlcUnnumberedConfig;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.push.PushDestination;
import io.dlms4j.server.push.PushEnvironment;
import io.dlms4j.server.push.PushObject;
import io.dlms4j.server.push.PushOutcome;
import io.dlms4j.server.push.PushSending;
import io.dlms4j.server.push.PushSettings;
import io.dlms4j.server.push.TransportService;
import io.dlms4j.transport.TransportLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Meters that push to a listener, over real lines of the loopback interface. */
final class PushBench implements AutoCloseable {
  static final SystemTitle METER = SystemTitle.ofHex("4B414D0001112131");
  static final SystemTitle HEAD_END = SystemTitle.ofHex("484E440000000001");
  static final ObisCode NUMBER = ObisCode.of("0.0.96.1.0.255");
  static final ObisCode LONG = ObisCode.of("0.0.128.0.1.255");
  static final ObisCode PUSH = ObisCode.of("0.0.25.9.0.255");
  static final int SAP = 1;
  static final int CLIENT = 16;
  static final KeyRing KEYS = keys(SecuritySuite.SUITE_0);

  final TransportLoop loop = TransportLoop.create(2);
  final PushEnvironment environment = PushEnvironment.on(loop);
  final BlockingQueue<ReceivedNotification> heard = new LinkedBlockingQueue<>();
  final BlockingQueue<PushRefusal> refused = new LinkedBlockingQueue<>();
  final InvocationCounterStore meterCounters = new InMemoryInvocationCounterStore();
  final InvocationCounterStore headEndCounters = new InMemoryInvocationCounterStore();

  static KeyRing keys(SecuritySuite suite) {
    return KeyRing.builder(suite)
        .unicastKey(KeyMaterial.ofHex("000102030405060708090A0B0C0D0E0F"))
        .authenticationKey(KeyMaterial.ofHex("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF"))
        .build();
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  PushListenerBuilder listening(TransportService service) {
    PushListenerBuilder builder =
        PushListener.builder().loop(loop).onNotification(heard::add).onRefused(refused::add);
    return switch (service) {
      case UDP -> builder.udp(anyPort());
      case HDLC -> builder.hdlc(anyPort(), HdlcUnnumberedConfig.DEFAULT);
      default -> builder.tcp(anyPort());
    };
  }

  static PushSettings to(TransportService service, InetSocketAddress address) {
    return PushSettings.NONE
        .withDestination(PushDestination.of(service, address.getHostString(), address.getPort()))
        .withObjects(List.of(new CaptureObjectDefinition(new AttributeRef(1, NUMBER, 2))))
        .withRetries(2, RepetitionDelay.of(0));
  }

  /** A started meter whose long value has so many octets. */
  PushObject meter(PushSettings settings, PushSending sending, int octets) {
    PushObject push =
        PushObject.builder(1, PUSH, CLIENT).settings(settings).sending(sending).build();
    LogicalDevice device =
        LogicalDevice.builder(SAP, Octets.ofAscii("KAM17882969"))
            .object(CosemObject.data(NUMBER, () -> CosemData.longUnsigned(4711)))
            .object(
                CosemObject.data(LONG, () -> CosemData.octetString(Octets.view(new byte[octets]))))
            .object(push)
            .build();
    push.start(device, environment);
    return push;
  }

  static PushOutcome push(PushObject push) throws Exception {
    return push.push().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  ReceivedNotification next() throws InterruptedException {
    ReceivedNotification told = heard.poll(20, TimeUnit.SECONDS);
    if (told == null) {
      throw new AssertionError("nothing was delivered; refused: " + refused);
    }
    return told;
  }

  PushRefusal nextRefusal() throws InterruptedException {
    PushRefusal refusal = refused.poll(20, TimeUnit.SECONDS);
    if (refusal == null) {
      throw new AssertionError("nothing was refused; delivered: " + heard);
    }
    return refusal;
  }

  @Override
  public void close() {
    environment.timer().shutdownNow();
    loop.close();
  }
}
