package io.dlms4j.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.DigitalSignature;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.KeyAgreementScheme.KeyUse;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** key_agreement: method 3 of version 1 (Blue Book 4.4.7; Green Book 9.2.3.4.6). */
class KeyAgreementTest {
  private static final int KEY_AGREEMENT = 3;

  private final Authority authority = new Authority("Test root");

  /** A client with its keys, and a server that has its certificate. */
  private final class Parties {
    final SecuritySuite suite;
    final KeyPair clientSigning;
    final KeyPair serverSigning;
    final KeyRing keys;
    final SecuritySetup setup;

    Parties(SecuritySuite suite) throws GeneralSecurityException {
      this.suite = suite;
      clientSigning = Contexts.pair(suite);
      serverSigning = Contexts.pair(suite);
      keys = Contexts.keys(suite);
      setup =
          Contexts.builder(keys)
              .signing(serverSigning)
              .certificate(
                  authority.certificate(
                      Contexts.CLIENT, Use.DIGITAL_SIGNATURE, clientSigning.getPublic()))
              .build();
    }

    Caller caller() {
      return new Caller(setup.object(), Contexts.CLIENT);
    }

    CosemData item(int keyId, KeyPair ephemeral) {
      return signed(suite, clientSigning, keyId, keyId, ephemeral);
    }

    void assertUnchanged() {
      KeyRing now = Contexts.keysFor(setup, Contexts.CLIENT);
      for (KeyId id : KeyId.values()) {
        assertTrue(Contexts.symmetric(keys, id).matches(Contexts.symmetric(now, id)), id.name());
      }
    }
  }

  private static CosemData signed(
      SecuritySuite suite, KeyPair signing, int keyId, int signedKeyId, KeyPair ephemeral) {
    Octets point = KeyAgreementScheme.toOctets(suite, ephemeral.getPublic());
    Octets signature =
        DigitalSignature.sign(
            suite, signing.getPrivate(), Contexts.RANDOM, Octets.of(signedKeyId), point);
    return Contexts.keyItem(keyId, Contexts.concat(point, signature));
  }

  @ParameterizedTest
  @EnumSource(names = {"SUITE_1", "SUITE_2"})
  void bothSidesHaveTheSameKeysWhateverIsAgreedOn(SecuritySuite suite) throws Exception {
    Parties parties = new Parties(suite);
    List<KeyPair> ephemerals = new ArrayList<>();
    List<CosemData> items = new ArrayList<>();
    for (int code = 3; code >= 0; code--) {
      KeyPair ephemeral = Contexts.pair(suite);
      ephemerals.add(ephemeral);
      items.add(parties.item(code, ephemeral));
    }
    Caller caller = parties.caller();
    assertEquals(ActionResult.SUCCESS, caller.invoke(KEY_AGREEMENT, CosemData.array(items)));
    KeyRing now = Contexts.keysFor(parties.setup, Contexts.CLIENT);
    List<CosemData> answers = caller.returned().elements();
    assertEquals(4, answers.size());
    for (int i = 0; i < 4; i++) {
      List<CosemData> answer = answers.get(i).structureOf(2);
      int code = 3 - i;
      assertEquals(CosemData.enumerated(code), answer.get(0), "in the order of the request");
      Octets data = answer.get(1).octetStringValue();
      int half = suite.signatureLength();
      assertEquals(2 * half, data.length());
      assertTrue(
          DigitalSignature.verify(
              suite,
              parties.serverSigning.getPublic(),
              data.slice(half, half),
              Octets.of(code),
              data.slice(0, half)));
      KeyMaterial ours =
          KeyAgreementScheme.EPHEMERAL_UNIFIED.agree(
              suite,
              code == 3 ? KeyUse.KEY_WRAP : KeyUse.ENCRYPTION,
              ephemerals.get(i).getPrivate(),
              KeyAgreementScheme.publicKey(suite, data.slice(0, half)),
              Contexts.CLIENT,
              Contexts.SERVER,
              Octets.EMPTY);
      assertTrue(
          ours.matches(Contexts.symmetric(now, KeyId.ofCode(code).orElseThrow())),
          "key_id " + code);
    }
    // The agreed master key wraps the next keys.
    KeyMaterial next = Contexts.key(suite);
    assertEquals(
        ActionResult.SUCCESS,
        caller.invoke(
            2,
            CosemData.array(Contexts.wrapped(0, Contexts.symmetric(now, KeyId.MASTER_KEY), next))));
  }

  @Test
  void oneBadItemAmongGoodOnesChangesNothing() throws Exception {
    SecuritySuite suite = SecuritySuite.SUITE_1;
    Parties parties = new Parties(suite);
    KeyPair ephemeral = Contexts.pair(suite);
    CosemData good = parties.item(0, Contexts.pair(suite));
    Octets right = parties.item(2, ephemeral).elements().get(1).octetStringValue();
    byte[] changed = right.toByteArray();
    changed[5] ^= 1;
    byte[] off = right.slice(0, 64).toByteArray();
    off[63] ^= 1;
    Octets offCurve = Octets.view(off);
    Octets signedOffCurve =
        Contexts.concat(
            offCurve,
            DigitalSignature.sign(
                suite,
                parties.clientSigning.getPrivate(),
                Contexts.RANDOM,
                Octets.of(2),
                offCurve));
    Map<String, CosemData> bad =
        Map.of(
            "a key_id that is not defined", parties.item(4, ephemeral),
            "a key_id that comes twice", parties.item(0, ephemeral),
            "signed by somebody else", signed(suite, Contexts.pair(suite), 2, 2, ephemeral),
            "signed by the server itself", signed(suite, parties.serverSigning, 2, 2, ephemeral),
            "signed for another key_id", signed(suite, parties.clientSigning, 2, 3, ephemeral),
            "a changed bit", Contexts.keyItem(2, Octets.view(changed)),
            "a public key alone", Contexts.keyItem(2, right.slice(0, 64)),
            "an octet more", Contexts.keyItem(2, Contexts.concat(right, Octets.of(0))),
            "nothing", Contexts.keyItem(2, Octets.EMPTY),
            "no point of the curve", Contexts.keyItem(2, signedOffCurve));
    bad.forEach(
        (what, item) -> {
          for (CosemData array :
              List.of(CosemData.array(good, item), CosemData.array(item, good))) {
            Caller caller = parties.caller();
            assertEquals(ActionResult.OTHER_REASON, caller.invoke(KEY_AGREEMENT, array), what);
            assertFalse(caller.hasReturned(), what);
            parties.assertUnchanged();
          }
        });
    assertEquals(
        ActionResult.OTHER_REASON, parties.caller().invoke(KEY_AGREEMENT, CosemData.array()));
    assertEquals(
        ActionResult.TYPE_UNMATCHED,
        parties.caller().invoke(KEY_AGREEMENT, CosemData.array(CosemData.octetString(right))));
    parties.assertUnchanged();
    // What was refused beside them is good.
    assertEquals(
        ActionResult.SUCCESS, parties.caller().invoke(KEY_AGREEMENT, CosemData.array(good)));
  }

  @Test
  void whoHasNoValidCertificateOrNoTitleAgreesOnNothing() throws Exception {
    SecuritySuite suite = SecuritySuite.SUITE_1;
    Parties parties = new Parties(suite);
    CosemData parameters = CosemData.array(parties.item(0, Contexts.pair(suite)));
    for (@Nullable SystemTitle title : new @Nullable SystemTitle[] {Contexts.OTHER, null}) {
      assertEquals(
          ActionResult.OTHER_REASON,
          new Caller(parties.setup.object(), title).invoke(KEY_AGREEMENT, parameters));
    }
    Instant now = Contexts.NOW;
    SecuritySetup expired =
        Contexts.builder(parties.keys)
            .signing(parties.serverSigning)
            .certificate(
                CosemCertificate.decode(
                    authority.certify(
                        Contexts.CLIENT,
                        Use.DIGITAL_SIGNATURE,
                        parties.clientSigning.getPublic(),
                        Authority.FROM,
                        now.minusSeconds(1))))
            .build();
    assertEquals(
        ActionResult.OTHER_REASON,
        new Caller(expired.object(), Contexts.CLIENT).invoke(KEY_AGREEMENT, parameters));
    SecuritySetup withoutOwnKey =
        Contexts.builder(parties.keys)
            .certificate(
                authority.certificate(
                    Contexts.CLIENT, Use.DIGITAL_SIGNATURE, parties.clientSigning.getPublic()))
            .build();
    assertEquals(
        ActionResult.OTHER_REASON,
        new Caller(withoutOwnKey.object(), Contexts.CLIENT).invoke(KEY_AGREEMENT, parameters));
  }

  @Test
  void aContextThatIsPinnedAgreesWithItsClientAlone() throws Exception {
    SecuritySuite suite = SecuritySuite.SUITE_1;
    Parties parties = new Parties(suite);
    SecuritySetup pinned =
        Contexts.builder(parties.keys)
            .client(Contexts.CLIENT)
            .signing(parties.serverSigning)
            .certificate(
                authority.certificate(
                    Contexts.CLIENT, Use.DIGITAL_SIGNATURE, parties.clientSigning.getPublic()))
            .certificate(
                authority.certificate(
                    Contexts.OTHER, Use.DIGITAL_SIGNATURE, parties.clientSigning.getPublic()))
            .build();
    CosemData parameters = CosemData.array(parties.item(0, Contexts.pair(suite)));
    assertEquals(
        ActionResult.OTHER_REASON,
        new Caller(pinned.object(), Contexts.OTHER).invoke(KEY_AGREEMENT, parameters));
    // Without a title of its own, as with the security of another context, it is that client.
    assertEquals(
        ActionResult.SUCCESS, new Caller(pinned.object(), null).invoke(KEY_AGREEMENT, parameters));
    assertEquals(
        ActionResult.SUCCESS,
        new Caller(pinned.object(), Contexts.CLIENT).invoke(KEY_AGREEMENT, parameters));
  }

  /**
   * The client's half is the book's to the octet; ours differs in the signature's random number.
   */
  @Test
  void theExampleOfTheGreenBookGivesItsKey() throws Exception {
    Map<String, Octets> book = vectors();
    SecuritySuite suite = SecuritySuite.SUITE_1;
    SystemTitle client = new SystemTitle(get(book, "client title"));
    SystemTitle server = new SystemTitle(get(book, "server title"));
    KeyPair signing = pair(book, "server signing");
    KeyPair ephemeral = pair(book, "server ephemeral");
    SecuritySetup setup =
        SecuritySetup.builder(Contexts.NAME, server, suite)
            .clock(() -> Contexts.NOW)
            .signing(signing)
            .certificate(
                authority.certificate(
                    client,
                    Use.DIGITAL_SIGNATURE,
                    KeyAgreementScheme.publicKey(suite, get(book, "client signing Q"))))
            .ephemeralKeyPairs(() -> ephemeral)
            .build();
    Caller caller = new Caller(setup.object(), client);
    CosemData parameters =
        CosemData.array(
            Contexts.keyItem(
                0,
                Contexts.concat(get(book, "client ephemeral Q"), get(book, "client signature"))));
    assertEquals(
        "0101" // array of one key_agreement_data
            + "0202"
            + "1600" // key_id: global unicast encryption key
            + "098180" // key_data, 128 octets
            + get(book, "client ephemeral Q").toHex()
            + get(book, "client signature").toHex(),
        parameters.encode().toHex());
    assertEquals(ActionResult.SUCCESS, caller.invoke(KEY_AGREEMENT, parameters));
    Octets answer = caller.returned().encode();
    String before = "0101" + "0202" + "1600" + "098180" + get(book, "server ephemeral Q").toHex();
    assertEquals(before, answer.toHex().substring(0, before.length()));
    assertTrue(
        DigitalSignature.verify(
            suite,
            signing.getPublic(),
            answer.slice(answer.length() - 64, 64),
            Octets.of(0),
            get(book, "server ephemeral Q")));
    assertEquals(
        get(book, "agreed key"),
        Contexts.symmetric(
                setup.keysFor(server, client).toCompletableFuture().join(),
                KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY)
            .export());
  }

  private static Octets get(Map<String, Octets> book, String name) {
    return Objects.requireNonNull(book.get(name), name);
  }

  private static KeyPair pair(Map<String, Octets> book, String name)
      throws GeneralSecurityException {
    ECPublicKey publicKey =
        (ECPublicKey) KeyAgreementScheme.publicKey(SecuritySuite.SUITE_1, get(book, name + " Q"));
    PrivateKey privateKey =
        KeyFactory.getInstance("EC")
            .generatePrivate(
                new ECPrivateKeySpec(
                    new BigInteger(1, get(book, name + " d").toByteArray()),
                    publicKey.getParams()));
    return new KeyPair(publicKey, privateKey);
  }

  private static Map<String, Octets> vectors() throws IOException {
    Map<String, Octets> vectors = new HashMap<>();
    try (InputStream in =
        Objects.requireNonNull(KeyAgreementTest.class.getResourceAsStream("key-agreement.txt"))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.startsWith("#")) {
          String[] parts = line.split("=", -1);
          vectors.put(parts[0].strip(), Octets.ofHex(parts[1]));
        }
      }
    }
    return vectors;
  }
}
