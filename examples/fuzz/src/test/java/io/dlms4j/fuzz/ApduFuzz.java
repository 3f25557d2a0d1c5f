package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class ApduFuzz {
  /** Of an exception, with its stack. */
  private static final long FIXED_MEMORY = 64 << 10;

  private static final long MEMORY_EACH = 256;

  static List<byte[]> apdus() {
    return Stream.concat(GoldenApdus.xdlms().stream(), Hostile.responses().stream()).toList();
  }

  @MethodSource("apdus")
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void anyOctetsAreAnApduThatIsWrittenAgainOrRefused(byte[] input) {
    Octets octets = Octets.view(input);
    Memory.atMost(FIXED_MEMORY + MEMORY_EACH * input.length, () -> tryToDecode(octets));
    Apdu apdu;
    try {
      apdu = ApduCodec.STANDARD.decode(octets);
    } catch (ApduException e) {
      assertNotNull(e.getMessage());
      return;
    }
    Octets encoded = ApduCodec.STANDARD.encode(apdu);
    assertEquals(apdu, ApduCodec.STANDARD.decode(encoded));
    assertEquals(encoded, ApduCodec.STANDARD.encode(ApduCodec.STANDARD.decode(encoded)));
  }

  private static void tryToDecode(Octets octets) {
    try {
      ApduCodec.STANDARD.decode(octets);
    } catch (ApduException e) {
      // Refused, which takes memory too.
    }
  }
}
