package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.acse.AcseApdu;
import io.dlms4j.cosem.acse.AcseCodec;

class AcseFuzz {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void anyOctetsAreAnAarqOrAareThatIsWrittenAgainOrRefused(byte[] input) {
    AcseApdu apdu;
    try {
      apdu = AcseCodec.decode(Octets.view(input));
    } catch (BerException e) {
      return;
    }
    assertEquals(apdu, AcseCodec.decode(AcseCodec.encode(apdu)));
  }
}
