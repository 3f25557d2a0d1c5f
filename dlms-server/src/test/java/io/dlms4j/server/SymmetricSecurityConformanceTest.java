package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.transport.TransportLoop;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The 15 cases of security suite 0 of the DLMS UA's abstract test plan, and the passes 3 and 4 of
 * APPL_OPEN_3, against a server on a real TCP line, with either version of Security setup; and a
 * server that breaks the rule, for every one of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SymmetricSecurityConformanceTest {
  private static final int PATIENCE_MILLIS = 10_000;

  /** What does not come from a broken server need not be waited for so long. */
  private static final int SHORT_PATIENCE_MILLIS = 300;

  private static final int VERSIONS = 2;

  private final TransportLoop loop = TransportLoop.create(1);

  @AfterAll
  void closeLoop() {
    loop.close();
  }

  private void play(SymmetricCase played, int version, SymmetricFault fault, int patienceMillis)
      throws IOException {
    try (SecuredIut iut = new SecuredIut(loop, version, played, fault);
        SymmetricTester tester = iut.tester(played.clientSap(), patienceMillis)) {
      played.play(tester, version);
    }
  }

  private void passes(SymmetricCase played) throws IOException {
    for (int version = 0; version < VERSIONS; version++) {
      play(played, version, SymmetricFault.NONE, PATIENCE_MILLIS);
    }
  }

  @Test
  void aSecuredAssociationIsOpenedUsedAndReleased_SYMSEC_0_BasicCap_1() throws IOException {
    passes(SymmetricCase.BASIC_CAP_1);
  }

  @Test
  void whatWasTakenIsNotTakenAgain_SYMSEC_0_FraCount_1() throws IOException {
    passes(SymmetricCase.FRA_COUNT_1);
  }

  @Test
  void theServerCountsUpUnderEachKey_SYMSEC_0_FraCount_3() throws IOException {
    passes(SymmetricCase.FRA_COUNT_3);
  }

  @Test
  void theEncryptionKeyIsTransferredAndRestored_SYMSEC_0_Key_Tx_P1() throws IOException {
    passes(SymmetricCase.KEY_TX_P1);
  }

  @Test
  void theAuthenticationKeyIsTransferredAndRestored_SYMSEC_0_Key_Tx_P2() throws IOException {
    passes(SymmetricCase.KEY_TX_P2);
  }

  @Test
  void bothKeysAreTransferredAndRestored_SYMSEC_0_Key_Tx_P3() throws IOException {
    passes(SymmetricCase.KEY_TX_P3);
  }

  @Test
  void aKeyOfAWrongKeyIdIsNotTaken_SYMSEC_0_Key_Tx_N1() throws IOException {
    passes(SymmetricCase.KEY_TX_N1);
  }

  @Test
  void aKeyThatIsWrappedWronglyIsNotTaken_SYMSEC_0_Key_Tx_N2() throws IOException {
    passes(SymmetricCase.KEY_TX_N2);
  }

  @Test
  void aDedicatedKeyThatIsNoneIsNotTaken_SYMSEC_0_DedKey_N1() throws IOException {
    passes(SymmetricCase.DED_KEY_N1);
  }

  @Test
  void dataAreExchangedUnderEitherKey_SYMSEC_0_SecDataX_P1() throws IOException {
    passes(SymmetricCase.SEC_DATA_X_P1);
  }

  @Test
  void whatIsCipheredWronglyIsNotCarriedOut_SYMSEC_0_SecDataX_N1() throws IOException {
    passes(SymmetricCase.SEC_DATA_X_N1);
  }

  @Test
  void whoeverDoesNotProveWhoItIsReleasesNothing_SYMSEC_REL_N1() throws IOException {
    passes(SymmetricCase.REL_N1);
  }

  @Test
  void whatIsNotAuthenticatedIsRefusedAtOnce_SYMSEC_0_SecPol_1() throws IOException {
    passes(SymmetricCase.SEC_POL_1);
  }

  @Test
  void whatIsNotEncryptedIsRefusedAtOnce_SYMSEC_0_SecPol_2() throws IOException {
    passes(SymmetricCase.SEC_POL_2);
  }

  @Test
  void whatIsNotBothIsRefusedAtOnce_SYMSEC_0_SecPol_3() throws IOException {
    passes(SymmetricCase.SEC_POL_3);
  }

  @Test
  void whoeverHasNotAnsweredTheChallengeGetsNothing_APPL_OPEN_3() throws IOException {
    passes(SymmetricCase.OPEN_3);
  }

  static Stream<Arguments> faults() {
    return Arrays.stream(SymmetricFault.values())
        .flatMap(fault -> fault.breaks().stream().map(broken -> Arguments.of(fault, broken)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aServerThatBreaksTheRuleFails(SymmetricFault fault, SymmetricCase broken) {
    for (int version = 0; version < VERSIONS; version++) {
      int each = version;
      assertThrows(AssertionError.class, () -> play(broken, each, fault, SHORT_PATIENCE_MILLIS));
    }
  }

  @Test
  void everyCaseOfThePlanIsHereAndHasAServerThatBreaksIt() {
    assertEquals(16, SymmetricCase.values().length);
    assertEquals(
        16, Arrays.stream(SymmetricCase.values()).map(SymmetricCase::id).distinct().count());
    Set<SymmetricCase> broken = EnumSet.noneOf(SymmetricCase.class);
    for (SymmetricFault fault : SymmetricFault.values()) {
      broken.addAll(fault.breaks());
    }
    assertEquals(EnumSet.allOf(SymmetricCase.class), broken);
  }
}
