package io.dlms4j.client;

import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.association.ClientSecurity;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.association.ServerSecurity;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.AssociationOffer;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** How the associations of the contract are protected: all of it runs with each. */
enum Guard {
  /** In clear, with a password where one is wanted. */
  PLAIN {
    @Override
    AssociationOffer open(ServerAssociationConfig.Builder config, AccessPolicy rights) {
      return AssociationOffer.of(config.build(), rights);
    }

    @Override
    AssociationOffer closed(ServerAssociationConfig.Builder config, AccessPolicy rights) {
      return AssociationOffer.of(
          config.lowLevelSecurity(Password.ofText(PASSWORD)).build(), rights);
    }

    @Override
    DlmsClientBuilder anybody(DlmsClientBuilder client) {
      return client;
    }

    @Override
    DlmsClientBuilder friend(DlmsClientBuilder client) {
      return client.lowLevelSecurity(PASSWORD);
    }

    @Override
    DlmsClientBuilder stranger(DlmsClientBuilder client) {
      return client.lowLevelSecurity("wrong");
    }

    @Override
    ResultSourceDiagnostic refusal() {
      return ResultSourceDiagnostic.AUTHENTICATION_REQUIRED;
    }

    @Override
    int room(int octets) {
      return octets;
    }
  },

  /** HLS with GMAC, every message authenticated and encrypted, each client with its own title. */
  SECURED {
    @Override
    AssociationOffer open(ServerAssociationConfig.Builder config, AccessPolicy rights) {
      return AssociationOffer.of(
              config
                  .security(
                      ServerSecurity.builder(SERVER)
                          .authentication(HlsMechanism.GMAC)
                          .counters(new InMemoryInvocationCounterStore())
                          .ciphering(() -> SecurityPolicy.ofVersion0(3))
                          .build())
                  .build(),
              rights)
          .withKeys((server, client) -> CompletableFuture.completedStage(KEYS));
    }

    @Override
    AssociationOffer closed(ServerAssociationConfig.Builder config, AccessPolicy rights) {
      return open(config, rights);
    }

    @Override
    DlmsClientBuilder anybody(DlmsClientBuilder client) {
      return client.security(security(KEYS));
    }

    @Override
    DlmsClientBuilder friend(DlmsClientBuilder client) {
      return anybody(client);
    }

    @Override
    DlmsClientBuilder stranger(DlmsClientBuilder client) {
      KeyMaterial other = KeyMaterial.ofHex("000102030405060708090A0B0C0D0E00");
      return client.security(security(KEYS.toBuilder().authenticationKey(other).build()));
    }

    @Override
    ResultSourceDiagnostic refusal() {
      return ResultSourceDiagnostic.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED;
    }

    /** Of glo-ciphering: tag, length, security header, authentication tag (Green Book 9.2.7). */
    @Override
    int room(int octets) {
      return octets - PROTECTION;
    }

    private ClientSecurity security(KeyRing keys) {
      String title = String.format(Locale.ROOT, "484E4400%08X", CLIENTS.incrementAndGet());
      return ClientSecurity.builder(SystemTitle.ofHex(title))
          .server(SERVER)
          .keys(keys)
          .counters(new InMemoryInvocationCounterStore())
          .authentication(HlsMechanism.GMAC)
          .ciphering()
          .build();
    }
  };

  private static final int PROTECTION = 30;
  private static final String PASSWORD = TestMeter.PASSWORD;
  private static final SystemTitle SERVER = SystemTitle.ofHex("4B414D0001112131");
  private static final AtomicInteger CLIENTS = new AtomicInteger();
  private static final KeyRing KEYS =
      KeyRing.builder(SecuritySuite.SUITE_0)
          .unicastKey(KeyMaterial.ofHex("000102030405060708090A0B0C0D0E0F"))
          .authenticationKey(KeyMaterial.ofHex("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF"))
          .build();

  /** An association that is for anybody who knows no more than this guard asks of all. */
  abstract AssociationOffer open(ServerAssociationConfig.Builder config, AccessPolicy rights);

  /** An association that is for friends. */
  abstract AssociationOffer closed(ServerAssociationConfig.Builder config, AccessPolicy rights);

  /** A client of an open association. */
  abstract DlmsClientBuilder anybody(DlmsClientBuilder client);

  /** A client of a closed association. */
  abstract DlmsClientBuilder friend(DlmsClientBuilder client);

  /** A client that gets into no closed association. */
  abstract DlmsClientBuilder stranger(DlmsClientBuilder client);

  /** Why a client is refused that does not even try to get in. */
  abstract ResultSourceDiagnostic refusal();

  /** Octets that are left of an APDU of so many for what is protected in it. */
  abstract int room(int octets);
}
