package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.acse.AcseApdu;
import io.dlms4j.cosem.acse.AcseCodec;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** AARQ, AARE, RLRQ and RLRE. */
class AcseFuzz {
  static List<byte[]> apdus() {
    return GoldenApdus.acse();
  }

  @MethodSource("apdus")
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void anyOctetsAreAnAcseApduThatIsWrittenAgainOrRefused(byte[] input) {
    AcseApdu apdu;
    try {
      apdu = AcseCodec.decode(Octets.view(input));
    } catch (BerException e) {
      return;
    }
    assertEquals(apdu, AcseCodec.decode(AcseCodec.encode(apdu)));
  }
}
