package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ActionRequestNormal;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.GetRequestNormal;
import io.dlms4j.cosem.apdu.InitiateRequest;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import io.dlms4j.cosem.apdu.SetRequestNormal;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.CounterId;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody on the line has at hand, and what shows whether it was of any use. */
final class Attacks {
  /** Exception-response: service-not-allowed, operation-not-possible. */
  static final List<String> TOO_WEAK = List.of("D80101");

  /** Exception-response: service-not-allowed, deciphering-error. */
  static final List<String> NOT_AUTHENTIC = List.of("D80105");

  /** Where the flip breaks the form of the APDU: service-unknown. */
  private static final Set<String> REFUSALS = Set.of("D80101", "D80105", "D80202", "D80203");

  static final ApduCodec CODEC = new ApduCodec(DecodeLimits.DEFAULT, Set.of());
  static final SecureRandom RANDOM = new SecureRandom();

  static final ServiceRequest GET = new ServiceRequest.Get(MeterModel.attribute(1), null);
  static final ServiceRequest SET =
      new ServiceRequest.Set(MeterModel.attribute(1), value("0102030405"));
  static final ServiceRequest ACTION =
      new ServiceRequest.Action(MeterModel.method(1), value("AABBCC"));
  static final List<ServiceRequest> SERVICES = List.of(GET, SET, ACTION);
  static final ServiceRequest READ = new ServiceRequest.Read(List.of(MeterModel.variable(1)));
  static final ServiceRequest WRITE =
      new ServiceRequest.Write(List.of(MeterModel.variable(1)), List.of(value("01")));

  static final Octets PLAIN_GET =
      encode(
          new GetRequestNormal(
              InvokeIdAndPriority.of(1, true, true), MeterModel.attribute(1), null));
  static final Octets PLAIN_SET =
      encode(
          new SetRequestNormal(
              InvokeIdAndPriority.of(1, true, true),
              new AttributeWithSelection(MeterModel.attribute(1)),
              value("66")));
  static final Octets PLAIN_ACTION =
      encode(
          new ActionRequestNormal(
              InvokeIdAndPriority.of(1, true, true), MeterModel.method(1), value("66")));

  private Attacks() {}

  static EncodedData value(String hex) {
    return EncodedData.of(CosemData.octetString(Octets.ofHex(hex)));
  }

  static Octets encode(Apdu apdu) {
    return CODEC.encode(apdu);
  }

  static InitiateRequest initiateRequest(@Nullable Octets dedicatedKey) {
    return new InitiateRequest(
        dedicatedKey, true, null, InitiateRequest.DLMS_VERSION, Services.LOGICAL_NAMES, 0xFFFF);
  }

  /** Exception-response: invocation-counter-error, and the counter that is expected. */
  static List<String> replay(long expected) {
    return List.of("D80106%08X".formatted(expected));
  }

  static List<String> hex(List<Octets> apdus) {
    return apdus.stream().map(Octets::toHex).toList();
  }

  static Octets flip(Octets apdu, int bit) {
    byte[] octets = apdu.toByteArray();
    octets[bit / 8] ^= (byte) (0x80 >> bit % 8);
    return Octets.view(octets);
  }

  static Octets with(Octets apdu, int at, int octet) {
    byte[] octets = apdu.toByteArray();
    octets[at] = (byte) octet;
    return Octets.view(octets);
  }

  static Octets join(Octets... parts) {
    StringBuilder all = new StringBuilder();
    for (Octets part : parts) {
      all.append(part.toHex());
    }
    return Octets.ofHex(all.toString());
  }

  /** One way to protect messages. */
  record Kind(
      SecuritySuite suite,
      HlsMechanism mechanism,
      CipheringForm form,
      KeyKind key,
      Set<Protection> protection,
      boolean shortNames) {
    SecuredPair pair() {
      return Attacks.pair(suite, mechanism, form, key, protection, shortNames);
    }

    List<ServiceRequest> services() {
      return shortNames ? List.of(READ, WRITE) : SERVICES;
    }

    /** Between two bits that are tried; public keys take too long for all of them. */
    int step() {
      return suite.hasPublicKeys() ? 61 : 1;
    }
  }

  private static Kind usual(CipheringForm form, KeyKind key, boolean shortNames) {
    return new Kind(
        SecuritySuite.SUITE_0, HlsMechanism.GMAC, form, key, SecuredPair.BOTH, shortNames);
  }

  static List<Kind> kinds() {
    List<Kind> all = new ArrayList<>();
    for (CipheringForm form :
        List.of(CipheringForm.SERVICE_SPECIFIC, CipheringForm.GENERAL_GLO_OR_DED)) {
      for (KeyKind key : List.of(KeyKind.GLOBAL_UNICAST, KeyKind.DEDICATED)) {
        all.add(usual(form, key, false));
      }
    }
    all.add(usual(CipheringForm.GENERAL_CIPHERING, KeyKind.GLOBAL_UNICAST, false));
    all.add(usual(CipheringForm.GENERAL_CIPHERING, KeyKind.WRAPPED, false));
    all.add(usual(CipheringForm.SERVICE_SPECIFIC, KeyKind.GLOBAL_UNICAST, true));
    all.add(
        new Kind(
            SecuritySuite.SUITE_0,
            HlsMechanism.SHA_256,
            CipheringForm.SERVICE_SPECIFIC,
            KeyKind.GLOBAL_UNICAST,
            Set.of(Protection.AUTHENTICATED),
            false));
    for (SecuritySuite suite : List.of(SecuritySuite.SUITE_1, SecuritySuite.SUITE_2)) {
      for (KeyKind key : List.of(KeyKind.AGREED_ONE_PASS, KeyKind.AGREED_STATIC)) {
        all.add(
            new Kind(
                suite,
                HlsMechanism.ECDSA,
                CipheringForm.GENERAL_CIPHERING,
                key,
                EnumSet.allOf(Protection.class),
                false));
      }
    }
    return all;
  }

  /** Both sides insist on authentication and encryption, in every message and either direction. */
  static SecuredPair pair(
      SecuritySuite suite,
      @Nullable HlsMechanism by,
      CipheringForm form,
      KeyKind key,
      Set<Protection> protection,
      boolean shortNames) {
    SecuredPair pair = new SecuredPair(suite);
    ClientSecurity.Builder client = pair.clientSecurity();
    ServerSecurity.Builder server = pair.cipheringServer();
    SecuredPair.authenticate(by, client, server);
    client.ciphering(protection).key(key).form(form).server(SecuredPair.SERVER);
    pair.policy = new SecurityPolicy(protection, protection);
    return pair.with(client.build(), server.build(), shortNames, 0xFFFF, 0xFFFF);
  }

  static SecuredPair pair(CipheringForm form, KeyKind key) {
    return pair(SecuritySuite.SUITE_0, HlsMechanism.GMAC, form, key, SecuredPair.BOTH, false);
  }

  /** Suite 0, GMAC, the services' own ciphered APDUs with the global unicast key. */
  static SecuredPair pair() {
    return pair(CipheringForm.SERVICE_SPECIFIC, KeyKind.GLOBAL_UNICAST);
  }

  static SecuredPair open() {
    return opened(pair());
  }

  static SecuredPair opened(SecuredPair pair) {
    pair.open();
    assertTrue(pair.isOpen(), () -> pair.heard + " " + pair.told);
    return pair;
  }

  /** How somebody with these keys protects what is from one to the other. */
  static ApduProtection forger(
      KeyRing keys, SystemTitle from, SystemTitle to, InvocationCounterStore counters) {
    return ApduProtection.builder(keys, from, to, counters, RANDOM).build();
  }

  /** The client's own protection, with which a test makes what the client would not. */
  static ApduProtection asClient(SecuredPair pair) {
    return forger(pair.clientKeys, SecuredPair.CLIENT, SecuredPair.SERVER, pair.clientCounters);
  }

  static ApduProtection asServer(SecuredPair pair) {
    return forger(pair.serverKeys, SecuredPair.SERVER, SecuredPair.CLIENT, pair.serverCounters);
  }

  static CounterId counter(SystemTitle of, @Nullable KeyMaterial key) {
    return CounterId.of(of, Objects.requireNonNull(key));
  }

  /** What the server would take next of the client. */
  static long expected(SecuredPair pair) {
    return pair.serverCounters.lowestAcceptable(
        counter(SecuredPair.CLIENT, pair.serverKeys.unicastKey()));
  }

  /** All counters that either side has received, those of messages without a tag too. */
  static List<Long> received(SecuredPair pair) {
    List<Long> all = new ArrayList<>();
    for (InvocationCounterStore store : List.of(pair.clientCounters, pair.serverCounters)) {
      for (SystemTitle title : List.of(SecuredPair.CLIENT, SecuredPair.SERVER)) {
        for (KeyRing ring : List.of(pair.clientKeys, pair.serverKeys)) {
          for (KeyMaterial key : new KeyMaterial[] {ring.unicastKey(), ring.broadcastKey()}) {
            if (key != null) {
              CounterId id = CounterId.of(title, key);
              all.add(store.lowestAcceptable(id));
              all.add(store.lowestAcceptable(new CounterId(title, id.fingerprint(), false)));
            }
          }
        }
      }
    }
    return all;
  }

  /** The server answers so, carries out nothing, and stays as it is. */
  static void assertRefused(SecuredPair pair, Octets apdu, List<String> answers) {
    List<Long> counters = received(pair);
    int served = pair.served.size();
    boolean associated = pair.server.isAssociated();
    assertEquals(answers, hex(pair.inject(apdu)), apdu::toHex);
    assertEquals(served, pair.served.size(), apdu::toHex);
    assertEquals(counters, received(pair), apdu::toHex);
    assertEquals(associated, pair.server.isAssociated());
  }

  /** Each bit of it changed is refused, and then what was not changed is taken. */
  static void assertEveryFlipRefused(SecuredPair pair, Octets apdu, int step) {
    List<Long> counters = received(pair);
    int served = pair.served.size();
    for (int bit = 0; bit < 8 * apdu.length(); bit += step) {
      Octets changed = flip(apdu, bit);
      List<String> answers = hex(pair.inject(changed));
      String at = "bit " + bit + " of " + apdu.toHex();
      assertEquals(1, answers.size(), at);
      assertTrue(REFUSALS.contains(answers.get(0)), () -> at + ": " + answers);
      assertEquals(served, pair.served.size(), at);
      assertEquals(counters, received(pair), at);
    }
  }

  /** Lets the client have the answers to what was held up, and gives what it makes of them. */
  static @Nullable ServiceResponse deliver(SecuredPair pair, Octets request) {
    for (Octets answer : pair.inject(request)) {
      pair.client.receive(answer, pair.now);
    }
    pair.run();
    return pair.response();
  }
}
