package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.iec21.DataSet;
import io.dlms4j.iec21.DataSetReader;
import io.dlms4j.iec21.Iec21Exception;
import java.nio.charset.StandardCharsets;

class DataSetFuzz {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void anyDataBlockIsReadToItsEndOrRefused(byte[] input) {
    DataSetReader reader = new DataSetReader(new String(input, StandardCharsets.ISO_8859_1));
    int sets = 0;
    try {
      for (DataSet set = reader.next(); set != null; set = reader.next()) {
        set.obis();
        set.values().forEach(DataSet.Value::decimal);
        sets++;
        assertTrue(sets <= input.length, "more data sets than characters");
      }
    } catch (Iec21Exception e) {
      assertTrue(e.getMessage() != null, "a refusal says why");
    }
  }
}
