package io.dlms4j.fuzz;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientAssociation;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ClientSecurity;
import io.dlms4j.cosem.association.ServerAssociation;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociationEvent;
import io.dlms4j.cosem.association.ServerSecurity;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Both ends of the associations that are fuzzed, and how they come about. */
final class Associations {
  /** Shorter than what is asked and answered, so that there are blocks. */
  static final int LONGEST_APDU = 128;

  static final int OUTSTANDING = 3;

  /** In a session's octet of flags: whether names are short. */
  static final int SHORT_NAMES = 1;

  /** In a session's octet of flags: whether there is general block transfer. */
  static final int GENERAL_BLOCKS = 8;

  /** In a session's octet of flags: whether messages may be protected. */
  static final int CIPHERED = 16;

  /** In a session's octet of flags: whether the passes of high level security are due. */
  static final int HIGH_LEVEL_SECURITY = 32;

  /** Whoever is on the line does not know them; the genuine AARQ and AARE are made with them. */
  static final KeyRing KEYS =
      KeyRing.builder(SecuritySuite.SUITE_0)
          .unicastKey(KeyMaterial.ofHex("000102030405060708090A0B0C0D0E0F"))
          .broadcastKey(KeyMaterial.ofHex("101112131415161718191A1B1C1D1E1F"))
          .authenticationKey(KeyMaterial.ofHex("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF"))
          .masterKey(KeyMaterial.ofHex("202122232425262728292A2B2C2D2E2F"))
          .build();

  private static final SystemTitle CLIENT = SystemTitle.ofHex("4D4D4D0000BC614E");
  private static final SystemTitle SERVER = SystemTitle.ofHex("4D4D4D0000000001");

  /** The same in each run, so that what was recorded in one is of use in another. */
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private int last;

    Fixed(int first) {
      last = first;
    }

    @Override
    public void nextBytes(byte[] octets) {
      for (int i = 0; i < octets.length; i++) {
        octets[i] = (byte) last++;
      }
    }
  }

  private static final Set<Conformance> LOGICAL_NAMES =
      EnumSet.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACTION,
          Conformance.ACCESS,
          Conformance.EVENT_NOTIFICATION,
          Conformance.DATA_NOTIFICATION,
          Conformance.SELECTIVE_ACCESS,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.PRIORITY_MGMT_SUPPORTED,
          Conformance.ATTRIBUTE0_SUPPORTED_WITH_GET,
          Conformance.ATTRIBUTE0_SUPPORTED_WITH_SET,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
          Conformance.BLOCK_TRANSFER_WITH_ACTION);

  private static final Set<Conformance> SHORT_NAMED =
      EnumSet.of(
          Conformance.READ,
          Conformance.WRITE,
          Conformance.UNCONFIRMED_WRITE,
          Conformance.INFORMATION_REPORT,
          Conformance.PARAMETERIZED_ACCESS,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE);

  private static final Password SECRET = Password.ofText("12345");

  private Associations() {}

  private static Set<Conformance> services(Set<Conformance> services, boolean generalBlocks) {
    Set<Conformance> all = EnumSet.copyOf(services);
    if (generalBlocks) {
      all.add(Conformance.GENERAL_BLOCK_TRANSFER);
    }
    return all;
  }

  private static Set<Conformance> services(int mode) {
    return services(
        (mode & SHORT_NAMES) != 0 ? SHORT_NAMED : LOGICAL_NAMES, (mode & GENERAL_BLOCKS) != 0);
  }

  static ClientAssociation client(int mode) {
    ClientAssociationConfig.Builder config =
        ClientAssociationConfig.builder().maxReceivePduSize(LONGEST_APDU);
    ClientSecurity.Builder security =
        ClientSecurity.builder(CLIENT)
            .keys(KEYS)
            .counters(new InMemoryInvocationCounterStore())
            .random(new Fixed(0));
    if ((mode & CIPHERED) != 0) {
      security.ciphering().leastOfResponses(Set.of()).acceptEncryptionOnly();
    }
    if ((mode & HIGH_LEVEL_SECURITY) != 0) {
      security.authentication(HlsMechanism.GMAC);
    } else {
      config.lowLevelSecurity(SECRET);
    }
    if ((mode & (CIPHERED | HIGH_LEVEL_SECURITY)) != 0) {
      config.security(security.build());
    }
    return new ClientAssociation(
        (mode & SHORT_NAMES) != 0
            ? config.shortNames().conformance(services(mode)).build()
            : config.conformance(services(mode)).maxOutstandingRequests(OUTSTANDING).build());
  }

  static ServerAssociation server(int mode) {
    ServerAssociationConfig.Builder config =
        ServerAssociationConfig.builder()
            .maxReceivePduSize(LONGEST_APDU)
            .maxSendPduSize(LONGEST_APDU);
    ServerSecurity.Builder security =
        ServerSecurity.builder(SERVER)
            .counters(new InMemoryInvocationCounterStore())
            .random(new Fixed(128));
    if ((mode & CIPHERED) != 0) {
      security.ciphering(() -> SecurityPolicy.NONE).acceptEncryptionOnly();
    }
    if ((mode & HIGH_LEVEL_SECURITY) != 0) {
      security.authentication(HlsMechanism.GMAC);
    } else {
      config.lowLevelSecurity(SECRET);
    }
    if ((mode & (CIPHERED | HIGH_LEVEL_SECURITY)) != 0) {
      config.security(security.build());
    }
    return new ServerAssociation(
        (mode & SHORT_NAMES) != 0
            ? config.shortNames().conformance(services(mode)).build()
            : config.conformance(services(mode)).maxOutstandingRequests(OUTSTANDING).build());
  }

  /** Half of all that ask are known here. */
  static boolean hasKeys(SystemTitle client) {
    return client.octets().at(SystemTitle.LENGTH - 1) % 2 == 0;
  }

  static byte[] aarq(int mode) {
    ClientAssociation client = client(mode);
    client.linkUp(0);
    return Objects.requireNonNull(client.pollTransmit(0)).toByteArray();
  }

  static byte[] aare(int mode) {
    ServerAssociation server = server(mode);
    server.linkUp();
    server.receive(Octets.view(aarq(mode)), 0);
    if (server.pollEvent() instanceof ServerAssociationEvent.KeysWanted wanted) {
      server.useKeys(wanted.client(), KEYS);
    }
    return Objects.requireNonNull(server.pollTransmit(0)).toByteArray();
  }
}
