package io.dlms4j.omnipower.measurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class WrittenSourcesTest {
  /** 2025-01-15T00:00:00. */
  private static final long START = 1_736_899_200L;

  private static final String SCRIPT =
      """
      # a quiet night, then L1 exports, then L3 fails
      2025-01-15T00:00:00  all 230 0.5 20

      2025-01-15T06:30:00  L1 231.5 8 180  l2 229 12 25   # solar
      +3600                L3 0 0 0  f 49.98
      """;

  private static final String TABLE =
      """
      time;u1;i1;a1;note;u2;i2;a2;u3;i3;a3;f
      2025-01-15 00:00:00;230.1;4.35;12;x;229.8;0.2;350;230.4;11.7;185;49.99

      1736899260; 231 ;4;0;;229;0;0;230;11;-170;50.01
      """;

  @Test
  void aScriptChangesWhatALineMentionsAndKeepsTheRest() {
    ScriptedSource script = ScriptedSource.of(SCRIPT);
    Phase night = Phase.of(230, 0.5, 20);
    assertEquals(Phase.NONE, script.at(START - 1).l1());
    assertEquals(Measurement.balanced(night, 50_000), script.at(START));
    assertEquals(Measurement.balanced(night, 50_000), script.at(START + 6 * 3_600 + 1_799));
    Phase export = Phase.of(231.5, 8, 180);
    Phase other = Phase.of(229, 12, 25);
    assertEquals(
        new Measurement(export, other, night, 50_000), script.at(START + 6 * 3_600 + 1_800));
    assertEquals(
        new Measurement(export, other, Phase.NONE, 49_980), script.at(START + 7 * 3_600 + 1_800));
    assertEquals(49_980, script.at(Long.MAX_VALUE).frequency());
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource(
      delimiter = '|',
      value = {
        "0 all 230 1 0\\n0 all 230 1 0 | 2 | is not later than the one before",
        "\\n\\nnoon all 230 1 0 | 3 | 'noon' is not a time like 2025-01-15T06:30:00",
        "2025-02-30T00:00:00 all 1 1 1 | 1 | '2025-02-30T00:00:00' is not a time like"
            + " 2025-01-15T06:30:00",
        "+5 all 230 1 0 | 1 | '+5' has no line before it",
        "-5 all 230 1 0 | 1 | is not in the years 1970 to 9999",
        "9 all 230 1 0\\n+9223372036854775807 f 50 | 2 | is not in the years 1970 to 9999",
        "0 L4 230 1 0 | 1 | 'l4' is none of all, L1, L2, L3 and f",
        "0 all 230 1 | 1 | 'all' is to be followed by 3 numbers",
        "0 all 230 1 0 f | 1 | 'f' is to be followed by 1 numbers",
        "0 all 230 x 0 | 1 | 'x' is not a number",
        "0 all NaN 1 0 | 1 | VOLTAGE NaN is not in 0..500000 mV",
        "0 all 501 1 0 | 1 | VOLTAGE 501000.0 is not in 0..500000 mV",
        "0 f -1 | 1 | FREQUENCY -1000.0 is not in 0..100000 mHz",
        "# nothing\\n | 2 | the script has no line"
      })
  void aScriptThatCannotBeMeasuredIsRefusedWithItsLine(String script, int line, String reason) {
    refused(ScriptedSource::of, script, line, reason);
  }

  private static void refused(
      Function<String, MeasurementSource> reader, String text, int line, String reason) {
    MeasurementFormatException refused =
        assertThrows(
            MeasurementFormatException.class, () -> reader.apply(text.replace("\\n", "\n")));
    assertEquals(line, refused.line());
    assertEquals("line " + line + ": " + reason, refused.getMessage());
  }

  @Test
  void aRecordingHoldsEachRowUntilTheNextAndTheLastAsLongAsTheOneBefore() {
    MeasurementSource recording = CsvSource.of(TABLE);
    Measurement first =
        new Measurement(
            Phase.of(230.1, 4.35, 12),
            Phase.of(229.8, 0.2, 350),
            Phase.of(230.4, 11.7, 185),
            49_990);
    assertEquals(0, recording.at(START - 1).l1().voltage());
    assertEquals(first, recording.at(START));
    assertEquals(first, recording.at(START + 59));
    assertEquals(Phase.of(230, 11, 190), recording.at(START + 60).l3());
    assertEquals(50_010, recording.at(START + 119).frequency());
    assertEquals(0, recording.at(START + 120).l1().voltage());
  }

  @Test
  void aRecordingOfOnePhaseIsOneOfASinglePhaseMeter() {
    MeasurementSource recording = CsvSource.of("time,u1,i1,a1\n5,230,1,0\n");
    assertEquals(Measurement.singlePhase(Phase.of(230, 1, 0), 50_000), recording.at(5));
    assertEquals(Phase.NONE, recording.at(6).l1());
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource(
      delimiter = '|',
      value = {
        "'' | 1 | the recording has no row",
        "time,u1,i1,a1 | 2 | the recording has no row",
        "time,u1,a1 | 1 | the column i1 is missing",
        "time,u1,i1,a1,u2 | 1 | the column i2 is missing",
        "time,u1,i1,a1,u1 | 1 | the column u1 is there twice",
        "time,u1,i1,a1,f,f | 1 | the column f is there twice",
        "time,u1,i1,a1\\n0,230,1 | 2 | has 3 fields, not 4",
        "time,u1,i1,a1\\n0,230,,0 | 2 | '' is not a number",
        "time,u1,i1,a1\\n0,230,1,Infinity | 2 | ANGLE NaN is not in 0..36000 hundredths of a degree",
        "time,u1,i1,a1\\n3,230,1,0\\n\\n2,230,1,0 | 4 | is not later than the one before"
      })
  void aRecordingThatNobodyMeasuredIsRefusedWithItsLine(String table, int line, String reason) {
    refused(CsvSource::of, table, line, reason);
  }

  @Property(tries = 500)
  void anyTextIsReadOrRefusedWithALine(@ForAll @StringLength(max = 60) String text) {
    for (Function<String, MeasurementSource> reader :
        List.<Function<String, MeasurementSource>>of(
            ScriptedSource::of,
            CsvSource::of,
            table -> CsvSource.of("time,u1,i1,a1\n" + table),
            script -> ScriptedSource.of("0 all 230 1 " + script))) {
      try {
        reader.apply(text).at(0);
      } catch (MeasurementFormatException refused) {
        assertEquals(true, refused.line() > 0);
      }
    }
  }
}
