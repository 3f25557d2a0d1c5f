package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The Green Book's own examples of GET and SET, each way. */
class GoldenBookTest {
  private static final InvokeIdAndPriority INVOKE_ID = InvokeIdAndPriority.of(1, false, true);
  private static final AttributeRef OBJECT_1 = AttributeRef.of(1, "0.0.128.0.0.255", 2);
  private static final AttributeRef OBJECT_2 = AttributeRef.of(1, "0.0.128.1.0.255", 2);
  private static final List<AttributeWithSelection> BOTH =
      List.of(new AttributeWithSelection(OBJECT_1), new AttributeWithSelection(OBJECT_2));
  private static final EncodedData VALUE_1 =
      EncodedData.of(CosemData.octetString(Octets.ofHex(digits(1, 50))));
  private static final EncodedData VALUE_2 = EncodedData.of(CosemData.visibleString("000"));

  private static final Map<String, Apdu> EXAMPLES =
      Map.ofEntries(
          Map.entry("get-request-normal", new GetRequestNormal(INVOKE_ID, OBJECT_1, null)),
          Map.entry(
              "get-response-normal",
              new GetResponseNormal(INVOKE_ID, new GetDataResult.Data(VALUE_1))),
          Map.entry("get-request-with-list", new GetRequestWithList(INVOKE_ID, BOTH)),
          Map.entry(
              "get-response-with-list",
              new GetResponseWithList(
                  INVOKE_ID,
                  List.of(new GetDataResult.Data(VALUE_1), new GetDataResult.Data(VALUE_2)))),
          Map.entry(
              "get-response-with-datablock-first",
              new GetResponseWithDataBlock(INVOKE_ID, false, 1, raw("0932" + digits(1, 28)))),
          Map.entry("get-request-next", new GetRequestNext(INVOKE_ID, 1)),
          Map.entry(
              "get-response-with-datablock-last",
              new GetResponseWithDataBlock(INVOKE_ID, true, 2, raw(digits(29, 50)))),
          Map.entry("set-request-normal", new SetRequestNormal(INVOKE_ID, BOTH.get(0), VALUE_1)),
          Map.entry(
              "set-response-normal", new SetResponseNormal(INVOKE_ID, DataAccessResult.SUCCESS)),
          Map.entry(
              "set-request-with-list",
              new SetRequestWithList(INVOKE_ID, BOTH, List.of(VALUE_1, VALUE_2))),
          Map.entry(
              "set-request-with-first-datablock",
              new SetRequestWithFirstDataBlock(
                  INVOKE_ID,
                  BOTH.get(0),
                  new DataBlock(false, 1, Octets.ofHex("0932" + digits(1, 19))))),
          Map.entry("set-response-datablock", new SetResponseDataBlock(INVOKE_ID, 1)),
          Map.entry(
              "set-request-with-datablock",
              new SetRequestWithDataBlock(
                  INVOKE_ID, new DataBlock(true, 2, Octets.ofHex(digits(20, 50))))),
          Map.entry(
              "set-response-last-datablock",
              new SetResponseLastDataBlock(INVOKE_ID, DataAccessResult.SUCCESS, 2)));

  @TestFactory
  Stream<DynamicTest> everyExampleIsReadAndWrittenAsTheBookHasIt() {
    return EXAMPLES.entrySet().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.getKey(),
                    () -> {
                      Octets octets = GoldenApdus.load(file(example.getKey()));
                      assertEquals(example.getValue(), ApduCodec.STANDARD.decode(octets));
                      assertEquals(octets, ApduCodec.STANDARD.encode(example.getValue()));
                    }));
  }

  @Test
  void noExampleIsLeftOut() {
    assertEquals(
        GoldenApdus.files().stream()
            .filter(name -> name.contains("-book"))
            .collect(Collectors.toSet()),
        EXAMPLES.keySet().stream().map(GoldenBookTest::file).collect(Collectors.toSet()));
  }

  private static String file(String example) {
    return example.replaceFirst("(-first|-last)?$", "-book$1") + ".txt";
  }

  private static GetResponseWithDataBlock.RawData raw(String hex) {
    return new GetResponseWithDataBlock.RawData(Octets.ofHex(hex));
  }

  /** What the book's octets show: 01 02 .. 09 10 11. */
  private static String digits(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj("%02d"::formatted)
        .collect(Collectors.joining());
  }
}
