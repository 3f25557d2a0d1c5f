package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;

class DataFuzz {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void readingAndSkippingAgreeAndWhatWasReadIsWrittenAgain(byte[] input) {
    Octets octets = Octets.view(input);
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
  }
}
