package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ActionResponseWithOptionalData;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.BlockContents;
import io.dlms4j.cosem.apdu.GetDataResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What the blocks of a transfer hold when they have been put together. */
class BlockContentsFuzz {
  private static final DecodeLimits LIMITS = DecodeLimits.DEFAULT;

  static List<byte[]> contents() {
    return Stream.concat(
            Stream.of("02 11 01 11 02", "02 00 11 01 01 03", "01 00 01 00 11 05", "00 00")
                .map(hex -> Octets.ofHex(hex).toByteArray()),
            Hostile.data().stream())
        .toList();
  }

  @MethodSource("contents")
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void anyContentsAreReadAndWrittenAgainOrRefused(byte[] input) {
    Octets octets = Octets.view(input);
    try {
      EncodedData value = BlockContents.readValue(octets, LIMITS);
      assertEquals(octets, value.octets());
    } catch (ApduException e) {
      // No single value.
    }
    int references = input.length == 0 ? 1 : input[0] & 0x7F;
    AxdrWriter writer = new AxdrWriter();
    try {
      List<EncodedData> values = BlockContents.readValues(octets, references, LIMITS);
      BlockContents.writeValues(writer, values);
      assertEquals(values, BlockContents.readValues(writer.toOctets(), references, LIMITS));
    } catch (ApduException e) {
      // No list of values.
    }
    writer.reset();
    try {
      List<GetDataResult> results = BlockContents.readResults(octets, LIMITS);
      writer.writeLength(results.size());
      results.forEach(result -> BlockContents.writeResult(writer, result));
      assertEquals(results, BlockContents.readResults(writer.toOctets(), LIMITS));
    } catch (ApduException e) {
      // No list of results.
    }
    writer.reset();
    try {
      List<ActionResponseWithOptionalData> responses = BlockContents.readResponses(octets, LIMITS);
      writer.writeLength(responses.size());
      responses.forEach(response -> BlockContents.writeResponse(writer, response));
      assertEquals(responses, BlockContents.readResponses(writer.toOctets(), LIMITS));
    } catch (ApduException e) {
      // No list of responses.
    }
  }
}
