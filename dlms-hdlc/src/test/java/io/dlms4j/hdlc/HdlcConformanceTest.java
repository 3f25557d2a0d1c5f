package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.transport.TransportLoop;
import java.util.Arrays;
import java.util.List;
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
 * The 22 data link cases of the DLMS UA's abstract test plan, against a server on a real TCP line;
 * and a server that breaks the rule, for every one of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HdlcConformanceTest {
  private static final int PATIENCE_MILLIS = 10_000;

  /** What does not come from a broken server need not be waited for so long. */
  private static final int SHORT_PATIENCE_MILLIS = 300;

  private final TransportLoop loop = TransportLoop.create(1);

  @AfterAll
  void closeLoop() {
    loop.close();
  }

  private void passes(String id) throws Exception {
    ConformanceCase.of(id).play(loop, UnaryOperator.identity(), PATIENCE_MILLIS);
  }

  @Test
  void connectsAndDisconnects_HDLC_FRAME_P1() throws Exception {
    passes("HDLC_FRAME_P1");
  }

  @Test
  void anIncompleteFrameIsForgottenAfterTheInterOctetTimeOut_HDLC_FRAME_P2() throws Exception {
    passes("HDLC_FRAME_P2");
  }

  @Test
  void silenceEndsTheConnection_HDLC_FRAME_P3() throws Exception {
    passes("HDLC_FRAME_P3");
  }

  @Test
  void flagsThatAreMissingGetSilence_HDLC_FRAME_N1() throws Exception {
    passes("HDLC_FRAME_N1");
  }

  @Test
  void aFrameTooShortGetsSilence_HDLC_FRAME_N2() throws Exception {
    passes("HDLC_FRAME_N2");
  }

  @Test
  void anotherFormatTypeGetsSilence_HDLC_FRAME_N3() throws Exception {
    passes("HDLC_FRAME_N3");
  }

  @Test
  void aLengthThatLiesGetsSilence_HDLC_FRAME_N4() throws Exception {
    passes("HDLC_FRAME_N4");
  }

  @Test
  void anUnknownControlFieldIsRejected_HDLC_FRAME_N5() throws Exception {
    passes("HDLC_FRAME_N5");
  }

  @Test
  void aWrongHcsGetsSilence_HDLC_FRAME_N7() throws Exception {
    passes("HDLC_FRAME_N7");
  }

  @Test
  void aWrongFcsGetsSilence_HDLC_FRAME_N8() throws Exception {
    passes("HDLC_FRAME_N8");
  }

  @Test
  void everyStructureOfAddressConnects_HDLC_ADDRESS_P1() throws Exception {
    passes("HDLC_ADDRESS_P1");
  }

  @Test
  void aSourceOfTwoOctetsGetsSilence_HDLC_ADDRESS_N1() throws Exception {
    passes("HDLC_ADDRESS_N1");
  }

  @Test
  void anUnknownDestinationGetsSilence_HDLC_ADDRESS_N4() throws Exception {
    passes("HDLC_ADDRESS_N4");
  }

  @Test
  void aDestinationInTheWrongStructureGetsSilence_HDLC_ADDRESS_N6() throws Exception {
    passes("HDLC_ADDRESS_N6");
  }

  @Test
  void aDestinationOfThreeOrFiveOctetsGetsSilence_HDLC_ADDRESS_N7() throws Exception {
    passes("HDLC_ADDRESS_N7");
  }

  @Test
  void noLongerInformationFieldIsAgreedToThanWasOffered_HDLC_NDM2NRM_P1() throws Exception {
    passes("HDLC_NDM2NRM_P1");
  }

  @Test
  void noLargerWindowIsAgreedToThanWasOffered_HDLC_NDM2NRM_P2() throws Exception {
    passes("HDLC_NDM2NRM_P2");
  }

  @Test
  void informationIsExchanged_HDLC_INFO_P1() throws Exception {
    passes("HDLC_INFO_P1");
  }

  @Test
  void informationTooLongIsRejected_HDLC_INFO_N1() throws Exception {
    passes("HDLC_INFO_N1");
  }

  @Test
  void aWrongReceiveSequenceNumberIsRejected_HDLC_INFO_N2() throws Exception {
    passes("HDLC_INFO_N2");
  }

  @Test
  void aWrongSendSequenceNumberIsNotDelivered_HDLC_INFO_N3() throws Exception {
    passes("HDLC_INFO_N3");
  }

  @Test
  void informationInDisconnectedModeIsRefused_HDLC_NDMOP_N1() throws Exception {
    passes("HDLC_NDMOP_N1");
  }

  static Stream<Arguments> faults() {
    return Arrays.stream(FaultyServer.values())
        .flatMap(fault -> Arrays.stream(fault.breaks()).map(id -> Arguments.of(fault, id)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aServerThatBreaksTheRuleFails(FaultyServer fault, String id) throws Exception {
    ConformanceCase broken = ConformanceCase.of(id);
    assertThrows(
        AssertionError.class, () -> broken.play(loop, fault::around, SHORT_PATIENCE_MILLIS));
  }

  @Test
  void everyCaseOfThePlanIsHereAndHasAServerThatBreaksIt() throws Exception {
    List<String> ids = ConformanceCase.all().stream().map(ConformanceCase::id).toList();
    assertEquals(22, ids.size());
    Set<String> broken =
        Arrays.stream(FaultyServer.values())
            .flatMap(fault -> Arrays.stream(fault.breaks()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(ids), broken);
  }
}
