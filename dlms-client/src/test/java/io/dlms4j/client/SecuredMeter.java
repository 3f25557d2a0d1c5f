package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientSecurity;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.association.ServerSecurity;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.MethodAccessMode;
import io.dlms4j.cosem.security.CounterId;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.AssociationOffer;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A small meter that is secured in every way. */
final class SecuredMeter {
  static final int SAP = 1;
  static final int PUBLIC = 16;

  /** HLS with GMAC, everything authenticated and encrypted. */
  static final int MANAGEMENT = 1;

  /** HLS with MD5 and a secret, nothing ciphered. */
  static final int WITH_SECRET = 2;

  /** A password in clear. */
  static final int WITH_PASSWORD = 3;

  /** As MANAGEMENT; its keys come when a test gives them. */
  static final int SLOW_KEYS = 4;

  /** As MANAGEMENT, without a policy, with short names. */
  static final int SHORT_NAMES = 5;

  static final SystemTitle SERVER = SystemTitle.ofHex("4B414D0001112131");
  static final SystemTitle CLIENT = SystemTitle.ofHex("484E440000000001");

  static final AttributeRef NUMBER = AttributeRef.of(1, "0.0.96.1.0.255", 2);
  static final AttributeRef BIG = AttributeRef.of(1, "0.0.128.0.1.255", 2);
  static final AttributeRef SENSITIVE = AttributeRef.of(1, "0.0.128.0.2.255", 2);
  static final AttributeRef FRAME_COUNTER = AttributeRef.of(1, "0.0.43.1.0.255", 2);
  static final MethodRef RESET = MethodRef.of(3, "1.0.1.8.0.255", 1);
  static final AttributeRef SECRET = AttributeRef.of(15, "0.0.40.0.0.255", 7);
  static final MethodRef CHANGE_SECRET = MethodRef.of(15, "0.0.40.0.0.255", 2);

  final KeyRing keys =
      KeyRing.builder(SecuritySuite.SUITE_0)
          .unicastKey(KeyMaterial.ofHex("000102030405060708090A0B0C0D0E0F"))
          .authenticationKey(KeyMaterial.ofHex("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF"))
          .build();
  private volatile KeyMaterial secret = KeyMaterial.of(Octets.ofAscii("HLS secret"));
  private volatile KeyMaterial password = KeyMaterial.of(Octets.ofAscii("12345678"));
  final AtomicInteger number = new AtomicInteger(42);
  final AtomicInteger resets = new AtomicInteger();
  volatile SecurityPolicy policy = SecurityPolicy.ofVersion0(3);
  final InvocationCounterStore counters = new InMemoryInvocationCounterStore();

  /** What is asked for {@link #SLOW_KEYS}. */
  final BlockingQueue<CompletableFuture<KeyRing>> keysAsked = new LinkedBlockingQueue<>();

  private static final Set<Conformance> SERVICES =
      Set.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACTION,
          Conformance.ACCESS,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
          Conformance.SELECTIVE_ACCESS);

  PhysicalDevice device() {
    AccessPolicy rights = new Rights();
    KeyProvider provider = (server, client) -> keysFor(server, client);
    LogicalDevice logical =
        LogicalDevice.builder(SAP, Octets.ofAscii("KAM17882969"))
            .association(
                PUBLIC,
                ServerAssociationConfig.builder().lowestLevelSecurity().build(),
                AccessPolicy.readOnly())
            .association(
                MANAGEMENT,
                AssociationOffer.of(config().security(gmac().build()).build(), rights)
                    .withKeys(provider)
                    .withSecuritySetup(ObisCode.of("0.0.43.0.0.255")))
            .association(
                WITH_SECRET,
                AssociationOffer.of(
                        config()
                            .security(
                                ServerSecurity.builder(SERVER)
                                    .authentication(HlsMechanism.MD5)
                                    .secret(() -> secret)
                                    .build())
                            .build(),
                        rights)
                    .withSecretChange(changed -> secret = changed))
            .association(
                WITH_PASSWORD,
                AssociationOffer.of(
                        config()
                            .lowLevelSecurity(() -> Password.ofOctets(password.export()))
                            .build(),
                        rights)
                    .withSecretChange(changed -> password = changed))
            .association(
                SLOW_KEYS,
                AssociationOffer.of(config().security(gmac().build()).build(), rights)
                    .withKeys((server, client) -> slowly()))
            .association(
                SHORT_NAMES,
                AssociationOffer.of(
                        ServerAssociationConfig.builder()
                            .shortNames()
                            .security(gmac().ciphering(() -> SecurityPolicy.NONE).build())
                            .build(),
                        rights)
                    .withKeys(provider))
            .object(
                CosemObject.builder(1, 0, NUMBER.logicalName())
                    .attribute(
                        2,
                        () -> CosemData.longUnsigned(number.get()),
                        value -> number.set((int) value.integralValue()))
                    .build())
            .object(CosemObject.data(BIG.logicalName(), () -> CosemData.octetString(big())))
            .object(CosemObject.data(SENSITIVE.logicalName(), () -> CosemData.unsigned(7)))
            .object(
                CosemObject.data(
                    FRAME_COUNTER.logicalName(), () -> CosemData.doubleLongUnsigned(lastCounter())))
            .object(
                CosemObject.builder(3, 0, RESET.logicalName())
                    .attribute(2, () -> CosemData.doubleLongUnsigned(1))
                    .method(
                        1,
                        request -> {
                          resets.incrementAndGet();
                          return InvokeResult.success();
                        })
                    .build())
            .build();
    return PhysicalDevice.of(17, logical);
  }

  private CompletionStage<KeyRing> keysFor(SystemTitle server, SystemTitle client) {
    return server.equals(SERVER) && client.equals(CLIENT)
        ? CompletableFuture.completedStage(keys)
        : CompletableFuture.failedStage(
            ProtectionException.local(
                ProtectionException.Reason.UNKNOWN_KEY, "nobody knows " + client));
  }

  private CompletionStage<KeyRing> slowly() {
    CompletableFuture<KeyRing> asked = new CompletableFuture<>();
    keysAsked.add(asked);
    return asked;
  }

  private static ServerAssociationConfig.Builder config() {
    return ServerAssociationConfig.builder()
        .lowestLevelSecurity()
        .conformance(SERVICES)
        .maxSendPduSize(250);
  }

  private ServerSecurity.Builder gmac() {
    return ServerSecurity.builder(SERVER)
        .authentication(HlsMechanism.GMAC)
        .counters(counters)
        .ciphering(() -> policy);
  }

  ClientSecurity.Builder client(InvocationCounterStore ofClient) {
    return ClientSecurity.builder(CLIENT)
        .server(SERVER)
        .keys(keys)
        .counters(ofClient)
        .authentication(HlsMechanism.GMAC)
        .ciphering();
  }

  /** The last invocation counter that was taken of the client. */
  private long lastCounter() {
    CounterId id = CounterId.of(CLIENT, KeyMaterial.ofHex("000102030405060708090A0B0C0D0E0F"));
    return Math.max(0, counters.lowestAcceptable(id) - 1);
  }

  static Octets big() {
    byte[] octets = new byte[5000];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (i * 31 + (i >> 8));
    }
    return Octets.view(octets);
  }

  private static final class Rights implements AccessPolicy {
    @Override
    public AttributeAccessMode mode(CosemObject object, int index) {
      if (object.logicalName().equals(SENSITIVE.logicalName()) && index == 2) {
        return AttributeAccessMode.AUTHENTICATED_READ_ONLY;
      }
      return AccessPolicy.full().mode(object, index);
    }

    @Override
    public MethodAccessMode methodMode(CosemObject object, int index) {
      return object.logicalName().equals(RESET.logicalName())
          ? MethodAccessMode.AUTHENTICATED_ACCESS
          : MethodAccessMode.ACCESS;
    }
  }
}
