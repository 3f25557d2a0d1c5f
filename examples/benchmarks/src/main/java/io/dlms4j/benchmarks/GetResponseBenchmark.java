package io.dlms4j.benchmarks;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.GetResponse;
import io.dlms4j.cosem.apdu.GetResponseNormal;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A Get-Response-Normal with a double-long-unsigned: from octets to the value, and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GetResponseBenchmark {
  private Octets apdu = Octets.ofHex("C4 01 C1 00 06 00 02 E3 0D");
  private Reading reading =
      new Reading(new InvokeIdAndPriority(0xC1), CosemData.doubleLongUnsigned(189_197));

  /**
   * The library's decoder.
   *
   * @return invoke-id and value
   */
  @Benchmark
  public Reading decode() {
    if (ApduCodec.STANDARD.decode(apdu) instanceof GetResponseNormal response
        && response.result() instanceof GetDataResult.Data data) {
      CosemData value = data.value().value();
      return new Reading(response.invokeIdAndPriority(), value);
    }
    throw new IllegalStateException("no value");
  }

  /**
   * Decoded by hand, for this one kind of APDU and of value.
   *
   * @return invoke-id and value
   */
  @Benchmark
  public Reading decodeFloor() {
    return DataFloor.readResponse(apdu.array(), apdu.offset(), apdu.length());
  }

  /**
   * The library's encoder.
   *
   * @return the APDU
   */
  @Benchmark
  public Octets encode() {
    EncodedData value = EncodedData.of(reading.value());
    GetDataResult result = new GetDataResult.Data(value);
    GetResponse response = new GetResponseNormal(reading.invokeIdAndPriority(), result);
    return ApduCodec.STANDARD.encode(response);
  }

  /**
   * Encoded by hand, for this one kind of APDU and of value.
   *
   * @return the APDU
   */
  @Benchmark
  public Octets encodeFloor() {
    return DataFloor.writeResponse(reading);
  }
}
