package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataReader;
import io.dlms4j.axdr.Octets;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

class DataFuzz {
  /** Of an exception, with its stack. */
  private static final long FIXED_MEMORY = 64 << 10;

  /** DecodeLimits promises some 100 an element, and no element is less than an octet. */
  private static final long MEMORY_EACH = 256;

  static List<byte[]> hostile() {
    return Hostile.data();
  }

  @MethodSource("hostile")
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void readingAndSkippingAgreeAndWhatWasReadIsWrittenAgain(byte[] input) {
    Octets octets = Octets.view(input);
    Memory.atMost(FIXED_MEMORY + MEMORY_EACH * input.length, () -> tryToRead(octets));
    AxdrReader reader = AxdrReader.of(octets);
    AxdrReader skipper = AxdrReader.of(octets);
    CosemData value;
    try {
      value = reader.readData();
    } catch (AxdrException e) {
      assertThrows(AxdrException.class, skipper::skipData);
      return;
    }
    skipper.skipData();
    assertEquals(reader.position(), skipper.position());
    assertEquals(value, CosemData.decode(value.encode()));
    try {
      // Compact-arrays are pulled element by element: only as many as can be compared in short.
      AxdrReader.of(octets, Pulled.LIMITS).skipData();
    } catch (AxdrException tooMany) {
      return;
    }
    AxdrReader puller = AxdrReader.of(octets);
    Pulled.compare(value, new DataReader(puller));
    assertEquals(reader.position(), puller.position());
  }

  private static void tryToRead(Octets octets) {
    try {
      AxdrReader.of(octets).readData();
    } catch (AxdrException e) {
      // Refused, which takes memory too.
    }
  }
}
