package io.dlms4j.examples.cli.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.GeneralHeader;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Protected APDUs of every kind, changed and cut and in one another, before a session with keys.
 */
class SessionPropertiesTest {
  private static final SystemTitle CLIENT = SystemTitle.ofHex("4D4D4D0000000001");
  private static final SystemTitle SERVER = SystemTitle.ofHex("4D4D4D0000BC614E");
  private static final Octets REQUEST = Octets.ofHex("C001C1000301010108 00FF0200");
  private static final SecuritySuite SUITE = SecuritySuite.SUITE_1;
  private static final GeneralHeader HEADER = GeneralHeader.ofTransaction(Octets.of(1));
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyMaterial DEDICATED = KeyMaterial.generate(16, RANDOM);

  /** Either party's keys, by turns. */
  private record Keys(KeyRing ofServer, KeyRing ofClient) implements SessionKeys {
    @Override
    public Optional<KeyRing> between(
        SecuritySuite suite, SystemTitle originator, SystemTitle recipient, boolean eitherAgrees) {
      return suite != SUITE
          ? Optional.empty()
          : Optional.of(originator.equals(SERVER) ? ofClient : ofServer);
    }

    @Override
    public List<KeyMaterial> dedicatedKeys() {
      return List.of(DEDICATED);
    }
  }

  private static final Keys KEYS = keys();
  private static final List<Octets> APDUS = apdus();

  private static Keys keys() {
    KeyPair clientSigning = KeyAgreementScheme.generateKeyPair(SUITE, RANDOM);
    KeyPair serverSigning = KeyAgreementScheme.generateKeyPair(SUITE, RANDOM);
    KeyPair clientAgreement = KeyAgreementScheme.generateKeyPair(SUITE, RANDOM);
    KeyPair serverAgreement = KeyAgreementScheme.generateKeyPair(SUITE, RANDOM);
    KeyRing ofBoth =
        KeyRing.builder(SUITE)
            .unicastKey(KeyMaterial.generate(16, RANDOM))
            .broadcastKey(KeyMaterial.generate(16, RANDOM))
            .authenticationKey(KeyMaterial.generate(16, RANDOM))
            .masterKey(KeyMaterial.generate(16, RANDOM))
            .build();
    return new Keys(
        ofBoth.toBuilder()
            .signing(serverSigning.getPrivate(), clientSigning.getPublic())
            .keyAgreement(serverAgreement.getPrivate(), clientAgreement.getPublic())
            .build(),
        ofBoth.toBuilder()
            .signing(clientSigning.getPrivate(), serverSigning.getPublic())
            .keyAgreement(clientAgreement.getPrivate(), serverAgreement.getPublic())
            .build());
  }

  private static ApduProtection client() {
    ApduProtection client =
        ApduProtection.builder(
                KEYS.ofClient, CLIENT, SERVER, new InMemoryInvocationCounterStore(), RANDOM)
            .build();
    client.useDedicatedKey(DEDICATED);
    return client;
  }

  private static List<Octets> apdus() {
    ApduProtection client = client();
    List<Apdu> apdus = new ArrayList<>();
    for (Set<Protection> protection :
        List.of(
            EnumSet.of(Protection.AUTHENTICATED),
            EnumSet.of(Protection.ENCRYPTED),
            EnumSet.of(Protection.AUTHENTICATED, Protection.ENCRYPTED))) {
      apdus.add(client.protectServiceSpecific(REQUEST, KeyKind.GLOBAL_UNICAST, protection));
      apdus.add(client.protectServiceSpecific(REQUEST, KeyKind.DEDICATED, protection));
      apdus.add(client.protectGeneralGlo(REQUEST, KeyKind.GLOBAL_BROADCAST, protection));
      apdus.add(client.protectGeneralDed(REQUEST, protection));
      for (KeyKind key :
          List.of(
              KeyKind.GLOBAL_UNICAST,
              KeyKind.WRAPPED,
              KeyKind.AGREED_ONE_PASS,
              KeyKind.AGREED_STATIC)) {
        apdus.add(client.protectGeneral(REQUEST, key, protection, HEADER));
      }
    }
    apdus.add(client.sign(REQUEST, HEADER));
    return apdus.stream().map(ApduCodec.STANDARD::encode).toList();
  }

  private static Session session() {
    return new Session(KEYS, CLIENT, SERVER);
  }

  private static String print(Octets octets, Session session) {
    StringBuilder printed = new StringBuilder();
    for (Part part : Frames.decode(octets, session)) {
      TreeText.of(part, octets).forEach(line -> printed.append(line).append('\n'));
      assertTrue(part.toPlain().size() > 0);
    }
    return printed.toString();
  }

  @Example
  void eachOfThemIsOpenedAsItIs() {
    for (Octets apdu : APDUS) {
      Part part = Frames.decode(apdu, session()).get(0);
      assertEquals(List.of(), part.faults());
      String printed = print(apdu, session());
      assertTrue(printed.contains("class-id: 3, Register"), printed);
      assertTrue(
          printed.contains("right, ") || printed.contains("no tag, so nothing proves it"), printed);
      assertEquals(apdu, Frames.encode(part.toPlain()).get(0));
    }
  }

  @Provide
  Arbitrary<Octets> apdu() {
    return Arbitraries.of(APDUS);
  }

  /** Changes what the tag covers, or what says how it is covered: none of it goes unnoticed. */
  @Property(tries = 3000)
  void aChangedOctetIsNeverTakenForRight(
      @ForAll("apdu") Octets apdu,
      @ForAll @IntRange(max = 10_000) int where,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] octets = apdu.toByteArray();
    octets[where % octets.length] ^= (byte) change;
    String printed = print(Octets.view(octets), session());
    if (printed.contains("tag right") || printed.contains("signature right")) {
      // The tag of a service-specific APDU is not covered, but what is inside must suit it.
      assertEquals(0, where % octets.length, printed);
      assertTrue(printed.contains("but inside is another service"), printed);
    }
  }

  @Property(tries = 1000)
  void whatIsCutOrNestedOrNoiseIsStillPrinted(
      @ForAll("apdu") Octets apdu,
      @ForAll @IntRange(max = 400) int cut,
      @ForAll byte[] noise,
      @ForAll @IntRange(max = 12) int layers) {
    Session session = session();
    print(apdu.slice(0, Math.max(1, apdu.length() - cut)), session);
    byte[] tagged = new byte[noise.length + 1];
    tagged[0] = (byte) apdu.at(0);
    System.arraycopy(noise, 0, tagged, 1, noise.length);
    print(Octets.view(tagged), session);
    ApduProtection client = client();
    Octets nested = apdu;
    for (int i = 0; i < layers; i++) {
      nested =
          ApduCodec.STANDARD.encode(
              client.protectGeneralGlo(
                  i == 0 ? Octets.view(tagged) : nested,
                  KeyKind.GLOBAL_UNICAST,
                  i % 2 == 0
                      ? EnumSet.of(Protection.AUTHENTICATED)
                      : EnumSet.of(Protection.AUTHENTICATED, Protection.ENCRYPTED)));
    }
    print(nested, session);
    assertEquals(
        "unprotected: tag right",
        print(APDUS.get(0), session)
            .lines()
            .filter(line -> line.contains("unprotected"))
            .map(line -> line.replaceFirst(".*(unprotected: tag right).*", "$1"))
            .findFirst()
            .orElse(""));
  }

  @Provide
  Arbitrary<List<Octets>> learnt() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(20))
        .as((kind, octets) -> List.of(Octets.of(kind), Octets.view(octets)))
        .list()
        .ofMaxSize(15)
        .map(list -> list.stream().flatMap(List::stream).toList());
  }

  /** Whatever else is learnt, up to a bound, what was known before is still tried. */
  @Property(tries = 300)
  void whatIsLearntWronglyDoesNotHideWhatIsRight(@ForAll("learnt") List<Octets> learnt) {
    Session session = session();
    for (int i = 0; i < learnt.size(); i += 2) {
      Octets octets = learnt.get(i + 1);
      switch (learnt.get(i).at(0)) {
        case 0 -> session.learnClient(octets);
        case 1 -> session.learnServer(octets);
        default -> session.learnDedicatedKey(octets);
      }
    }
    for (int dedicated : new int[] {1, 17}) {
      String printed = print(APDUS.get(dedicated), session);
      assertTrue(printed.contains("tag right"), printed);
    }
  }
}
