package io.dlms4j.server;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.association.ServerSecurity;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.server.security.SecuritySetup;
import io.dlms4j.transport.TransportLoop;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The implementation under test of the cases of security suite 0, on a real TCP line.
 *
 * <pre>
 * client 1  logical names with ciphering, HLS with GMAC
 * client 2  logical names without ciphering, HLS with GMAC
 *
 * 1:0.0.96.1.1.255   STA1: attribute 2 is a long-unsigned, at first 0x1111, which can be written
 * 1:0.0.96.1.2.255   STA2: attribute 2 is an octet-string, at first ABCD, which can be written
 * 64:0.0.43.0.0.255  the Security setup of both associations, version 0 or 1
 * </pre>
 */
final class SecuredIut implements AutoCloseable {
  static final int CIPHERED = 1;
  static final int IN_CLEAR = 2;

  private static final ObisCode SETUP = ObisCode.of("0.0.43.0.0.255");
  private static final Set<Conformance> SERVICES =
      Set.of(Conformance.GET, Conformance.SET, Conformance.ACTION, Conformance.GENERAL_PROTECTION);

  /** As the server keeps them, whatever is broken about it. */
  final InvocationCounterStore counters = new InMemoryInvocationCounterStore();

  private final DlmsServer server;

  /**
   * A new one.
   *
   * @param version of the Security setup
   * @param played what it is for
   * @param fault what is broken about it
   */
  SecuredIut(TransportLoop loop, int version, SymmetricCase played, SymmetricFault fault) {
    SystemTitle title = SystemTitle.ofHex(SymmetricTester.SERVER);
    SecuritySetup setup =
        SecuritySetup.builder(SETUP, title, SecuritySuite.SUITE_0)
            .version(version)
            .policy(SecurityPolicy.ofVersion0(played.policy()))
            .keys(
                KeyRing.builder(SecuritySuite.SUITE_0)
                    .unicastKey(KeyMaterial.ofHex(SymmetricTester.FIRST.encryption()))
                    .authenticationKey(KeyMaterial.ofHex(SymmetricTester.FIRST.authentication()))
                    .masterKey(KeyMaterial.ofHex(SymmetricRequests.KEK))
                    .build())
            .build();
    ServerSecurity.Builder gmac =
        ServerSecurity.builder(title)
            .authentication(HlsMechanism.GMAC)
            .counters(fault.counters(counters));
    ServerAssociationConfig inClear = config(gmac.build());
    if (played == SymmetricCase.SEC_POL_2) {
      // A server that asks for encryption alone has to take what has no more than that.
      gmac.acceptEncryptionOnly();
    }
    ServerAssociationConfig ciphered = config(gmac.ciphering(fault.policy(setup)).build());
    LogicalDevice device =
        LogicalDevice.builder(1, Octets.ofAscii("DLM0000001"))
            .association(
                CIPHERED,
                AssociationOffer.of(ciphered, AccessPolicy.full())
                    .withKeys(fault.keys(setup))
                    .withSecuritySetup(SETUP))
            .association(
                IN_CLEAR,
                AssociationOffer.of(inClear, AccessPolicy.full())
                    .withKeys(fault.keys(setup))
                    .withSecuritySetup(SETUP))
            .object(variable("0.0.96.1.1.255", CosemData.longUnsigned(0x1111)))
            .object(variable("0.0.96.1.2.255", CosemData.octetString(Octets.ofAscii("ABCD"))))
            .object(fault.object(setup.object()))
            .build();
    server =
        DlmsServer.builder()
            .loop(loop)
            .device(PhysicalDevice.of(1, device))
            .tcpOnLoopback(
                0, devices -> fault.around(Wrapper.defaults().newLink(devices), counters))
            .start();
  }

  private static ServerAssociationConfig config(ServerSecurity security) {
    return ServerAssociationConfig.builder().conformance(SERVICES).security(security).build();
  }

  private static CosemObject variable(String name, CosemData first) {
    AtomicReference<CosemData> value = new AtomicReference<>(first);
    return CosemObject.builder(1, 0, ObisCode.of(name))
        .attribute(2, value::get, value::set)
        .build();
  }

  SymmetricTester tester(int clientSap, int patienceMillis) throws IOException {
    return new SymmetricTester(server.addresses().get(0), clientSap, patienceMillis);
  }

  @Override
  public void close() {
    server.close();
  }
}
