package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.axdr.PlainData;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

class PlainDataFuzz {
  static List<byte[]> hostile() {
    return Hostile.data();
  }

  @MethodSource("hostile")
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void anyValueHasAPlainFormAndATextAndComesBackFromTheForm(byte[] input) {
    CosemData value;
    try {
      value = AxdrReader.of(Octets.view(input), Pulled.LIMITS).readData();
    } catch (AxdrException e) {
      return;
    }
    assertEquals(value, PlainData.toData(PlainData.of(value)));
    assertEquals(value.toString(), PlainData.toData(PlainData.of(value)).toString());
  }
}
