package io.dlms4j.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.security.CertificateRequest;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Key pairs and certificates: methods 4 to 8 and attribute 6 of version 1 (Blue Book 4.4.7). */
class CertificateMethodsTest {
  private static final int GENERATE_KEY_PAIR = 4;
  private static final int GENERATE_CERTIFICATE_REQUEST = 5;
  private static final int IMPORT_CERTIFICATE = 6;
  private static final int EXPORT_CERTIFICATE = 7;
  private static final int REMOVE_CERTIFICATE = 8;

  private static final SecuritySuite SUITE = SecuritySuite.SUITE_1;

  private final Authority authority = new Authority("Test root");
  private final KeyPair clientSigning = Contexts.pair(SUITE);

  private SecuritySetupBuilder builder() {
    return Contexts.builder(Contexts.keys(SUITE)).trustedIssuer(authority.key());
  }

  private static Caller caller(SecuritySetup setup) {
    return new Caller(setup.object(), Contexts.CLIENT);
  }

  private static ActionResult take(SecuritySetup setup, Octets der) {
    return caller(setup).invoke(IMPORT_CERTIFICATE, CosemData.octetString(der));
  }

  private static CosemData byEntity(int entity, int type, Octets title) {
    return CosemData.structure(
        CosemData.enumerated(0),
        CosemData.structure(
            CosemData.enumerated(entity),
            CosemData.enumerated(type),
            CosemData.octetString(title)));
  }

  private static CosemData bySerial(Octets serial, Octets issuer) {
    return CosemData.structure(
        CosemData.enumerated(1),
        CosemData.structure(CosemData.octetString(serial), CosemData.octetString(issuer)));
  }

  private Octets certify(SystemTitle title, Use use, PublicKey key) throws Exception {
    return authority.certify(title, use, key);
  }

  @ParameterizedTest
  @EnumSource(Use.class)
  void aKeyPairIsGeneratedCertifiedAndThenUsed(Use use) throws Exception {
    for (SecuritySuite suite : List.of(SecuritySuite.SUITE_1, SecuritySuite.SUITE_2)) {
      KeyPair old = Contexts.pair(suite);
      SecuritySetupBuilder builder =
          Contexts.builder(Contexts.keys(suite)).trustedIssuer(authority.key());
      SecuritySetup setup =
          (use == Use.DIGITAL_SIGNATURE ? builder.signing(old) : builder.keyAgreement(old))
              .certificate(authority.certificate(Contexts.SERVER, use, old.getPublic()))
              .build();
      CosemData type = CosemData.enumerated(typeCode(use));
      Caller caller = caller(setup);
      assertEquals(ActionResult.SUCCESS, caller.invoke(GENERATE_KEY_PAIR, type));
      assertFalse(caller.hasReturned());
      assertEquals(ActionResult.SUCCESS, caller.invoke(GENERATE_CERTIFICATE_REQUEST, type));
      CertificateRequest request = CertificateRequest.decode(caller.returned().octetStringValue());
      assertEquals(Contexts.SERVER, request.systemTitle());
      assertEquals(suite, request.suite());
      assertEquals(use, request.use().orElseThrow());
      assertNotEquals(old.getPublic(), request.publicKey());

      // Until the authority has answered, the old key goes on.
      assertSame(old.getPrivate(), ownKey(setup, use));
      Octets certificate = certify(Contexts.SERVER, use, request.publicKey());
      assertEquals(ActionResult.SUCCESS, take(setup, certificate));
      PrivateKey now = Objects.requireNonNull(ownKey(setup, use));
      assertNotEquals(old.getPrivate(), now);
      // The private key is that of the certificate, and what certified the old one is gone.
      Contexts.assertPair(suite, request.publicKey(), now);
      assertEquals(1, caller.read(6).elements().size());
      assertEquals(
          ActionResult.SUCCESS,
          caller.invoke(EXPORT_CERTIFICATE, byEntity(0, typeCode(use), Contexts.SERVER.octets())));
      assertEquals(certificate, caller.returned().octetStringValue());
    }
  }

  private static int typeCode(Use use) {
    return use == Use.DIGITAL_SIGNATURE ? 0 : 1;
  }

  private static @Nullable PrivateKey ownKey(SecuritySetup setup, Use use) {
    KeyRing keys = Contexts.keysFor(setup, Contexts.CLIENT);
    return use == Use.DIGITAL_SIGNATURE ? keys.signingKey() : keys.agreementKey();
  }

  @Test
  void aRequestWithoutANewKeyPairIsForTheOneInUse() throws Exception {
    KeyPair pair = Contexts.pair(SUITE);
    SecuritySetup setup = builder().signing(pair).build();
    Caller caller = caller(setup);
    assertEquals(
        ActionResult.SUCCESS, caller.invoke(GENERATE_CERTIFICATE_REQUEST, CosemData.enumerated(0)));
    assertEquals(
        pair.getPublic(),
        CertificateRequest.decode(caller.returned().octetStringValue()).publicKey());
    // There is none for key agreement.
    assertEquals(
        ActionResult.OTHER_REASON,
        caller.invoke(GENERATE_CERTIFICATE_REQUEST, CosemData.enumerated(1)));
    // Its certificate is taken without a new pair, and the pair stays.
    assertEquals(
        ActionResult.SUCCESS,
        take(setup, certify(Contexts.SERVER, Use.DIGITAL_SIGNATURE, pair.getPublic())));
    assertSame(pair.getPrivate(), ownKey(setup, Use.DIGITAL_SIGNATURE));
  }

  @Test
  void thereAreNoKeyPairsForTlsOrForAnythingElse() {
    SecuritySetup setup = builder().build();
    for (int method : new int[] {GENERATE_KEY_PAIR, GENERATE_CERTIFICATE_REQUEST}) {
      for (int type : new int[] {2, 3, 4, 255}) {
        assertEquals(
            ActionResult.OTHER_REASON, caller(setup).invoke(method, CosemData.enumerated(type)));
      }
      assertEquals(
          ActionResult.TYPE_UNMATCHED, caller(setup).invoke(method, CosemData.unsigned(0)));
    }
  }

  @Test
  void anImportedCertificateGivesThePeersKeyFromTheNextAssociationOn() throws Exception {
    SecuritySetup setup = builder().build();
    KeyPair agreement = Contexts.pair(SUITE);
    KeyRing ofAssociation = Contexts.keysFor(setup, Contexts.CLIENT);
    assertEquals(
        ActionResult.SUCCESS,
        take(setup, certify(Contexts.CLIENT, Use.DIGITAL_SIGNATURE, clientSigning.getPublic())));
    assertEquals(
        ActionResult.SUCCESS,
        take(setup, certify(Contexts.CLIENT, Use.KEY_AGREEMENT, agreement.getPublic())));
    assertNull(ofAssociation.peerSigningKey());
    KeyRing next = Contexts.keysFor(setup, Contexts.CLIENT);
    assertEquals(clientSigning.getPublic(), next.peerSigningKey());
    assertEquals(agreement.getPublic(), next.peerAgreementKey());
    assertNull(Contexts.keysFor(setup, Contexts.OTHER).peerSigningKey());

    // The last one that was imported counts.
    KeyPair renewed = Contexts.pair(SUITE);
    assertEquals(
        ActionResult.SUCCESS,
        take(setup, certify(Contexts.CLIENT, Use.DIGITAL_SIGNATURE, renewed.getPublic())));
    assertEquals(renewed.getPublic(), Contexts.keysFor(setup, Contexts.CLIENT).peerSigningKey());
  }

  @Test
  void aCertificateThatIsNotGoodForItsUseIsRefused() throws Exception {
    KeyPair own = Contexts.pair(SUITE);
    SecuritySetup setup = builder().signing(own).build();
    PublicKey key = clientSigning.getPublic();
    Octets good = certify(Contexts.CLIENT, Use.DIGITAL_SIGNATURE, key);
    byte[] changed = good.toByteArray();
    changed[changed.length - 1] ^= 1;
    Instant now = Contexts.NOW;
    List<Octets> bad =
        List.of(
            Octets.EMPTY,
            Octets.of(0x30, 0),
            good.slice(0, good.length() - 1),
            Octets.view(changed),
            Octets.view(new byte[CosemCertificate.LONGEST + 1]),
            new Authority("Test root").certify(Contexts.CLIENT, Use.DIGITAL_SIGNATURE, key),
            authority.certify(
                Contexts.CLIENT, Use.DIGITAL_SIGNATURE, key, Authority.FROM, now.minusSeconds(1)),
            authority.certify(
                Contexts.CLIENT, Use.DIGITAL_SIGNATURE, key, now.plusSeconds(1), Authority.UNTIL),
            certify(
                Contexts.CLIENT,
                Use.DIGITAL_SIGNATURE,
                Contexts.pair(SecuritySuite.SUITE_2).getPublic()),
            // The server's own, but of a key that it has not, or has for something else.
            certify(Contexts.SERVER, Use.DIGITAL_SIGNATURE, key),
            certify(Contexts.SERVER, Use.KEY_AGREEMENT, own.getPublic()),
            Octets.copyOf(authority.own().getEncoded()));
    for (Octets der : bad) {
      assertEquals(ActionResult.OTHER_REASON, take(setup, der));
      assertEquals(List.of(), caller(setup).read(6).elements());
    }
    assertEquals(
        ActionResult.TYPE_UNMATCHED,
        caller(setup).invoke(IMPORT_CERTIFICATE, CosemData.visibleString("certificate")));
    assertEquals(ActionResult.SUCCESS, take(setup, good));
  }

  @Test
  void withTheIssuersCertificateItsNameAndValidityCountToo() throws Exception {
    PublicKey key = clientSigning.getPublic();
    SecuritySetup setup =
        Contexts.builder(Contexts.keys(SUITE)).trustedIssuer(authority.own()).build();
    assertEquals(
        ActionResult.SUCCESS, take(setup, certify(Contexts.CLIENT, Use.DIGITAL_SIGNATURE, key)));
    SecuritySetup late =
        Contexts.builder(Contexts.keys(SUITE))
            .trustedIssuer(authority.own())
            .clock(() -> Authority.UNTIL.plusSeconds(1))
            .build();
    Octets longLived =
        authority.certify(
            Contexts.CLIENT,
            Use.DIGITAL_SIGNATURE,
            key,
            Authority.FROM,
            Authority.UNTIL.plus(Duration.ofDays(1)));
    assertEquals(ActionResult.OTHER_REASON, take(late, longLived));
    assertEquals(ActionResult.SUCCESS, take(setup, longLived));
    // A certificate of a party is no issuer's.
    CosemCertificate party = authority.certificate(Contexts.CLIENT, Use.DIGITAL_SIGNATURE, key);
    SecuritySetupBuilder builder = builder();
    assertThrows(IllegalArgumentException.class, () -> builder.trustedIssuer(party.x509()));
  }

  @Test
  void anIssuersSerialNumberIsTakenOnce() throws Exception {
    SecuritySetup setup = builder().build();
    Octets first =
        authority
            .nextSerial(7)
            .certify(Contexts.CLIENT, Use.DIGITAL_SIGNATURE, clientSigning.getPublic());
    Octets second =
        authority
            .nextSerial(7)
            .certify(Contexts.OTHER, Use.DIGITAL_SIGNATURE, clientSigning.getPublic());
    assertEquals(ActionResult.SUCCESS, take(setup, first));
    assertEquals(ActionResult.OTHER_REASON, take(setup, second));
    // A client that did not get the answer asks again.
    assertEquals(ActionResult.SUCCESS, take(setup, first));
    assertEquals(1, caller(setup).read(6).elements().size());
  }

  @Test
  void thereAreAsManyCertificatesAsThereMayBe() throws Exception {
    KeyPair own = Contexts.pair(SUITE);
    SecuritySetup setup =
        builder()
            .trustedIssuer(authority.own())
            .maxCertificates(2)
            .signing(own)
            .certificate(
                authority.certificate(Contexts.SERVER, Use.DIGITAL_SIGNATURE, own.getPublic()))
            .build();
    PublicKey key = clientSigning.getPublic();
    assertEquals(
        ActionResult.SUCCESS, take(setup, certify(Contexts.CLIENT, Use.DIGITAL_SIGNATURE, key)));
    assertEquals(
        ActionResult.OTHER_REASON,
        take(setup, certify(Contexts.OTHER, Use.DIGITAL_SIGNATURE, key)));
    // One that replaces another takes its place.
    Caller caller = caller(setup);
    caller.invoke(GENERATE_KEY_PAIR, CosemData.enumerated(0));
    caller.invoke(GENERATE_CERTIFICATE_REQUEST, CosemData.enumerated(0));
    PublicKey renewed = CertificateRequest.decode(caller.returned().octetStringValue()).publicKey();
    assertEquals(
        ActionResult.SUCCESS,
        take(setup, certify(Contexts.SERVER, Use.DIGITAL_SIGNATURE, renewed)));
    assertEquals(3, caller.read(6).elements().size(), "the trust anchor is not counted");
  }

  @Test
  void certificateInfoIsWhatTheCertificateSays() throws Exception {
    Octets alternatives = Octets.ofHex("3007" + "8205" + "6D65746572"); // dNSName "meter"
    SecuritySetup setup =
        Contexts.builder(Contexts.keys(SUITE))
            .client(Contexts.CLIENT)
            .trustedIssuer(authority.own())
            .build();
    assertEquals(
        ActionResult.SUCCESS,
        take(
            setup,
            authority
                .nextSerial(0x1234)
                .certify(
                    Contexts.CLIENT, Use.KEY_AGREEMENT, clientSigning.getPublic(), alternatives)));
    assertEquals(
        ActionResult.SUCCESS,
        take(setup, certify(Contexts.OTHER, Use.DIGITAL_SIGNATURE, clientSigning.getPublic())));
    Octets issuer = authority.issuer();
    Octets client = Authority.name("4D4D4D0000BC614E");
    Octets other = Authority.name("4D4D4D0000BC614F");
    assertEquals(
        "0103"
            + "0206" // the trust anchor, of no use of its own
            + "1602"
            + "1603"
            + "0901"
            + "01"
            + octetString(issuer)
            + octetString(issuer)
            + "0900"
            + "0206" // the client's, for key agreement
            + "1601"
            + "1601"
            + "0902"
            + "1234"
            + octetString(issuer)
            + octetString(client)
            + octetString(alternatives)
            + "0206" // somebody else's, for signatures
            + "1603"
            + "1600"
            + "0902"
            + "1235"
            + octetString(issuer)
            + octetString(other)
            + "0900",
        caller(setup).octets(6));
  }

  private static String octetString(Octets octets) {
    return CosemData.octetString(octets).encode().toHex();
  }

  @Test
  void aCertificateIsExportedByWhoseItIsAndByItsNumber() throws Exception {
    SecuritySetup setup =
        Contexts.builder(Contexts.keys(SUITE)).trustedIssuer(authority.own()).build();
    Octets anchor = setup.certificates().get(0).der();
    int before = authority.lastSerial();
    Octets signing = certify(Contexts.CLIENT, Use.DIGITAL_SIGNATURE, clientSigning.getPublic());
    Octets agreement = certify(Contexts.CLIENT, Use.KEY_AGREEMENT, clientSigning.getPublic());
    Octets renewed =
        certify(Contexts.CLIENT, Use.DIGITAL_SIGNATURE, Contexts.pair(SUITE).getPublic());
    for (Octets der : List.of(signing, agreement, renewed)) {
      assertEquals(ActionResult.SUCCESS, take(setup, der));
    }
    Octets issuer = authority.issuer();
    Octets title = Contexts.CLIENT.octets();
    assertExported(setup, renewed, byEntity(1, 0, title));
    assertExported(setup, agreement, byEntity(1, 1, title));
    assertExported(setup, signing, bySerial(Octets.of(before + 1), issuer));
    // With the zeros that other writers of an INTEGER put before it.
    assertExported(setup, agreement, bySerial(Octets.of(0, 0, before + 2), issuer));
    assertExported(setup, anchor, bySerial(Octets.of(1), issuer));
    assertExported(setup, anchor, byEntity(2, 3, Octets.EMPTY));
    for (CosemData none :
        List.of(
            byEntity(0, 0, title),
            byEntity(1, 2, title),
            byEntity(9, 0, title),
            byEntity(1, 9, title),
            byEntity(1, 0, Contexts.OTHER.octets()),
            byEntity(1, 0, Octets.EMPTY),
            bySerial(Octets.of(before + 9), issuer),
            bySerial(Octets.of(before + 1), Authority.name("Another root")),
            bySerial(Octets.EMPTY, issuer),
            bySerial(Octets.view(new byte[1000]), issuer),
            CosemData.structure(CosemData.enumerated(2), byEntity(1, 0, title)))) {
      for (int method : new int[] {EXPORT_CERTIFICATE, REMOVE_CERTIFICATE}) {
        assertEquals(ActionResult.OTHER_REASON, caller(setup).invoke(method, none));
      }
    }
    for (CosemData unmatched :
        List.of(
            CosemData.octetString(title),
            CosemData.structure(
                CosemData.enumerated(0), bySerial(Octets.of(1), issuer).elements().get(1)),
            CosemData.structure(CosemData.enumerated(1), byEntity(1, 0, title).elements().get(1)),
            CosemData.structure(CosemData.unsigned(0), byEntity(1, 0, title).elements().get(1)))) {
      for (int method : new int[] {EXPORT_CERTIFICATE, REMOVE_CERTIFICATE}) {
        assertEquals(ActionResult.TYPE_UNMATCHED, caller(setup).invoke(method, unmatched));
      }
    }
    assertEquals(4, caller(setup).read(6).elements().size());
  }

  private static void assertExported(SecuritySetup setup, Octets der, CosemData parameters) {
    Caller caller = caller(setup);
    assertEquals(ActionResult.SUCCESS, caller.invoke(EXPORT_CERTIFICATE, parameters));
    assertEquals(CosemData.octetString(der), caller.returned());
  }

  @Test
  void aCertificateThatIsRemovedNoLongerCountsButATrustAnchorStays() throws Exception {
    KeyPair own = Contexts.pair(SUITE);
    SecuritySetup setup =
        Contexts.builder(Contexts.keys(SUITE)).trustedIssuer(authority.own()).signing(own).build();
    Octets issuer = authority.issuer();
    assertEquals(
        ActionResult.SUCCESS,
        take(setup, certify(Contexts.CLIENT, Use.DIGITAL_SIGNATURE, clientSigning.getPublic())));
    assertEquals(
        ActionResult.SUCCESS,
        take(setup, certify(Contexts.SERVER, Use.DIGITAL_SIGNATURE, own.getPublic())));
    Caller caller = caller(setup);
    assertEquals(
        ActionResult.OTHER_REASON,
        caller.invoke(REMOVE_CERTIFICATE, bySerial(Octets.of(1), issuer)));
    assertEquals(
        ActionResult.OTHER_REASON, caller.invoke(REMOVE_CERTIFICATE, byEntity(2, 3, Octets.EMPTY)));
    assertEquals(
        ActionResult.SUCCESS,
        caller.invoke(REMOVE_CERTIFICATE, byEntity(1, 0, Contexts.CLIENT.octets())));
    assertFalse(caller.hasReturned());
    assertNull(Contexts.keysFor(setup, Contexts.CLIENT).peerSigningKey());
    assertEquals(
        ActionResult.SUCCESS,
        caller.invoke(REMOVE_CERTIFICATE, bySerial(Octets.of(authority.lastSerial()), issuer)));
    // The server still has its key, which can be certified again.
    assertSame(own.getPrivate(), ownKey(setup, Use.DIGITAL_SIGNATURE));
    assertEquals(1, caller.read(6).elements().size());
    assertEquals(
        ActionResult.SUCCESS,
        take(setup, certify(Contexts.SERVER, Use.DIGITAL_SIGNATURE, own.getPublic())));
  }
}
