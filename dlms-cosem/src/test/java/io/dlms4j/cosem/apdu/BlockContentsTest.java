package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is in blocks, and how much goes into one. */
class BlockContentsTest {
  private static final DecodeLimits LIMITS = DecodeLimits.DEFAULT;
  private static final ApduCodec VENDOR = new ApduCodec(LIMITS, Set.of(Quirk.LONG_RAW_DATA_LENGTH));
  private static final InvokeIdAndPriority INVOKE_ID = new InvokeIdAndPriority(0xC1);

  /** Tag, choice, invoke-id-and-priority. */
  private static final int HEADER = 3;

  @Property(tries = 200)
  void valuesComeBack(@ForAll("values") List<EncodedData> values) {
    AxdrWriter writer = new AxdrWriter();
    BlockContents.writeValues(writer, values);
    assertEquals(values, BlockContents.readValues(writer.toOctets(), values.size(), LIMITS));
    assertThrows(
        ApduException.class,
        () -> BlockContents.readValues(writer.toOctets(), values.size() + 1, LIMITS));
    for (EncodedData value : values) {
      assertEquals(value, BlockContents.readValue(value.octets(), LIMITS));
    }
  }

  @Property(tries = 200)
  void resultsWrittenPieceByPieceAreThoseOfTheApdu(@ForAll("results") List<GetDataResult> results) {
    AxdrWriter writer = new AxdrWriter();
    writer.writeLength(results.size());
    for (GetDataResult result : results) {
      if (result instanceof GetDataResult.Data data) {
        BlockContents.beginResult(writer);
        writer.writeOctets(data.value().octets());
      } else {
        BlockContents.writeResult(writer, result);
      }
    }
    assertEquals(behindHeader(new GetResponseWithList(INVOKE_ID, results)), writer.toOctets());
    assertEquals(results, BlockContents.readResults(writer.toOctets(), LIMITS));
  }

  @Property(tries = 200)
  void responsesWrittenPieceByPieceAreThoseOfTheApdu(
      @ForAll("responses") List<ActionResponseWithOptionalData> responses) {
    AxdrWriter writer = new AxdrWriter();
    writer.writeLength(responses.size());
    for (ActionResponseWithOptionalData response : responses) {
      int start = writer.length();
      if (response.returnParameters() instanceof GetDataResult.Data data) {
        BlockContents.beginResponse(writer, response.result());
        writer.writeOctets(data.value().octets());
      } else {
        BlockContents.writeResponse(writer, response);
      }
      Octets one = Octets.copyOf(writer.array(), start, writer.length() - start);
      assertEquals(behindHeader(new ActionResponseNormal(INVOKE_ID, response)), one);
      assertEquals(response, BlockContents.readResponse(one, LIMITS));
    }
    assertEquals(behindHeader(new ActionResponseWithList(INVOKE_ID, responses)), writer.toOctets());
    assertEquals(responses, BlockContents.readResponses(writer.toOctets(), LIMITS));
  }

  private static Octets behindHeader(Apdu apdu) {
    Octets octets = ApduCodec.STANDARD.encode(apdu);
    return octets.slice(HEADER, octets.length() - HEADER);
  }

  @Test
  void contentsAreReadToTheirEndAndNoFurther() {
    assertRefused(() -> BlockContents.readValue(Octets.ofHex("11 01 00"), LIMITS), "octet 2");
    assertRefused(() -> BlockContents.readValue(Octets.EMPTY, LIMITS), "octet 0");
    assertRefused(() -> BlockContents.readValues(Octets.ofHex("02 11 01"), 2, LIMITS), "octet 3");
    assertRefused(() -> BlockContents.readResults(Octets.ofHex("01 02 00"), LIMITS), "octet 1");
    assertRefused(() -> BlockContents.readResponse(Octets.ofHex("00 01"), LIMITS), "octet 2");
    assertRefused(() -> BlockContents.readResponses(Octets.ofHex("01 FF 00"), LIMITS), "octet 1");
    assertRefused(
        () -> BlockContents.readResults(Octets.ofHex("84 7F FF FF FF 00 00"), LIMITS), "octet 0");
    assertRefused(
        () -> BlockContents.readValue(Octets.ofHex("11 01"), LIMITS.withMaxOctets(1)), "octet 0");
  }

  private static void assertRefused(Runnable reading, String where) {
    ApduException refusal = assertThrows(ApduException.class, reading::run);
    assertTrue(String.valueOf(refusal.getMessage()).contains(where), refusal.getMessage());
  }

  @Test
  void theContentsOfAListHaveTheirCountBeforeThem() {
    AxdrWriter writer = new AxdrWriter();
    BlockContents.writeValues(
        writer,
        List.of(EncodedData.of(CosemData.unsigned(7)), EncodedData.of(CosemData.nullData())));
    assertEquals(Octets.ofHex("02 11 07 00"), writer.toOctets());
    assertEquals(
        List.of(
            new GetDataResult.Data(EncodedData.of(CosemData.unsigned(7))),
            new GetDataResult.Failure(DataAccessResult.OBJECT_UNDEFINED)),
        BlockContents.readResults(Octets.ofHex("02 00 11 07 01 04"), LIMITS));
    writer.reset();
    BlockContents.beginResponse(writer, ActionResult.SUCCESS);
    assertEquals(Octets.ofHex("00 01 00"), writer.toOctets());
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void aBlockOfSetOrActionFillsThePduAndNoMore(
      @ForAll("forms") Function<DataBlock, Apdu> form,
      @ForAll @IntRange(min = 12, max = 70_000) int maxPduSize) {
    assertFull(ApduCodec.STANDARD, form, maxPduSize);
    assertFull(VENDOR, form, maxPduSize);
  }

  @Property(tries = 30)
  void aBlockOfSetOrActionFillsASmallPduAndNoMore(@ForAll("forms") Function<DataBlock, Apdu> form) {
    for (int size = 1; size < 300; size++) {
      assertFull(ApduCodec.STANDARD, form, size);
      assertFull(VENDOR, form, size);
    }
  }

  private static void assertFull(ApduCodec codec, Function<DataBlock, Apdu> form, int maxPduSize) {
    int room = codec.rawDataRoom(maxPduSize, form.apply(block(0)));
    assertEquals(room, codec.rawDataRoom(maxPduSize, form.apply(block(200))));
    assertTrue(room >= 0);
    if (room > 0) {
      assertTrue(codec.encode(form.apply(block(room))).length() <= maxPduSize);
    }
    assertTrue(codec.encode(form.apply(block(room + 1))).length() > maxPduSize);
  }

  private static DataBlock block(int octets) {
    return new DataBlock(false, 1, Octets.view(new byte[octets]));
  }

  @Test
  void anApduWithoutABlockHasNoRoomForOne() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ApduCodec.STANDARD.rawDataRoom(100, new SetResponseDataBlock(INVOKE_ID, 1)));
  }

  @Provide
  Arbitrary<Function<DataBlock, Apdu>> forms() {
    return Apdus.blockForms();
  }

  @Provide
  Arbitrary<List<EncodedData>> values() {
    return Apdus.DATA.list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<GetDataResult>> results() {
    return Arbitraries.oneOf(
        Apdus.GET_DATA_RESULT.list().ofMaxSize(5),
        Arbitraries.<GetDataResult>just(
                new GetDataResult.Data(EncodedData.of(CosemData.nullData())))
            .list()
            .ofSize(200));
  }

  @Provide
  Arbitrary<List<ActionResponseWithOptionalData>> responses() {
    return Apdus.ACTION_RESPONSE.list().ofMaxSize(5);
  }
}
