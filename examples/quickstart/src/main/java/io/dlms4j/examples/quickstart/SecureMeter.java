package io.dlms4j.examples.quickstart;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientSecurity;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.association.ServerSecurity;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.AssociationOffer;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.security.SecuritySetup;
import io.dlms4j.server.security.SecuritySetupStore;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;

/** Is a secured meter, and reads one. */
public final class SecureMeter {
  private static final AttributeRef NAME = AttributeRef.of(1, "0.0.42.0.0.255", 2);

  private static final Set<Conformance> SERVICES =
      Set.of(Conformance.GET, Conformance.SET, Conformance.ACTION);

  private SecureMeter() {}

  /**
   * A logical device that takes nothing but authenticated and encrypted messages.
   *
   * @param title its system title
   * @param keys its first keys
   * @param store keeps what clients change of them
   * @param counters keeps its invocation counters
   * @return the device
   */
  public static LogicalDevice device(
      SystemTitle title, KeyRing keys, SecuritySetupStore store, InvocationCounterStore counters) {
    // README secured server
    SecuritySetup setup =
        SecuritySetup.builder(ObisCode.of("0.0.43.0.0.255"), title, keys.suite())
            .version(0)
            .keys(keys)
            .policy(SecurityPolicy.ofVersion0(3)) // authenticated and encrypted
            .store(store) // such as a FileSecuritySetupStore
            .build();
    ServerSecurity security =
        ServerSecurity.builder(title)
            .authentication(HlsMechanism.GMAC)
            .ciphering(setup::policy)
            .counters(counters) // such as a FileInvocationCounterStore
            .build();
    LogicalDevice device =
        LogicalDevice.builder(1, Octets.ofAscii("DLM0000001"))
            .association(
                1,
                AssociationOffer.of(
                        ServerAssociationConfig.builder()
                            .security(security)
                            .conformance(SERVICES)
                            .build(),
                        AccessPolicy.full())
                    .withKeys(setup)
                    .withSecuritySetup(setup.logicalName()))
            .object(setup.object())
            .object(CosemObject.data(NAME.logicalName(), () -> CosemData.visibleString("DLM1")))
            .build();
    // README end
    return device;
  }

  /**
   * Reads such a device, and gives it a new authentication key.
   *
   * @param host where it is
   * @param port its port
   * @param title its system title
   * @param keys the keys that the client has with it
   * @param counters keeps the client's invocation counters
   * @param newKey the new authentication key
   * @param out takes what was read
   */
  public static void use(
      String host,
      int port,
      SystemTitle title,
      KeyRing keys,
      InvocationCounterStore counters,
      KeyMaterial newKey,
      PrintStream out) {
    KeyMaterial masterKey = keys.masterKey();
    if (masterKey == null) {
      throw new IllegalArgumentException("without the master key no key can be transferred");
    }
    // README secured client
    ClientSecurity security =
        ClientSecurity.builder(SystemTitle.ofHex("484E440000000001"))
            .server(title) // nobody else will do
            .keys(keys) // or a KeyProvider, such as a key management service
            .counters(counters) // such as a FileInvocationCounterStore
            .authentication(HlsMechanism.GMAC)
            .ciphering() // authenticated and encrypted, with the global key
            .build();
    try (BlockingDlmsClient meter =
        DlmsClient.tcp(host, port).wrapper(1, 1).security(security).connect().blocking()) {
      out.println(meter.get(NAME).text());
      meter.await(
          client ->
              client
                  .securitySetup("0.0.43.0.0.255", 0)
                  .transferKeys(masterKey, Map.of(KeyId.AUTHENTICATION_KEY, newKey)));
    }
    // README end
  }
}
