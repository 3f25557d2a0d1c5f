package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The services that refer by short name, and general block transfer. */
class GoldenShortNameTest {
  private static final Map<String, Apdu> EXPECTED =
      Map.ofEntries(
          Map.entry(
              "read-request.txt",
              new ReadRequest(
                  List.of(
                      new VariableAccess.VariableName(0xFA00),
                      new VariableAccess.ParameterizedAccess(
                          0x3808,
                          2,
                          EncodedData.of(
                              CosemData.structure(
                                  CosemData.doubleLongUnsigned(1),
                                  CosemData.doubleLongUnsigned(10))))))),
          Map.entry(
              "read-request-next-block.txt",
              new ReadRequest(List.of(new VariableAccess.BlockNumberAccess(258)))),
          Map.entry(
              "read-request-block.txt",
              new ReadRequest(
                  List.of(
                      new VariableAccess.ReadDataBlockAccess(
                          true, 2, Octets.of(0x00, 0x02, 0x38))))),
          Map.entry(
              "read-response.txt",
              new ReadResponse(
                  List.of(
                      new ReadResult.Data(EncodedData.of(CosemData.doubleLongUnsigned(189_197))),
                      new ReadResult.Failure(DataAccessResult.OBJECT_UNDEFINED),
                      new ReadResult.Failure(DataAccessResult.READ_WRITE_DENIED)))),
          Map.entry(
              "read-response-block.txt",
              new ReadResponse(
                  List.of(new ReadResult.DataBlockResult(false, 1, Octets.of(1, 0, 9, 0x20))))),
          Map.entry(
              "read-response-block-number.txt",
              new ReadResponse(List.of(new ReadResult.BlockNumber(1)))),
          Map.entry(
              "write-request.txt",
              new WriteRequest(
                  List.of(
                      new VariableAccess.VariableName(0x0108),
                      new VariableAccess.ParameterizedAccess(
                          0x0210, 1, EncodedData.of(CosemData.unsigned(5)))),
                  List.of(
                      EncodedData.of(CosemData.octetString(Octets.ofAscii("12"))),
                      EncodedData.of(CosemData.nullData())))),
          Map.entry(
              "write-request-block.txt",
              new WriteRequest(
                  List.of(new VariableAccess.WriteDataBlockAccess(false, 1)),
                  List.of(EncodedData.of(CosemData.octetString(Octets.of(1, 2, 1)))))),
          Map.entry(
              "write-response.txt",
              new WriteResponse(
                  List.of(
                      new WriteResult.Success(),
                      new WriteResult.Failure(DataAccessResult.TYPE_UNMATCHED),
                      new WriteResult.Success()))),
          Map.entry(
              "write-response-block-number.txt",
              new WriteResponse(List.of(new WriteResult.BlockNumber(0xFFFF)))),
          Map.entry(
              "unconfirmed-write-request.txt",
              new UnconfirmedWriteRequest(
                  List.of(new VariableAccess.VariableName(0x0108)),
                  List.of(EncodedData.of(CosemData.longUnsigned(5))))),
          Map.entry(
              "information-report.txt",
              new InformationReport(
                  Octets.ofAscii("20260102030405Z"),
                  List.of(new VariableAccess.VariableName(0x4E28)),
                  List.of(EncodedData.of(CosemData.integer(-2))))),
          Map.entry(
              "information-report-no-time.txt",
              new InformationReport(
                  null,
                  List.of(new VariableAccess.VariableName(0x4E28)),
                  List.of(EncodedData.of(CosemData.bool(true))))),
          Map.entry(
              "general-block-transfer-streaming.txt",
              new GeneralBlockTransfer(false, true, 3, 1, 0, Octets.of(0xC4, 0x01, 0xC1, 0x00))),
          Map.entry(
              "general-block-transfer-last.txt",
              new GeneralBlockTransfer(true, false, 63, 259, 2, Octets.of(0xFF))),
          Map.entry(
              "general-block-transfer-acknowledgement.txt",
              new GeneralBlockTransfer(false, false, 1, 2, 0xFFFE, Octets.EMPTY)));

  static Set<String> names() {
    return EXPECTED.keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyGoldenApduIsReadAndIsWrittenOctetForOctet(String name) {
    Octets octets = GoldenApdus.load(name);
    Apdu expected = Objects.requireNonNull(EXPECTED.get(name));
    assertEquals(expected, ApduCodec.STANDARD.decode(octets));
    assertEquals(octets, ApduCodec.STANDARD.encode(expected));
  }

  @Test
  void whatComesInBlocksIsTheApduWithoutItsTag() {
    Octets request = GoldenApdus.load("read-request.txt");
    ReadRequest read = (ReadRequest) ApduCodec.STANDARD.decode(request);
    assertEquals(behindTag(request), ShortNameBlockContents.of(read));
    assertEquals(
        read, ShortNameBlockContents.readReadRequest(behindTag(request), DecodeLimits.DEFAULT));

    Octets response = GoldenApdus.load("read-response.txt");
    assertEquals(
        ApduCodec.STANDARD.decode(response),
        ShortNameBlockContents.readReadResponse(behindTag(response), DecodeLimits.DEFAULT));

    Octets write = GoldenApdus.load("write-request.txt");
    assertEquals(
        ApduCodec.STANDARD.decode(write),
        ShortNameBlockContents.readWriteRequest(behindTag(write), DecodeLimits.DEFAULT));
  }

  private static Octets behindTag(Octets apdu) {
    return apdu.slice(1, apdu.length() - 1);
  }
}
