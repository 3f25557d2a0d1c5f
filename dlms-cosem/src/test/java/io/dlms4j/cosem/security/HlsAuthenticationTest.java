package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException.Scope;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HlsAuthenticationTest {
  private static final Vectors VECTORS = Vectors.load("hls.txt");
  private static final Octets CTOS = VECTORS.get("CtoS");
  private static final Octets STOC = VECTORS.get("StoC");

  private static ApduProtection side(boolean client, long counter) {
    KeyRing keys =
        KeyRing.builder(SecuritySuite.SUITE_0)
            .unicastKey(VECTORS.key("encryption key"))
            .authenticationKey(VECTORS.key("authentication key"))
            .hlsSecret(VECTORS.key("encryption key"))
            .build();
    SystemTitle own = VECTORS.title(client ? "client" : "server");
    SystemTitle peer = VECTORS.title(client ? "server" : "client");
    InMemoryInvocationCounterStore counters = new InMemoryInvocationCounterStore();
    counters.skipTo(CounterId.of(own, VECTORS.key("encryption key")), counter);
    return ApduProtection.builder(keys, own, peer, counters, Parties.RANDOM).build();
  }

  @ParameterizedTest
  @CsvSource({"MD5, md5", "SHA_1, sha-1", "GMAC, gmac", "SHA_256, sha-256"})
  void theAnswersAreThoseOfTheVectors(HlsMechanism mechanism, String name) {
    HlsAuthentication client = HlsAuthentication.of(mechanism, side(true, 1), CTOS);
    HlsAuthentication server = HlsAuthentication.of(mechanism, side(false, 0x01234567L), STOC);
    server.receive(client.ownChallenge());
    client.receive(server.ownChallenge());
    Octets ofClient = client.answer();
    assertEquals(VECTORS.get(name + " f(StoC)"), ofClient);
    server.verify(ofClient);
    Octets ofServer = server.answer();
    assertEquals(VECTORS.get(name + " f(CtoS)"), ofServer);
    client.verify(ofServer);
  }

  private static List<Parties> partiesFor(HlsMechanism mechanism) {
    List<Parties> parties = new ArrayList<>();
    for (SecuritySuite suite : SecuritySuite.values()) {
      if (suite.hasPublicKeys() || mechanism != HlsMechanism.ECDSA) {
        parties.add(new Parties(suite));
      }
    }
    return parties;
  }

  private static HlsAuthentication new32(HlsMechanism mechanism, ApduProtection side) {
    return HlsAuthentication.of(
        mechanism, side, HlsAuthentication.newChallenge(mechanism, 32, Parties.RANDOM));
  }

  @ParameterizedTest
  @EnumSource(value = HlsMechanism.class, names = "MANUFACTURER", mode = EnumSource.Mode.EXCLUDE)
  void bothSidesProveThemselvesAndNoBitOfAnAnswerMayBeWrong(HlsMechanism mechanism) {
    for (Parties parties : partiesFor(mechanism)) {
      HlsAuthentication client = new32(mechanism, parties.client);
      HlsAuthentication server = new32(mechanism, parties.server);
      client.receive(server.ownChallenge());
      server.receive(client.ownChallenge());
      Octets answer = client.answer();
      int step = mechanism == HlsMechanism.ECDSA ? 41 : 1;
      for (int bit = 0; bit < 8 * answer.length(); bit += step) {
        byte[] changed = answer.toByteArray();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        ProtectionException refusal =
            assertThrows(ProtectionException.class, () -> server.verify(Octets.view(changed)));
        assertEquals(Scope.ASSOCIATION, refusal.scope());
      }
      for (int length = 0; length < answer.length(); length++) {
        Octets cut = answer.slice(0, length);
        assertEquals(
            Reason.NOT_AUTHENTIC,
            assertThrows(ProtectionException.class, () -> server.verify(cut)).reason());
      }
      server.verify(answer);
      client.verify(server.answer());
    }
  }

  @ParameterizedTest
  @EnumSource(value = HlsMechanism.class, names = "MANUFACTURER", mode = EnumSource.Mode.EXCLUDE)
  void whoHasOtherKeysIsRefusedWithoutTellingThem(HlsMechanism mechanism) {
    for (Parties parties : partiesFor(mechanism)) {
      HlsAuthentication client = new32(mechanism, parties.client);
      HlsAuthentication stranger = new32(mechanism, new Parties(parties.serverKeys.suite()).server);
      client.receive(stranger.ownChallenge());
      stranger.receive(client.ownChallenge());
      ProtectionException refusal =
          assertThrows(ProtectionException.class, () -> client.verify(stranger.answer()));
      assertEquals(Reason.NOT_AUTHENTIC, refusal.reason());
      assertEquals(Scope.ASSOCIATION, refusal.scope());
    }
  }

  @Test
  void anAnswerWithGmacAnswersNoOtherChallenge() {
    Parties parties = new Parties(SecuritySuite.SUITE_0);
    HlsAuthentication client = new32(HlsMechanism.GMAC, parties.client);
    HlsAuthentication server = new32(HlsMechanism.GMAC, parties.server);
    client.receive(server.ownChallenge());
    server.receive(client.ownChallenge());
    Octets answer = client.answer();
    server.verify(answer);
    HlsAuthentication next = new32(HlsMechanism.GMAC, parties.server);
    next.receive(client.ownChallenge());
    assertEquals(
        Reason.NOT_AUTHENTIC,
        assertThrows(ProtectionException.class, () -> next.verify(answer)).reason());
  }

  @Test
  void anAnswerWithGmacIsTakenFromAnApduWhoseCounterIsHigher() {
    Parties parties = new Parties(SecuritySuite.SUITE_0);
    HlsAuthentication client = new32(HlsMechanism.GMAC, parties.client);
    HlsAuthentication server = new32(HlsMechanism.GMAC, parties.server);
    client.receive(server.ownChallenge());
    server.receive(client.ownChallenge());
    Octets answer = client.answer();
    parties.server.unprotect(
        parties.client.protectServiceSpecific(
            Octets.of(0xC3), KeyKind.GLOBAL_UNICAST, EnumSet.of(Protection.AUTHENTICATED)));
    server.verify(answer);
    assertEquals(3, parties.server.lowestAcceptable(KeyKind.GLOBAL_UNICAST));
  }

  @ParameterizedTest
  @EnumSource(HlsMechanism.class)
  void ourOwnChallengeSentBackIsRefused(HlsMechanism mechanism) {
    HlsAuthentication side = manufacturerOr(mechanism);
    ProtectionException refusal =
        assertThrows(
            ProtectionException.class,
            () -> side.receive(Octets.copyOf(side.ownChallenge().toByteArray())));
    assertEquals(Reason.NOT_AUTHENTIC, refusal.reason());
    assertEquals(Scope.ASSOCIATION, refusal.scope());
    assertThrows(IllegalStateException.class, side::answer);
    assertThrows(IllegalStateException.class, () -> side.verify(Octets.EMPTY));
  }

  @ParameterizedTest
  @EnumSource(HlsMechanism.class)
  void challengesAreNeitherTooShortNorTooLong(HlsMechanism mechanism) {
    HlsAuthentication side = manufacturerOr(mechanism);
    int shortest = mechanism == HlsMechanism.ECDSA ? 32 : 8;
    for (int length : new int[] {0, shortest - 1, 65}) {
      assertEquals(
          Reason.MALFORMED,
          assertThrows(ProtectionException.class, () -> side.receive(Octets.view(new byte[length])))
              .reason());
      assertThrows(
          IllegalArgumentException.class,
          () -> HlsAuthentication.newChallenge(mechanism, length, Parties.RANDOM));
    }
    side.receive(Octets.view(new byte[shortest]));
    side.receive(Octets.view(new byte[64]));
  }

  private static HlsAuthentication manufacturerOr(HlsMechanism mechanism) {
    return mechanism == HlsMechanism.MANUFACTURER
        ? HlsAuthentication.manufacturer(
            new Reversing(), HlsAuthentication.newChallenge(mechanism, 16, Parties.RANDOM))
        : new32(mechanism, new Parties(SecuritySuite.SUITE_1).client);
  }

  /** A manufacturer's function, as bad as they may be: it turns the challenge round. */
  private static final class Reversing implements HlsFunction {
    @Override
    public Octets respond(Octets received, Octets own) {
      return reversed(received);
    }

    @Override
    public boolean verify(Octets answer, Octets received, Octets own) {
      return answer.equals(reversed(own));
    }

    private static Octets reversed(Octets challenge) {
      byte[] reversed = new byte[challenge.length()];
      for (int i = 0; i < reversed.length; i++) {
        reversed[i] = (byte) challenge.at(reversed.length - 1 - i);
      }
      return Octets.view(reversed);
    }
  }

  @Test
  void aManufacturersFunctionIsAskedForMechanism2() {
    HlsAuthentication client = manufacturerOr(HlsMechanism.MANUFACTURER);
    HlsAuthentication server = manufacturerOr(HlsMechanism.MANUFACTURER);
    client.receive(server.ownChallenge());
    server.receive(client.ownChallenge());
    server.verify(client.answer());
    assertEquals(
        Reason.NOT_AUTHENTIC,
        assertThrows(ProtectionException.class, () -> client.verify(client.answer())).reason());
  }

  @Test
  void aMechanismWithoutItsKeyIsAnErrorOfThisSide() {
    ApduProtection poor =
        ApduProtection.builder(
                KeyRing.builder(SecuritySuite.SUITE_1).build(),
                Parties.CLIENT,
                Parties.SERVER,
                new InMemoryInvocationCounterStore(),
                Parties.RANDOM)
            .build();
    for (HlsMechanism mechanism : HlsMechanism.values()) {
      if (mechanism != HlsMechanism.MANUFACTURER) {
        assertEquals(
            Reason.UNKNOWN_KEY,
            assertThrows(ProtectionException.class, () -> new32(mechanism, poor)).reason());
      }
    }
  }
}
