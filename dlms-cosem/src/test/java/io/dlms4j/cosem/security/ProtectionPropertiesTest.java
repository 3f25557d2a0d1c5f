package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.ProtectedApdu;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Every suite, kind of APDU, key and protection, from one side to the other. */
class ProtectionPropertiesTest {
  private static final Map<SecuritySuite, Parties> PARTIES = new EnumMap<>(SecuritySuite.class);

  static {
    for (SecuritySuite suite : SecuritySuite.values()) {
      PARTIES.put(suite, new Parties(suite, CipherEngine.JDK, CipherEngine.BOUNCY_CASTLE, true));
    }
  }

  private static final Octets GET = Octets.ofHex("C0010000080000010000FF0200");
  private static final List<Set<Protection>> CIPHERING =
      List.of(
          EnumSet.of(Protection.AUTHENTICATED),
          EnumSet.of(Protection.ENCRYPTED),
          EnumSet.of(Protection.AUTHENTICATED, Protection.ENCRYPTED));

  private static Parties parties(SecuritySuite suite) {
    return Objects.requireNonNull(PARTIES.get(suite));
  }

  /** One way to protect an APDU. */
  private record Way(
      SecuritySuite suite,
      Set<Protection> protection,
      KeyKind key,
      BiFunction<ApduProtection, Octets, ProtectedApdu> protect) {
    @Override
    public String toString() {
      return suite + " " + key + " " + protection;
    }
  }

  private static List<Way> ways(SecuritySuite suite, GeneralHeader header) {
    List<Way> ways = new ArrayList<>();
    for (Set<Protection> protection : CIPHERING) {
      for (KeyKind key :
          EnumSet.of(KeyKind.GLOBAL_UNICAST, KeyKind.GLOBAL_BROADCAST, KeyKind.DEDICATED)) {
        ways.add(
            new Way(
                suite, protection, key, (p, a) -> p.protectServiceSpecific(a, key, protection)));
      }
      for (KeyKind key : EnumSet.of(KeyKind.GLOBAL_UNICAST, KeyKind.GLOBAL_BROADCAST)) {
        ways.add(
            new Way(suite, protection, key, (p, a) -> p.protectGeneralGlo(a, key, protection)));
      }
      ways.add(
          new Way(
              suite, protection, KeyKind.DEDICATED, (p, a) -> p.protectGeneralDed(a, protection)));
      EnumSet<KeyKind> general =
          EnumSet.of(KeyKind.GLOBAL_UNICAST, KeyKind.GLOBAL_BROADCAST, KeyKind.WRAPPED);
      if (suite.hasPublicKeys()) {
        general.add(KeyKind.AGREED_ONE_PASS);
        general.add(KeyKind.AGREED_STATIC);
      }
      for (KeyKind key : general) {
        ways.add(
            new Way(
                suite, protection, key, (p, a) -> p.protectGeneral(a, key, protection, header)));
      }
    }
    if (suite.hasPublicKeys()) {
      ways.add(
          new Way(
              suite,
              EnumSet.of(Protection.SIGNED),
              KeyKind.SIGNATURE,
              (p, a) -> p.sign(a, header)));
    }
    return ways;
  }

  private static Octets getRequest(byte[] rest) {
    byte[] apdu = new byte[1 + rest.length];
    apdu[0] = (byte) 0xC0;
    System.arraycopy(rest, 0, apdu, 1, rest.length);
    return Octets.view(apdu);
  }

  private static ProtectedApdu overTheLine(ProtectedApdu apdu) {
    Octets octets = ApduCodec.STANDARD.encode(apdu);
    return (ProtectedApdu) ApduCodec.STANDARD.decode(octets);
  }

  @Property(tries = 15)
  void whatOneSideProtectsTheOtherTakesInAllSuitesAndWays(
      @ForAll @Size(max = 300) byte[] rest,
      @ForAll @Size(min = 1, max = 20) byte[] transactionId,
      @ForAll @Size(max = 12) byte[] information,
      @ForAll boolean toServer) {
    GeneralHeader header =
        new GeneralHeader(
            Octets.view(transactionId), Octets.view(new byte[12]), Octets.view(information));
    for (SecuritySuite suite : SecuritySuite.values()) {
      Parties parties = parties(suite);
      ApduProtection from = toServer ? parties.client : parties.server;
      ApduProtection to = toServer ? parties.server : parties.client;
      Octets apdu = getRequest(rest);
      for (Way way : ways(suite, header)) {
        ProtectedApdu came = overTheLine(way.protect().apply(from, apdu));
        assertEquals(
            new Unprotected(apdu, way.protection(), way.key()), to.unprotect(came), way::toString);
        if (way.key() != KeyKind.SIGNATURE) {
          assertEquals(
              Reason.INVOCATION_COUNTER,
              assertThrows(ProtectionException.class, () -> to.unprotect(came), way::toString)
                  .reason());
        }
      }
    }
  }

  @Example
  void everyBitThatIsChangedOnTheWayIsRefusedAndLeavesTheWholeAcceptable() {
    for (SecuritySuite suite : SecuritySuite.values()) {
      // Here nothing without a tag is taken, so no change of one bit can take the tag away.
      Parties parties = new Parties(suite);
      for (Way way : ways(suite, GeneralHeader.ofTransaction(Octets.of(1, 2, 3, 4)))) {
        if (way.protection().contains(Protection.ENCRYPTED) && way.protection().size() == 1) {
          continue; // It has no tag that could tell.
        }
        ProtectedApdu good = way.protect().apply(parties.client, GET);
        byte[] octets = ApduCodec.STANDARD.encode(good).toByteArray();
        // Public keys take their time: every bit of the symmetric ways, some of the others.
        int step = way.key().compareTo(KeyKind.AGREED_ONE_PASS) < 0 ? 1 : 97;
        for (int bit = 0; bit < 8 * octets.length; bit += step) {
          byte[] changed = octets.clone();
          changed[bit / 8] ^= (byte) (1 << bit % 8);
          assertRefused(parties.server, changed, way + ", bit " + bit);
        }
        assertEquals(GET, parties.server.unprotect(good).apdu(), way::toString);
      }
    }
  }

  private static void assertRefused(ApduProtection receiver, byte[] octets, String what) {
    Apdu came;
    try {
      came = ApduCodec.STANDARD.decode(Octets.copyOf(octets));
    } catch (ApduException e) {
      return;
    }
    if (came instanceof ProtectedApdu apdu) {
      assertThrows(ProtectionException.class, () -> receiver.unprotect(apdu), what);
    }
  }

  @Property(tries = 300)
  void noOctetsMakeAnythingButAnAnswerOrARefusal(
      @ForAll SecuritySuite suite,
      @ForAll @IntRange(max = 10_000) int which,
      @ForAll @Size(max = 4) List<@IntRange(max = 100_000) Integer> changes) {
    Parties parties = parties(suite);
    List<Way> ways = ways(suite, GeneralHeader.ofTransaction(Octets.of(9)));
    Way way = ways.get(which % ways.size());
    byte[] octets =
        ApduCodec.STANDARD.encode(way.protect().apply(parties.client, GET)).toByteArray();
    for (int change : changes) {
      octets[change % octets.length] = (byte) (change >> 8);
    }
    try {
      if (ApduCodec.STANDARD.decode(Octets.view(octets)) instanceof ProtectedApdu apdu) {
        parties.server.unprotect(apdu);
      }
    } catch (ApduException | ProtectionException e) {
      // These are the declared refusals; anything else fails the property.
    }
  }
}
