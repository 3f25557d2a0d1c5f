package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.security.HlsFunction;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client and a server back to back, with keys of their own, on a line that a test can listen to
 * and that it can write to. The server's application is a {@link MeterModel}.
 */
final class SecuredPair {
  static final SystemTitle CLIENT = SystemTitle.ofHex("4D4D4D0000BC614E");
  static final SystemTitle SERVER = SystemTitle.ofHex("4D4D4D0000000001");
  static final Set<Protection> BOTH = EnumSet.of(Protection.AUTHENTICATED, Protection.ENCRYPTED);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MOST_ROUNDS = 10_000;

  final InvocationCounterStore clientCounters = new InMemoryInvocationCounterStore();
  final InvocationCounterStore serverCounters = new InMemoryInvocationCounterStore();
  final KeyRing clientKeys;
  KeyRing serverKeys;
  SecurityPolicy policy = SecurityPolicy.NONE;

  final MeterModel meter = new MeterModel();
  final List<Octets> up = new ArrayList<>();
  final List<Octets> down = new ArrayList<>();
  final List<ServerAssociationEvent> told = new ArrayList<>();
  final List<ClientAssociationEvent> heard = new ArrayList<>();

  /** What the meter did, in order. */
  final List<ServiceRequest> served = new ArrayList<>();

  @Nullable ServiceResponse expected;
  ClientAssociation client;
  ServerAssociation server;
  long now = 1_000;

  SecuredPair(SecuritySuite suite) {
    KeyRing.Builder ofBoth =
        KeyRing.builder(suite)
            .unicastKey(KeyMaterial.generate(suite.keyLength(), RANDOM))
            .broadcastKey(KeyMaterial.generate(suite.keyLength(), RANDOM))
            .authenticationKey(KeyMaterial.generate(suite.keyLength(), RANDOM))
            .masterKey(KeyMaterial.generate(suite.keyLength(), RANDOM))
            .hlsSecret(KeyMaterial.generate(20, RANDOM));
    KeyRing.Builder ofServer = ofBoth.build().toBuilder();
    if (suite.hasPublicKeys()) {
      KeyPair clientSigning = KeyAgreementScheme.generateKeyPair(suite, RANDOM);
      KeyPair serverSigning = KeyAgreementScheme.generateKeyPair(suite, RANDOM);
      KeyPair clientAgreement = KeyAgreementScheme.generateKeyPair(suite, RANDOM);
      KeyPair serverAgreement = KeyAgreementScheme.generateKeyPair(suite, RANDOM);
      ofBoth
          .signing(clientSigning.getPrivate(), serverSigning.getPublic())
          .keyAgreement(clientAgreement.getPrivate(), serverAgreement.getPublic());
      ofServer
          .signing(serverSigning.getPrivate(), clientSigning.getPublic())
          .keyAgreement(serverAgreement.getPrivate(), clientAgreement.getPublic());
    }
    clientKeys = ofBoth.build();
    serverKeys = ofServer.build();
    client = new ClientAssociation(ClientAssociationConfig.builder().build());
    server = new ServerAssociation(ServerAssociationConfig.builder().lowestLevelSecurity().build());
  }

  ClientSecurity.Builder clientSecurity() {
    return ClientSecurity.builder(CLIENT).keys(clientKeys).counters(clientCounters);
  }

  ServerSecurity.Builder serverSecurity() {
    return ServerSecurity.builder(SERVER).counters(serverCounters);
  }

  /** The server takes whatever the policy says. */
  ServerSecurity.Builder cipheringServer() {
    return serverSecurity().ciphering(() -> policy);
  }

  /** Both sides authenticate by a mechanism; null for none. */
  static void authenticate(
      @Nullable HlsMechanism by, ClientSecurity.Builder client, ServerSecurity.Builder server) {
    if (by == HlsMechanism.MANUFACTURER) {
      client.authentication(new Reversed());
      server.authentication(new Reversed());
    } else if (by != null) {
      client.authentication(by);
      server.authentication(by);
    }
  }

  SecuredPair with(ClientSecurity ofClient, ServerSecurity ofServer) {
    return with(ofClient, ofServer, false, 0xFFFF, 0xFFFF);
  }

  SecuredPair with(
      @Nullable ClientSecurity ofClient,
      @Nullable ServerSecurity ofServer,
      boolean shortNames,
      int mostUp,
      int mostDown) {
    Set<Conformance> services = shortNames ? Services.SHORT_NAMES : Services.LOGICAL_NAMES;
    ClientAssociationConfig.Builder clientConfig =
        ClientAssociationConfig.builder().maxReceivePduSize(mostDown);
    ServerAssociationConfig.Builder serverConfig =
        ServerAssociationConfig.builder()
            .lowestLevelSecurity()
            .maxReceivePduSize(mostUp)
            .maxSendPduSize(0xFFFF);
    if (shortNames) {
      clientConfig.shortNames();
      serverConfig.shortNames();
    }
    if (ofClient != null) {
      clientConfig.security(ofClient);
    }
    if (ofServer != null) {
      serverConfig.security(ofServer);
    }
    client = new ClientAssociation(clientConfig.conformance(services).build());
    server = new ServerAssociation(serverConfig.conformance(services).build());
    return this;
  }

  /** Opens the association, or fails to. */
  SecuredPair open() {
    server.linkUp();
    client.linkUp(now);
    run();
    return this;
  }

  boolean isOpen() {
    return client.isAssociated() && server.isAssociated();
  }

  /** Why the client has no association, or the request no answer. */
  DlmsException failure() {
    for (ClientAssociationEvent event : heard) {
      if (event instanceof ClientAssociationEvent.AssociationFailed failed) {
        return failed.cause();
      } else if (event instanceof ClientAssociationEvent.RequestFailed failed) {
        return failed.cause();
      }
    }
    throw new AssertionError("nothing failed: " + heard);
  }

  /** Asks, lets both sides finish, and gives what the client heard; null if it heard nothing. */
  @Nullable ServiceResponse ask(ServiceRequest request) {
    return ask(request, RequestOptions.DEFAULT);
  }

  @Nullable ServiceResponse ask(ServiceRequest request, RequestOptions options) {
    heard.clear();
    client.request(request, options, now);
    run();
    return response();
  }

  /** What the client has heard of the one request since it was made; null if nothing. */
  @Nullable ServiceResponse response() {
    AxdrWriter parts = new AxdrWriter();
    for (ClientAssociationEvent event : heard) {
      if (event instanceof ClientAssociationEvent.Responded responded) {
        return responded.response();
      } else if (event instanceof ClientAssociationEvent.DataReceived part) {
        parts.writeOctets(part.octets());
        if (part.last()) {
          return new ServiceResponse.Data(
              List.of(new GetDataResult.Data(EncodedData.read(AxdrReader.of(parts.toOctets())))));
        }
      } else if (event instanceof ClientAssociationEvent.RequestFailed failed
          && failed.cause() instanceof DataAccessException refused) {
        return new ServiceResponse.Data(List.of(new GetDataResult.Failure(refused.result())));
      }
    }
    return null;
  }

  /** Carries everything over until both are quiet. */
  void run() {
    for (int i = 0; i < MOST_ROUNDS; i++) {
      takeEvents();
      Octets request = client.pollTransmit(now);
      if (request != null) {
        up.add(request);
        server.receive(request, now);
        continue;
      }
      takeEvents();
      Octets answer = server.pollTransmit(now);
      if (answer == null) {
        takeEvents();
        return;
      }
      down.add(answer);
      client.receive(answer, now);
    }
    throw new AssertionError("they never become quiet");
  }

  /** What the server answers to octets that somebody puts on the line; empty if nothing. */
  List<Octets> inject(Octets apdu) {
    server.receive(apdu, now);
    takeEvents();
    List<Octets> answers = new ArrayList<>();
    for (Octets answer = server.pollTransmit(now);
        answer != null;
        answer = server.pollTransmit(now)) {
      answers.add(answer);
      takeEvents();
    }
    return answers;
  }

  /** The next APDU of the client, which does not reach the server. */
  Octets intercept(ServiceRequest request) {
    heard.clear();
    client.request(request, RequestOptions.DEFAULT, now);
    Octets apdu = client.pollTransmit(now);
    if (apdu == null) {
      throw new AssertionError("the client asks nothing");
    }
    return apdu;
  }

  void takeEvents() {
    for (ServerAssociationEvent event = server.pollEvent();
        event != null;
        event = server.pollEvent()) {
      told.add(event);
      if (event instanceof ServerAssociationEvent.KeysWanted wanted) {
        server.useKeys(wanted.client(), serverKeys);
      } else if (event instanceof ServerAssociationEvent.ServiceIndication indication) {
        serve(indication);
      }
    }
    for (ClientAssociationEvent event = client.pollEvent();
        event != null;
        event = client.pollEvent()) {
      heard.add(event);
    }
  }

  private void serve(ServerAssociationEvent.ServiceIndication indication) {
    served.add(indication.service());
    ServiceResponse response = meter.serve(indication.service());
    expected = response;
    List<ItemResult> items = MeterModel.items(response);
    for (int i = 0; i < items.size(); i++) {
      server.answer(indication.request(), i, items.get(i));
    }
  }

  /** A manufacturer's function, such as it is: the challenge backwards, and a word. */
  static final class Reversed implements HlsFunction {
    @Override
    public Octets respond(Octets received, Octets own) {
      return of(received);
    }

    @Override
    public boolean verify(Octets answer, Octets received, Octets own) {
      return of(own).equals(answer);
    }

    private static Octets of(Octets challenge) {
      AxdrWriter writer = new AxdrWriter();
      for (int i = challenge.length() - 1; i >= 0; i--) {
        writer.writeUnsigned8(challenge.at(i));
      }
      return writer
          .writeOctets(Octets.copyOf("swordfish".getBytes(StandardCharsets.US_ASCII)))
          .toOctets();
    }
  }
}
