package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.association.AssociationAcceptor.Verdict;
import io.dlms4j.cosem.security.Password;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssociationProposerTest {
  private static final String LN = "A1 09 06 07 60 85 74 05 08 01 01";
  private static final String SN = "A1 09 06 07 60 85 74 05 08 01 02";
  private static final String ACCEPTED = "A2 03 02 01 00 A3 05 A1 03 02 01 00";
  private static final String GRANTED = "BE 10 04 0E 08 00 06 5F 1F 04 00 00 10 10 00 7D 00 07";

  private static final ClientAssociationConfig PLAIN = ClientAssociationConfig.builder().build();

  private static final ClientAssociationConfig SHORT_NAMES =
      ClientAssociationConfig.builder().shortNames().build();

  @Test
  void whatAClientSaysOfItselfIsInTheAarq() {
    assertEquals(
        Octets.ofHex(
            "60 30"
                + SN
                + "A6 0A 04 08 4D 4D 4D 00 00 BC 61 4E" // calling-AP-title: the system title
                + "A9 04 02 02 00 FF" // calling-AE-invocation-id: the user
                + "BE 11 04 0F 01 00 00 01 80" // proposed-quality-of-service: -128
                + "06 5F 1F 04 00 10 10 20 04 B0"),
        proposer(
                ClientAssociationConfig.builder()
                    .shortNames()
                    .systemTitle(Octets.ofHex("4D4D4D0000BC614E"))
                    .user(255)
                    .proposedQualityOfService(-128)
                    .maxReceivePduSize(1200)
                    .build())
            .aarq());
  }

  @Test
  void aClientThatWantsNoAnswerTakesItsProposalForGranted() {
    ClientAssociationConfig config =
        ClientAssociationConfig.builder()
            .unconfirmedAssociation()
            .maxReceivePduSize(1200)
            .user(3)
            .build();
    AssociationProposer proposer = proposer(config);
    assertEquals(
        Octets.ofHex(
            "60 23"
                + LN
                + "A9 03 02 01 03"
                + "BE 11 04 0F 01 00 01 00 00" // response-allowed FALSE
                + "06 5F 1F 04 00 00 50 14 04 B0"),
        proposer.aarq());
    assertEquals(
        new NegotiatedContext(
            ApplicationContextName.LOGICAL_NAME_REFERENCING,
            config.conformance(),
            1200,
            0,
            6,
            false,
            ApplicationEntity.UNNAMED.withAeInvocationId(3),
            ApplicationEntity.UNNAMED),
        proposer.unconfirmedContext());
    assertNull(proposer(PLAIN).unconfirmedContext());
  }

  @Test
  void theClientKnowsWhoItsServerIs() {
    NegotiatedContext context =
        proposer(PLAIN)
            .judge(aare(LN + ACCEPTED + "A4 0A 04 08 4D 4D 4D 00 00 00 00 01" + GRANTED));
    assertEquals(
        ApplicationEntity.UNNAMED.withApTitle(Octets.ofHex("4D4D4D0000000001")), context.server());
    assertTrue(context.confirmed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"00 00 10", "00 10 10", "00 00 14", "00 50 14"})
  void aGrantOfWhatWasProposedIsTaken(String conformance) {
    assertEquals(
        Conformance.ofBits(Integer.parseInt(conformance.replace(" ", ""), 16)),
        proposer(PLAIN)
            .judge(
                aare(
                    LN
                        + ACCEPTED
                        + "BE 10 04 0E 08 00 06 5F 1F 04 00"
                        + conformance
                        + "00 7D 00 07"))
            .conformance());
  }

  @ParameterizedTest
  @CsvSource({
    // what is said of it, version of DLMS, conformance, VAA name
    "[set], 06, 00 10 18, 00 07", // more than proposed
    "[read], 06, 10 10 10, 00 07", // a service of short names
    "without any service, 06, 00 10 00, 00 07", // blocks of nothing
    "without any service, 06, 00 00 00, 00 07",
    "version 5 of DLMS, 05, 00 10 10, 00 07",
    "version 7 of DLMS, 07, 00 10 10, 00 07",
    "VAA name is FA00, 06, 00 10 10, FA 00" // that of short names
  })
  void aGrantThatTheProposalDoesNotAllowIsABreach(
      String what, String version, String conformance, String vaaName) {
    assertBreach(
        PLAIN,
        what,
        LN
            + ACCEPTED
            + "BE 10 04 0E 08 00"
            + version
            + "5F 1F 04 00"
            + conformance
            + "00 7D"
            + vaaName);
  }

  @Test
  void anAnswerWithShortNamesHasTheirVaaName() {
    String granted = "BE 10 04 0E 08 00 06 5F 1F 04 00 10 10 20 00 7D";
    assertEquals(
        SHORT_NAMES.conformance(),
        proposer(SHORT_NAMES).judge(aare(SN + ACCEPTED + granted + "FA 00")).conformance());
    assertBreach(SHORT_NAMES, "VAA name is 0007", SN + ACCEPTED + granted + "00 07");
    assertBreach(SHORT_NAMES, "another context", LN + ACCEPTED + granted + "FA 00");
  }

  @Test
  void anAnswerInAnotherVersionOfAcseIsABreach() {
    assertBreach(PLAIN, "another version of ACSE", "80 02 06 40" + LN + ACCEPTED + GRANTED);
  }

  @Test
  void highLevelSecurityThatNobodyAskedForIsABreach() {
    assertBreach(
        PLAIN,
        "high level security",
        LN
            + "A2 03 02 01 00 A3 05 A1 03 02 01 0E 88 02 07 80 89 07 60 85 74 05 08 02 05"
            + "AA 0A 80 08 50 36 77 52 4A 32 31 46"
            + GRANTED);
  }

  @Test
  void configurationsThatMakeNoSenseAreRefused() {
    ClientAssociationConfig.Builder client = ClientAssociationConfig.builder();
    assertThrows(IllegalArgumentException.class, () -> client.systemTitle(Octets.of(1, 2, 3)));
    assertThrows(IllegalArgumentException.class, () -> client.user(-1));
    assertThrows(IllegalArgumentException.class, () -> client.user(256));
    assertThrows(IllegalArgumentException.class, () -> client.proposedQualityOfService(128));
    assertThrows(IllegalArgumentException.class, () -> client.proposedQualityOfService(-129));
    assertThrows(
        IllegalArgumentException.class, client.conformance(Set.of(Conformance.READ))::build);
    assertThrows(
        IllegalArgumentException.class,
        client.shortNames().conformance(Set.of(Conformance.READ, Conformance.GET))::build);
    ServerAssociationConfig.Builder server =
        ServerAssociationConfig.builder().lowestLevelSecurity();
    assertThrows(IllegalArgumentException.class, () -> server.users(Set.of(256)));
    assertThrows(IllegalArgumentException.class, () -> server.users(Set.of(-1)));
    assertThrows(
        IllegalArgumentException.class, server.conformance(Set.of(Conformance.WRITE))::build);
    assertThrows(
        IllegalArgumentException.class,
        server.shortNames().conformance(Set.of(Conformance.ACTION))::build);
  }

  /** Whatever both sides are: what the acceptor grants, the proposer takes, and it is the same. */
  @Property(tries = 500)
  void whatAnAcceptorAgreesToAProposerTakes(
      @ForAll @IntRange(max = 0xFF_FFFF) int proposed,
      @ForAll @IntRange(max = 0xFF_FFFF) int offered,
      @ForAll @IntRange(min = 12, max = 0xFFFF) int pduSize,
      @ForAll @IntRange(max = 255) int user,
      @ForAll boolean shortNames,
      @ForAll boolean password) {
    ClientAssociationConfig.Builder client =
        ClientAssociationConfig.builder().maxReceivePduSize(pduSize).user(user);
    ServerAssociationConfig.Builder server =
        ServerAssociationConfig.builder()
            .lowestLevelSecurity()
            .maxReceivePduSize(pduSize)
            .users(Set.of(user, 255 - user));
    ApplicationContextName name = ApplicationContextName.LOGICAL_NAME_REFERENCING;
    if (shortNames) {
      name = ApplicationContextName.SHORT_NAME_REFERENCING;
      client.shortNames();
      server.shortNames();
    }
    if (password) {
      client.lowLevelSecurity(Password.ofText("12345678"));
      server.lowLevelSecurity(Password.ofText("12345678"));
    }
    Conformance service = shortNames ? Conformance.READ : Conformance.GET;
    client.conformance(services(proposed, service, name));
    server.conformance(services(offered, service, name));
    AssociationProposer proposer = proposer(client.build());
    AARQ aarq = (AARQ) AcseCodec.decode(proposer.aarq());
    Verdict verdict = new AssociationAcceptor(server.build(), ApduCodec.STANDARD).judge(aarq);
    assertNotNull(verdict.aare());
    NegotiatedContext agreed = proposer.judge(AcseCodec.encode(verdict.aare()));
    assertEquals(verdict.context(), agreed);
    assertEquals(services(proposed & offered, service, name), agreed.conformance());
  }

  private static Set<Conformance> services(
      int bits, Conformance atLeast, ApplicationContextName name) {
    Set<Conformance> services = new HashSet<>(Conformance.ofBits(bits));
    services.add(atLeast);
    services.removeIf(each -> !each.isOf(name));
    return services;
  }

  private static void assertBreach(ClientAssociationConfig config, String what, String fields) {
    ProtocolException breach =
        assertThrows(ProtocolException.class, () -> proposer(config).judge(aare(fields)));
    @Nullable String message = breach.getMessage();
    assertTrue(message != null && message.contains(what), message);
  }

  private static AssociationProposer proposer(ClientAssociationConfig config) {
    return new AssociationProposer(config, ApduCodec.STANDARD);
  }

  private static Octets aare(String fields) {
    Octets contents = Octets.ofHex(fields);
    return Octets.ofHex("61 %02X".formatted(contents.length()) + contents.toHex());
  }
}
