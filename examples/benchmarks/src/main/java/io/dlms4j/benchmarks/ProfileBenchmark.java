package io.dlms4j.benchmarks;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataReader;
import io.dlms4j.axdr.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Ten days of a load profile: 960 rows of a date-time, two status words and five counters, 45,124
 * octets.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ProfileBenchmark {
  static final int ROWS = 960;
  static final int STATUS_WORDS = 2;
  static final int COUNTERS = 5;

  private final CosemData profile = profile();
  private final Octets octets = profile.encode();

  /** Takes the date-time of the row being streamed. */
  private final byte[] dateTime = new byte[DataFloor.DATE_TIME_OCTETS];

  private static CosemData profile() {
    Random random = new Random(1);
    List<CosemData> rows = new ArrayList<>();
    long[] counters = new long[COUNTERS];
    for (int row = 0; row < ROWS; row++) {
      int quarters = row % 96;
      List<CosemData> columns = new ArrayList<>();
      columns.add(
          CosemData.octetString(
              Octets.of(
                  0x07,
                  0xEA,
                  11,
                  1 + row / 96,
                  0xFF,
                  quarters / 4,
                  quarters % 4 * 15,
                  0,
                  0xFF,
                  0x80,
                  0,
                  0)));
      for (int i = 0; i < STATUS_WORDS; i++) {
        columns.add(CosemData.longUnsigned(random.nextInt(0x10000)));
      }
      for (int i = 0; i < COUNTERS; i++) {
        counters[i] += random.nextInt(100_000);
        columns.add(CosemData.doubleLongUnsigned(counters[i]));
      }
      rows.add(CosemData.structure(columns));
    }
    return CosemData.array(rows);
  }

  /**
   * The library's tree.
   *
   * @return the rows
   */
  @Benchmark
  public CosemData tree() {
    return CosemData.decode(octets);
  }

  /**
   * The same tree built by hand, for rows of these types.
   *
   * @return the rows
   */
  @Benchmark
  public CosemData treeFloor() {
    return DataFloor.readTree(octets.array(), octets.offset(), octets.length());
  }

  /**
   * The library's pull reader.
   *
   * @return a sum over all values
   */
  @Benchmark
  public long stream() {
    AxdrReader cursor = AxdrReader.of(octets);
    DataReader reader = new DataReader(cursor);
    long sum = 0;
    int rows = reader.beginArray();
    for (int row = 0; row < rows; row++) {
      int columns = reader.beginStructure();
      reader.readOctets(dateTime, 0);
      sum += dateTime[6];
      for (int column = 1; column < columns; column++) {
        sum = 31 * sum + reader.readIntegral();
      }
    }
    cursor.expectEnd("the profile");
    return sum;
  }

  /**
   * The same sum by hand, for rows of these types.
   *
   * @return a sum over all values
   */
  @Benchmark
  public long streamFloor() {
    return DataFloor.sum(octets.array(), octets.offset(), octets.length(), dateTime);
  }

  /**
   * The library's encoder.
   *
   * @return the octets
   */
  @Benchmark
  public Octets encode() {
    return profile.encode();
  }

  /**
   * The same octets by hand, for rows of these types.
   *
   * @return the octets
   */
  @Benchmark
  public Octets encodeFloor() {
    return DataFloor.write(profile);
  }

  /** The rows themselves, for the tests. */
  CosemData rows() {
    return profile;
  }

  /** Their encoding, for the tests. */
  Octets octets() {
    return octets;
  }
}
