package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.link.Link;
import io.dlms4j.transport.TransportLoop;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The 20 application layer cases of the DLMS UA's abstract test plan, against a server on a real
 * TCP line; and a server that breaks the rule, for every one of them. What APPL_OPEN_3 has to say
 * of a server with high level security is in {@link SymmetricSecurityConformanceTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplicationLayerConformanceTest {
  private static final String FILE = "application-layer.txt";
  private static final int PATIENCE_MILLIS = 10_000;

  /** What does not come from a broken server need not be waited for so long. */
  private static final int SHORT_PATIENCE_MILLIS = 300;

  private final TransportLoop loop = TransportLoop.create(1);

  @AfterAll
  void closeLoop() {
    loop.close();
  }

  private void play(String id, UnaryOperator<Link> broken, int patienceMillis) throws IOException {
    for (WireCase part : WireCase.of(FILE, id)) {
      part.play(loop, broken, patienceMillis);
    }
  }

  private void passes(String id) throws IOException {
    play(id, UnaryOperator.identity(), PATIENCE_MILLIS);
  }

  @Test
  void dataServicesWithoutAnAssociationAreNotAllowed_APPL_IDLE_N1() throws IOException {
    passes("APPL_IDLE_N1");
  }

  @Test
  void anAssociationIsEstablishedVerifiedAndReleased_APPL_OPEN_1() throws IOException {
    passes("APPL_OPEN_1");
  }

  @Test
  void theUserBehindTheClientHasToBeKnown_APPL_OPEN_2() throws IOException {
    passes("APPL_OPEN_2");
  }

  @Test
  void highLevelSecurityIsRefusedWhereThereIsNone_APPL_OPEN_3() throws IOException {
    passes("APPL_OPEN_3");
  }

  @Test
  void anotherProtocolVersionIsRejected_APPL_OPEN_4() throws IOException {
    passes("APPL_OPEN_4");
  }

  @Test
  void anotherApplicationContextIsRejected_APPL_OPEN_5() throws IOException {
    passes("APPL_OPEN_5");
  }

  @Test
  void unusedFieldsAreTakenAndTitlesThatNameNobodyRejected_APPL_OPEN_6() throws IOException {
    passes("APPL_OPEN_6");
  }

  @Test
  void whoeverHasToAuthenticateItselfDoesSoWholly_APPL_OPEN_7() throws IOException {
    passes("APPL_OPEN_7");
  }

  @Test
  void aDedicatedKeyWithoutCipheringIsRejected_APPL_OPEN_9() throws IOException {
    passes("APPL_OPEN_9");
  }

  @Test
  void theQualityOfServiceIsAnsweredAsProposed_APPL_OPEN_11() throws IOException {
    passes("APPL_OPEN_11");
  }

  @Test
  void anEarlierVersionIsTooLow_APPL_OPEN_12() throws IOException {
    passes("APPL_OPEN_12");
  }

  @Test
  void withoutAnyServiceInCommonThereIsNoAssociation_APPL_OPEN_13() throws IOException {
    passes("APPL_OPEN_13");
  }

  @Test
  void aPduSizeBelowTwelveIsTooShort_APPL_OPEN_14() throws IOException {
    passes("APPL_OPEN_14");
  }

  @Test
  void aBadGetIsAnsweredAndTheAssociationGoesOn_APPL_DATA_LN_N1() throws IOException {
    passes("APPL_DATA_LN_N1");
  }

  @Test
  void aBadSetIsAnsweredAndTheAssociationGoesOn_APPL_DATA_LN_N3() throws IOException {
    passes("APPL_DATA_LN_N3");
  }

  @Test
  void aServiceThatWasNotAgreedOnIsNotAllowed_APPL_DATA_LN_N4() throws IOException {
    passes("APPL_DATA_LN_N4");
  }

  @Test
  void aBadReadIsAnsweredAndTheAssociationGoesOn_APPL_DATA_SN_N1() throws IOException {
    passes("APPL_DATA_SN_N1");
  }

  @Test
  void aBadWriteIsAnsweredAndTheAssociationGoesOn_APPL_DATA_SN_N2() throws IOException {
    passes("APPL_DATA_SN_N2");
  }

  @Test
  void aShortNameServiceThatWasNotAgreedOnIsUnsupported_APPL_DATA_SN_N3() throws IOException {
    passes("APPL_DATA_SN_N3");
  }

  @Test
  void releasedIsReleased_APPL_REL_P1() throws IOException {
    passes("APPL_REL_P1");
  }

  static Stream<Arguments> faults() {
    return Arrays.stream(FaultyServer.values())
        .flatMap(fault -> Arrays.stream(fault.breaks()).map(id -> Arguments.of(fault, id)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aServerThatBreaksTheRuleFails(FaultyServer fault, String id) {
    assertThrows(AssertionError.class, () -> play(id, fault::around, SHORT_PATIENCE_MILLIS));
  }

  @Test
  void everyCaseOfThePlanIsHereAndHasAServerThatBreaksIt() throws IOException {
    Set<String> ids =
        WireCase.all(FILE).stream()
            .map(WireCase::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(20, ids.size());
    Set<String> broken =
        Arrays.stream(FaultyServer.values())
            .flatMap(fault -> Arrays.stream(fault.breaks()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(ids, broken);
  }
}
