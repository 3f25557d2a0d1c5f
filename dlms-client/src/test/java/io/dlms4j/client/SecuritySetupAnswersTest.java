package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.DigitalSignature;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import io.dlms4j.cosem.security.SecuritySuite;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers whose Security setup answers what no such object does. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecuritySetupAnswersTest {
  private static final SecuritySuite SUITE = SecuritySuite.SUITE_1;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyId GUEK = KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY;
  private static final KeyId GAK = KeyId.AUTHENTICATION_KEY;

  private final KeyPair ours = KeyAgreementScheme.generateKeyPair(SUITE, RANDOM);
  private final KeyPair servers = KeyAgreementScheme.generateKeyPair(SUITE, RANDOM);
  private final KeyRing keys =
      KeyRing.builder(SUITE).signing(ours.getPrivate(), servers.getPublic()).build();

  /** What comes of asking a server that answers all GETs and ACTIONs with the same data. */
  private static <T> T ask(
      int version, String data, Function<SecuritySetup, CompletionStage<T>> asking) {
    ScriptedLine line =
        ScriptedLine.open(
            Set.of(Conformance.GET, Conformance.ACTION),
            1000,
            1,
            null,
            request -> List.of(answer(request, data)));
    try (DlmsClient client = line.client()) {
      return ClientServerContract.await(
          asking.apply(client.securitySetup(SetupMeter.SETUP, version)));
    }
  }

  private static Octets answer(Octets request, String data) {
    String head =
        request.at(0) == 0xC0
            ? String.format("C401%02X00", request.at(2))
            : String.format("C701%02X00%s", request.at(2), data.isEmpty() ? "00" : "0100");
    return Octets.ofHex(head + data);
  }

  private static <E extends DlmsException> E failure(
      Class<E> type, int version, String data, Function<SecuritySetup, CompletionStage<?>> asking) {
    ScriptedLine line =
        ScriptedLine.open(
            Set.of(Conformance.GET, Conformance.ACTION),
            1000,
            1,
            null,
            request -> List.of(answer(request, data)));
    try (DlmsClient client = line.client()) {
      E failure =
          ClientServerContract.failure(
              type, asking.apply(client.securitySetup(SetupMeter.SETUP, version)));
      assertEquals(DlmsException.Scope.REQUEST, failure.scope());
      return failure;
    }
  }

  private static void assertBreach(
      int version, String data, Function<SecuritySetup, CompletionStage<?>> asking) {
    failure(ProtocolException.class, version, data, asking);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aPolicyThatIsNoneIsNotGuessedAt(int version) {
    for (String wrong :
        List.of("00", "090103", "160B", "0FFF", "15FFFFFFFFFFFFFFFF", "140000000100000000")) {
      assertBreach(version, wrong, SecuritySetup::policy);
    }
  }

  @Test
  void aSuiteOrATitleThatIsNoneIsNotGuessedAt() {
    for (String wrong : List.of("1603", "0900", "140000000100000001")) {
      assertBreach(1, wrong, SecuritySetup::suite);
    }
    for (String wrong : List.of("09074B414D00011121", "0900", "1601", "01020901010901FF")) {
      assertBreach(1, wrong, SecuritySetup::serverSystemTitle);
    }
  }

  @Test
  void aCertificateRequestIsAnOctetString() {
    assertBreach(1, "", setup -> setup.certificateRequest(Use.DIGITAL_SIGNATURE));
    assertBreach(1, "1101", setup -> setup.certificateRequest(Use.DIGITAL_SIGNATURE));
  }

  @Test
  void aCertificateIsTheOneThatWasAskedFor() {
    TestAuthority authority = new TestAuthority();
    CosemCertificate signing =
        authority.certify(SetupMeter.SERVER, Use.DIGITAL_SIGNATURE, servers.getPublic());
    Function<SecuritySetup, CompletionStage<CosemCertificate>> export =
        setup ->
            setup.exportCertificate(
                SecuritySetup.Entity.SERVER, Use.DIGITAL_SIGNATURE, SetupMeter.SERVER);
    assertEquals(signing.encode(), ask(1, octets(signing.encode()), export).encode());
    assertBreach(1, "", export::apply);
    assertBreach(1, "1101", export::apply);
    assertEquals(
        Reason.MALFORMED,
        failure(ProtectionException.class, 1, "09023000", export::apply).reason());
    for (CosemCertificate other :
        List.of(
            authority.certify(SetupMeter.CLIENT, Use.DIGITAL_SIGNATURE, servers.getPublic()),
            authority.certify(SetupMeter.SERVER, Use.KEY_AGREEMENT, servers.getPublic()))) {
      assertBreach(1, octets(other.encode()), export::apply);
    }
  }

  private static String octets(Octets octets) {
    return CosemData.octetString(octets).encode().toHex();
  }

  private CompletionStage<Map<KeyId, KeyMaterial>> agree(SecuritySetup setup) {
    return setup.agreeKeys(
        keys, SetupMeter.CLIENT, SetupMeter.SERVER, EnumSet.of(GUEK, GAK), RANDOM);
  }

  private String item(KeyId id) {
    KeyPair ephemeral = KeyAgreementScheme.generateKeyPair(SUITE, RANDOM);
    return item(id.code(), KeyAgreementScheme.toOctets(SUITE, ephemeral.getPublic()));
  }

  /** A structure of key_id and key_data, signed by the server. */
  private String item(int id, Octets point) {
    Octets signature =
        DigitalSignature.sign(SUITE, servers.getPrivate(), RANDOM, Octets.of(id), point);
    Octets data =
        new AxdrWriter(point.length() + signature.length())
            .writeOctets(point)
            .writeOctets(signature)
            .toOctets();
    return CosemData.structure(CosemData.enumerated(id), CosemData.octetString(data))
        .encode()
        .toHex();
  }

  @Test
  void whatIsAskedForIsAgreedOnInAnyOrder() {
    assertEquals(Set.of(GUEK, GAK), ask(1, "0102" + item(GUEK) + item(GAK), this::agree).keySet());
    assertEquals(Set.of(GUEK, GAK), ask(1, "0102" + item(GAK) + item(GUEK), this::agree).keySet());
  }

  @Test
  void whatWasNotAskedForIsNotAgreedOn() {
    String first = item(GUEK);
    for (String wrong :
        List.of(
            "",
            "0100",
            "0101" + first,
            "0102" + first + first,
            "0103" + first + item(GAK) + item(GUEK),
            "0102" + first + item(KeyId.MASTER_KEY),
            "0102" + first + item(9, Octets.view(new byte[64])),
            "0102" + first + item(GAK).replaceFirst("1602", "140000000100000002"),
            "0102" + first + item(GAK).replaceFirst("1602", "0902" + "0002"),
            "0102" + first + "0202" + "1602" + "0900",
            "0102" + first + "0201" + "1602",
            "0102" + first + "0203" + "1602" + "0900" + "00",
            "0102" + first + "0202" + "1602" + "1101",
            "0102" + first + "1602",
            "0902" + "0102")) {
      assertBreach(1, wrong, this::agree);
    }
  }

  @Test
  void aKeyThatTheServerHasNotSignedIsNotTaken() {
    String right = item(GAK);
    int last = Integer.parseInt(right.substring(right.length() - 2), 16);
    String spoilt = right.substring(0, right.length() - 2) + String.format("%02X", last ^ 1);
    for (String wrong : List.of(spoilt, right.replaceFirst("1602", "1600"))) {
      String other = wrong.equals(spoilt) ? item(GUEK) : right;
      assertEquals(
          Reason.NOT_AUTHENTIC,
          failure(ProtectionException.class, 1, "0102" + other + wrong, this::agree).reason());
    }
    // It is signed, and is no key.
    String noPoint = item(GAK.code(), Octets.view(new byte[64]));
    assertEquals(
        Reason.MALFORMED,
        failure(ProtectionException.class, 1, "0102" + item(GUEK) + noPoint, this::agree).reason());
  }
}
