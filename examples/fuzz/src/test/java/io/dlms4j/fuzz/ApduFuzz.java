package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;

class ApduFuzz {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void anyOctetsAreAnApduThatIsWrittenAgainOrRefused(byte[] input) {
    Apdu apdu;
    try {
      apdu = ApduCodec.STANDARD.decode(Octets.view(input));
    } catch (ApduException e) {
      return;
    }
    assertEquals(apdu, ApduCodec.STANDARD.decode(ApduCodec.STANDARD.encode(apdu)));
  }
}
